import { LineMap } from './line-map.ts';
import { type GivenStrings, readSharedStrings, type SharedStrings } from './shared-strings.ts';
import { SheetReader } from './sheet-reader.ts';
import { SheetText } from './sheet-text.ts';
import type { Workbook } from './workbook.ts';

const SOME_TEXT = Buffer.from('x');

/**
 * Reads the shared strings of a workbook only as far as the rows that a preview reads name them: a workbook has one
 * list for all its sheets, mostly in the order of first use, and it may be larger than they are.
 */
export class NeededStrings {
  readonly #into: SharedStrings;
  readonly #strings: AsyncGenerator<void>;
  readonly #text: SheetText;
  readonly #reader: SheetReader;
  #needed = 0;

  /**
   * @param part of the sheet @param strings name of the part of shared strings, and its bytes
   * @param into gets the strings
   */
  constructor(
    part: string,
    workbook: Workbook,
    strings: { part: string; pieces: AsyncIterable<Uint8Array> },
    into: SharedStrings,
  ) {
    this.#into = into;
    this.#strings = readSharedStrings(strings.pieces, strings.part, into);
    this.#text = new SheetText(new LineMap());
    const given: GivenStrings = {
      count: Number.POSITIVE_INFINITY,
      give: (index, take) => {
        this.#needed = Math.max(this.#needed, index + 1);
        take(SOME_TEXT, 0, SOME_TEXT.length);
      },
    };
    this.#reader = new SheetReader(part, this.#text, workbook, given);
  }
  /** Before the sheet's reader gets this piece. @throws DatasetError when the sheet or the strings are damaged */
  async readFor(piece: Uint8Array): Promise<void> {
    this.#reader.push(piece);
    this.#text.take();
    while (this.#into.count < this.#needed) if ((await this.#strings.next()).done) break;
  }
  async close(): Promise<void> {
    await this.#strings.return(undefined);
  }
}
