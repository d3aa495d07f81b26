import { cut } from '../processing/text/trim.ts';
import type { ColumnReport, ReportDocument } from './document.ts';
import { byteSize, figure, percent, whole } from './formatting.ts';

/** A comment of a pull request holds 65,536 characters: these limits keep the text below that. */
const MAX_ALERTS = 40;
const MAX_COLUMNS = 150;
const MAX_CODE_POINTS = 40;
const TITLE_CODE_POINTS = 100;
const SENTENCE_CODE_POINTS = 120;

/** Text of the data: no markup, no link, no mention, on one line. */
function plain(text: string, codePoints = MAX_CODE_POINTS): string {
  return cut(text, codePoints)
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/[&<>@#]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\\`*_{}[\]()!|~$]/g, '\\$&')
    .replace(/:\/\//g, '&#58;//')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`);
}

/** The report as GitHub's Markdown, for a pull request: figures, alerts, a line per column. */
export function reportMarkdown(report: ReportDocument, name: string): string {
  const { row_count, columns, anomalies, bad_rows, file, alerts } = report;
  const lines = [
    `## ${plain(name, TITLE_CODE_POINTS)}`,
    '',
    `**${whole(row_count)}** rows, **${whole(columns.length)}** columns, ` +
      `${byteSize(file.bytes)} ${file.format.toUpperCase()}; ` +
      `**${whole(anomalies.duplicates.count)}** duplicate rows, **${whole(bad_rows.count)}** bad rows.`,
    '',
    `### Alerts (${alerts.length})`,
    '',
    ...(alerts.length === 0 ? ['Nothing stands out.'] : []),
    ...alerts.slice(0, MAX_ALERTS).map(({ severity, code, column, message }) => {
      const where = column === undefined ? '' : ` **${plain(column)}**:`;
      return `- ${severity}, ${code.replaceAll('_', ' ')}:${where} ${plain(message, SENTENCE_CODE_POINTS)}`;
    }),
    ...(alerts.length > MAX_ALERTS ? [`- and ${whole(alerts.length - MAX_ALERTS)} more`] : []),
    '',
    '### Columns',
    '',
    '| Column | Type | Nulls | Distinct | Min | Max | Mean |',
    '|---|---|--:|--:|--:|--:|--:|',
    ...columns.slice(0, MAX_COLUMNS).map((column) => columnLine(column, row_count)),
  ];
  if (columns.length > MAX_COLUMNS) lines.push('', `and ${whole(columns.length - MAX_COLUMNS)} more columns`);
  return `${lines.join('\n')}\n`;
}

function columnLine({ name, type, null_count, distinct, min, max, mean }: ColumnReport, rows: number): string {
  const limit = (value: typeof min) => (value === undefined ? '' : plain(figure(value)));
  const cells = [
    ...[plain(name), type, rows === 0 ? '' : percent(null_count / rows)],
    ...[distinct ? `${distinct.exact ? '' : '≈ '}${whole(distinct.count)}` : '', limit(min), limit(max), limit(mean)],
  ];
  return `| ${cells.join(' | ')} |`;
}
