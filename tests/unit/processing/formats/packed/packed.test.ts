import { buffer } from 'node:stream/consumers';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { rangesOfBytes } from '../../../../../src/infra/engine/ranges.ts';
import type { ByteSource } from '../../../../../src/processing/byte-source.ts';
import { filterRows } from '../../../../../src/processing/filter-rows.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import type { ProfileOptions } from '../../../../../src/processing/profile-options.ts';
import { readRows } from '../../../../../src/processing/rows.ts';
import { workbook } from '../../../../support/workbook.ts';

const CSV = Buffer.from(`id,name\n${Array.from({ length: 50 }, (_, i) => `${i},"größe ${i % 7}"\n`).join('')}`);

/** The bytes in pieces that end at these places, and each overwritten when the next one is asked for. */
function cutAt(bytes: Buffer, places: readonly number[]): ByteSource {
  const ends = [...new Set([...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return {
    ranges: async () => rangesOfBytes(bytes),
    async *[Symbol.asyncIterator]() {
      let from = 0;
      for (const end of ends) {
        if (end === from) continue;
        const piece = Buffer.from(bytes.subarray(from, end));
        from = end;
        yield piece;
        piece.fill(0xaa);
      }
    },
  };
}
const read = (bytes: Buffer, options: Partial<ProfileOptions> = {}, places: readonly number[] = []) =>
  profileDataset(cutAt(bytes, places), { format: 'csv', ...options });

/** A frame that decoders pass over. */
const skippable = (content: string) =>
  Buffer.concat([Buffer.from([0x5e, 0x2a, 0x4d, 0x18, content.length, 0, 0, 0]), Buffer.from(content)]);
const zstd = (text: Buffer) =>
  zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag]: 1, [constants.ZSTD_c_compressionLevel]: 3 } });
async function zip(files: Record<string, Buffer>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) archive.addBuffer(bytes, name);
  archive.end();
  return buffer(archive.outputStream);
}
const halves = (pack: (part: Buffer) => Buffer, between: Buffer) =>
  Buffer.concat([pack(CSV.subarray(0, 300)), between, pack(CSV.subarray(300))]);

/** Each line a part of its own, and some that are empty. */
function byLine(pack: (part: Buffer) => Buffer): Buffer {
  const lines = CSV.toString().match(/.*\n/g)!;
  return Buffer.concat(
    lines.flatMap((line, i) => [pack(Buffer.from(line)), ...(i % 5 ? [] : [pack(Buffer.alloc(0))])]),
  );
}
const PACKED: [string, 'gzip' | 'zstd' | 'zip', Buffer][] = [
  ['gzip', 'gzip', gzipSync(CSV)],
  ['gzip of many members', 'gzip', halves(gzipSync, Buffer.alloc(0))],
  [
    'gzip with zeros between members and behind',
    'gzip',
    Buffer.concat([halves(gzipSync, Buffer.alloc(9)), Buffer.alloc(99)]),
  ],
  ['gzip of a member for many a line', 'gzip', byLine(gzipSync)],
  ['zstd', 'zstd', zstd(CSV)],
  ['zstd of many small frames', 'zstd', byLine(zstd)],
  ['zstd of many frames', 'zstd', Buffer.concat([skippable('first'), halves(zstd, skippable('')), skippable('last')])],
  ['zip', 'zip', await zip({ 'data/table.csv': CSV, '__MACOSX/data/._table.csv': Buffer.from('x'), '.DS_Store': CSV })],
];

test('text that is only called compressed is read as it is', async () => {
  const options = { format: 'gzip', filename: 'a.csv.gz' };
  expect((await read(CSV, options)).file).not.toHaveProperty('compression');
  expect(await read(CSV, options)).toEqual(await read(CSV));
  await expect(read(Buffer.alloc(0), options)).rejects.toThrow('The file is empty');
});

test('compressed bytes are read as such, whatever the file is called', async () => {
  const { rowCount, file } = await read(gzipSync('[{"a":1},{"a":2}]'), { format: 'zip', filename: 'x.zip' });
  expect([rowCount, file.format, file.compression]).toMatchObject([2, 'json', { kind: 'gzip' }]);
});

test.each([
  [{ 'a.csv': CSV, 'b.csv': CSV }, {}, 'holds 2 files: "a.csv", "b.csv". Name the one to read with the option member'],
  [{ 'a.csv': CSV }, { member: 'c.csv' }, 'The zip archive has no file "c.csv". It has "a.csv".'],
  [{}, {}, 'The zip archive holds no file'],
  [{ 'a.csv.gz': gzipSync(CSV) }, {}, 'The file "a.csv.gz" in the zip archive is compressed data again (gzip)'],
  [{ 'xl/workbook.bin': CSV }, {}, 'This looks like an Excel binary workbook (.xlsb)'],
])('a zip archive of %j is refused', async (files, readOptions, message) => {
  await expect(read(await zip(files as Record<string, Buffer>), { readOptions })).rejects.toThrow(message);
});

test('the option member names one of several files', async () => {
  const bytes = await zip({ 'a.csv': Buffer.from('x\n1\n'), 'b.csv': CSV });
  const { rowCount, file } = await read(bytes, { readOptions: { member: 'b.csv' } });
  expect([rowCount, file.compression]).toMatchObject([50, { member: 'b.csv' }]);
});

