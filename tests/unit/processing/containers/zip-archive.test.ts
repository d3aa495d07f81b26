import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { type EndOptions, ZipFile } from 'yazl';
import { rangesOfBytes } from '../../../../src/infra/engine/ranges.ts';
import { ZipArchive, type ZipEntry } from '../../../../src/processing/containers/zip-archive.ts';

type Add = (zip: ZipFile) => void;
async function zipped(add: Add, end: Partial<EndOptions> = {}): Promise<Buffer> {
  const zip = new ZipFile();
  add(zip);
  zip.end(end as EndOptions);
  return buffer(zip.outputStream);
}
async function entriesOf(archive: ZipArchive): Promise<ZipEntry[]> {
  return await Array.fromAsync(archive.entries());
}
async function contentsOf(bytes: Buffer): Promise<Record<string, string>> {
  const archive = await ZipArchive.open(rangesOfBytes(bytes));
  const contents: Record<string, string> = {};
  for (const entry of await entriesOf(archive)) {
    const pieces = await Array.fromAsync(archive.stream(entry), (piece) => Buffer.from(piece));
    contents[entry.name] = Buffer.concat(pieces).toString();
  }
  return contents;
}

describe('all entries are read', () => {
  test.each([
    ['deflated', { compress: true }],
    ['stored', { compress: false }],
    ['zip64', { compress: true, forceZip64Format: true }],
  ])('%s', async (_name, options) => {
    const bytes = await zipped((zip) => {
      zip.addBuffer(Buffer.from('a,b\n1,2\n'), 'table.csv', options);
      zip.addBuffer(Buffer.from(''), 'ж/empty.csv', options);
      zip.addEmptyDirectory('folder');
    });
    expect(await contentsOf(bytes)).toEqual({ 'table.csv': 'a,b\n1,2\n', 'ж/empty.csv': '', 'folder/': '' });
  });

  test.each([true, false])('with data descriptors behind them, compressed: %j', async (compress) => {
    const stream = Readable.from([Buffer.from('a\n1\n')]);
    const bytes = await zipped((zip) => zip.addReadStream(stream, 'a.csv', { compress }));
    expect(bytes.readUInt32LE(18)).toBe(0); // no size in the local header
    expect(await contentsOf(bytes)).toEqual({ 'a.csv': 'a\n1\n' });
  });

  test('70,000 of them, with some reads', async () => {
    const one = await zipped((zip) => zip.addBuffer(Buffer.from('a\n1\n'), 'a.csv'), { forceZip64Format: true });
    const [record, end] = ['PK\x01\x02', 'PK\x06\x06'].map((signature) => one.indexOf(signature, 0, 'latin1'));
    const records = Buffer.concat(Array<Buffer>(70_000).fill(one.subarray(record, end)));
    const tail = Buffer.from(one.subarray(end));
    tail.writeBigUInt64LE(70_000n, 24);
    tail.writeBigUInt64LE(70_000n, 32);
    tail.writeBigUInt64LE(BigInt(records.length), 40);
    tail.writeBigUInt64LE(BigInt(record! + records.length), tail.indexOf('PK\x06\x07', 0, 'latin1') + 8);
    const bytes = Buffer.concat([one.subarray(0, record), records, tail]);
    let reads = 0;
    const ranges = rangesOfBytes(bytes);
    const counted = {
      ...ranges,
      read: (from: number, length: number) => {
        reads++;
        return ranges.read(from, length);
      },
    };
    expect((await entriesOf(await ZipArchive.open(counted))).length).toBe(70_000);
    expect(reads).toBeLessThan(50);
  });
});

describe('a failure names the byte', () => {
  const open = async (bytes: Buffer) => contentsOf(bytes);
  const one = () => zipped((zip) => zip.addBuffer(Buffer.from('a,b\n1,2\n'), 'table.csv', { compress: false }));

  test('of a file that is cut off', async () => {
    const bytes = await one();
    await expect(open(bytes.subarray(0, -30))).rejects.toThrow(
      `The zip archive has no directory at its end: it is cut off (byte ${bytes.length - 30}). ` +
        'Copy or download it again.',
    );
  });
  test('of a wrong checksum', async () => {
    const bytes = await one();
    bytes[bytes.indexOf('1,2')] = 0x39;
    await expect(open(bytes)).rejects.toThrow(
      'The checksum of the file "table.csv" in the zip archive is wrong (byte 0). Copy or make it again.',
    );
  });
  test('of damaged data', async () => {
    const bytes = await zipped((zip) => zip.addBuffer(Buffer.from('a,b\n1,2\n'.repeat(99)), 'table.csv'));
    bytes[bytes.indexOf('table.csv') + 9] = 0xff;
    await expect(open(bytes)).rejects.toThrow(/^The file "table.csv" in the zip archive is damaged .* \(byte \d+\)/);
  });
  test('of an unknown method, by its name', async () => {
    const bytes = await one();
    bytes.writeUInt16LE(93, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 10);
    await expect(open(bytes)).rejects.toThrow(
      'The file "table.csv" in the zip archive cannot be read: it is compressed by the method 93 (Zstandard). ' +
        'Unpack it and upload the file itself.',
    );
  });
  test('of an encrypted file', async () => {
    const bytes = await one();
    const directory = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    bytes.writeUInt16LE(bytes.readUInt16LE(directory + 8) | 1, directory + 8);
    await expect(open(bytes)).rejects.toThrow('cannot be read: it is encrypted. Unpack it');
  });
});

test('the signal ends the reading of the directory with its reason', async () => {
  const bytes = await zipped((zip) => {
    for (let i = 0; i < 20_000; i++) zip.addBuffer(Buffer.alloc(0), `${i}.csv`);
  });
  const abort = new AbortController();
  const archive = await ZipArchive.open(rangesOfBytes(bytes), abort.signal);
  const reading = entriesOf(archive);
  abort.abort(new Error('that is enough'));
  await expect(reading).rejects.toThrow(/^that is enough$/);
});
