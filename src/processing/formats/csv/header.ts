import { textOf } from '../../text/text-reading.ts';
import { trimAscii } from '../../text/trim.ts';
import { columnNames } from '../column-names.ts';
import type { Dialect } from './dialect.ts';

/** Rows that come before the first row of the table. */
export const rowsAbove = ({ titleRows, header }: Dialect): number => (header?.length === 0 ? titleRows : titleRows + 1);

/** Takes the rows above the table: titles, and those of the header. */
export class TableTop {
  /** Names as they are written, one character per byte; undefined when there was no row. */
  header: string[] | undefined;
  /** Line of the first title; 0 without. */
  titleLine = 0;
  readonly #dialect: Dialect;
  #taken = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    if (dialect.header?.length === 0) this.header = [];
  }
  /** Every row has come: those that follow are the table's. */
  get isComplete(): boolean {
    return this.#taken >= rowsAbove(this.#dialect);
  }
  /** @returns whether it is complete */
  take({ fields, width, line }: { fields: readonly string[]; width: number; line: number }): boolean {
    const { titleRows, namesDelimiter, header } = this.#dialect;
    const row = this.#taken++;
    if ((header ?? [titleRows]).includes(row)) this.#join(fields.slice(0, width));
    else if (this.titleLine === 0 && !(namesDelimiter && row === 0)) this.titleLine = line;
    return this.isComplete;
  }
  /** Several rows of the header are joined by a space. */
  #join(fields: string[]): void {
    const before = this.header;
    if (!before) this.header = fields;
    else
      this.header = Array.from({ length: Math.max(before.length, fields.length) }, (_, i) =>
        [before[i] ?? '', fields[i] ?? '']
          .map(trimAscii)
          .filter((name) => name !== '')
          .join(' '),
      );
  }
}

/**
 * The names of all columns: those that a person gave, then the header's. Of rows with names the header's first has
 * none, of columns that were added it is `column_N`.
 * @param shown a text of the file as it is shown
 */
export function rawNames(
  header: readonly string[],
  { columns, headerWidth, hasRowNames, names: given = [] }: Dialect,
  shown: (text: string) => string,
): string[] {
  const names = header.slice(0, headerWidth).map(trimAscii);
  if (hasRowNames) names.unshift('');
  while (names.length < columns) names.push(`column_${names.length + 1}`);
  return names.map((name, i) => given[i] ?? shown(name));
}

/** The names of all columns while the encoding is not known for certain: in UTF-8, and in windows-1252. */
export function possibleNames(header: readonly string[], dialect: Dialect): string[][] {
  return (['utf-8', 'windows-1252'] as const).map((encoding) =>
    columnNames(
      rawNames(header, dialect, (name) => textOf(name, { encoding, hasNul: false })),
      [],
    ),
  );
}
