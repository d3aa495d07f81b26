import { DatasetError } from '../../errors.ts';
import { csvField } from './csv-field.ts';
import { isShortest, numberText } from './number-field.ts';
import { RichText } from './rich-text.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { CellSink } from './sheet-text.ts';
import type { Workbook } from './workbook.ts';
import { damagedPart, eachLetterAttribute, isName, type XmlHandler, XmlScanner } from './xml-scanner.ts';
import { isPlainText } from './xml-text.ts';

const [LETTER_B, LETTER_C, LETTER_D, LETTER_E, LETTER_F, LETTER_N] = [98, 99, 100, 101, 102, 110];
const [LETTER_R, LETTER_S, LETTER_T, LETTER_V, ONE, TRUE] = [114, 115, 116, 118, 49, 116];
const [AMPERSAND, CR, EQUALS, GREATER, LESS, QUOTE, SPACE] = [38, 13, 61, 62, 60, 34, 32];
const CELL_END = Buffer.from('</v></c>');
/** `t="str"` and `t="inlineStr"`: what a formula gives, and a text that is in the cell itself. */
const [FORMULA_TEXT, INLINE_TEXT] = [1, 2];
/** As many as a sheet of Excel has. */
const MOST_ROWS = 1_048_576;

/** Formulas whose result the program that wrote them has not stored. */
export interface Uncalculated {
  count: number;
  /** The first of them, as people name a cell: `C5`. */
  first: string;
}

/** How numbers are read and written. */
type Numbers = Pick<Workbook, 'is1904' | 'kinds'> & { decimalComma?: boolean | undefined };

/**
 * Reads the cells of a sheet as they come: `worksheet > sheetData > row > c > v | f | is`. It stops where the sink is
 * full, and at a shared string that is not here yet. Memory: one value.
 */
export class SheetReader implements XmlHandler {
  readonly uncalculated: Uncalculated = { count: 0, first: '' };
  /** U+0000 or half of a surrogate pair was replaced. */
  hasReplaced = false;
  /** It has stopped: `resume` goes on when the sink was emptied, and the missing text is here. */
  isWaiting = false;
  /** The number of the shared string that it waits for. */
  missing: number | undefined;
  readonly #part: string;
  readonly #scanner: XmlScanner;
  readonly #out: CellSink;
  readonly #workbook: Numbers;
  readonly #strings: SharedStrings;
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
  /** The text of `v`, where it lies in the piece at hand: in one piece and as it is written, as it mostly is. */
  #value: Buffer | undefined;
  #valueFrom = 0;
  #valueTo = 0;
  #isInValue = false;

  /** @param firstRow rows above it are not read */
  constructor(part: string, out: CellSink, workbook: Numbers, strings: SharedStrings, firstRow = 1) {
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
    this.#keepValue();
  }
  /** Goes on after a stop. */
  resume(): void {
    const { missing } = this;
    this.isWaiting = false;
    this.missing = undefined;
    if (missing !== undefined) this.#sharedString(missing);
    if (!this.isWaiting) this.push(NOTHING);
  }
  end(): void {
    this.#scanner.end();
    this.#out.end();
  }

