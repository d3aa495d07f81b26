import type { ColumnFacts, Warning } from '../profile-types.ts';
import type { ReadOptions } from './read-options.ts';

/** Names in a sentence, and characters of each. */
const NAMES = 20;
const NAME_CHARACTERS = 60;

/** What was said of columns' types and could not be: a column that is not there, a type that no value fits. */
export function typeWarnings(types: ReadOptions['types'] = {}, columns: readonly ColumnFacts[]): Warning[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return Object.entries(types).flatMap(([name, declared]) => {
    const column = byName.get(name);
    if (!column) {
      const names = columns.slice(0, NAMES).map((each) => short(each.name));
      const rest = columns.length > NAMES ? `, and ${(columns.length - NAMES).toLocaleString('en')} more` : '';
      return [
        {
          code: 'unknown_column',
          message:
            `There is no column "${short(name)}" to be read as ${declared}. ` + `Columns: ${names.join(', ')}${rest}.`,
        },
      ];
    }
    if (column.type === declared || column.count === 0) return [];
    const none =
      column.count === 1
        ? 'Its only value does not fit'
        : `None of the ${column.count.toLocaleString('en')} values fits`;
    return [
      {
        code: 'type_fits_nothing',
        message: `${none} the type ${declared}: the column is read as text.`,
        column: name,
      },
    ];
  });
}
const short = (name: string) => (name.length > NAME_CHARACTERS ? `${name.slice(0, NAME_CHARACTERS)}…` : name);
