import type { ByteRanges } from '../../byte-source.ts';
import { Turns } from '../../containers/turns.ts';
import { ZipArchive, type ZipEntry } from '../../containers/zip-archive.ts';
import { DatasetError } from '../../errors.ts';
import { MAX_UNPACKED_BYTES } from '../../limits.ts';
import type { ReadBudget } from '../../read-budget.ts';
import { readXmlPart } from './xml-part.ts';
import { damagedPart } from './xml-scanner.ts';

/** Parts of a workbook: its sheets, and some for each of them, such as comments and drawings. */
const MOST_PARTS = 100_000;

interface PartLimits {
  maxUnpackedBytes?: number | undefined;
  budget?: ReadBudget | undefined;
  signal?: AbortSignal | undefined;
}

/** Of XML that is worked on between two looks at the signal. */
const STEP_BYTES = 128 * 1024;

/** The parts of an Office document (ECMA-376, part 2): files of a zip archive, named from its root without a slash. */
export class PackageParts {
  readonly #archive: ZipArchive;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #mostUnpacked: number;
  readonly #budget: ReadBudget | undefined;
  readonly #signal: AbortSignal | undefined;

  private constructor(
    archive: ZipArchive,
    entries: ReadonlyMap<string, ZipEntry>,
    { maxUnpackedBytes = MAX_UNPACKED_BYTES, budget, signal }: PartLimits,
  ) {
    this.#archive = archive;
    this.#entries = entries;
    this.#mostUnpacked = maxUnpackedBytes;
    this.#budget = budget;
    this.#signal = signal;
  }
  /**
   * @param limits bytes that a part may have, what a preview may read of all of them, and what ends all reading
   * @throws DatasetError when it is no zip archive, or has too many parts
   */
  static async open(ranges: ByteRanges, limits: PartLimits = {}): Promise<PackageParts> {
    const archive = await ZipArchive.open(ranges, limits.signal);
    const entries = new Map<string, ZipEntry>();
    for await (const entry of archive.entries()) {
      if (entries.size === MOST_PARTS)
        throw new DatasetError(`The workbook has more than ${MOST_PARTS.toLocaleString('en')} parts`);
      entries.set(keyOf(entry.name), entry);
    }
    return new PackageParts(archive, entries, limits);
  }
  has(part: string): boolean {
    return this.#entries.has(keyOf(part));
  }
  /** Bytes of a part, in the archive and unpacked; 0 when there is none. */
  sizeOf(part: string): { packed: number; unpacked: number } {
    const entry = this.#entries.get(keyOf(part));
    return { packed: entry?.compressedSize ?? 0, unpacked: entry?.size ?? 0 };
  }
  /**
   * The bytes of a part, unpacked; a piece is valid until the next one is asked for.
   * @param onRead called with the bytes of the archive that were read for it so far
   * @throws DatasetError when there is none, it is damaged, or it has too many bytes
   */
  async *stream(part: string, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(keyOf(part));
    if (!entry) throw damagedPart(part, 'is missing');
    let bytes = 0;
    const turns = new Turns(this.#signal);
    for await (const piece of this.#archive.stream(entry, onRead)) {
      bytes += piece.length;
      this.#budget?.takeUnpacked(piece.length);
      if (bytes > this.#mostUnpacked)
        throw new DatasetError(
          `The part ${JSON.stringify(part)} of the workbook has more than ${this.#mostUnpacked} bytes unpacked`,
        );
      for (let from = 0; from < piece.length; from += STEP_BYTES) {
        if (turns.isDue) await turns.take();
        yield piece.subarray(from, from + STEP_BYTES);
      }
    }
  }
}

/** Some programs write backslashes, a slash in front, or other capitals; names of parts differ in more. */
const keyOf = (name: string) => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

export interface Relationship {
  id: string;
  /** The last word of its type: `worksheet`. The transitional and the strict standard have the same words. */
  type: string;
  target: string;
}

/** What a part refers to; of the document itself for ''. None where it says nothing. */
export async function relationships(parts: PackageParts, part: string): Promise<Relationship[]> {
  const slash = part.lastIndexOf('/') + 1;
  const name = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
  if (!parts.has(name)) return [];
  const found: Relationship[] = [];
  await readXmlPart(parts.stream(name), name, (path, { Id, Type, Target, TargetMode }) => {
    if (path !== 'Relationships/Relationship' || TargetMode === 'External') return;
    if (found.length === MOST_PARTS)
      throw damagedPart(name, `refers to more than ${MOST_PARTS.toLocaleString('en')} parts`);
    found.push({ id: Id ?? '', type: Type?.slice(Type.lastIndexOf('/') + 1) ?? '', target: Target ?? '' });
  });
  return found;
}

/** The name of a part that another one refers to: from the root with a slash in front, else from the other's folder. */
export function resolvePart(from: string, target: string): string {
  const names = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const name of target.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/');
}
