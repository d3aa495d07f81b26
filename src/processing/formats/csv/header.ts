import { trimAscii } from '../../text/trim.ts';
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