  /** A cell as programs mostly write it, `<c r="B2" s="1" t="s"><v>12</v></c>`: in less than half of the time. */
  whole(bytes: Buffer, at: number, depth: number): number {
    if (depth !== 3 || bytes[at + 1] !== LETTER_C || !this.#isInRow) return 0;
    let column = this.#column + 1;
    let type = LETTER_N;
    let style = 0;
    let i = at + 2;
    for (; bytes[i] === SPACE; i++) {
      if (bytes[i + 2] !== EQUALS || bytes[i + 3] !== QUOTE) return 0;
      const letter = bytes[i + 1];
      const from = i + 4;
      for (i = from; i < bytes.length && bytes[i] !== QUOTE; ) i++;
      if (letter === LETTER_R) column = columnOf(bytes, from, i);
      else if (letter === LETTER_S) style = digits(bytes, from, i);
      else if (letter === LETTER_T && i === from + 1) type = bytes[from]!;
      else return 0;
    }
    if (bytes[i] !== GREATER || bytes[i + 1] !== LESS || bytes[i + 2] !== LETTER_V || bytes[i + 3] !== GREATER)
      return 0;
    if (!(column > this.#column) || !(type === LETTER_N || type === LETTER_S || type === LETTER_B)) return 0;
    const from = i + 4;
    let to = from;
    for (let byte = bytes[to]!; byte !== LESS; byte = bytes[++to]!)
      if (byte === AMPERSAND || byte === CR || to >= bytes.length) return 0;
    for (let j = 0; j < CELL_END.length; j++) if (bytes[to + j] !== CELL_END[j]) return 0;
    if (from === to) return 0;
    this.#column = column;
    this.#style = style;
    this.#type = type;
    this.#field(bytes, from, to);
    this.isWaiting ||= this.#out.isFull;
    return to + CELL_END.length;
  }
  open(bytes: Buffer, name: number, nameEnd: number, end: number, depth: number): void {
    const letter = nameEnd - name === 1 ? bytes[name] : 0;
    if (depth > 4) this.#text.open(bytes, name, nameEnd, depth);
    else if (depth === 4) {
      if (!this.#isInCell) return;
      if (letter === LETTER_V) {
        this.#text.takeAll();
        this.#value = undefined;
        this.#isInValue = true;
      } else if (letter === LETTER_F) this.#hasFormula = true;
      else if (isName(bytes, name, nameEnd, 'is')) this.#text.begin();
    } else if (depth === 3) {
      if (this.#isInRow && letter === LETTER_C) this.#beginCell(bytes, nameEnd, end);
    } else if (depth === 2) {
      if (this.#isInData && isName(bytes, name, nameEnd, 'row')) this.#beginRow(bytes, nameEnd, end);
    } else if (depth === 1) this.#isInData = isName(bytes, name, nameEnd, 'sheetData');
    else if (!isName(bytes, name, nameEnd, 'worksheet')) throw damagedPart(this.#part, 'is not a sheet of cells');
  }
  text(bytes: Buffer, from: number, to: number, isCdata: boolean): void {
    if (this.#isInValue && !isCdata && this.#text.isEmpty && !this.#value && isPlainText(bytes, from, to)) {
      this.#value = bytes;
      this.#valueFrom = from;
      this.#valueTo = to;
      return;
    }
    this.#keepValue();
    this.#text.text(bytes, from, to, isCdata);
  }
  close(depth: number): void {
    if (depth > 4) this.#text.close(depth);
    else if (depth === 4) {
      this.#isInValue = false;
      this.#text.close(depth);
      if (this.#text.isOpen) this.#hasValue = true;
    } else if (depth === 3) {
      if (this.#isInCell) this.#endCell();
    } else if (depth === 2) {
      if (this.#isInRow) this.#out.endRow();
      this.isWaiting ||= this.#out.isFull;
      this.#isInRow = false;
    } else if (depth === 1) this.#isInData = false;
  }

  #beginRow(bytes: Buffer, from: number, to: number): void {
    let row = this.#row + 1;
    eachLetterAttribute(bytes, from, to, (letter, begin, end) => {
      if (letter === LETTER_R) row = digits(bytes, begin, end);
    });
    if (!(row >= 1)) throw damagedPart(this.#part, `has a row behind the row ${this.#row} whose number is none`);
    if (!(row > this.#row)) throw damagedPart(this.#part, `has the row ${row} behind the row ${this.#row}`);
    if (row > MOST_ROWS)
      throw damagedPart(this.#part, `has the row ${row}, which no sheet has: the last is ${MOST_ROWS}`);
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
    const out = this.#out;
    const type = this.#type;
    if (type !== LETTER_S && type !== LETTER_N && type !== LETTER_B) this.#keepValue(); // a text may have escapes
    if (this.#value) {
      const value = this.#value;
      this.#value = undefined;
      this.#text.drop();
      this.#field(value, this.#valueFrom, this.#valueTo);
      this.isWaiting ||= out.isFull;
      return;
    }
    const text = this.#hasValue ? this.#text.take() : undefined;
    if (text?.length) {
      this.hasReplaced ||= this.#text.hasReplaced;
      this.#field(text, 0, text.length);
      this.isWaiting ||= out.isFull;
    }
    // the result of a formula may be an empty text
    else if (this.#hasFormula && !(this.#hasValue && type === FORMULA_TEXT)) {
      if (this.uncalculated.count++ === 0) this.uncalculated.first = `${columnName(this.#column)}${this.#row}`;
    }
  }
  /** Texts that are not where they were when the next piece comes. */
  #keepValue(): void {
    if (!this.#value) return;
    this.#text.append(this.#value, this.#valueFrom, this.#valueTo);
    this.#value = undefined;
  }
  #field(bytes: Buffer, from: number, to: number): void {
    const out = this.#out;
    switch (this.#type) {
      case LETTER_S:
        this.#sharedString(digits(bytes, from, to));
        break;
      case LETTER_N:
        this.#number(bytes, from, to);
        break;
      case LETTER_B: {
        const isTrue = bytes[from] === ONE || bytes[from] === TRUE;
        const field = isTrue ? TRUE_FIELD : FALSE_FIELD;
        out.field(this.#column, field, 0, field.length);
        break;
      }
      case LETTER_D:
      case LETTER_E:
      case FORMULA_TEXT:
      case INLINE_TEXT: {
        const field = csvField(bytes.subarray(from, to));
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
  #number(bytes: Buffer, from: number, to: number): void {
    const { kinds, is1904, decimalComma } = this.#workbook;
    const kind = kinds[this.#style] ?? 'number';
    if (kind === 'number' && !decimalComma && isShortest(bytes, from, to)) {
      this.#out.field(this.#column, bytes, from, to);
      return;
    }
    const text = numberText(bytes, from, to, kind, is1904, decimalComma);
    if (text === undefined) {
      const field = csvField(bytes.subarray(from, to));
      this.#out.field(this.#column, field, 0, field.length);
    } else this.#out.field(this.#column, NUMBER, 0, NUMBER.write(text, 'latin1'));
  }
  #sharedString(index: number): void {
    const strings = this.#strings;
    if (index < strings.count) strings.give(index, this.#giveField);
    else if (index >= 0 && !strings.isWhole) {
      this.missing = index;
      this.isWaiting = true;
    } else throw damagedPart(this.#part, `names the text ${index} in row ${this.#row}, which there is none of`);
  }
  readonly #giveField = (bytes: Buffer, from: number, to: number): void => {
    if (to > from) this.#out.field(this.#column, bytes, from, to);
  };
}

const NOTHING = new Uint8Array();
/** A number's text on its way: of a double 25 characters at most, and quotes. */
const NUMBER = Buffer.alloc(64);
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
