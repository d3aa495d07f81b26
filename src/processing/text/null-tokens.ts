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
