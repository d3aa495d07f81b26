import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rangesOfBytes, rangesOfStream } from '../../../../src/infra/engine/ranges.ts';
import { openSource } from '../../../../src/infra/engine/source.ts';
import type { ByteRanges } from '../../../../src/processing/byte-source.ts';

const BYTES = Buffer.from('0123456789');

async function* pieces() {
  yield BYTES.subarray(0, 4);
  yield BYTES.subarray(4);
}

async function expectRanges(opened: ByteRanges) {
  await using ranges = opened;
  expect(ranges.size).toBe(BYTES.length);
  const read = await ranges.read(2, 5);
  expect(read.toString()).toBe('23456');
  const place = Buffer.alloc(5);
  expect(await ranges.read(3, 5, place)).toBe(place);
  expect(place.toString()).toBe('34567');
  read.fill(0); // the caller's own
  expect((await ranges.read(0, 10)).equals(BYTES)).toBe(true);
}

test('ranges of a file, of a stream and of bytes, into memory that is given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-test-'));
  try {
    const file = join(folder, 'digits');
    writeFileSync(file, BYTES);
    await expectRanges(await openSource(file, new AbortController().signal).bytes.ranges!());
    await expectRanges(rangesOfBytes(BYTES));
    await expectRanges(await rangesOfStream(pieces()));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
