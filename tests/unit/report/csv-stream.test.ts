import fc from 'fast-check';
import { parseString } from 'fast-csv';
import { expect, test } from 'vitest';
import { csvStream } from '../../../src/report/csv-stream.ts';

const textOf = async (rows: string[][], spreadsheet: boolean) =>
  (await Array.fromAsync(csvStream(rows, spreadsheet))).join('');

test('what is written is read back', async () => {
  const cell = fc.oneof(fc.string(), fc.stringMatching(/^[",\r\na ;\t]*$/));
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }));
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const text = await textOf(rows, false);
      expect(await Array.fromAsync(parseString(text))).toEqual(rows);
    }),
  );
});

test('for a spreadsheet, cells that begin like a formula become text; numbers stay numbers', async () => {
  const text = await textOf([['=cmd()', '+x', '-x', '@x', '\tx', '-5', '+5.5e3', 'a=b', '']], true);
  expect(text).toBe(`'=cmd(),'+x,'-x,'@x,'\tx,-5,+5.5e3,a=b,\r\n`);
  const wide = await textOf([['＝1+1', '＋x', '－x', '＠x', '\n=1+1', 'a＝b']], true);
  expect(wide).toBe(`'＝1+1,'＋x,'－x,'＠x,"'\n=1+1",a＝b\r\n`);
});
