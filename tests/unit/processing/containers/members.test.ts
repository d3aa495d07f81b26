import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompressedInput } from '../../../../src/processing/containers/compressed-input.ts';
import { gunzip } from '../../../../src/processing/containers/gzip.ts';
import { unzstd } from '../../../../src/processing/containers/zstd.ts';

const RANDOM = Buffer.from(Array.from({ length: 701_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24));

/** A frame that decoders pass over. */
function skippable(bytes: number): Buffer {
  const frame = Buffer.alloc(8 + bytes, 7);
  frame.writeUInt32LE(0x184d2a53, 0);
  frame.writeUInt32LE(bytes, 4);
  return frame;
}
const KINDS = [
  {
    name: 'gzip',
    pack: (text: Buffer) => gzipSync(text, { level: 1 }),
    unpack: gunzip,
    padding: Buffer.alloc(1 << 20),
  },
  { name: 'zstd', pack: (text: Buffer) => zstdCompressSync(text), unpack: unzstd, padding: skippable(1 << 20) },
];

/** The bytes in pieces of this size, each overwritten when the next one is asked for. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) {
    const piece = Buffer.from(bytes.subarray(from, from + size));
    yield piece;
    piece.fill(0xaa);
  }
}

describe.each(KINDS)('$name', ({ name, pack, unpack, padding }) => {
  const unpacked = async (bytes: Buffer, size: number) =>
    Array.fromAsync(unpack(new CompressedInput(inPieces(bytes, size))), (piece) => Buffer.from(piece));

  test('parts of all sizes are one text, however the file comes', async () => {
    // around what is unpacked at once, and what is gathered for it; repeated bytes and such as do not compress
    const size = fc.constantFrom(0, 1, 100, 5_000, 65_280, 131_072, 200_000, 262_143, 262_144, 262_145, 700_000);
    const part = fc.record({ size, isRandom: fc.boolean(), seed: fc.nat(250) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(1_000, 65_536, 262_144),
        async (parts, pieceBytes) => {
          const texts = parts.map(({ size: bytes, isRandom, seed }) =>
            isRandom ? RANDOM.subarray(seed, seed + bytes) : Buffer.alloc(bytes, seed),
          );
          const pieces = await unpacked(Buffer.concat(texts.map(pack)), pieceBytes);
          expect(Buffer.concat(pieces).equals(Buffer.concat(texts))).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('many small parts come in few pieces, and cost no decoder each', async () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => Buffer.from(`${i},x\n`));
    const pieces = await unpacked(Buffer.concat(lines.map(pack)), 65_536);
    expect(Buffer.concat(pieces).toString()).toBe(Buffer.concat(lines).toString());
    expect(pieces.length).toBeLessThan(10);
  });

  test('what is right before damage comes out', async () => {
    const texts = ['a\n', 'b\n', 'c\n', 'd\n'].map((text) => Buffer.from(text));
    const bytes = Buffer.concat([...texts.map(pack), Buffer.from('x')]);
    const seen: Buffer[] = [];
    const reading = async () => {
      for await (const piece of unpack(new CompressedInput(inPieces(bytes, 65_536)))) seen.push(piece);
    };
    await expect(reading()).rejects.toThrow(/follows the .* data \(byte \d+\)/);
    expect(Buffer.concat(seen).toString()).toBe('a\nb\nc\nd\n');
  });

  test.each([1, 2, 3])('a part that ends within its first bytes (%i) is cut off', async (bytes) => {
    const whole = pack(Buffer.from('a\n'));
    for (const next of [whole, ...(name === 'zstd' ? [padding] : [])]) {
      const file = Buffer.concat([whole, next.subarray(0, bytes)]);
      for (const size of [1, 65_536])
        await expect(unpacked(file, size)).rejects.toThrow(
          `is cut off at the end of the compressed file (byte ${file.length}).`,
        );
    }
  });

  test.each([
    ['empty parts', pack(Buffer.alloc(0))],
    ['padding', padding],
  ])('the signal ends it among %s, of which nothing is text', async (_what, part) => {
    const abort = new AbortController();
    const piece = Buffer.concat(Array.from({ length: Math.ceil(65_536 / part.length) }, () => part));
    const pieces = (async function* () {
      yield pack(Buffer.from('a\n1\n'));
      setTimeout(() => abort.abort(new Error('that is enough')), 1);
      // without the signal it would go on for ever: the end of the file lets it fail
      for (const end = performance.now() + 2_000; performance.now() < end; ) yield piece;
    })();
    const reading = Array.fromAsync(unpack(new CompressedInput(pieces, 0, abort.signal)));
    await expect(reading).rejects.toThrow('that is enough');
  });
});
