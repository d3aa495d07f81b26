import type { ByteRanges, ByteSource } from '../../byte-source.ts';
import { Turns } from '../../containers/turns.ts';
import { DatasetError } from '../../errors.ts';
import type { ReadOptions } from '../../options/read-options.ts';
import type { ReadBudget } from '../../read-budget.ts';
import { LineMap } from './line-map.ts';
import { refuseOle } from './ole-files.ts';
import { PackageParts } from './package-parts.ts';
import { readSharedStrings, SharedStrings } from './shared-strings.ts';
import { SheetReader, type Uncalculated } from './sheet-reader.ts';
import { LastRow, SheetText } from './sheet-text.ts';
import { HEAD_ROWS } from './table-top.ts';
import { chosenSheet, listOf, readWorkbook, type Sheet, type Workbook } from './workbook.ts';

/** Bytes of other sheets, unpacked, that are read for their numbers of rows; and how many of these sheets. */
const COUNTED_BYTES = 16 * 1024 * 1024;
const COUNTED_SHEETS = 100;

export interface SheetOptions {
  /** Its name, or its number from 1. */
  sheet?: string | number | undefined;
  /** Numbers are written with a decimal comma, as the texts of the sheet are read (`hasDecimalComma`). */
  decimalComma?: boolean | undefined;
  /** Rows at the beginning that are not read. */
  skipRows?: number | undefined;
  /** What the first cell of a row begins with that is not read. */
  comment?: string | undefined;
  /** Reads no further than about so many rows below the head. */
  rowLimit?: number | undefined;
  maxUnpackedBytes?: number | undefined;
  budget?: ReadBudget | undefined;
  signal?: AbortSignal | undefined;
}

/** Whether a person has said that numbers have a decimal comma: number cells are written so, too. */
export const hasDecimalComma = ({ decimal, thousands }: ReadOptions = {}): boolean =>
  decimal === ',' || (decimal === undefined && thousands === '.');

/** What is said of the inner file's text is none of its own say: it is always written in the same way. */
export function innerOptions(options: ReadOptions | undefined): ReadOptions | undefined {
  if (!options) return undefined;
  const { format, encoding, delimiter, quote, escape: _, skip_rows, sheet, ...others } = options;
  return others;
}

/** A sheet of a workbook, open, whose rows are read as the text of a CSV. */
export class SheetSource {
  /** Where the sheet's rows are in the text. */
  readonly lines = new LineMap();
  readonly sheet: Sheet;
  readonly workbook: Workbook;
  /** Of the file. */
  readonly size: number;
  /** Bytes of the file that were worked on so far. */
  bytesRead = 0;
  hasReplaced = false;
  uncalculated: Uncalculated = { count: 0, first: '' };
  /** The last row with a value; 0 without any. */
  lastRow = 0;
  readonly #parts: PackageParts;
  readonly #options: SheetOptions;
  readonly #strings: SharedStrings;
  /** Bytes of the archive that were read of the sheet, and of its shared strings. */
  #read = { sheet: 0, strings: 0 };

  private constructor(size: number, parts: PackageParts, workbook: Workbook, options: SheetOptions) {
    this.size = size;
    this.#parts = parts;
    this.workbook = workbook;
    this.#options = options;
    this.sheet = chosenSheet(workbook.sheets, options.sheet);
    const { sharedStrings: strings } = workbook;
    const pieces = (part: string) => parts.stream(part, (bytes) => this.#progress('strings', bytes));
    this.#strings = new SharedStrings(
      strings === undefined ? undefined : (into) => readSharedStrings(pieces(strings), strings, into),
    );
  }
  /** @throws DatasetError when it is no workbook, or has no such sheet */
  static async open(ranges: ByteRanges, options: SheetOptions): Promise<SheetSource> {
    await refuseOle(ranges);
    const parts = await PackageParts.open(ranges, options);
    return new SheetSource(ranges.size, parts, await readWorkbook(parts), options);
  }

