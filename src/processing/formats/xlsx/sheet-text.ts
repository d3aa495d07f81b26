import { DatasetError } from '../../errors.ts';
import { MAX_COLUMNS, MAX_ROW_BYTES, mebibytes } from '../../limits.ts';
import { DELIMITER, lineEnds } from './csv-field.ts';
import type { LineMap } from './line-map.ts';
import { HEAD_ROWS, HEAD_TEXT_BYTES, type HeadRow, tableTop } from './table-top.ts';

const [LF, QUOTE] = [10, 34];
const COMMA = DELIMITER.charCodeAt(0);
/** The first line: the CSV reading takes the delimiter from it, whatever the cells hold. */
const FIRST_LINE = `sep=${DELIMITER}\n`;
const ROOM = 64 * 1024;
/** Text that is to be taken before more is added: some bytes of a sheet may name a text of megabytes each. */
const MOST_BYTES = 1024 * 1024;

/** Takes the values of a sheet, row by row. */
export interface CellSink {
  /** The sheet's row of the last value; 0 before there is any. */
  readonly lastRow: number;
  /** It is to be emptied before more is added. */
  readonly isFull: boolean;
  /** @param row from 1 */
  beginRow(row: number): void;
  /**
   * The next value. @param column from 0, behind those before
   * @param from its field in `bytes`, as csvField makes it; not empty
   */
  field(column: number, bytes: Buffer, from: number, to: number): void;
  endRow(): void;
  /** After the last row. */
  end(): void;
}

/** Finds the last row that has a value. */
export class LastRow implements CellSink {
  lastRow = 0;
  readonly isFull = false;
  #row = 0;

  beginRow(row: number): void {
    this.#row = row;
  }
  field(): void {
    this.lastRow = this.#row;
  }
  endRow(): void {}
  end(): void {}
}

/**
 * The rows of a sheet as the text of a CSV. Empty cells behind the last value of a row are nothing; then all rows below
 * the table's top (table-top.ts) are filled up to its width, as a CSV has them. Rows without a value between others are
 * rows of empty fields. Memory: the head, then the text between two calls of `take`.
 */
export class SheetText implements CellSink {
  lastRow = 0;
  readonly #lines: LineMap;
  /** Text, of which the head is held back. */
  #out: Buffer = Buffer.allocUnsafeSlow(4 * ROOM);
  #have = 0;
  #head: HeadRow[] | undefined = [];
  /** Of the table; rows below its top have at least so many fields. */
  #width = 0;
  /** Rows with a value. */
  rows = 0;
  /** Line of the text that comes next. */
  #line = 2;
  // the row at hand
  #row = 0;
  #start = 0;
  #column = 0;
  #cells = 0;
  #lineEnds = 0;
  /** Rows without a value lie before it, and are not written yet. */
  #gapIsDue = false;

  /** What a row's first cell begins with, when it is a comment: as a text, and as its field may be quoted. */
  readonly #comments: readonly Buffer[];
  #isComment = false;