test('what cannot be read inside of a container is called what it is', async () => {
  const inner = await workbook({ sheets: [{ name: 'x', rows: '' }] });
  await expect(read(await zip({ 'b.xlsx': inner }))).rejects.toThrow(
    'The file "b.xlsx" in the zip archive is an Excel file. Unpack it and upload the file itself.',
  );
  await expect(read(gzipSync(inner), { format: 'gzip' })).rejects.toThrow('The gzip data holds an Excel file.');
  await expect(read(gzipSync('PAR1PAR1'), { format: 'gzip' })).rejects.toThrow('The gzip data holds a Parquet file.');
  await expect(read(gzipSync(await zip({ 'a.csv': CSV })), { format: 'gzip' })).rejects.toThrow(
    'The gzip data holds compressed data again (zip).',
  );
});

test.each([
  [
    'something behind the data',
    Buffer.concat([gzipSync('a\n1\n'), Buffer.from('x')]),
    /follows the gzip data \(byte 24\)/,
  ],
  ['a wrong checksum', flipped(gzipSync('a\n1\n'), -8), /checksum in the gzip data, .* is wrong \(byte 16\)/],
  ['a wrong length', flipped(gzipSync('a\n1\n'), -1), /is wrong \(byte 16\)/],
  ['a wrong checksum of zstd', flipped(zstd(CSV), -1), /The Zstandard data is damaged .* \(byte \d+\)/],
  ['something behind zstd', Buffer.concat([zstd(CSV), Buffer.alloc(9)]), /not Zstandard follows .* \(byte \d+\)/],
])('a failure names the byte: %s', async (_what, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(message);
});

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[bytes.length + at]! ^= 1;
  return bytes;
}

describe.each(PACKED)('%s', (_name, kind, bytes) => {
  test('has the facts of the text at every cut of the stream', async () => {
    const { file, ...facts } = await read(CSV);
    const member = kind === 'zip' ? 'data/table.csv' : null;
    const expected = { ...facts, file: { ...file, compression: { kind, bytes: bytes.length, member } } };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (places) => {
        expect(await read(bytes, {}, places)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
    expect(await read(bytes, {}, Array.from(bytes.keys()))).toEqual(expected); // byte by byte
  });

  test('gives its rows again', async () => {
    const { file, columns } = await read(bytes);
    const rows = await Array.fromAsync(readRows(cutAt(bytes, [40]), file, [1, 50]));
    expect(rows.map(({ row, line, fields }) => [row, line, Object.fromEntries(fields)])).toEqual([
      [1, 2, { id: '0', name: 'größe 0' }],
      [50, 51, { id: '49', name: 'größe 0' }],
    ]);
    const dataset = { open: () => cutAt(bytes, [40]), file, columns: columns as never };
    const steps = await Array.fromAsync(filterRows(dataset, [], { after: 48, first: 1 }));
    expect(steps.flatMap((step) => step.rows.map(({ row }) => row))).toEqual([49]);
  });

  test('progress is in bytes of the compressed file', async () => {
    const seen: number[] = [];
    await read(bytes, { onProgress: (progress) => seen.push(progress.bytes) });
    expect(seen.length).toBeGreaterThan(0);
    for (const each of seen) expect(each).toBeLessThanOrEqual(bytes.length);
  });

  test('ends at the most that may be unpacked', async () => {
    expect((await read(bytes, { maxUnpackedBytes: CSV.length })).rowCount).toBe(50);
    await expect(read(bytes, { maxUnpackedBytes: 512 })).rejects.toThrow(
      'The file unpacks to more than 512 bytes, the most that is allowed here. ' +
        'Upload a part of it, or let MAX_UNPACKED_BYTES be raised.',
    );
  });

  test('cut off anywhere it fails, and names a byte of the compressed file', async () => {
    const end = kind === 'gzip' ? bytes.findLastIndex((byte) => byte !== 0) : bytes.length - 1;
    for (let length = 4; length <= end; length += 7) {
      const error = await read(bytes.subarray(0, length), { format: kind }).then(
        () => undefined,
        (reason) => reason,
      );
      // a file of whole members or frames is whole
      if (error === undefined) expect(_name).toMatch(/many|zeros/);
      else expect(error).toMatchObject({ code: 'NO_TABLE' });
    }
  });
});

describe('compressed text under the name of a format that is read by ranges', () => {
  const bytes = gzipSync('a,b\n1,2\n');
  test.each(['xlsx', 'parquet'])('%s: it is read as what it is', async (format) => {
    const { rowCount } = await profileDataset(cutAt(bytes, []), { format, filename: `y.${format}` });
    expect(rowCount).toBe(1);
  });
  test('the option format cannot make it one', async () => {
    const options = { format: 'gzip', filename: 'y.csv.gz', readOptions: { format: 'xlsx' } };
    await expect(profileDataset(cutAt(bytes, []), options)).rejects.toThrow(
      'There is no xlsx file in it, but text. Leave the option format out, or name the format of the text.',
    );
  });
});
