import { styleText } from 'node:util';
import { type Alert, alertsByColumn, type ReportDocument, type Severity } from '../document.ts';
import { dialectOf } from '../file-dialect.ts';
import { byteSize, percent, whole } from '../formatting.ts';
import { type Cells, columnTable } from './column-table.ts';
import { cutToWidth, displayWidth, printable } from './display-width.ts';

export interface Terminal {
  /** Columns of the terminal: no line is wider. */
  width: number;
  colour: boolean;
}

type Style = Parameters<typeof styleText>[0];
type Piece = [text: string, style?: Style];

const MAX_ALERTS = 20;
const MAX_WARNINGS = 5;
/** A sentence is not broken into two where the second line would have fewer columns than this. */
const LEAST_WIDTH = 20;
/** Columns before the text of an alert: its severity and a gap. */
const INDENT = 9;
/** Columns that the name of an alert's column takes at most: the rest of the line is its sentence. */
const NAME_WIDTH = 30;
const SEVERITY_STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', info: 'cyan' };

/**
 * The report as text for a terminal: the file, alerts worst first, a line per column. No control character of the data
 * reaches the terminal, and no line is wider than it.
 * @param name of the dataset
 */
export function reportTerminal(report: ReportDocument, name: string, { width, colour }: Terminal): string {
  // every piece of the text is made here, so that none escapes `printable` and the width
  const line = (...pieces: Piece[]): string => {
    let left = width;
    let text = '';
    for (const [piece, style] of pieces) {
      const shown = cutToWidth(printable(piece), left);
      left -= displayWidth(shown);
      text += style && colour ? styleText(style, shown, { validateStream: false }) : shown;
    }
    return colour ? text : text.trimEnd();
  };
  const { alerts } = report;
  const table = columnTable(report, width);
  const lines = [...overview(report, name, width), ...alertLines(alerts, width), ...warningLines(report)].map(
    (pieces) => line(...pieces),
  );
  if (report.columns.length > 0) {
    const worst = worstByColumn(report);
    lines.push('', line(...table.header.map((cell): Piece => [cell, ['bold', 'underline']])));
    for (const [i, cells] of table.rows.entries()) {
      const severity = worst.get(report.columns[i]!.name);
      lines.push(line(...columnPieces(cells, severity === 'info' ? undefined : severity)));
    }
  }
  return `${lines.join('\n')}\n`;
}

function columnPieces(cells: Cells, severity: Severity | undefined): Piece[] {
  return cells.map((cell, i): Piece => (i === 0 && severity ? [cell, SEVERITY_STYLES[severity]] : [cell]));
}

function overview(report: ReportDocument, name: string, width: number): Piece[][] {
  const { row_count, columns, file, anomalies, bad_rows } = report;
  const count = (number: number, one: string, many: string) =>
    `${number === 0 ? 'no' : whole(number)} ${number === 1 ? one : many}`;
  const nulls = columns.reduce((sum, { null_count }) => sum + null_count, 0);
  const fields = row_count * columns.length;
  const facts = [
    count(row_count, 'row', 'rows'),
    count(columns.length, 'column', 'columns'),
    ...(fields > 0 && nulls > 0 ? [`${percent(nulls / fields)} nulls`] : ['no nulls']),
    count(anomalies.duplicates.count, 'duplicate row', 'duplicate rows'),
    count(bad_rows.count, 'bad row', 'bad rows'),
  ];
  const bytes = `${byteSize(file.bytes)} ${file.format.toUpperCase()}`;
  const lines = inTwo(facts.join(', '), width, width).filter((line) => line !== '');
  return [[[name, 'bold']], ...lines.map((line): Piece[] => [[line]]), [[`${bytes}, ${dialectOf(file)}`, 'dim']]];
}

function alertLines(alerts: Alert[], width: number): Piece[][] {
  if (alerts.length === 0) return [[], [['Nothing stands out.', 'green']]];
  const lines: Piece[][] = [[], [[`Alerts (${whole(alerts.length)})`, 'bold']]];
  for (const { severity, column, message } of alerts.slice(0, MAX_ALERTS)) {
    const where = column === undefined ? '' : `${cutToWidth(printable(column), NAME_WIDTH)}: `;
    const indent = ' '.repeat(INDENT);
    const [first, second] = inTwo(printable(message), width - INDENT - displayWidth(where), width - INDENT);
    lines.push([[severity.padEnd(INDENT), SEVERITY_STYLES[severity]], [where, 'bold'], [first]]);
    if (second !== '') lines.push([[indent], [second]]);
  }
  if (alerts.length > MAX_ALERTS) lines.push([[`and ${whole(alerts.length - MAX_ALERTS)} more`, 'dim']]);
  return lines;
}

/**
 * A sentence on one line or, where it does not fit, broken at a space into two; what is still too long is cut later.
 */
function inTwo(text: string, first: number, second: number): [string, string] {
  if (displayWidth(text) <= first || second < LEAST_WIDTH) return [text, ''];
  let used = 0;
  const words = text.split(' ');
  const count = words.findIndex((word) => {
    used += displayWidth(word) + 1;
    return used - 1 > first;
  });
  return [words.slice(0, count).join(' '), words.slice(count).join(' ')];
}

/** The warnings about how the file was read. */
function warningLines({ warnings }: ReportDocument): Piece[][] {
  if (warnings.length === 0) return [];
  const lines: Piece[][] = [[], [[`How the file was read (${whole(warnings.length)})`, 'bold']]];
  for (const { message } of warnings.slice(0, MAX_WARNINGS)) lines.push([[message]]);
  if (warnings.length > MAX_WARNINGS) lines.push([[`and ${whole(warnings.length - MAX_WARNINGS)} more`, 'dim']]);
  return lines;
}

const RANK: Record<Severity, number> = { error: 2, warning: 1, info: 0 };

function worstByColumn(report: ReportDocument): Map<string, Severity> {
  const worst = new Map<string, Severity>(); // at most one entry per column
  for (const [column, alerts] of alertsByColumn(report)) {
    const ranked = alerts.map(({ severity }) => severity).sort((a, b) => RANK[b] - RANK[a]);
    worst.set(column, ranked[0]!);
  }
  return worst;
}
