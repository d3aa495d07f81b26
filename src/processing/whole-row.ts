/** What is in a row, by the names of its columns. May be made each time that it is asked for: read a member once. */
export interface RowContent {
  /** Names and values in the order of the file; null for a field that is missing. */
  fields: [name: string, value: unknown][];
  /** Fields beyond the last column, as text. */
  surplus?: string[] | undefined;
}

/** A whole row as it is written in the file: of text its fields untrimmed, of JSON the values of its record. */
export interface WholeRow extends RowContent {
  row: number;
  /** Of the file, from 1. */
  line: number;
}
