import type { ColumnFacts, Warning } from '../profile-types.ts';
import type { DeclaredType, ReadOptions } from './read-options.ts';

/** Names in a sentence, and characters of each. */
const NAMES = 20;
const NAME_CHARACTERS = 60;

/** What was said of columns' types and could not be: a column that is not there, a type that no value fits. */
export function typeWarnings(options: ReadOptions = {}, columns: readonly ColumnFacts[]): Warning[] {
  const { types = {} } = options;
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
        message: `${none} the type ${declared}: the column is read as text.${wayOut(declared, column, options)}`,
        column: name,
      },
    ];
  });
}

/** Dates whose order nobody has said: `31.12.2025`, `12/31/25 4:05 PM`. */
const ORDERED_DATE = /^\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d)/;
/** Numbers with a decimal comma or something between groups of digits. */
const SEPARATED_NUMBER = /^[-+]?\d+(?:[.,'’ \u00a0\u202f]\d+)+$/;

/** The option without which values cannot be of the type, as a sentence behind a space; empty where there is none. */
function wayOut(declared: DeclaredType, { topValues }: ColumnFacts, { date_order, decimal, thousands }: ReadOptions) {
  const values = topValues.map(({ value }) => String(value));
  const areAll = (form: RegExp) => values.length > 0 && values.every((value) => form.test(value.trim()));
  const such = (what: string, options: string) => ` ${what} such as "${short(values[0]!)}" need the option ${options}.`;
  const isDate = declared === 'date' || declared === 'datetime';
  if (isDate && date_order === undefined && areAll(ORDERED_DATE)) return such('Dates', 'date_order');
  const isNumber = declared === 'integer' || declared === 'decimal';
  if (isNumber && decimal === undefined && thousands === undefined && areAll(SEPARATED_NUMBER))
    return such('Numbers', 'decimal or thousands');
  return '';
}
const short = (name: string) => (name.length > NAME_CHARACTERS ? `${name.slice(0, NAME_CHARACTERS)}…` : name);
