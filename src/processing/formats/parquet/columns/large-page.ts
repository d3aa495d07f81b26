import type { BrotliDecompress, Gunzip, ZstdDecompress } from 'node:zlib';
import type { ByteRanges } from '../../../byte-source.ts';
import { decoderOptions, free } from '../../../containers/inflate.ts';
import type { Turns } from '../../../containers/turns.ts';
import type { KernelJob } from '../../../host/kernel-job.ts';
import { MORE, TAKEN, TRUTH } from '../../../kernel/border/parquet.ts';
import type { Codec } from '../codecs.ts';
import type { ChunkPlace, StoredPage } from '../pages.ts';
import { must, Unfit } from './unfit.ts';

const { crc32, createBrotliDecompress, createGunzip, createZstdDecompress } = process.getBuiltinModule('node:zlib');

/** Larger pages of plain values are taken in parts: DuckDB writes one for a column of a row group, of 100 MB. */
export const LARGE_PAGE_BYTES: number = 4 * 1024 * 1024;
/** Of such a page: what is read at once, and what of it is at hand as plain values. */
export const PART_BYTES: number = 512 * 1024;
/** Of a page that Node unpacks: less at a time than of a whole file, whose rows take less memory. */
const UNPACKED_BYTES = 256 * 1024;
/** What may be left of a part when the next one comes: a tag of Snappy. */
const MOST_LEFT = 64;
/** Levels of a page, as they are stored: they are in memory as a whole. */
const MOST_LEVEL_BYTES = 16 * 1024 * 1024;
/** What the kernel says of bytes that are wrong, or refer to others that are gone. */
const WRONG = 0xffffffff;

type Parts = AsyncGenerator<Uint8Array, void, undefined>;
const UNPACK: Partial<Record<Codec, (stored: Parts) => Parts>> = {
  // the kernel does
  UNCOMPRESSED: (stored) => stored,
  SNAPPY: (stored) => stored,
  GZIP: (stored) => through(createGunzip(decoderOptions(UNPACKED_BYTES)), stored),
  ZSTD: (stored) => through(createZstdDecompress(decoderOptions(UNPACKED_BYTES)), stored),
  BROTLI: (stored) => through(createBrotliDecompress(decoderOptions(UNPACKED_BYTES)), stored),
};

/** Whether large pages of a column can be. */
export const isTakenInParts = (form: number, codec: Codec): boolean => form !== TRUTH && codec in UNPACK;

/**
 * Takes rows of a page that stands in the file, part by part. Memory: a part as it is stored and some as they are
 * plain; more only for a value that is larger.
 * @param rows `skip` of them were taken before
 * @throws Unfit when it has something that the kernel does not read, or is damaged; the signal's reason
 */
export async function takeLargePage(
  job: KernelJob,
  ranges: ByteRanges,
  turns: Turns,
  chunk: ChunkPlace,
  page: StoredPage,
  { skip, wanted, partBytes }: { skip: number; wanted: number; partBytes: number },
): Promise<void> {
  const { kernel } = job;
  const before = page.version === 2 ? page.repetitionBytes + page.definitionBytes : 0;
  const codec = page.isCompressed ? chunk.codec : 'UNCOMPRESSED';
  if (before > page.length || Math.max(before, page.definitionBytes) > MOST_LEVEL_BYTES) throw new Unfit();
  const levels = before > 0 ? await ranges.read(page.bodyAt, before) : Buffer.alloc(0);
  const stored = new StoredParts(ranges, page, before, partBytes, levels);
  const parts = UNPACK[codec]!(stored.parts());
  try {
    kernel.beginPlain(page.length - before, partBytes, codec === 'SNAPPY' ? 1 : 0);
    const plain = new PlainParts(job, parts, partBytes, turns);
    let levelBytes = page.definitionBytes;
    if (page.version === 2)
      job.view(kernel.levelsPlace(levelBytes), levelBytes).set(levels.subarray(page.repetitionBytes));
    else levelBytes = chunk.maxDefinition > 0 ? await takeLevels(job, page, plain) : 0;
    must(kernel.beginPart(levelBytes, skip, wanted));
    for (let status = kernel.takePart(); status !== TAKEN; status = kernel.takePart()) {
      if (status !== MORE) throw new Unfit();
      await plain.feed();
    }
    if (skip + wanted < page.count) return; // it is read once more
    await plain.passRest();
    if (page.checksum !== undefined && stored.checksum !== page.checksum) throw new Unfit();
  } finally {
    await parts.return();
  }
}

/** Unpacks in one of Node's threads. @throws Unfit for what is not of the codec, and what `stored` throws */
async function* through(decoder: Gunzip | ZstdDecompress | BrotliDecompress, stored: Parts): Parts {
  let failure: unknown;
  const closed = new Promise<void>((resolve) => decoder.once('close', resolve));
  const feed = async () => {
    for await (const part of stored) {
      await Promise.race([new Promise<unknown>((taken) => decoder.write(part, taken)), closed]);
      if (decoder.destroyed) return;
    }
    decoder.end();
  };
  feed().catch((error) => {
    failure = error;
    decoder.destroy(error);
  });
  try {
    for await (const piece of decoder) {
      yield piece as Buffer;
      free(piece as Buffer);
    }
  } catch {
    throw failure ?? new Unfit();
  } finally {
    decoder.destroy();
  }
}

