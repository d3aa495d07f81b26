import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decompress } from '../../../../../src/processing/formats/parquet/codecs.ts';

describe('a page of Zstandard', () => {
  const text = Buffer.from('2015-01-15 19:05:39,1.59,N\n'.repeat(500));
  const [a, b, c] = [text.subarray(0, 1_000), text.subarray(1_000, 1_001), text.subarray(1_001)].map((part) =>
    zstdCompressSync(part),
  ) as [Buffer, Buffer, Buffer];
  const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const empty = zstdCompressSync(Buffer.alloc(0));

  test.each<[string, Buffer[]]>([
    ['one frame', [zstdCompressSync(text)]],
    ['a skippable frame first', [skippable, zstdCompressSync(text)]],
    ['a skippable frame last', [zstdCompressSync(text), skippable]],
    ['several frames', [a, b, c]],
    ['frames with skippable and empty ones between them', [empty, a, skippable, b, empty, skippable, c, skippable]],
  ])('of %s', (_, frames) => {
    expect(decompress('ZSTD', Buffer.concat(frames), text.length).equals(text)).toBe(true);
  });
  test.each<[string, Buffer[]]>([
    ['that is too short', [a]],
    ['whose frames are too short together', [a, b]],
    ['whose second frame is cut', [a, c.subarray(0, -3)]],
    ['with other bytes behind its first frame', [a, Buffer.from('other bytes')]],
    ['that is too long with its second frame', [a, zstdCompressSync(text)]],
    ['of very many frames', [a, ...Array(2_000).fill(empty), b, c]],
  ])('%s is refused', (_, frames) => {
    expect(() => decompress('ZSTD', Buffer.concat(frames), text.length)).toThrow(
      /^There are 100\d bytes instead of 13500$/,
    );
  });
});
