import { expect, test } from 'vitest';
import { readRows } from '../../../../src/processing/formats/rows.ts';

async function* chunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function rows(text: string | Buffer, wanted: number[], format: 'csv' | 'json' = 'csv', encoding = 'utf-8') {
  const bytes = Buffer.from(text as string);
  const all = await Array.fromAsync(readRows(chunks(bytes, 7), format, encoding as 'utf-8', wanted));
  expect(await Array.fromAsync(readRows(chunks(bytes, bytes.length), format, encoding as 'utf-8', wanted))).toEqual(
    all,
  );
  return all;
}

test('rows of a CSV by the numbers of its report: titles, blank lines and quoted newlines counted as the engine does', async () => {
  const text = 'A title\n\nid,name\n1,a\n\n2,"b\nc"\n3,d,e\n4\n';
  expect(await rows(text, [2, 3, 4, 9])).toMatchObject([
    { row: 2, line: 6, fields: ['2', 'b\nc'], names: ['id', 'name'] },
    { row: 3, line: 8, fields: ['3', 'd', 'e'] },
    { row: 4, line: 9, fields: ['4'] },
  ]);
});

test('reads no further than the last row that is wanted', async () => {
  let read = 0;
  async function* endless() {
    yield Buffer.from('id,name\n');
    for (; ; read++) yield Buffer.from('1,x\n'.repeat(10_000));
  }
  const found = await Array.fromAsync(readRows(endless(), 'csv', 'utf-8', [50_000]));
  expect(found).toHaveLength(1);
  expect(read).toBeLessThan(50);
});

test('windows-1252 and UTF-16, as the report has found them', async () => {
  expect(await rows(Buffer.from('a,b\ncaf\xe9,1\n', 'latin1'), [1], 'csv', 'windows-1252')).toMatchObject([
    { fields: ['café', '1'] },
  ]);
  expect(await rows(Buffer.from('\ufeffa,b\ncafé,1\n', 'utf16le'), [1], 'csv', 'utf-16le')).toMatchObject([
    { fields: ['café', '1'] },
  ]);
});

test('records of JSON, in a list or one a line', async () => {
  expect(await rows('[{"a":1},\n{"a":[2, "]"]}]', [2], 'json')).toEqual([
    { row: 2, line: 2, record: '{"a":[2, "]"]}' },
  ]);
  expect(await rows('{"a":1}\n{"a":2}\n', [1], 'json')).toEqual([{ row: 1, line: 1, record: '{"a":1}' }]);
});
