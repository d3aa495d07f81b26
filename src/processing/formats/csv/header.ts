import { textOf } from '../../text/text-reading.ts';
import { trimAscii } from '../../text/trim.ts';
import { columnNames } from '../column-names.ts';
import type { Dialect } from './dialect.ts';

/**
 * The header as the names of all columns: of rows with names the first has none, of those that were added it is
 * `column_N`.
 */
export function rawNames(header: readonly string[], { columns, headerWidth, hasRowNames }: Dialect): string[] {
  const names = header.slice(0, headerWidth).map(trimAscii);
  if (hasRowNames) names.unshift('');
  while (names.length < columns) names.push(`column_${names.length + 1}`);
  return names;
}

/** The names of all columns while the encoding is not known for certain: in UTF-8, and in windows-1252. */
export function possibleNames(header: readonly string[], dialect: Dialect): string[][] {
  return (['utf-8', 'windows-1252'] as const).map((encoding) =>
    columnNames(
      rawNames(header, dialect).map((name) => textOf(name, { encoding, hasNul: false })),
      [],
    ),
  );
}
