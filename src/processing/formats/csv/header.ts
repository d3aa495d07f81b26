import { MAX_NAME_CODE_POINTS } from '../../limits.ts';
import type { Warning } from '../../profile-types.ts';
import { trimAscii } from '../../text/null-tokens.ts';
import type { Dialect } from './dialect.ts';

/** Cuts a text to so many code points, with an ellipsis. */
export function cut(text: string, codePoints: number): string {
  if (text.length <= codePoints) return text;
  const points = [...text.slice(0, codePoints * 2 + 2)];
  return points.length <= codePoints ? text : `${points.slice(0, codePoints).join('')}…`;
}

/**
 * The names of the columns: empty ones become `column_N`, repeated ones get `_2`, `_3` …, overlong ones are cut, each
 * with a warning. Names are told apart by all their characters.
 */
export function columnNames(raw: string[], warnings: Warning[]): string[] {
  const used = new Set<string>();
  const suffixes = new Map<string, number>(); // where the search goes on: 16,384 equal names must not take n² steps
  return raw.map((text, index) => {
    let name = text;
    if (name === '') {
      name = `column_${index + 1}`;
      warnings.push({
        code: 'empty_column_name',
        message: `Column ${index + 1} has no name; it is called "${name}".`,
        column: name,
      });
    }
    const shown = cut(name, MAX_NAME_CODE_POINTS);
    if (shown !== name) {
      name = shown;
      warnings.push({
        code: 'name_cut',
        message: `The name of column ${index + 1} is longer than ${MAX_NAME_CODE_POINTS.toLocaleString('en')} characters; it is cut there.`,
        column: name,
      });
    }
    if (used.has(name)) {
      let n = suffixes.get(name) ?? 2;
      while (used.has(`${name}_${n}`)) n++;
      suffixes.set(name, n + 1);
      const unique = `${name}_${n}`;
      warnings.push({
        code: 'repeated_column_name',
        message: `The name "${name}" is used more than once; column ${index + 1} is called "${unique}".`,
        column: unique,
      });
      name = unique;
    }
    used.add(name);
    return name;
  });
}

/** The header as the names of all columns: of rows with names the first has none, of those that were added it is `column_N`. */
export function rawNames(header: readonly string[], { columns, headerWidth, hasRowNames }: Dialect): string[] {
  const names = header.slice(0, headerWidth).map(trimAscii);
  if (hasRowNames) names.unshift('');
  while (names.length < columns) names.push(`column_${names.length + 1}`);
  return names;
}
