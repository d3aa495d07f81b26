// Alerts that were labelled one by one, and how many of those that are given now are worth reading.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Alert } from '../src/report/document.ts';

/**
 * One labelled alert. Of the sample `before` every seventh alert of the corpus as it was before alerts knew the kinds
 * of columns (at most four of a code and twelve of a file), of `after` every fourth of the others that are given now.
 */
interface Label {
  sample: 'before' | 'after';
  /** Whether one would want to have read it before working with the file. */
  label: 'keep' | 'noise';
  file: string;
  code: string;
  /** Name of the column; empty of the whole file, `*` of an alert that several columns share. */
  column: string;
  reason: string;
  message: string;
}

/** The labels of tests/labelled-alerts.tsv. */
export function readLabels(): Label[] {
  const text = readFileSync(fileURLToPath(new URL('../tests/labelled-alerts.tsv', import.meta.url)), 'utf8');
  const [header, ...lines] = text.trimEnd().split('\n');
  const names = header!.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i], value])) as never);
}

/** Whether a label is about one of these alerts of its file, be it one that its column shares with others. */
function isGiven({ code, column }: Label, alerts: Alert[]): boolean {
  return alerts.some((alert) => {
    if (alert.code !== code) return false;
    if (alert.columns) return column === '*' || alert.columns.some((one) => one.column === column);
    return (alert.column ?? '') === column;
  });
}

/** How many alerts are labelled, and how many of them are worth reading. */
interface Judged {
  judged: number;
  kept: number;
}
const judged = (labels: Label[]): Judged => ({
  judged: labels.length,
  kept: labels.filter(({ label }) => label === 'keep').length,
});

/**
 * @param alertsOf the alerts of each file that was read, by its name; labels of other files are left out
 * @returns of the alerts before, of those that are given now, and how many of the alerts before that are worth reading
 *   are given now (`survivors`)
 */
export function judge(
  labels: Label[],
  alertsOf: Map<string, Alert[]>,
): { before: Judged; now: Judged; survivors: number } {
  const known = labels.filter(({ file }) => alertsOf.has(file));
  const given = known.filter((label) => isGiven(label, alertsOf.get(label.file)!));
  return {
    before: judged(known.filter(({ sample }) => sample === 'before')),
    now: judged(given),
    survivors: judged(given.filter(({ sample }) => sample === 'before')).kept,
  };
}
