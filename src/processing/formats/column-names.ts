import { MAX_NAME_CODE_POINTS } from '../limits.ts';
import type { Warning } from '../profile-types.ts';
import { cut } from '../text/trim.ts';

/** What jsonb cannot hold is shown as U+FFFD. */
export function shownKey(key: string): string {
  return key.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** Gives each name once: a repeated one gets `_2`, `_3` … */
export class UniqueNames {
  readonly #used = new Set<string>();
  /** Where the search of a name goes on: 16,384 equal names must not take n² steps. */
  readonly #suffixes = new Map<string, number>();

  /** @returns the name, or with a suffix that makes it unique among those that were taken */
  take(name: string): string {
    let unique = name;
    if (this.#used.has(name)) {
      let n = this.#suffixes.get(name) ?? 2;
      while (this.#used.has(`${name}_${n}`)) n++;
      this.#suffixes.set(name, n + 1);
      unique = `${name}_${n}`;
    }
    this.#used.add(unique);
    return unique;
  }
}

/**
 * The names of the columns: empty ones become `column_N`, repeated ones get `_2`, `_3` …, overlong ones are cut, each
 * with a warning. Names are compared by all their characters.
 */
export function columnNames(raw: string[], warnings: Warning[]): string[] {
  const taken = new UniqueNames();
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
    const unique = taken.take(name);
    if (unique !== name)
      warnings.push({
        code: 'repeated_column_name',
        message: `The name "${name}" is used more than once; column ${index + 1} is called "${unique}".`,
        column: unique,
      });
    return unique;
  });
}
