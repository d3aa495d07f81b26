import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { ZstdPages } from '../../../../../src/processing/formats/parquet/zstd-pages.ts';

const TEXT = Buffer.from('2015-01-15 19:05:39,1.59,N\n'.repeat(5_000));
const WITH_CHECKSUM = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const STORED = zstdCompressSync(TEXT, WITH_CHECKSUM);
/** Memory of the kernel is shared. */
const place = (length: number) => Buffer.from(new SharedArrayBuffer(length + 8), 8, length);

const pages = new ZstdPages();
afterEach(() => pages.close());

describe('pages of zstd, in memory that is given', () => {
  test('is what Node makes of it', () => {
    const into = place(TEXT.length);
    expect(pages.into(STORED, into)).toBe(true);
    expect(into.equals(zstdDecompressSync(STORED))).toBe(true);
  });
  test('takes an empty page', () => {
    expect(pages.into(zstdCompressSync(Buffer.alloc(0)), place(0))).toBe(true);
  });
  test.each([-TEXT.length, -1, 1])('refuses another length (%i)', (more) => {
    expect(pages.into(STORED, place(TEXT.length + more))).toBe(false);
  });
  test.each([
    ['bytes that are no zstd', Buffer.from('no zstd at all')],
    ['a frame without its end', STORED.subarray(0, -20)],
    ['a frame without its checksum', STORED.subarray(0, -4)],
    ['a wrong checksum', Buffer.concat([STORED.subarray(0, -1), Buffer.from([STORED.at(-1)! ^ 1])])],
    ['more bytes behind the frame', Buffer.concat([STORED, Buffer.from('more')])],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s, and takes the next page as if there had been none', async (_, bytes) => {
    expect(pages.into(bytes, place(TEXT.length))).toBe(false);
    await new Promise((resolve) => setImmediate(resolve)); // when the failure of a stream is told
    const into = place(TEXT.length);
    expect(pages.into(STORED, into)).toBe(true);
    expect(into.equals(TEXT)).toBe(true);
  });
});
