import type { ByteSource } from './byte-source.ts';
import { sniffFormat } from './formats/choose.ts';
import type { Format } from './formats/format.ts';

/** As many as a signature has. */
const SIGNATURE_BYTES = 8;
/** Bytes from the beginning that are searched for a first character: more white space than this is not skipped. */
const MAX_SNIFFED_BYTES = 1 << 20;

/** A source whose first pieces were looked at: it gives them again. Memory: these pieces. */
class Begun implements ByteSource {
  readonly readInto?: ByteSource['readInto'];
  readonly ranges?: ByteSource['ranges'];
  readonly #given: readonly Uint8Array[];
  readonly #rest: AsyncIterator<Uint8Array>;

  constructor(source: ByteSource, given: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>) {
    this.#given = given;
    this.#rest = rest;
    if (source.readInto) this.readInto = (place) => source.readInto!(place);
    if (source.ranges) this.ranges = () => source.ranges!(given);
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const rest = this.#rest;
    try {
      yield* this.#given;
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  }
}

/**
 * Takes pieces until something is known by them.
 * @param known by all bytes so far; `isWhole`: no more will come
 */
async function begin<Known>(
  source: ByteSource,
  known: (head: Uint8Array, isWhole: boolean) => Known | undefined,
): Promise<{ known: Known | undefined; bytes: ByteSource }> {
  const rest = source[Symbol.asyncIterator]();
  const given: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await rest.next();
    if (value?.length) given.push(value);
    const found = known(given.length === 1 ? given[0]! : Buffer.concat(given), done === true);
    if (found !== undefined || done) return { known: found, bytes: new Begun(source, given, rest) };
    if (value?.length) given.push(Uint8Array.from(given.pop()!)); // a piece does not outlive the next one
  }
}

/** Finds the format by the first bytes, and gives the bytes again from the first on. */
export async function sniff(
  source: ByteSource,
  formats: readonly Format[],
): Promise<{ format: Format; bytes: ByteSource }> {
  const { known, bytes } = await begin(source, (head, isWhole) =>
    sniffFormat(head, isWhole || head.length > MAX_SNIFFED_BYTES, formats),
  );
  return { format: known!, bytes };
}

/** The format whose signature the bytes begin with, whatever they are called, the first piece, and all bytes again. */
export async function signed(
  source: ByteSource,
  formats: readonly Format[],
): Promise<{ format: Format | undefined; head: Uint8Array; bytes: ByteSource }> {
  const { known, bytes } = await begin(source, (head, isWhole) => {
    if (head.length < SIGNATURE_BYTES && !isWhole) return undefined;
    return { format: formats.find((format) => format.hasSignature && format.sniff(head) === 'certain'), head };
  });
  return { format: known?.format, head: known?.head ?? new Uint8Array(), bytes };
}
