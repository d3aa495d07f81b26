import { DatasetError } from '../../errors.ts';
import { csvField } from './csv-field.ts';
import { numberField, withComma } from './number-field.ts';
import { RichText } from './rich-text.ts';
import type { GivenStrings } from './shared-strings.ts';
import type { SheetText } from './sheet-text.ts';
import type { Workbook } from './workbook.ts';
import { damagedPart, eachLetterAttribute, isName, type XmlHandler, XmlScanner } from './xml-scanner.ts';

const [LETTER_B, LETTER_C, LETTER_D, LETTER_E, LETTER_F, LETTER_N] = [98, 99, 100, 101, 102, 110];
const [LETTER_R, LETTER_S, LETTER_T, LETTER_V, ONE, TRUE] = [114, 115, 116, 118, 49, 116];
/** `t="str"` and `t="inlineStr"`: what a formula gives, and a text that is in the cell itself. */
const [FORMULA_TEXT, INLINE_TEXT] = [1, 2];
/** Rows without a value between two others: as many as a sheet of Excel has. */
const MOST_SKIPPED_ROWS = 1_048_576;

/** Formulas whose result the program that wrote them has not stored. */
export interface Uncalculated {
  count: number;
  /** The first of them, as people name a cell: `C5`. */
  first: string;
}

/** How numbers are read and written. */
type Numbers = Pick<Workbook, 'is1904' | 'kinds'> & { decimalComma?: boolean | undefined };

/**
 * Reads the cells of a sheet as they come: `worksheet > sheetData > row > c > v | f | is`. Memory: one value.
 */
export class SheetReader implements XmlHandler {
  readonly uncalculated: Uncalculated = { count: 0, first: '' };
  /** U+0000 or half of a surrogate pair was replaced. */
  hasReplaced = false;
  readonly #part: string;
  readonly #scanner: XmlScanner;
  readonly #out: SheetText;
  readonly #workbook: Numbers;
  readonly #strings: GivenStrings;
  readonly #firstRow: number;
  readonly #text: RichText;
  #isInData = false;
  #isInRow = false;
  #isInCell = false;
  #row = 0;
  // the cell at hand
  #column = -1;
  #type = LETTER_N;
  #style = 0;
  #hasValue = false;
  #hasFormula = false;

  /** @param firstRow rows above it are not read */
  constructor(part: string, out: SheetText, workbook: Numbers, strings: GivenStrings, firstRow = 1) {
    this.#part = part;
    this.#out = out;
    this.#workbook = workbook;
    this.#strings = strings;
    this.#firstRow = firstRow;
    this.#text = new RichText(part, 4);
    this.#scanner = new XmlScanner(part, this);
  }
  /** @throws DatasetError with the sheet's row as its line */
  push(piece: Uint8Array): void {
    this.#scanner.push(piece);
  }
  end(): void {
    this.#scanner.end();
    this.#out.end();
  }

