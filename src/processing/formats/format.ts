import type { ByteSource } from '../byte-source.ts';
import type { FoundRows, RowQuery } from '../filter/row-query.ts';
import type { ReadOptions } from '../options/read-options.ts';
import type { PreviewLimits, ProfileOptions } from '../profile-options.ts';
import type { FileFacts, Profile } from '../profile-types.ts';
import type { RowIndex } from '../row-index.ts';
import type { RowContent } from '../whole-row.ts';

/**
 * The interface of a format: what a file of it is called, how it is recognised, and the code that reads it.
 * docs/architecture.md, "A format", lists what a new format touches.
 *
 * The command loads all descriptors at its start, so they hold no code that reads: that is loaded with the first file
 * of the format.
 *
 * Formats do not import each other. What several need is in `text/` (encodings, null tokens, trimming) and beside this
 * file (column-names.ts). One that holds another, such as a compressed file, looks the inner one up in the list.
 */
export interface Format<Name extends string = string> {
  /** Of the option `format`, of `--format`, and of `file.format` in a report. */
  readonly name: Name;
  /** Other values of `file.format` that its reader reports. */
  readonly variants?: readonly string[];
  /** As sentences call it: "photo.png is not a CSV or JSON file". */
  readonly label: string;
  /** Declared types that mean this format and nothing else, in lower case. The first is the one that is stored. */
  readonly contentTypes: readonly [string, ...string[]];
  /**
   * Declared types that clients use for other text as well: the extension decides, and without one they mean this
   * format.
   */
  readonly looseContentTypes?: readonly string[];
  /** Extensions with their dot, in lower case. */
  readonly extensions: readonly string[];
  /** Extensions that files of any format have: they decide where the bytes are not at hand, otherwise the bytes do. */
  readonly looseExtensions?: readonly string[];
  /** Among the extensions those of files with one record on each line, where a single record is a table too. */
  readonly lineExtensions?: readonly string[];
  /** Its files hold one of another format: it is no value of the option `format`, nor of `file.format`. */
  readonly isContainer?: boolean;
  /** A file that begins with its magic number (`sniff` says `certain`) is read as it, whatever the file is called. */
  readonly hasSignature?: boolean;
  /** A zip archive that has a file of this name is a file of this format. */
  readonly zipMember?: string;
  /** Whether a file that begins with these bytes is of this format. */
  sniff(head: Uint8Array): Sniffed;
  /**
   * What to do about a file that is certainly of this format, but declared as another: it is refused with this advice.
   */
  readonly misnamedAdvice?: string;
  /**
   * Estimated nanoseconds that one thread needs for a file of `size` bytes.
   * @param sample some kilobytes of its middle
   */
  workEstimate(size: number, sample: Uint8Array): number;
  load(): Promise<FormatReader>;
}

/**
 * - `certain`: it is, whatever the file's name and declared type are
 * - `likely`: it is, when nothing else is known of the file
 * - `possible`: it is, when no other format is likely
 * - `more`: not known before more bytes have come
 */
export type Sniffed = 'certain' | 'likely' | 'possible' | 'no' | 'more';

/**
 * The code that reads a format. Options of reading (delimiter, sheet, …) reach both functions in the objects that they
 * take.
 */
export interface FormatReader {
  /** Reads the bytes once and returns all facts. @throws DatasetError, with the place, when they are not a table */
  profile(source: ByteSource, options: ProfileOptions, declared: Declared): Promise<Profile>;
  /**
   * Gives every data row to `take`, in order, numbered as `profile` does. Yields after each block: the caller may end
   * the iteration there.
   * @param file the facts of the file that `profile` has found
   * @throws DatasetError when the bytes so far are not a table
   */
  rows(source: ByteSource, file: KnownFile, take: TakeRow, declared: Declared): AsyncIterable<void>;
  /**
   * Tests every data row in the kernel. Gives the filter after each block, for its rows and counts: the caller may end
   * the iteration there. What `query.finds` wants is in the filter, or in the query, with the last one.
   * @throws DatasetError when the bytes so far are not a table; the signal's reason when it is aborted
   */
  filter: FilterReader;
  /** Adds places of rows to an index without reading the rows, for files that state them. */
  places?(source: ByteSource, index: RowIndex): Promise<void>;
}
export interface FilterOptions extends Pick<ProfileOptions, 'signal' | 'spill' | 'memoryBudget' | 'tuning'> {
  /** Places of the file's rows: those that come by are added. `query.start` is one of them. */
  index?: RowIndex;
}
/** @param source from its first byte, or from that of `query.start` */
export type FilterReader = (
  source: ByteSource,
  query: RowQuery,
  options: FilterOptions,
  declared: Declared,
) => AsyncGenerator<FoundRows>;

/**
 * What a file is read as, among the formats that it may be instead. Passed to readers, which import neither their own
 * descriptor nor the list: both lead back to them.
 */
export interface Declared {
  readonly format: Format;
  readonly formats: readonly Format[];
  /** A person's own say on how the file is read; undefined without any. */
  readonly options?: ReadOptions | undefined;
  /** For `rows` and `filter`: what the report states of the file. */
  readonly file?: KnownFile | undefined;
  /** For `rows`: what bounds a preview. */
  readonly limits?: PreviewLimits | undefined;
}

/** What a report states of its file: `format` at least, and the others as far as they are known. */
export type KnownFile = Partial<FileFacts> & Pick<FileFacts, 'format'>;

/**
 * Takes a data row.
 * @param read makes its content; called for wanted rows only
 * @returns true when no further row is wanted
 */
export type TakeRow = (line: number, read: () => RowContent) => boolean;
