import { expect, test } from 'vitest';
import { readRows } from '../../../src/processing/rows.ts';

async function* chunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function rows(text: string | Buffer, wanted: number[], format = 'csv', encoding = 'utf-8') {
  const bytes = Buffer.from(text as string);
  const file = { format, encoding };
  const all = await Array.fromAsync(readRows(chunks(bytes, 7), file, wanted));
  expect(await Array.fromAsync(readRows(chunks(bytes, bytes.length), file, wanted))).toEqual(all);
  return all;
}

test('rows of a CSV by the numbers of its report, with titles, blank lines and quoted newlines', async () => {
  const text = 'A title\n\nid,name\n1,a\n\n2,"b\nc"\n3,d,e\n4\n';
  const fields = (id: string, name: string | null) => [
    ['id', id],
    ['name', name],
  ];
  expect(await rows(text, [2, 3, 4, 9])).toEqual([
    { row: 2, line: 6, fields: fields('2', 'b\nc') },
    { row: 3, line: 8, fields: fields('3', 'd'), surplus: ['e'] },
    { row: 4, line: 9, fields: fields('4', null) },
  ]);
});

test('reads no further than the last row that is wanted', async () => {
  let read = 0;
  async function* endless() {
    yield Buffer.from('id,name\n');
    for (; ; read++) yield Buffer.from('1,x\n'.repeat(10_000));
  }
  const found = await Array.fromAsync(readRows(endless(), { format: 'csv', encoding: 'utf-8' }, [50_000]));
  expect(found).toHaveLength(1);
  expect(read).toBeLessThan(50);
});

test('windows-1252 and UTF-16, as the report has found them', async () => {
  expect(await rows(Buffer.from('a,b\ncaf\xe9,1\n', 'latin1'), [1], 'csv', 'windows-1252')).toMatchObject([
    {
      fields: [
        ['a', 'café'],
        ['b', '1'],
      ],
    },
  ]);
  expect(await rows(Buffer.from('\ufeffa,b\ncafé,1\n', 'utf16le'), [1], 'csv', 'utf-16le')).toMatchObject([
    {
      fields: [
        ['a', 'café'],
        ['b', '1'],
      ],
    },
  ]);
});

test('records of JSON, in a list or one a line, numbers as they are written', async () => {
  const list = '[{"a":1},\n{"b":1.50,"a":[2, "]", 1e400]}]';
  const [second] = await rows(list, [2], 'json');
  expect(JSON.stringify(second)).toBe('{"row":2,"line":2,"fields":[["b",1.50],["a",[2,"]",1e400]]]}');
  const [first] = await rows('{"a":"x"}\n{"a":2}\n', [1], 'ndjson');
  expect(first).toEqual({ row: 1, line: 1, fields: [['a', 'x']] });
});
