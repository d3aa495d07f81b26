import type { ByteRanges } from '../../../byte-source.ts';
import { Turns } from '../../../containers/turns.ts';
import { KernelJob } from '../../../host/kernel-job.ts';
import { KernelThread } from '../../../host/kernel-thread.ts';
import type { UnnamedFacts } from '../../../host/threads.ts';
import { MOST_GROUP_ROWS } from '../../../kernel/border/parquet.ts';
import { MAX_KERNEL_ROWS } from '../../../limits.ts';
import type { ReadOptions } from '../../../options/read-options.ts';
import type { ProfileOptions } from '../../../profile-options.ts';
import type { Profile } from '../../../profile-types.ts';
import type { TextReading } from '../../../text/text-reading.ts';
import { type Codec, decompress, loadCodec } from '../codecs.ts';
import type { Footer, RowGroup } from '../footer.ts';
import { type ChunkPlace, PageMemory, PageReader, type StoredPage } from '../pages.ts';
import type { ParquetTable } from '../table.ts';
import { ZstdPages } from '../zstd-pages.ts';
import { type Form, formOf } from './forms.ts';
import { isTakenInParts, LARGE_PAGE_BYTES, PART_BYTES, takeLargePage } from './large-page.ts';
import { must, Unfit } from './unfit.ts';