  /** The rows as the text of a CSV; once. @throws DatasetError when the sheet is empty or damaged */
  async *text(): AsyncGenerator<Uint8Array> {
    const { signal, skipRows = 0, rowLimit, decimalComma, comment } = this.#options;
    const { part } = this.sheet;
    const text = new SheetText(this.lines, comment);
    const reader = new SheetReader(part, text, { ...this.workbook, decimalComma }, this.#strings, skipRows + 1);
    const most = rowLimit === undefined ? Number.POSITIVE_INFINITY : rowLimit + HEAD_ROWS;
    const turns = new Turns(signal);
    try {
      for await (const piece of this.#parts.stream(part, (bytes) => this.#progress('sheet', bytes))) {
        signal?.throwIfAborted();
        reader.push(piece);
        yield text.take();
        while (reader.isWaiting && text.rows < most) {
          if (reader.missing !== undefined) yield* this.#stringsUpTo(reader.missing);
          if (turns.isDue) await turns.take();
          reader.resume();
          yield text.take();
        }
        if (text.rows >= most) break;
      }
      if (text.rows < most) reader.end();
      else text.end();
      // what a report says of the texts is not to depend on how many were needed
      if (rowLimit === undefined) yield* this.#stringsUpTo(Number.POSITIVE_INFINITY);
    } finally {
      await this.#strings.close();
    }
    this.lastRow = text.lastRow;
    this.hasReplaced = reader.hasReplaced || this.#strings.hasReplaced;
    this.uncalculated = reader.uncalculated;
    if (text.rows === 0) throw this.#empty();
    yield text.take();
  }
  /** Reads shared strings up to this one; gives no text: the reading looks at its signal and reports progress. */
  async *#stringsUpTo(index: number): AsyncGenerator<Uint8Array> {
    while (this.#strings.count <= index && !this.#strings.isWhole) {
      this.#options.signal?.throwIfAborted();
      await this.#strings.more();
      yield NOTHING;
    }
  }
  #progress(of: 'sheet' | 'strings', bytes: number): void {
    this.#read[of] = bytes;
    const sizes = [this.sheet.part, this.workbook.sharedStrings ?? ''].map((part) => this.#parts.sizeOf(part).packed);
    const share = (this.#read.sheet + this.#read.strings) / Math.max(sizes[0]! + sizes[1]!, 1);
    this.bytesRead = Math.round(this.size * share);
  }
  /** Of each sheet its rows up to the last with a value; null where they are not counted. */
  async rowsOfSheets(): Promise<(number | null)[]> {
    const isCounted = this.#options.rowLimit === undefined;
    let left = { bytes: COUNTED_BYTES, sheets: isCounted ? COUNTED_SHEETS : 0 };
    const counts: (number | null)[] = [];
    for (const sheet of this.workbook.sheets) {
      if (sheet === this.sheet) counts.push(this.lastRow);
      else if (left.sheets === 0 || this.#parts.sizeOf(sheet.part).unpacked > left.bytes) counts.push(null);
      else {
        const { rows, bytes } = await this.#countedRows(sheet, left.bytes);
        counts.push(rows);
        left = { bytes: left.bytes - bytes, sheets: left.sheets - 1 };
      }
    }
    return counts;
  }

  /** Of another sheet, which may be damaged as it is not read for its values, or larger than the archive says. */
  async #countedRows({ part }: Sheet, most: number): Promise<{ rows: number | null; bytes: number }> {
    const last = new LastRow();
    const reader = new SheetReader(part, last, this.workbook, this.#strings);
    let bytes = 0;
    try {
      for await (const piece of this.#parts.stream(part)) {
        bytes += piece.length;
        if (bytes > most) return { rows: null, bytes: most };
        reader.push(piece);
      }
      reader.end();
    } catch (error) {
      if (error instanceof DatasetError) return { rows: null, bytes };
      throw error;
    }
    return { rows: last.lastRow, bytes };
  }
  #empty(): DatasetError {
    const { skipRows = 0 } = this.#options;
    const name = JSON.stringify(this.sheet.name);
    if (skipRows > 0)
      return new DatasetError(
        `The sheet ${name} has no value below the ${skipRows.toLocaleString('en')} rows that skip_rows leaves out`,
        {},
        'Leave out fewer rows.',
      );
    const others = this.workbook.sheets.filter((sheet) => sheet !== this.sheet);
    const advice =
      others.length === 0
        ? 'Choose a workbook with a table.'
        : `Name another with the option sheet: the workbook has ${listOf(others)}.`;
    return new DatasetError(`The sheet ${name} has no value`, {}, advice);
  }
}

const NOTHING = new Uint8Array();

/** @throws Error for a source that cannot be read by its places */
export async function rangesOf(source: ByteSource): Promise<ByteRanges> {
  if (!source.ranges) throw new Error('A workbook is read by ranges, which this source has not');
  return await source.ranges();
}