  open(bytes: Buffer, name: number, nameEnd: number, end: number, depth: number): void {
    const letter = nameEnd - name === 1 ? bytes[name] : 0;
    if (depth > 4) this.#text.open(bytes, name, nameEnd, depth);
    else if (depth === 4) {
      if (!this.#isInCell) return;
      if (letter === LETTER_V) this.#text.takeAll();
      else if (letter === LETTER_F) this.#hasFormula = true;
      else if (isName(bytes, name, nameEnd, 'is')) this.#text.begin();
    } else if (depth === 3) {
      if (this.#isInRow && letter === LETTER_C) this.#beginCell(bytes, nameEnd, end);
    } else if (depth === 2) {
      if (this.#isInData && isName(bytes, name, nameEnd, 'row')) this.#beginRow(bytes, nameEnd, end);
    } else if (depth === 1) this.#isInData = isName(bytes, name, nameEnd, 'sheetData');
    else if (!isName(bytes, name, nameEnd, 'worksheet')) throw damagedPart(this.#part, 'is not a sheet of cells');
  }
  text(bytes: Buffer, from: number, to: number, isCdata: boolean): void {
    this.#text.text(bytes, from, to, isCdata);
  }
  close(depth: number): void {
    if (depth > 4) this.#text.close(depth);
    else if (depth === 4) {
      this.#text.close(depth);
      if (this.#text.isOpen) this.#hasValue = true;
    } else if (depth === 3) {
      if (this.#isInCell) this.#endCell();
    } else if (depth === 2) {
      if (this.#isInRow) this.#out.endRow();
      this.#isInRow = false;
    } else if (depth === 1) this.#isInData = false;
  }

  #beginRow(bytes: Buffer, from: number, to: number): void {
    let row = this.#row + 1;
    eachLetterAttribute(bytes, from, to, (letter, begin, end) => {
      if (letter === LETTER_R) row = digits(bytes, begin, end);
    });
    if (!(row > this.#row)) throw damagedPart(this.#part, `has the row ${row} behind the row ${this.#row}`);
    if (row - this.#out.lastRow > MOST_SKIPPED_ROWS && row > this.#firstRow + MOST_SKIPPED_ROWS)
      throw damagedPart(this.#part, `has a row number that no sheet has, ${row}`);
    this.#row = row;
    this.#column = -1;
    this.#isInRow = row >= this.#firstRow;
    if (this.#isInRow) this.#out.beginRow(row);
  }
  #beginCell(bytes: Buffer, from: number, to: number): void {
    let column = this.#column + 1;
    this.#type = LETTER_N;
    this.#style = 0;
    this.#hasValue = this.#hasFormula = false;
    this.#isInCell = true;
    eachLetterAttribute(bytes, from, to, (letter, begin, end) => {
      if (letter === LETTER_R) column = columnOf(bytes, begin, end);
      else if (letter === LETTER_S) this.#style = digits(bytes, begin, end);
      else if (letter === LETTER_T) {
        if (end - begin === 1) this.#type = bytes[begin]!;
        else this.#type = end - begin === 3 ? FORMULA_TEXT : INLINE_TEXT;
      }
    });
    if (!(column > this.#column)) {
      const what = `has cells in row ${this.#row} that are not in the order of their columns`;
      throw damagedPart(this.#part, what);
    }
    this.#column = column;
  }
  #endCell(): void {
    this.#isInCell = false;
    const text = this.#hasValue ? this.#text.take() : undefined;
    if (text?.length) this.#field(text);
    // the result of a formula may be an empty text
    else if (this.#hasFormula && !(this.#hasValue && this.#type === FORMULA_TEXT)) {
      if (this.uncalculated.count++ === 0) this.uncalculated.first = `${columnName(this.#column)}${this.#row}`;
    }
  }
  #field(text: Buffer): void {
    const out = this.#out;
    const { length } = text;
    switch (this.#type) {
      case LETTER_S: {
        const index = digits(text, 0, length);
        if (!(index < this.#strings.count)) {
          const what = `names the text ${text.toString('latin1', 0, 20)} in row ${this.#row}, which there is none of`;
          throw damagedPart(this.#part, what);
        }
        this.#strings.give(index, this.#giveField);
        break;
      }
      case LETTER_N: {
        const kind = this.#workbook.kinds[this.#style] ?? 'number';
        const { is1904, decimalComma } = this.#workbook;
        const number = numberField(text, kind, is1904);
        const field = decimalComma && kind === 'number' ? withComma(number) : number;
        out.field(this.#column, field, 0, field.length);
        break;
      }
      case LETTER_B: {
        const isTrue = text[0] === ONE || text[0] === TRUE;
        const field = isTrue ? TRUE_FIELD : FALSE_FIELD;
        out.field(this.#column, field, 0, field.length);
        break;
      }
      case LETTER_D:
      case LETTER_E:
      case FORMULA_TEXT:
      case INLINE_TEXT: {
        this.hasReplaced ||= this.#text.hasReplaced;
        const field = csvField(text);
        out.field(this.#column, field, 0, field.length);
        break;
      }
      default:
        throw new DatasetError(
          `The cell ${columnName(this.#column)}${this.#row} has a type that is not known`,
          { line: this.#row },
          'Save the sheet as CSV.',
        );
    }
  }
  readonly #giveField = (bytes: Buffer, from: number, to: number): void => {
    if (to > from) this.#out.field(this.#column, bytes, from, to);
  };
}

const TRUE_FIELD = Buffer.from('true');
const FALSE_FIELD = Buffer.from('false');

/** A whole number; NaN for what is none. */
function digits(bytes: Buffer, from: number, to: number): number {
  let number = to > from ? 0 : Number.NaN;
  for (let i = from; i < to; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}
/** The column from 0 of a cell's name, such as `AB12`; NaN without one. */
function columnOf(bytes: Buffer, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const letter = (bytes[i]! & 0xdf) - 64;
    if (letter < 1 || letter > 26) break;
    number = number * 26 + letter;
  }
  return number === 0 ? Number.NaN : number - 1;
}
function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}
