/**
 * What one value is by its spelling alone. A code is a number with a leading zero before a digit: 00123.
 *
 * Only for names of columns, which look like values where a file has no header (report/alerts/file.ts), and for the
 * plain reference of the tests. Values of columns are classified by kernel/values/value-class.ts, by the same rules:
 * tests/unit/processing/kernel/kernel.test.ts compares them. csv/field-kind.ts scores delimiters by coarser rules.
 */
export type ValueKind = 'integer' | 'decimal' | 'code' | 'boolean' | 'date' | 'datetime' | 'text';

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INTEGER = /^[+-]?\d+$/;
const LEADING_ZERO = /^[+-]?0\d/;
const BOOLEAN = /^(?:true|false)$/i;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATETIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-](\d\d):?(\d\d))?$/;

function dayExists(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

/** Classifies a trimmed, non-null value. A number is finite as a double. */
export function kindOf(value: string): ValueKind {
  const code = value.charCodeAt(0);
  const startsLikeNumber = (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
  if (startsLikeNumber) {
    if (NUMBER.test(value)) {
      if (!Number.isFinite(Number(value))) return 'text';
      if (LEADING_ZERO.test(value)) return 'code';
      return INTEGER.test(value) ? 'integer' : 'decimal';
    }
    const date = DATE.exec(value);
    if (date) return dayExists(+date[1]!, +date[2]!, +date[3]!) ? 'date' : 'text';
    const time = DATETIME.exec(value);
    if (!time || !dayExists(+time[1]!, +time[2]!, +time[3]!)) return 'text';
    const fits = (text: string | undefined, most: number) => text === undefined || +text <= most;
    return fits(time[4], 23) && fits(time[5], 59) && fits(time[6], 59) && fits(time[7], 23) && fits(time[8], 59)
      ? 'datetime'
      : 'text';
  }
  return value.length <= 5 && BOOLEAN.test(value) ? 'boolean' : 'text';
}
