/** pandas' null tokens (read_csv's na_values by default); the empty field is one as well. */
export const TOKENS: ReadonlySet<string> = new Set([
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
]);
const LONGEST = 8;

/** Whether a CSV field, trimmed, is null. */
export const isNullToken = (trimmed: string): boolean =>
  trimmed.length <= LONGEST + 1 && (trimmed === '' || TOKENS.has(trimmed));

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Trims ASCII white space only: String.trim would take U+00A0 too, which is a byte of other characters here. */
export function trimAscii(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}
