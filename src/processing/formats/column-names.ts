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
 * Each name once: overlong ones are cut, repeated ones get `_2`, `_3` …, each with a warning. Names are
 * compared by all their characters.
 * @param orElse is told the index of a column without a name, and gives one
 */
export function namesOnce(
  raw: readonly string[],
  warnings: Warning[],
  orElse: (index: number) => string = () => '',
): string[] {
  const taken = new UniqueNames();
  return raw.map((text, index) => {
    const name = text || orElse(index);
    const shown = cut(name, MAX_NAME_CODE_POINTS);
    if (shown !== name) {
      const most = MAX_NAME_CODE_POINTS.toLocaleString('en');
      const message = `The name of column ${index + 1} is longer than ${most} characters; it is cut there.`;
      warnings.push({ code: 'name_cut', message, column: shown });
    }
    const unique = taken.take(shown);
    if (unique !== shown) {
      const message = `The name "${shown}" is used more than once; column ${index + 1} is called "${unique}".`;
      warnings.push({ code: 'repeated_column_name', message, column: unique });
    }
    return unique;
  });
}

/** The names of the columns of a header: see `namesOnce`. An empty name becomes `column_N`, with a warning. */
export function columnNames(raw: readonly string[], warnings: Warning[]): string[] {
  return namesOnce(raw, warnings, (index) => {
    const column = `column_${index + 1}`;
    const message = `Column ${index + 1} has no name; it is called "${column}".`;
    warnings.push({ code: 'empty_column_name', message, column });
    return column;
  });
}
