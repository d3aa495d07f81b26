const PLAIN = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)$/;
const GROUPED = /^[+-]?\d{1,3}(?:([ ,.'\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/;
const CURRENCY = /^(?:\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY)\s?|\s?(?:\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY)$/gu;

/** How a text spells a number that is not written as one; `undefined` when it is no number, or a plain one. */
export function numberFormat(text: string): 'currency' | 'percent' | 'thousands' | 'decimal comma' | undefined {
  const negative = /^\((.+)\)$/.exec(text)?.[1] ?? text; // accountants write -5 as (5)
  const isNumber = (part: string) => PLAIN.test(part) || GROUPED.test(part);
  const amount = negative.replace(CURRENCY, '').replace(/^([+-])(?:\p{Sc})\s?/u, '$1');
  if (amount !== negative && isNumber(amount)) return 'currency';
  if (/%$/.test(negative)) return isNumber(negative.slice(0, -1).trimEnd()) ? 'percent' : undefined;
  if (GROUPED.test(negative)) return 'thousands';
  return /^[+-]?\d*,\d+$/.test(negative) ? 'decimal comma' : undefined;
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const DATE_FORMATS: [name: string, pattern: RegExp][] = [
  ['2024-05-31', /^\d{4}-\d{1,2}-\d{1,2}(?:[T ].*)?$/],
  ['2024/05/31', /^\d{4}\/\d{1,2}\/\d{1,2}(?: .*)?$/],
  ['31/05/2024', /^(?:1[3-9]|2\d|3[01])\/\d{1,2}\/\d{2,4}(?: .*)?$/],
  ['05/31/2024', /^\d{1,2}\/(?:1[3-9]|2\d|3[01])\/\d{2,4}(?: .*)?$/],
  ['5/6/2024', /^\d{1,2}\/\d{1,2}\/\d{2,4}(?: .*)?$/],
  ['31.05.2024', /^\d{1,2}\.\d{1,2}\.\d{2,4}(?: .*)?$/],
  ['31-05-2024', /^\d{1,2}-\d{1,2}-\d{4}(?: .*)?$/],
  ['May 31, 2024', new RegExp(`^${MONTH}\\.? \\d{1,2},? \\d{4}`, 'i')],
  ['31 May 2024', new RegExp(`^\\d{1,2}[ -]${MONTH}\\.?[ -]\\d{2,4}`, 'i')],
];

/** The format of a text that looks like a date, as an example of it. `5/6/2024` is one that may be read in two ways. */
export function dateFormat(text: string): string | undefined {
  return DATE_FORMATS.find(([, pattern]) => pattern.test(text))?.[0];
}