/** How much of a chunk is read at once. */
const WINDOW_BYTES = 1024 * 1024;
/** Codecs that Node unpacks into new memory; from so many bytes on it is given back without waiting for garbage. */
const FREED: Partial<Record<Codec, true>> = { GZIP: true, ZSTD: true, BROTLI: true };
const FREED_BYTES = 1024 * 1024;
/** Encodings that the kernel reads. */
const ENCODINGS = new Set(['PLAIN', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY', 'RLE', 'BIT_PACKED']);

const READING: TextReading = { encoding: 'utf-8', hasNul: false };

/** What the columns of a file say, without their names. */
export interface TypedColumns {
  columns: UnnamedFacts[];
  duplicates: Profile['duplicates'];
}

/** A person's own say on values holds for their text. */
const isTold = ({ format: _, ...others }: ReadOptions = {}) => Object.keys(others).length > 0;

/** How each column is read; undefined when the footer says that the kernel cannot. */
function formsOf({ schema, groups, rows }: Footer): Form[] | undefined {
  if (rows > MAX_KERNEL_ROWS || groups.some(({ rows, chunks }) => chunks.some(({ entries }) => entries !== rows)))
    return undefined;
  const chunks = groups.flatMap((group) => group.chunks);
  if (!chunks.every(({ encodings }) => encodings.every((each) => ENCODINGS.has(each)))) return undefined;
  const forms = schema.columns.map((node) => (node.kind === 'leaf' ? formOf(node) : undefined));
  return forms.every((form) => form !== undefined) ? forms : undefined;
}

/**
 * Takes the columns of a Parquet file into the kernel as they are stored: values of dictionaries once, their rows by
 * counting. Facts are those of the same values read as JSON.
 * @param options their `onProgress` and `signal` are used, too
 * @returns undefined when the file has something that is not read like this: it is read as JSON then
 * @throws DatasetError with the byte for a damaged file; the signal's reason
 */
export async function profileTypedColumns(
  { ranges, footer }: ParquetTable,
  options: ProfileOptions,
): Promise<TypedColumns | undefined> {
  const forms = formsOf(footer);
  if (!forms || options.rowLimit !== undefined || isTold(options.readOptions)) return undefined;
  const columns = new ColumnJob(ranges, footer, forms, options);
  try {
    return await columns.profile();
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  } finally {
    columns.close();
  }
}

/** Where the next rows of a column begin: the page's first byte, rows before the page, and rows of it that are done. */
interface Place {
  at: number;
  before: number;
  skip: number;
}

class ColumnJob {
  readonly job: KernelJob;
  readonly #zstd = new ZstdPages();
  readonly #ranges: ByteRanges;
  readonly #footer: Footer;
  readonly #forms: readonly Form[];
  readonly #options: ProfileOptions;
  readonly #memory = new PageMemory((bytes) => {
    // what the kernel's memory has grown by in small steps is not one piece again
    const room = bytes > WINDOW_BYTES ? Math.max(bytes, WINDOW_BYTES + LARGE_PAGE_BYTES) : bytes;
    return this.job.view(this.job.kernel.filePlace(room), room);
  });
  readonly #turns: Turns;
  #bytes = 0;
  #rows = 0;

  constructor(ranges: ByteRanges, footer: Footer, forms: readonly Form[], options: ProfileOptions) {
    this.#ranges = ranges;
    this.#footer = footer;
    this.#forms = forms;
    this.#options = options;
    this.#turns = new Turns(options.signal);
    const table = { columns: forms.length, delimiter: ',', isJson: true };
    this.job = new KernelJob(table, options, KernelThread.open(options.spill));
  }
  close(): void {
    this.job.close();
    this.#zstd.close();
  }
  async profile(): Promise<TypedColumns> {
    this.job.kernel.openColumns();
    for (const group of this.#footer.groups) await this.#takeGroup(group);
    await this.job.reached('parsed');
    return this.job.finish(READING);
  }
  /**
   * Takes a row group, a large one in parts: all columns of some rows, then all of the next ones. With the last rows of
   * the file each column's facts follow at once, while its numbers are in the cache: of a file of one row group, no
   * others are in memory.
   */
  async #takeGroup(group: RowGroup): Promise<void> {
    const { kernel } = this.job;
    const most = this.#options.tuning?.groupRows ?? MOST_GROUP_ROWS;
    const places: Place[] = group.chunks.map(({ begin }) => ({ at: begin, before: 0, skip: 0 }));
    for (let done = 0; done < group.rows; ) {
      const rows = Math.min(most, group.rows - done);
      must(kernel.beginGroup(rows));
      const isLast = group === this.#footer.groups.at(-1) && done + rows === group.rows;
      for (let i = 0; i < this.#forms.length; i++) {
        places[i] = await this.#takeRows(group, i, places[i]!, rows);
        if (isLast) await this.job.finishColumn(i, READING);
      }
      kernel.endGroup();
      done += rows;
      this.#rows += rows;
    }
    if (places.some(({ skip }) => skip > 0)) throw new Unfit(); // a page has more rows than the row group
  }
  /** Takes rows of a column. @returns where the next ones are */
  async #takeRows(group: RowGroup, column: number, place: Place, rows: number): Promise<Place> {
    const { kernel } = this.job;
    const { signal, onProgress } = this.#options;
    const chunk = group.chunks[column]!;
    const { form, scale, width } = this.#forms[column]!;
    if (chunk.codec !== 'SNAPPY') await loadCodec(chunk.codec); // the kernel has that one
    kernel.beginChunk(column, form, scale, width, chunk.maxDefinition);
    const ofDictionary = Math.floor(group.rows * chunk.dictionaryShare);
    if (place.at > chunk.begin) {
      const first = await this.#pages(chunk, this.#forms[column]!).next();
      if (first?.kind === 'dictionary') this.#takeDictionary(first, chunk, ofDictionary);
    }
    const rest = { ...chunk, begin: place.at, entries: chunk.entries - place.before };
    const pages = this.#pages(rest, this.#forms[column]!);
    let { at, before, skip } = place;
    for (let left = rows; left > 0; ) {
      const page = await pages.next();
      if (!page) throw new Unfit();
      signal?.throwIfAborted();
      if (page.kind === 'dictionary') this.#takeDictionary(page, chunk, ofDictionary);
      else {
        const wanted = Math.min(left, page.count - skip);
        if (page.isLeft) await this.#takeLargePage(page, chunk, skip, wanted);
        else this.#takePage(page, chunk, skip, wanted);
        left -= wanted;
        skip += wanted;
        if (skip < page.count) {
          must(kernel.endChunk());
          return { at: page.at, before, skip };
        }
        before += page.count;
        skip = 0;
      }
      this.#bytes += pages.at - at;
      at = pages.at;
      onProgress?.({ bytes: this.#bytes, rows: this.#rows });
    }
    must(kernel.endChunk());
    return { at, before, skip };
  }
  /** A page of them is valid until the next one is read, of any column. */
  #pages(chunk: ChunkPlace, { form }: Form): PageReader {
    const leftBytes = isTakenInParts(form, chunk.codec)
      ? (this.#options.tuning?.largePageBytes ?? LARGE_PAGE_BYTES)
      : Number.POSITIVE_INFINITY;
    return new PageReader(this.#ranges, chunk, WINDOW_BYTES, this.#turns, this.#memory, leftBytes);
  }
  #takeDictionary(page: StoredPage, chunk: ChunkPlace, rows: number): void {
    this.#open(page, chunk);
    must(this.job.kernel.takeDictionary(page.length, page.count, rows));
  }
  #takeLargePage(page: StoredPage, chunk: ChunkPlace, skip: number, wanted: number): Promise<void> {
    const partBytes = this.#options.tuning?.pagePartBytes ?? PART_BYTES;
    return takeLargePage(this.job, this.#ranges, this.#turns, chunk, page, { skip, wanted, partBytes });
  }
  #takePage(page: StoredPage, chunk: ChunkPlace, skip: number, wanted: number): void {
    const { job } = this;
    const { version, encoding, count, length, definitionBytes, repetitionBytes, levelEncodings } = page;
    const at = this.#open(page, chunk);
    let levelsAt = repetitionBytes;
    let levelBytes = definitionBytes;
    if (version === 1 && chunk.maxDefinition > 0) {
      if (levelEncodings.definition !== 'RLE' || length < 4) throw new Unfit();
      levelsAt = 4;
      levelBytes = job.view(at, 4).readUInt32LE();
    }
    let valuesAt = levelsAt + levelBytes;
    if (valuesAt > length) throw new Unfit();
    let isDictionary = encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY';
    if (encoding === 'RLE') {
      // booleans in runs: their length, 4 bytes, is before them; the last of these becomes the width of their bits
      if (valuesAt + 4 > length) throw new Unfit();
      valuesAt += 3;
      job.view(at + valuesAt, 1)[0] = 1;
      isDictionary = true;
    } else if (!isDictionary && encoding !== 'PLAIN') throw new Unfit();
    must(job.kernel.takePage(count, levelsAt, levelBytes, valuesAt, length, isDictionary ? 1 : 0, skip, wanted));
  }
  /** Decompresses a page into the kernel. @returns where it is */
  #open(page: StoredPage, chunk: ChunkPlace): number {
    const { kernel } = this.job;
    const { body, length, version, repetitionBytes, definitionBytes } = page;
    const before = version === 2 ? repetitionBytes + definitionBytes : 0;
    const codec = page.isCompressed ? chunk.codec : 'UNCOMPRESSED';
    if (before > length) throw new Unfit();
    const at = kernel.plainPage(length);
    if (before > 0) this.job.view(at, before).set(body.subarray(0, before));
    if (length === before) return at;
    if (codec === 'SNAPPY') {
      // the kernel's memory begins with byte 0 of the buffer
      must(kernel.decompressPage(body.byteOffset + before, body.length - before, before, length - before));
      return at;
    }
    const place = this.job.view(at + before, length - before);
    if (codec === 'ZSTD' && this.#zstd.into(body.subarray(before), place)) return at;
    try {
      const plain = decompress(codec, body.subarray(before), length - before);
      place.set(plain);
      if (plain.length >= FREED_BYTES && codec in FREED) (plain.buffer as ArrayBuffer).transfer(0);
    } catch {
      throw new Unfit(); // the other way says what is wrong
    }
    return at;
  }
}
