/**
 * How a text spells a number or a day that is not written in the plain form, by regular expressions over its bytes
 * (one character per byte). What kernel/values/spelling.ts and kernel/values/date-spelling.ts are compared with. Text
 * is trimmed, and not a number, boolean or date.
 */
const MOST_BYTES = 40;

const GAP = '(?: |\\xa0|\\xc2\\xa0|\\xe2\\x80[\\xaf\\x89])';
const SIGN = '(?:[+-]|\\xe2\\x88\\x92|\\xe2\\x80\\x93)';
const LIMIT = '(?:[<>]=?|~|\\xe2\\x89[\\xa4\\xa5\\x88])';
const CODES = 'USD EUR GBP CHF JPY CNY SEK NOK DKK PLN CZK HUF INR BRL CAD AUD NZD HKD SGD KRW MXN ZAR RUB THB ILS';
const CURRENCY = [
  ...[
    '\\$',
    '[A-Z]{1,2}\\$',
    `(?:${CODES.split(' ').join('|')})`,
    '[Kk]r\\.?',
    'Rs\\.?',
    'Rp',
    'z\\xc5\\x82',
    'K\\xc4\\x8d',
  ],
  ...[
    '\\xc2[\\xa2\\xa3\\xa5]',
    '\\xe2\\x82[\\xa0-\\xff]',
    '\\xe2\\x83[\\x80-\\x8f]',
    '\\xef\\xb7\\xbc',
    '\\xef\\xbc\\x84',
  ],
  ...['\\xef\\xbf\\xa5', '\\xe0\\xb8\\xbf', '[\\x80\\xa3\\xa5]'],
].join('|');
const SUFFIX = 'bn|mn|Mio\\.?|Mrd\\.?|[kKMB]';
const SPACE = `(?:'|\\xe2\\x80\\x99|${GAP})`;
const DECORATED = new RegExp(
  `^(?<open>\\()?(?<limit>${LIMIT}${GAP}?)?(?<sign>${SIGN})?(?:(?<before>${CURRENCY})${GAP}?(?<second>${SIGN})?)?` +
    `(?<core>[\\d.,](?:[\\d.,]|${SPACE}(?=\\d))*)` +
    `(?:${GAP}?(?<suffix>${SUFFIX}))?(?:${GAP}?(?<percent>%))?` +
    `(?:${GAP}?(?<after>${CURRENCY}))?(?<trailing>-)?(?<close>\\))?$`,
);
const CORES: [string, RegExp][] = [
  ['groups', /^(?:[1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9]\d\d(?: \d{3}){2,})$/],
  ['thousands', /^[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/],
  ['thousands', new RegExp(`^[1-9]\\d{0,2}(${SPACE})\\d{3}(?:\\1\\d{3})*(?:[.,]\\d+)?$`)],
  ['1,234', /^[1-9]\d{0,2},\d{3}$/],
  ['lakh groups', /^[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d+)?$/],
  ['decimal comma', /^(?:|\d|[1-9]\d+),\d+$/],
  ['plain', /^(?:\d+\.?\d*|\.\d+)$/],
];
const UNSEEN =
  '(?:\\xa0|\\xc2[\\xa0\\xad]|\\xe2\\x80[\\x80-\\x8f\\xa8-\\xaf]' +
  '|\\xe2\\x81[\\x9f-\\xaf]|\\xe2\\xa0\\x80|\\xef\\xbb\\xbf)';
const PLAIN = '[+-]?(?:(?!0\\d)\\d+\\.?\\d*|\\.\\d+)';
const AROUND = new RegExp(`^(?:${UNSEEN}+${PLAIN}${UNSEEN}*|${PLAIN}${UNSEEN}+)$`);
const DIGIT = '(?:\\xd9[\\xa0-\\xa9]|\\xdb[\\xb0-\\xb9]|\\xe0\\xa5[\\xa6-\\xaf]|\\xef\\xbc[\\x90-\\x99])';
const OTHERS = new RegExp(`^[+-]?${DIGIT}+(?:(?:[.,]|\\xd9[\\xab\\xac]|\\xef\\xbc[\\x8c\\x8e])${DIGIT}+)*$`);

/** A spelling of a number, `groups` for one that may be an identifier. */
function numberSpelling(text: string): string | undefined {
  const parts = DECORATED.exec(text)?.groups;
  const core = parts && CORES.find(([, pattern]) => pattern.test(parts.core!))?.[0];
  if (!parts || !core)
    return OTHERS.test(text)
      ? 'digits of another script'
      : AROUND.test(text)
        ? 'characters that do not show'
        : undefined;
  const { open, close, limit, sign, before, second, suffix, percent, after, trailing } = parts;
  const isNone =
    (open === undefined) !== (close === undefined) ||
    (before !== undefined && after !== undefined) ||
    (sign !== undefined && second !== undefined) ||
    (trailing !== undefined && (open !== undefined || sign !== undefined || second !== undefined));
  if (isNone) return undefined;
  if (before ?? after) return 'currency';
  if (percent) return 'percent';
  if (open) return 'parentheses';
  if (limit) return 'limits such as <5';
  if (trailing) return 'a minus at the end';
  if (sign && sign.length > 1) return 'another minus sign';
  if (suffix) return 'a suffix such as k';
  return core === 'plain' ? undefined : core;
}

const MONTH =
  '(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?' +
  '|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
// what is read as AM or PM stays it, hence the look-ahead: it is not tried as a zone again
const TIME =
  '(?<time>(?:T|,? )(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?<fraction>[.,]\\d{1,9})?)?' +
  '(?=(?<half>(?: ?[AaPp]\\.?[Mm]\\.?)?))\\k<half>' +
  '(?: ?(?:Z|(?<zone>[A-Z]{2,5})|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d))?)?';
const NUMBERS = new RegExp(`^(?<a>\\d{1,2})(?<mark>[/.-])(?<b>\\d{1,2})\\k<mark>(?<c>\\d{4}|\\d\\d)${TIME}$`);
const YEAR_FIRST = new RegExp(`^(?<a>\\d{4})(?<mark>[/.-])(?<b>\\d{1,2})\\k<mark>(?<c>\\d{1,2})${TIME}$`);
const NAME_FIRST = new RegExp(`^${insensitive(MONTH)} (?<a>\\d{1,2})(?:st|nd|rd|th)?,? (?<c>\\d{4})${TIME}$`);
const NAME_SECOND = new RegExp(
  `^(?<a>\\d{1,2})(?:(?<mark>-)${insensitive(MONTH)}-` +
    `|(?: )${insensitive(MONTH).replace('name', 'other')},? )(?<c>\\d{4}|\\d\\d)${TIME}$`,
);
const COMPACT = /^(\d{4})(\d\d)(\d\d)T(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:\.\d{1,9})?Z?$/;

/** The pattern for letters of both cases. */
function insensitive(pattern: string): string {
  return pattern.replace(/(?<![<\w])[a-z]+|(?<=\|)[a-z]+|(?<=\?:)[a-z]+/g, (letters) =>
    letters.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`),
  );
}
function exists(year: string, month: string | number, day: string): boolean {
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  if (full < 1700 || full > 2199) return false;
  const date = new Date(Date.UTC(full, Number(month) - 1, Number(day)));
  return date.getUTCFullYear() === full && date.getUTCMonth() === Number(month) - 1 && Number(day) > 0;
}
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A spelling of a day as an example of it, `version` for one that may be a version. */
function dateSpelling(text: string): string | undefined {
  const named = NAME_FIRST.exec(text)?.groups ?? NAME_SECOND.exec(text)?.groups;
  if (named) {
    const { a, c, name, other } = named as Record<string, string | undefined>;
    const month = MONTHS.indexOf((name ?? other)!.slice(0, 3).toLowerCase()) + 1;
    if (!exists(c!, month, a!)) return undefined;
    return /^\d/.test(text) ? '31 May 2024' : 'May 31, 2024';
  }
  const compact = COMPACT.exec(text);
  if (compact) return exists(compact[1]!, compact[2]!, compact[3]!) ? '20240531T100000Z' : undefined;
  const yearFirst = YEAR_FIRST.exec(text)?.groups as Record<string, string | undefined> | undefined;
  if (yearFirst) {
    const { a, b, c, mark, time, fraction, half, zone } = yearFirst;
    if (!exists(a!, b!, c!)) return undefined;
    if (mark !== '-') return mark === '/' ? '2024/05/31' : '2024.05.31';
    if (b!.length + c!.length < 4) return '2024-5-31';
    if (fraction?.startsWith(',')) return '2024-05-31 10:00:00,123';
    if (half) return '2024-05-31 3:05 PM';
    if (zone) return '2024-05-31 10:00:00 UTC';
    return time ? '2024-05-31 3:05' : undefined;
  }
  const numbers = NUMBERS.exec(text)?.groups as Record<'a' | 'b' | 'c' | 'mark', string> | undefined;
  if (!numbers) return undefined;
  const { a, b, c, mark } = numbers;
  if (mark === '-' && c.length === 2) return undefined;
  const dayFirst = exists(c, b, a);
  const monthFirst = exists(c, a, b);
  if (mark === '.') {
    if (!dayFirst) return undefined;
    const isPadded = a.length === 2 && b.length === 2 && (a.startsWith('0') || b.startsWith('0'));
    return c.length === 4 || isPadded ? '31.05.2024' : 'version';
  }
  if (dayFirst && monthFirst) return mark === '/' ? '5/6/2024' : '5-6-2024';
  if (dayFirst) return mark === '/' ? '31/05/2024' : '31-05-2024';
  return monthFirst ? (mark === '/' ? '05/31/2024' : '05-31-2024') : undefined;
}

/** What a text spells. */
export function spellingOf(text: string): { type: 'number' | 'date'; like: string } | undefined {
  if (text.length > MOST_BYTES) return undefined;
  const number = numberSpelling(text);
  if (number) return { type: 'number', like: number };
  const date = dateSpelling(text);
  return date === undefined ? undefined : { type: 'date', like: date };
}