/** The levels of a page of version 1, behind their length. @returns their bytes */
async function takeLevels(job: KernelJob, page: StoredPage, plain: PlainParts): Promise<number> {
  const { kernel } = job;
  if (page.levelEncodings.definition !== 'RLE' || page.length < 4) throw new Unfit();
  while (kernel.plainBytes() < 4) await plain.feed();
  const bytes = job.view(kernel.plainPlace(), 4).readUInt32LE();
  if (bytes > Math.min(page.length - 4, MOST_LEVEL_BYTES)) throw new Unfit();
  while (kernel.plainBytes() < 4 + bytes) await plain.feed();
  const to = kernel.levelsPlace(bytes);
  job.view(to, bytes).set(job.view(kernel.plainPlace() + 4, bytes));
  kernel.passPlain(4 + bytes);
  return bytes;
}

/** The bytes of a page behind its uncompressed levels, as they stand in the file. */
class StoredParts {
  readonly #ranges: ByteRanges;
  readonly #from: number;
  readonly #end: number;
  readonly #partBytes: number;
  /** CRC-32 of what was given, and of the levels. */
  checksum: number;

  constructor(ranges: ByteRanges, page: StoredPage, before: number, partBytes: number, levels: Buffer) {
    this.#ranges = ranges;
    this.#from = page.bodyAt + before;
    this.#end = page.end;
    this.#partBytes = partBytes;
    this.checksum = crc32(levels);
  }
  /** A part is valid until the next one is asked for. */
  async *parts(): Parts {
    const buffer = Buffer.allocUnsafeSlow(Math.min(this.#partBytes, this.#end - this.#from));
    for (let at = this.#from; at < this.#end; at += buffer.length) {
      const length = Math.min(buffer.length, this.#end - at);
      const part = await this.#ranges.read(at, length, buffer.subarray(0, length));
      this.checksum = crc32(part, this.checksum);
      yield part;
    }
  }
}

/** Brings the plain bytes of a page into the kernel. */
class PlainParts {
  readonly #job: KernelJob;
  readonly #parts: Parts;
  readonly #turns: Turns;
  /** Where a part is put, how many bytes of it were taken and how many were not. */
  readonly #place: number;
  #taken = 0;
  #left = 0;
  #isLast = false;
  #isWanted = true;
  /** What of a part has no room there yet. */
  #part: Uint8Array = new Uint8Array();
  readonly #partBytes: number;

  constructor(job: KernelJob, parts: Parts, partBytes: number, turns: Turns) {
    this.#turns = turns;
    this.#job = job;
    this.#parts = parts;
    this.#partBytes = partBytes;
    this.#place = job.kernel.storedPart(partBytes + MOST_LEFT);
  }
  /** Some more of them. @throws Unfit when there are none, or they are wrong; the signal's reason */
  async feed(): Promise<void> {
    if (this.#turns.isDue) await this.#turns.take();
    const { kernel } = this.#job;
    const missing = kernel.missingBytes();
    if (missing === 0) throw new Unfit();
    if (this.#isWanted) await this.#next();
    const taken = kernel.feedPlain(this.#place + this.#taken, this.#left, this.#isLast ? 1 : 0) >>> 0;
    if (taken === WRONG || (this.#isLast && taken === 0 && kernel.missingBytes() === missing)) throw new Unfit();
    this.#taken += taken;
    this.#left -= taken;
    this.#isWanted = taken === 0 || this.#left === 0;
  }
  /** Passes over the rest of the page, so that all of it has been seen. @throws Unfit when something follows it */
  async passRest(): Promise<void> {
    const { kernel } = this.#job;
    while (kernel.missingBytes() > 0) {
      kernel.passPlain(kernel.plainBytes());
      await this.feed();
    }
    while (!this.#isLast && this.#left === 0) await this.#next();
    if (this.#left > 0) throw new Unfit();
  }
  /** What is left, and the next part behind it. */
  async #next(): Promise<void> {
    const job = this.#job;
    if (this.#isLast) return;
    if (this.#left > MOST_LEFT) throw new Unfit();
    if (this.#left > 0) {
      const rest = Buffer.from(job.view(this.#place + this.#taken, this.#left));
      job.view(this.#place, this.#left).set(rest);
    }
    this.#taken = 0;
    if (this.#part.length === 0) {
      const { done, value } = await this.#parts.next();
      if (done) this.#isLast = true;
      else this.#part = value;
    }
    const some = this.#part.subarray(0, this.#partBytes);
    job.view(this.#place + this.#left, some.length).set(some);
    this.#left += some.length;
    this.#part = this.#part.subarray(some.length);
  }
}
