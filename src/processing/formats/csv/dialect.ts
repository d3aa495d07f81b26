import { SAMPLE_FIELDS } from '../../limits.ts';
import type { FieldKind } from './field-kind.ts';
import type { HeadRow } from './head-splitter.ts';

// The dialect is chosen on the head of a file by one score, which docs/reading.md explains. The idea to score a dialect
// by the shape of its rows and the types of its fields together is from van den Burg, Nazábal and Sutton, "Wrangling
// messy CSV files by detecting row and type patterns" (2019); their measure is not the one used here.

/** What holds for the whole file, detected on its head. */
export interface Dialect {
  /** As the report has it: a comma for a table of one column. */
  delimiter: string;
  /** What ends a field: U+0000, which is in no text, in a table of one column. */
  separator: string;
  /** Rows before the header, the one that names the delimiter among them. */
  titleRows: number;
  /** The first row is `sep=;`. */
  namesDelimiter: boolean;
  /** The first line is that, but begins as comments do, and is no row. */
  isNamedInComment?: boolean;
  /** A person has said which rows are the header; none: there is no header. */
  header?: readonly number[] | undefined;
  /** Names that a person has given instead of the header's, from the first column on. */
  names?: readonly string[] | undefined;
  /** A person has named a delimiter that is in no row of the head. */
  isMissing?: boolean;
  /** Columns of the table: those of the header and the added ones. */
  columns: number;
  headerWidth: number;
  /** The rows have one field more than the header, in front: a name of the row. */
  hasRowNames: boolean;
}

/** A row of the head with the kinds of its fields. */
export interface SampleRow {
  /** Of the first SAMPLE_FIELDS fields. */
  kinds: FieldKind[];
  isQuoted: boolean[];
  /** The first field, trimmed. */
  first: string;
}
/** The head's rows under one delimiter. */
export interface Reading {
  delimiter: string;
  rows: HeadRow[];
  /** The first rows, at most SAMPLE_ROWS that end in the first SAMPLE_BYTES (limits.ts); made on demand. */
  sample(): SampleRow[];
}
/** The weight of a field: one of the kind that its column has, plain text, and one that was cut in the wrong place. */
const [TYPED, TEXT, TORN] = [1, 0.5, 0.1] as const;
/**
 * The weight of a header that is not the first row behind comments or has another width than the table, and that does
 * not consist of names above values either.
 */
const DOUBTFUL_HEADER = 1 / 3;
/** Scores that differ by less are equal. */
const EQUAL = 1e-9;

