import type { ByteRanges, ByteSource } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import type { ReadOptions } from '../../options/read-options.ts';
import type { ReadBudget } from '../../read-budget.ts';
import { LineMap } from './line-map.ts';
import { NeededStrings } from './needed-strings.ts';
import { refuseOle } from './ole-files.ts';
import { PackageParts } from './package-parts.ts';
import { readSharedStrings, SharedStrings } from './shared-strings.ts';
import { SheetReader, type Uncalculated } from './sheet-reader.ts';
import { SheetText } from './sheet-text.ts';
import { HEAD_ROWS } from './table-top.ts';
import { chosenSheet, listOf, readWorkbook, type Sheet, type Workbook } from './workbook.ts';

/** Bytes of other sheets, unpacked, that are read for their numbers of rows. */
const COUNTED_BYTES = 16 * 1024 * 1024;

export interface SheetOptions {
  /** Its name, or its number from 1. */
  sheet?: string | number | undefined;
  /** Numbers are written with a decimal comma, as the texts of the sheet are read (`hasDecimalComma`). */
  decimalComma?: boolean | undefined;
  /** Rows at the beginning that are not read. */
  skipRows?: number | undefined;
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
  readonly #strings = new SharedStrings();

  private constructor(size: number, parts: PackageParts, workbook: Workbook, options: SheetOptions) {
    this.size = size;
    this.#parts = parts;
    this.workbook = workbook;
    this.#options = options;
    this.sheet = chosenSheet(workbook.sheets, options.sheet);
  }
  /**
   * Runs `use` with the sheet, and closes the file behind it.
   * @throws DatasetError when it is no workbook, or has no such sheet
   */
  static async open(ranges: ByteRanges, options: SheetOptions): Promise<SheetSource> {
    await refuseOle(ranges);
    const parts = await PackageParts.open(ranges, options);
    return new SheetSource(ranges.size, parts, await readWorkbook(parts), options);
  }

  /** The rows as the text of a CSV; once. @throws DatasetError when the sheet is empty or damaged */
  async *text(): AsyncGenerator<Uint8Array> {
    const { signal, skipRows = 0, rowLimit } = this.#options;
    const { sharedStrings } = this.workbook;
    const { part } = this.sheet;
    const packed = this.#parts.sizeOf(part).packed + this.#parts.sizeOf(sharedStrings ?? '').packed;
    const progress = (before: number) => (bytes: number) => {
      this.bytesRead = Math.round((this.size * (before + bytes)) / Math.max(packed, 1));
    };
    const needed =
      sharedStrings === undefined || rowLimit === undefined ? undefined : this.#neededStrings(sharedStrings);
    if (sharedStrings !== undefined && !needed) {
      const pieces = this.#parts.stream(sharedStrings, progress(0));
      for await (const _ of readSharedStrings(pieces, sharedStrings, this.#strings)) {
        signal?.throwIfAborted();
        yield new Uint8Array(); // the reading looks at its signal and reports progress
      }
    }
    const text = new SheetText(this.lines);
    const { decimalComma } = this.#options;
    const reader = new SheetReader(part, text, { ...this.workbook, decimalComma }, this.#strings, skipRows + 1);
    const most = rowLimit === undefined ? Number.POSITIVE_INFINITY : rowLimit + HEAD_ROWS;
    const before = this.#parts.sizeOf(sharedStrings ?? '').packed;
    try {
      for await (const piece of this.#parts.stream(part, progress(before))) {
        for (let from = 0; from < piece.length && text.rows < most; from += STEP_BYTES) {
          signal?.throwIfAborted();
          const step = piece.subarray(from, from + STEP_BYTES);
          await needed?.readFor(step);
          reader.push(step);
          yield text.take();
        }
        if (text.rows >= most) break;
      }
    } finally {
      await needed?.close();
    }
    if (text.rows < most) reader.end();
    else text.end();
    this.lastRow = text.lastRow;
    this.hasReplaced ||= this.#strings.hasReplaced || reader.hasReplaced;
    this.uncalculated = reader.uncalculated;
    if (text.rows === 0) throw this.#empty();
    yield text.take();
  }
  #neededStrings(sharedStrings: string): NeededStrings {
    const pieces = this.#parts.stream(sharedStrings);
    return new NeededStrings(this.sheet.part, this.workbook, { part: sharedStrings, pieces }, this.#strings);
  }
  /** Of each sheet its rows up to the last with a value; null where they are not counted. */
  async rowsOfSheets(): Promise<(number | null)[]> {
    let left = COUNTED_BYTES;
    const counts: (number | null)[] = [];
    for (const sheet of this.workbook.sheets) {
      const { unpacked } = this.#parts.sizeOf(sheet.part);
      if (sheet === this.sheet) counts.push(this.lastRow);
      else if (unpacked > left || !this.#parts.has(sheet.part) || this.#options.rowLimit !== undefined)
        counts.push(null);
      else {
        left -= unpacked;
        counts.push(await this.#lastRowOf(sheet));
      }
    }
    return counts;
  }

  /** Of another sheet, which may be damaged as it is not read for its values. */
  async #lastRowOf({ part }: Sheet): Promise<number | null> {
    const text = new SheetText(new LineMap());
    const reader = new SheetReader(part, text, this.workbook, this.#strings);
    try {
      for await (const piece of this.#parts.stream(part)) {
        this.#options.signal?.throwIfAborted();
        reader.push(piece);
        text.take();
      }
      reader.end();
    } catch (error) {
      if (error instanceof DatasetError) return null;
      throw error;
    }
    return text.lastRow;
  }
  #empty(): DatasetError {
    const others = this.workbook.sheets.filter((sheet) => sheet !== this.sheet);
    const advice =
      others.length === 0
        ? 'Choose a workbook with a table.'
        : `Name another with the option sheet: the workbook has ${listOf(others)}.`;
    return new DatasetError(`The sheet ${JSON.stringify(this.sheet.name)} has no value`, {}, advice);
  }
}

/** Of a piece that is worked on between two looks at the signal. */
const STEP_BYTES = 256 * 1024;

/** @throws Error for a source that cannot be read by its places */
export async function rangesOf(source: ByteSource): Promise<ByteRanges> {
  if (!source.ranges) throw new Error('A workbook is read by ranges, which this source has not');
  return await source.ranges();
}
