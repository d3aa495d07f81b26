/**
 * What a number format makes of a number.
 * - `days`: a date; `instants`: a date with a time of day
 * - `times`: a time of day: whole days of the number are not shown; `durations`: hours, minutes or seconds without end
 */
export type NumberKind = 'number' | 'days' | 'instants' | 'times' | 'durations';

/**
 * Formats that are known by their number (ECMA-376, 18.8.30): dates, times, and those of East Asian editions (27-36,
 * 50-58), whose meaning is a date but for 32-35, 55 and 56, which are times of day there.
 */
const BUILT_IN: [from: number, to: number, kind: NumberKind][] = [
  [14, 17, 'days'],
  [18, 21, 'times'],
  [22, 22, 'instants'],
  [27, 31, 'days'],
  [32, 35, 'times'],
  [36, 36, 'days'],
  [45, 45, 'times'],
  [46, 46, 'durations'],
  [47, 47, 'times'],
  [50, 54, 'days'],
  [55, 56, 'times'],
  [57, 58, 'days'],
];

/** @param id of a format that the workbook does not define itself */
export const builtInKind = (id: number): NumberKind =>
  BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number';

/** Texts in quotes, escaped and padding characters, and conditions, colours and locales in brackets. */
const LITERALS = /"[^"]*"?|[\\_*].?|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi;
/** An `m` is minutes behind an hour or before a second; elsewhere it is months. */
const MINUTES = /(h+|\[h+\])([^a-z]*)m{1,2}(?!m)|m{1,2}([^a-z]*)(?=s)/gi;

/** As many as a code of Excel has: the patterns above take quadratic time. */
const MOST_CHARACTERS = 255;

/** What a number format makes of a number, by its first section. @param code such as `dd/mm/yyyy hh:mm` */
export function kindOfFormat(code: string): NumberKind {
  const [section = ''] = code.slice(0, MOST_CHARACTERS).replace(LITERALS, '').split(';');
  if (/^\s*(?:general|standard)?\s*$/i.test(section) || section.includes('@')) return 'number';
  if (/\[(?:h+|m+|s+)\]/i.test(section)) return 'durations';
  if (/[0#?]/.test(section.replace(/[.,]0+/g, '')) && !/[ymdhs]/i.test(section)) return 'number';
  const letters = section.replace(/am\/pm|a\/p/gi, 'h').replace(MINUTES, '$1$2');
  const hasDate = /[ymdgb]/i.test(letters) || /e(?![+-])/i.test(letters);
  const hasTime = /[hs]/i.test(letters) || /[hs]/i.test(section);
  if (hasDate) return hasTime ? 'instants' : 'days';
  return hasTime ? 'times' : 'number';
}