  /**
   * @param lines where the sheet's rows are in the text
   * @param comment of a row whose first cell begins with it, this is all that is written
   */
  constructor(lines: LineMap, comment = '') {
    this.#lines = lines;
    this.#comments =
      comment === '' ? [] : [comment, `"${comment.replaceAll('"', '""')}`].map((each) => Buffer.from(each));
  }
  get isFull(): boolean {
    return this.#have >= MOST_BYTES && !this.#head;
  }
  beginRow(row: number): void {
    this.#row = row;
    this.#column = 0;
    this.#cells = 0;
    this.#lineEnds = 0;
    this.#isComment = false;
    if (!this.#head && row - this.lastRow > 1) this.#gapIsDue = true;
    this.#start = this.#have;
  }
  field(column: number, bytes: Buffer, from: number, to: number): void {
    if (column >= MAX_COLUMNS)
      throw new DatasetError(`A row has more than ${MAX_COLUMNS.toLocaleString('en')} columns`, { line: this.#row });
    if (this.#isComment) return;
    if (this.#cells === 0 && this.#gapIsDue) this.#fillGap();
    if (this.#cells === 0 && column === 0 && this.#comments.some((begin) => beginsWith(begin, bytes, from, to))) {
      this.#isComment = true;
      this.#append(column, this.#comments[0]!, 0, this.#comments[0]!.length);
    } else this.#append(column, bytes, from, to);
  }
  #append(column: number, bytes: Buffer, from: number, to: number): void {
    const commas = column - this.#column;
    const length = to - from;
    if (this.#have + commas + length + ROOM > this.#out.length) this.#grow(commas + length + ROOM);
    const out = this.#out;
    let at = this.#have;
    for (let i = 0; i < commas; i++) out[at++] = COMMA;
    if (length > 48) bytes.copy(out, at, from, to);
    else for (let i = 0; i < length; i++) out[at + i] = bytes[from + i]!;
    if (bytes[from] === QUOTE) this.#lineEnds += lineEnds(bytes, from, to);
    this.#have = at + length;
    this.#column = column;
    this.#cells++;
  }
  endRow(): void {
    if (this.#cells === 0) return;
    const width = this.#column + 1;
    this.rows++;
    if (this.#head) {
      const { length } = this.#head;
      this.#head.push({
        row: this.#row,
        end: this.#have,
        width,
        cells: this.#cells,
        lineEnds: this.#lineEnds,
      });
      this.lastRow = this.#row;
      if (length + 1 >= HEAD_ROWS || this.#have >= HEAD_TEXT_BYTES) this.#endHead();
      return;
    }
    this.#fill(this.#width - width);
    this.#newLine(this.#row, this.#lineEnds);
    this.lastRow = this.#row;
  }
  end(): void {
    if (this.#head) this.#endHead();
  }
  /** The text so far; valid until the next row. */
  take(): Buffer {
    if (this.#head) return this.#out.subarray(0, 0);
    const text = this.#out.subarray(0, this.#have);
    this.#have = this.#start = 0;
    return text;
  }

  /** Writes the rows that were held back. */
  #endHead(): void {
    const head = this.#head!;
    const held = this.#out;
    this.#head = undefined;
    if (head.length === 0) return;
    const { index, width } = tableTop(head);
    this.#out = Buffer.allocUnsafeSlow(this.#have + 4 * ROOM);
    this.#have = this.#out.write(FIRST_LINE, 'latin1');
    this.lastRow = 0;
    let from = 0;
    head.forEach((each, i) => {
      const length = each.end - from;
      const fields = i < index ? each.width : Math.max(width, each.width);
      if (i > index) this.#width = width;
      this.#row = each.row;
      this.#fillGap();
      if (this.#have + length + fields + ROOM > this.#out.length) this.#grow(length + fields + ROOM);
      held.copy(this.#out, this.#have, from, each.end);
      this.#have += length;
      this.#fill(fields - each.width);
      this.#newLine(each.row, each.lineEnds);
      this.lastRow = each.row;
      from = each.end;
    });
    this.#width = width;
  }
  #fill(commas: number): void {
    if (commas <= 0) return;
    if (this.#have + commas + ROOM > this.#out.length) this.#grow(commas + ROOM);
    for (let i = 0; i < commas; i++) this.#out[this.#have++] = COMMA;
  }
  #newLine(row: number, lineEndsWithin: number): void {
    this.#lines.add(this.#line, row);
    this.#out[this.#have++] = LF;
    this.#line += 1 + lineEndsWithin;
  }
  /** Rows without a value before the row at hand: of a table of several columns they have empty fields. */
  #fillGap(): void {
    this.#gapIsDue = false;
    const rows = this.#row - this.lastRow - 1;
    const isTable = this.#width > 1;
    if (rows <= 0) return;
    if (this.#have + 2 * rows + ROOM > this.#out.length) this.#grow(2 * rows + ROOM);
    this.#lines.add(this.#line, this.lastRow + 1);
    for (let i = 0; i < rows; i++) {
      if (isTable) this.#out[this.#have++] = COMMA;
      this.#out[this.#have++] = LF;
    }
    this.#line += rows;
    this.#start = this.#have;
  }
  #grow(more: number): void {
    if (this.#have - this.#start > MAX_ROW_BYTES)
      throw new DatasetError(`A row of the sheet is longer than ${mebibytes(MAX_ROW_BYTES)}`, { line: this.#row });
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#have + more, this.#out.length * 2));
    this.#out.copy(larger, 0, 0, this.#have);
    this.#out = larger;
  }
}

const beginsWith = (begin: Buffer, bytes: Buffer, from: number, to: number) =>
  to - from >= begin.length && bytes.compare(begin, 0, begin.length, from, from + begin.length) === 0;