const isEmpty = ({ width, filled }: HeadRow) => filled === 0 && width > 1;
const isComment = (row: SampleRow | undefined) => row !== undefined && /^[#%]/.test(row.first);

/** The most frequent of these numbers, of equals the greater, and how often it is there. */
function mostFrequent(numbers: number[]): { value: number; count: number } {
  const counts = new Map<number, number>(); // at most as many as the head has rows
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  let best = { value: 0, count: 0 };
  for (const [value, count] of counts)
    if (count > best.count || (count === best.count && value > best.value)) best = { value, count };
  return best;
}

/** A reading as a table: its width, and where its header is. */
class Table {
  readonly reading: Reading;
  /** Fields that most rows have. */
  readonly width: number;
  readonly header: number;
  readonly #rows: HeadRow[];
  /** Rows with something in them. */
  readonly counted: HeadRow[];
  #score: number | undefined;
  /** Of the columns below a header that was tried; at most SAMPLE_ROWS. */
  readonly #kinds = new Map<number, FieldKind[]>();

  /** @param mayHaveComments the first row begins like a comment @param header where it is known */
  constructor(reading: Reading, width: number, mayHaveComments: boolean, header?: number) {
    this.reading = reading;
    this.width = width;
    this.#rows = reading.rows;
    this.counted = this.#rows.filter((row) => !isEmpty(row));
    this.header = header ?? this.#findHeader(mayHaveComments);
  }
  fits = ({ width, filled }: HeadRow) => width === this.width || (width > this.width && filled <= this.width);

  get fitting(): number {
    return this.counted.filter(this.fits).length;
  }
  get isEven(): boolean {
    return this.counted.every(({ width }) => width === this.width);
  }
  /** By the shape of the rows and what the fields are. */
  get score(): number {
    this.#score ??= (this.fitting / this.counted.length) * (this.width / (this.width + 1)) * this.#cells();
    return this.#score;
  }

  /**
   * Title lines are skipped: rows with something in the first field alone, in a table of several columns. So are rows
   * of another width and comments, when a row that consists of names above values follows them.
   */
  #findHeader(mayHaveComments: boolean): number {
    const rows = this.#rows;
    const several = this.counted.filter(({ width }) => width > 1).length;
    const filled = rows.findIndex((row) => row.filled > 1);
    const first = several * 2 > this.counted.length && filled > 0 ? filled : 0;
    const [top] = rows;
    const isTop = first === 0 && top !== undefined && this.fits(top) && !isEmpty(top);
    if (this.width === 1 || (isTop && !mayHaveComments)) return first;
    const sample = this.reading.sample();
    for (let h = first; h < sample.length; h++) {
      const row = rows[h]!;
      if (isEmpty(row)) continue;
      if (h > first && this.fits(row) && !isComment(sample[h]) && this.#isNames(sample[h]!) && this.#isAboveValues(h))
        return h;
      if (this.fits(row) && !isComment(sample[h])) break;
    }
    return first;
  }
  #isNames({ kinds }: SampleRow): boolean {
    return kinds.slice(0, this.width).every((kind) => kind === 'text');
  }
  /** Whether a text stands above a column of values. */
  #isAboveValues(header: number): boolean {
    const names = this.reading.sample()[header]?.kinds ?? [];
    return this.#kindsBelow(header).some((kind, column) => kind !== 'text' && names[column] === 'text');
  }
  #below(header: number): SampleRow[] {
    return this.reading.sample().filter((_, i) => i > header && !isEmpty(this.#rows[i]!) && this.fits(this.#rows[i]!));
  }
  /** Of each column the kind that more than half of its fields have, nulls aside; else text. */
  #kindsBelow(header: number): FieldKind[] {
    const known = this.#kinds.get(header);
    if (known) return known;
    const below = this.#below(header);
    const found = Array.from({ length: Math.min(this.width, SAMPLE_FIELDS) }, (_, column) => {
      const kinds = below.map((row) => row.kinds[column]!).filter((kind) => kind !== 'empty');
      for (const kind of ['number', 'time', 'boolean'] as const)
        if (kinds.filter((each) => each === kind).length * 2 > kinds.length) return kind;
      return 'text';
    });
    this.#kinds.set(header, found);
    return found;
  }
  /** What the fields below the header are, on average; without any, those of a header that fits. */
  #cells(): number {
    const below = this.#below(this.header);
    const kinds = this.#kindsBelow(this.header);
    const header = this.fits(this.#rows[this.header]!) ? this.reading.sample().slice(this.header, this.header + 1) : [];
    const counted = (below.length > 0 ? below : header).flatMap((row) =>
      row.kinds.slice(0, this.width).flatMap((kind, column) => {
        if (kind === 'empty') return [];
        return kind === 'torn' ? [TORN] : kind !== 'text' && kind === kinds[column] ? [TYPED] : [TEXT];
      }),
    );
    return counted.length === 0 ? TEXT : counted.reduce<number>((sum, each) => sum + each, 0) / counted.length;
  }
  /** More than half of the rows below the header are cut in the wrong place, or not where they should be. */
  get isTorn(): boolean {
    const below = this.#below(this.header);
    return below.filter(({ kinds }) => kinds.includes('torn')).length * 2 > below.length;
  }
  /**
   * Its header is whole, and in the other table a title, or a row of another width, that this delimiter is left in; and
   * this table has more rows that fit. Then the other one is made of pieces, such as the `5` of `<1,5`.
   */
  hasHeaderCutBy(other: Table): boolean {
    const { header } = this;
    const fitsIn = (table: Table) => table.#rows[header] !== undefined && table.fits(table.#rows[header]);
    const isTornIn = (table: Table) => table.reading.sample()[header]?.kinds.includes('torn');
    if (!fitsIn(this) || (other.header <= header && fitsIn(other))) return false;
    if (isTornIn(this) || !isTornIn(other) || this.fitting <= other.fitting) return false;
    return this.#rows.slice(header, other.header + 1).every((each) => isEmpty(each) || this.fits(each));
  }
  /** How much speaks for the row being a header, from 0 to 1. */
  headerScore(): number {
    const sample = this.reading.sample();
    const above = this.#rows.slice(0, this.header);
    const isFirst =
      this.header === 0 ? this.fits(this.#rows[0]!) : above.every((row, i) => isEmpty(row) || isComment(sample[i]));
    const sure = isFirst || this.#isAboveValues(this.header) ? 1 : DOUBTFUL_HEADER;
    const names = (sample[this.header]?.kinds ?? []).filter((kind) => kind !== 'empty');
    if (names.length === 0) return sure;
    return (sure * (1 + names.filter((kind) => kind !== 'torn').length / names.length)) / 2;
  }

  /** Rows are named as R does it: each has one field more than the header, and the first one is a text that is
   * not a value of a typed column. */
  get hasRowNames(): boolean {
    const { width } = this.#rows[this.header]!;
    const below = this.#rows.slice(this.header + 1).filter((row) => !isEmpty(row));
    if (below.length < 2 || !below.every((row) => row.width === width + 1)) return false;
    const sample = this.reading.sample();
    const named = sample.slice(this.header + 1).filter((_, i) => !isEmpty(this.#rows[this.header + 1 + i]!));
    const names = named.map(({ first }) => first);
    if (names.length < 2 || names.includes('') || new Set(names).size < names.length) return false;
    if (named.some(({ kinds }) => kinds.includes('torn'))) return false; // the field too many is half of another
    const isQuoted = sample[this.header]?.isQuoted.every(Boolean) && named.every((row) => row.isQuoted[0]);
    const kinds = this.#kindsBelow(this.header);
    return (
      isQuoted ||
      (named.every(({ kinds: [kind] }) => kind === 'text') && kinds.slice(1).every((kind) => kind !== 'text'))
    );
  }
  get dialect(): Dialect {
    const { delimiter } = this.reading;
    const headerWidth = this.#rows[this.header]!.width;
    const common = { delimiter, separator: delimiter, titleRows: this.header, namesDelimiter: false, headerWidth };
    if (this.hasRowNames) return { ...common, columns: headerWidth + 1, hasRowNames: true };
    const below = this.#rows.slice(this.header + 1).filter((row) => !isEmpty(row));
    const wider = below.filter(({ filled }) => filled > headerWidth).map(({ filled }) => filled);
    const columns = wider.length * 2 > below.length ? mostFrequent(wider).value : headerWidth;
    return { ...common, columns, hasRowNames: false };
  }
}

/** The width that most rows of several fields have; 0 when there are none. */
const widthOf = ({ rows }: Reading) =>
  mostFrequent(rows.filter((row) => !isEmpty(row) && row.width > 1).map(({ width }) => width)).value;

/** A table under a delimiter that is known. */
export function dialectUnder(reading: Reading, mayHaveComments: boolean): Dialect {
  return new Table(reading, widthOf(reading) || 1, mayHaveComments).dialect;
}

/**
 * A table whose header a person has named.
 * @param header its rows; none: there is no header
 */
export function dialectWithHeader(reading: Reading, header: readonly number[]): Dialect {
  const last = header.at(-1);
  if (last !== undefined) return { ...new Table(reading, widthOf(reading) || 1, false, last).dialect, header };
  const widths = reading.rows.filter((row) => !isEmpty(row)).map(({ width }) => width);
  const { delimiter } = reading;
  return {
    delimiter,
    separator: delimiter,
    titleRows: 0,
    namesDelimiter: false,
    header,
    columns: mostFrequent(widths).value || 1,
    headerWidth: 0,
    hasRowNames: false,
  };
}

/**
 * Chooses the delimiter.
 * @param readings in the order of precedence
 * @param whole every row as one field
 */
export function detectDialect(readings: Reading[], whole: Reading, mayHaveComments: boolean): Dialect {
  const tables = readings
    .filter((reading) => widthOf(reading) > 0)
    .map((reading) => new Table(reading, widthOf(reading), mayHaveComments));
  const oneColumn: Dialect = {
    delimiter: ',',
    separator: '\0',
    titleRows: 0,
    namesDelimiter: false,
    columns: 1,
    headerWidth: 1,
    hasRowNames: false,
  };
  if (tables.length === 0) return oneColumn;
  if (tables.length === 1 && tables[0]!.isEven) return tables[0]!.dialect;
  let [best] = tables as [Table];
  for (const table of tables.slice(1)) if (isBetter(table, best)) best = table;
  const { dialect } = best;
  // what stands behind the first field of some lines would be dropped
  if (dialect.columns === 1 && best.fitting * 2 <= best.counted.length) return oneColumn;
  // a column of text with a comma in most values looks like a title above a table: the header decides
  const asOne = new Table(whole, 1, false);
  if (asOne.isTorn) return dialect;
  return best.score * best.headerScore() < asOne.score * asOne.headerScore() - EQUAL ? oneColumn : dialect;
}
/** Whether the widths of the rows alone do not decide the dialect. */
export function dependsOnSample(readings: Reading[], mayHaveComments: boolean): boolean {
  let isUsed = false;
  const sample = () => {
    isUsed = true;
    return [];
  };
  const whole = { delimiter: '\0', rows: [{ width: 1, filled: 1 }], sample };
  detectDialect(
    readings.map((reading) => ({ ...reading, sample })),
    whole,
    mayHaveComments,
  );
  return isUsed;
}
function isBetter(a: Table, b: Table): boolean {
  if (a.hasHeaderCutBy(b)) return true;
  if (b.hasHeaderCutBy(a)) return false;
  if (Math.abs(a.score - b.score) > EQUAL) return a.score > b.score;
  return a.fitting > b.fitting || (a.fitting === b.fitting && a.width > b.width);
}
