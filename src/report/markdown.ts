import { flagsOf } from '../processing/options/option-texts.ts';
import { cut } from '../processing/text/trim.ts';
import { DESCRIBE_KEYS, describeColumn, isTextCell } from './describe-table.ts';
import type { ColumnReport, ReportDocument } from './document.ts';
import { byteSize, countOf, NO_ROWS, SEVERITY_WORDS, whole } from './formatting.ts';
import { overviewFacts } from './overview-facts.ts';
import { type Provenance, timeInWords } from './provenance.ts';

/** A comment of a pull request holds 65,536 characters: columns that would not fit are only counted. */
const MAX_CHARACTERS = 65_000;
const MAX_ALERTS = 40;
const MAX_CODE_POINTS = 40;
const TITLE_CODE_POINTS = 100;
const SENTENCE_CODE_POINTS = 200;

const onOneLine = (text: string, codePoints: number) =>
  cut(text, codePoints).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ');

/** A code span: nothing in it is markup. Its backticks are more than any that follow each other in the text. */
function code(text: string, codePoints = SENTENCE_CODE_POINTS): string {
  const shown = onOneLine(text, codePoints);
  const ticks = '`'.repeat(Math.max(...shown.split(/[^`]+/).map(({ length }) => length)) + 1);
  const space = /^[ `]|[ `]$/.test(shown) ? ' ' : ''; // one on each side is taken off again
  return `${ticks}${space}${shown}${space}${ticks}`;
}

/** A sentence whose names of columns stand between backticks. */
const withCode = (sentence: string): string =>
  cut(sentence, SENTENCE_CODE_POINTS)
    .split('`')
    .map((piece, i) => (i % 2 === 0 || piece === '' ? plain(piece, SENTENCE_CODE_POINTS) : code(piece)))
    .join('');

/**
 * Text of the data: no markup, no link, no mention, on one line. What is no markup in its place is left as it is: a
 * parenthesis that follows no bracket, `<` before what cannot be a tag, `_` within a word, `#` before no number.
 */
function plain(text: string, codePoints = MAX_CODE_POINTS): string {
  return onOneLine(text, codePoints)
    .replace(/&(?=[#a-z])|<(?=[a-z/!?])|@|#(?=[\p{L}\p{N}])|^[#>]/giu, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\\`*[\]|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/:\/\//g, '&#58;//')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`);
}

/**
 * The report as GitHub's Markdown, for a pull request: figures of the file, alerts, the describe table. At most 65,536
 * characters.
 * @param name of the dataset
 * @param provenance where the report comes from, for the last line
 */
export function reportMarkdown(report: ReportDocument, name: string, provenance?: Provenance): string {
  const { columns, file, options, alerts, suggestions = [] } = report;
  const lines = [
    `## ${plain(name, TITLE_CODE_POINTS)}`,
    '',
    `${byteSize(file.bytes)} ${file.format.toUpperCase()}: ${overviewFacts(report).map(bold).join(', ')}.`,
    ...(options ? [`Read with ${code(flagsOf(options))}`] : []),
    '',
    `### Alerts (${whole(alerts.length)})`,
    '',
    ...(alerts.length === 0 ? [report.row_count === 0 ? NO_ROWS : 'Nothing stands out.'] : []),
    ...alerts.slice(0, MAX_ALERTS).map(({ severity, column, message }) => {
      const where = column === undefined ? '' : ` **${plain(column)}**:`;
      return `- ${SEVERITY_WORDS[severity]}:${where} ${plain(message, SENTENCE_CODE_POINTS)}`;
    }),
    ...(alerts.length > MAX_ALERTS ? [`- and ${whole(alerts.length - MAX_ALERTS)} more: report.json has all`] : []),
    ...(suggestions.length > 0 ? ['', `### Suggestions (${whole(suggestions.length)})`, ''] : []),
    ...suggestions.slice(0, MAX_ALERTS).map(({ message, options: asked, alternatives = [] }) => {
      const flags = [asked, ...alternatives].map(flagsOf).filter((each) => each !== '');
      return `- ${withCode(message)}${flags.length > 0 ? ` ${flags.map((each) => code(each)).join(' or ')}` : ''}`;
    }),
    '',
    '### Columns',
    '',
    `| ${DESCRIBE_KEYS.join(' | ')} |`,
    `|${DESCRIBE_KEYS.map((key) => (isTextCell(key) ? '---' : '--:')).join('|')}|`,
  ];
  const origin = provenance ? ['', originLine(provenance)] : [];
  let left = MAX_CHARACTERS - [...lines, ...origin].join('\n').length;
  let shown = 0;
  for (const column of columns) {
    const line = columnLine(column, report);
    left -= line.length + 1;
    if (left < 0) break;
    lines.push(line);
    shown++;
  }
  if (shown < columns.length)
    lines.push('', `and ${countOf(columns.length - shown, 'more column')}: report.json has all`);
  return `${[...lines, ...origin].join('\n')}\n`;
}

/** `sales.csv, SHA-256 …, uploaded 2026-11-24 09:30:00 UTC, …`: what the lines above do not say. */
function originLine({ filename, sha256, uploadedAt, processedAt, version }: Provenance): string {
  const facts = [
    filename !== undefined && plain(filename, TITLE_CODE_POINTS),
    sha256 !== undefined && `SHA-256 ${sha256}`,
    uploadedAt !== undefined && `uploaded ${timeInWords(uploadedAt)}`,
    processedAt !== undefined && `processed ${timeInWords(processedAt)}`,
    `made by Dataset Reports ${plain(version)}`,
  ];
  return facts.filter((fact) => fact !== false).join(', ');
}

function columnLine(column: ColumnReport, report: ReportDocument): string {
  const cells = describeColumn(column, report);
  return `| ${DESCRIBE_KEYS.map((key) => plain(cells[key])).join(' | ')} |`;
}

/** A fact with its count in bold. */
const bold = (fact: string): string => fact.replace(/^[\d,]+/, '**$&**');
