import { styleText } from 'node:util';
import { flagsOf } from '../../processing/options/option-texts.ts';
import { type Alert, alertsByColumn, type ReportDocument, type Severity } from '../document.ts';
import { dialectOf } from '../file-dialect.ts';
import { byteSize, countOf, NO_ROWS, SEVERITY_WORDS, whole } from '../formatting.ts';
import { overviewFacts } from '../overview-facts.ts';
import { type Cells, type ColumnTable, columnTable } from './column-table.ts';
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
/** Lines of one sentence at most: the values and names in it are data. */
const MAX_LINES = 5;
/** A sentence is not broken into lines where they would have fewer columns than this. */
const LEAST_WIDTH = 20;
/** Below a longer table, which pushes the alerts out of sight, they are counted once more. */
const LONG_TABLE = 40;
/** Columns before the text of an alert: its severity and a gap. */
const INDENT = 9;
/** Columns that the name of an alert's column takes at most: the rest of the line is its sentence. */
const NAME_WIDTH = 30;
const SEVERITY_STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', info: 'cyan' };

/**
 * The report as text for a terminal: the file, alerts worst first, and the describe table, a line per column; below it
 * what did not fit. No control character of the data reaches the terminal, and no line is wider than it.
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
  const lines = [
    ...overview(report, name, width),
    ...alertLines(report, width),
    ...warningLines(report, width),
    ...suggestionLines(report, width),
  ].map((pieces) => line(...pieces));
  if (report.columns.length > 0) {
    const worst = worstByColumn(report);
    lines.push('', line(...table.header.map((cell): Piece => [cell, ['bold', 'underline']])));
    for (const [i, cells] of table.rows.entries()) {
      const severity = worst.get(report.columns[i]!.name);
      lines.push(line(...columnPieces(cells, severity === 'info' ? undefined : severity)));
    }
    for (const pieces of notes(table, alerts, width)) lines.push(line(...pieces));
  }
  return `${lines.join('\n')}\n`;
}

function columnPieces(cells: Cells, severity: Severity | undefined): Piece[] {
  return cells.map((cell, i): Piece => (i === 0 && severity ? [cell, SEVERITY_STYLES[severity]] : [cell]));
}

function overview(report: ReportDocument, name: string, width: number): Piece[][] {
  const { file, options } = report;
  const bytes = `${byteSize(file.bytes)} ${file.format.toUpperCase()}`;
  // a fact is not broken: its spaces are none for `inLines`
  const facts = overviewFacts(report).map((fact) => fact.replaceAll(' ', '\u00a0'));
  const lines = inLines(facts.join(', '), width, width).map((line) => line.replaceAll('\u00a0', ' '));
  const reading: Piece[][] = [[[`${bytes}, ${dialectOf(file)}`, 'dim']]];
  if (options) reading.push([[cutToWidth(`read with ${printable(flagsOf(options))}`, width), 'dim']]);
  return [[[name, 'bold']], ...lines.map((line): Piece[] => [[line]]), ...reading];
}

function alertLines({ alerts, row_count }: ReportDocument, width: number): Piece[][] {
  if (alerts.length === 0) return [[], [row_count === 0 ? [NO_ROWS, 'yellow'] : ['Nothing stands out.', 'green']]];
  const lines: Piece[][] = [[], [[`Alerts (${whole(alerts.length)})`, 'bold']]];
  for (const { severity, column, message } of alerts.slice(0, MAX_ALERTS)) {
    const where = column === undefined ? '' : `${cutToWidth(printable(column), NAME_WIDTH)}: `;
    const indent = ' '.repeat(INDENT);
    const [first, ...others] = inLines(message, width - INDENT - displayWidth(where), width - INDENT);
    lines.push([[SEVERITY_WORDS[severity].padEnd(INDENT), SEVERITY_STYLES[severity]], [where, 'bold'], [first!]]);
    for (const other of others) lines.push([[indent], [other]]);
  }
  if (alerts.length > MAX_ALERTS) lines.push([[more(alerts.length - MAX_ALERTS), 'dim']]);
  return lines;
}

const more = (count: number) => `and ${whole(count)} more: --output json has all`;

/** The warnings about how the file was read; what an alert above says already is not repeated. */
function warningLines({ alerts, ...report }: ReportDocument, width: number): Piece[][] {
  const warnings = report.warnings.filter((warning) => !alerts.some(({ message }) => message === warning.message));
  if (warnings.length === 0) return [];
  const lines: Piece[][] = [[], [[`How the file was read (${whole(warnings.length)})`, 'bold']]];
  for (const { message } of warnings.slice(0, MAX_WARNINGS))
    for (const line of inLines(message, width, width)) lines.push([[line]]);
  if (warnings.length > MAX_WARNINGS) lines.push([[more(warnings.length - MAX_WARNINGS), 'dim']]);
  return lines;
}

/** What would change values, each with the flags to add. */
function suggestionLines({ suggestions = [] }: ReportDocument, width: number): Piece[][] {
  if (suggestions.length === 0) return [];
  const lines: Piece[][] = [[], [[`Suggestions (${whole(suggestions.length)})`, 'bold']]];
  const indent = ' '.repeat(INDENT);
  for (const { message, options, alternatives = [] } of suggestions.slice(0, MAX_WARNINGS)) {
    for (const line of inLines(message, width, width)) lines.push([[line]]);
    for (const [i, reading] of [options, ...alternatives].entries()) {
      const flags = flagsOf(reading); // whole, to be copied
      if (flags) lines.push([[i === 0 ? indent : 'or '.padStart(INDENT)], [printable(flags), 'bold']]);
    }
  }
  if (suggestions.length > MAX_WARNINGS) lines.push([[more(suggestions.length - MAX_WARNINGS), 'dim']]);
  return lines;
}

/** Below the table: what of it did not fit, and the alerts again where they are far above. */
function notes({ rows, left, needed }: ColumnTable, alerts: Alert[], width: number): Piece[][] {
  const sentences: string[] = [];
  if (left.length > 0)
    sentences.push(
      `Not shown at this width: ${left.join(', ')}. Use --output csv or a terminal of ${whole(needed)} columns.`,
    );
  if (rows.length > LONG_TABLE && alerts.length > 0)
    sentences.push(`${countOf(alerts.length, 'alert')} above the table.`);
  const lines = sentences.flatMap((sentence) => inLines(sentence, width, width));
  return lines.length === 0 ? [] : [[], ...lines.map((line): Piece[] => [[line, 'dim']])];
}

/**
 * A sentence broken at spaces, but not before a percent sign, into lines of at most `first` and then `rest` columns;
 * longer words, and what is left after the last line, are cut later.
 */
function inLines(sentence: string, first: number, rest: number): string[] {
  const text = printable(sentence);
  if (displayWidth(text) <= first || rest < LEAST_WIDTH) return [text];
  const lines = [''];
  let used = 0;
  for (const word of text.split(/ (?!%)/)) {
    const width = displayWidth(word);
    const isFull = used > 0 && used + 1 + width > (lines.length === 1 ? first : rest);
    // the first line may have room for nothing: the name of a column stands before it
    const isNarrow = used === 0 && lines.length === 1 && width > first;
    if ((isFull || isNarrow) && lines.length < MAX_LINES) {
      lines.push(word);
      used = width;
    } else {
      lines[lines.length - 1] += used > 0 ? ` ${word}` : word;
      used += used > 0 ? width + 1 : width;
    }
  }
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
