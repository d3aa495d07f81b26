import { MAX_NAME_CODE_POINTS } from '../limits.ts';
import type { Warning } from '../profile-types.ts';
import { cut } from '../text/trim.ts';

/**
 * The names of the columns: empty ones become `column_N`, repeated ones get `_2`, `_3` …, overlong ones are cut, each
 * with a warning. Names are compared by all their characters.
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
      const most = MAX_NAME_CODE_POINTS.toLocaleString('en');
      name = shown;
      warnings.push({
        code: 'name_cut',
        message: `The name of column ${index + 1} is longer than ${most} characters; it is cut there.`,
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
