/** What the values of a column stand for, each with its description. */
export const COLUMN_KINDS = {
  id: 'Identifies a row: all values differ and look like it (by name, a run of whole numbers, texts like a UUID).',
  code: 'Identifies something else and may repeat, such as a ZIP code, a country code, or the id of a customer.',
  category: 'One of a few values that repeat, as text or as whole numbers.',
  flag: 'Yes or no: two values such as true and false, 0 and 1, or m and f.',
  year: 'Calendar years as whole numbers.',
  date: 'Points in time, whether read as such, written as text, or stored as numbers.',
  measure: 'Amounts, counts, measurements, coordinates: numbers to calculate with.',
  share: 'Shares of a whole, from 0 to 1 or from 0 to 100.',
  text: 'Names and free text.',
  nested: 'Objects and lists of JSON.',
  empty: 'No value in any row.',
} as const;
export type ColumnKind = keyof typeof COLUMN_KINDS;
