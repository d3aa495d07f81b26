import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangesOfBytes } from '../../../../../src/infra/engine/ranges.ts';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import type { ByteRanges } from '../../../../../src/processing/byte-source.ts';
import { LineMap } from '../../../../../src/processing/formats/xlsx/line-map.ts';
import { SharedStrings } from '../../../../../src/processing/formats/xlsx/shared-strings.ts';
import { SheetReader } from '../../../../../src/processing/formats/xlsx/sheet-reader.ts';
import { SheetSource } from '../../../../../src/processing/formats/xlsx/sheet-source.ts';
import { SheetText } from '../../../../../src/processing/formats/xlsx/sheet-text.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import { workbook } from '../../../../support/workbook.ts';

const shared = (index: number) => `<c t="s"><v>${index}</v></c>`;
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;

/** The text of a sheet in pieces of this size; late shared strings come one by one, when they are missing. */
async function read(cells: string, size: number, texts: readonly string[], isLate: boolean): Promise<string> {
  const xml = Buffer.from(`<worksheet><sheetData>${cells}</sheetData></worksheet>`);
  const strings = new SharedStrings(async function* (into) {
    for (const text of texts) {
      into.add(Buffer.from(text));
      yield;
    }
  });
  while (!isLate && !strings.isWhole) await strings.more();
  const out = new SheetText(new LineMap());
  const reader = new SheetReader('part', out, { is1904: false, kinds: ['number', 'days'] }, strings);
  let text = '';
  for (let at = 0; at < xml.length; at += size) {
    reader.push(xml.subarray(at, at + size));
    text += out.take();
    while (reader.isWaiting) {
      while (reader.missing !== undefined && strings.count <= reader.missing && !strings.isWhole) await strings.more();
      reader.resume();
      text += out.take();
    }
  }
  reader.end();
  return text + out.take();
}

test('the text does not depend on how the sheet is cut, and on when the shared strings come', async () => {
  // also what is no cell, in the form that is usual and in others
  const attributes = fc.constantFrom(
    '',
    ' r="C1"',
    ' r="D1" s="1"',
    ' s="1" t="n"',
    " t='n'",
    ' r = "E1"',
    ' cm="1"',
    ' t="b"',
    ' r="1"',
    ' t="zz" ',
  );
  const inner = fc.constantFrom(
    '12.5',
    '12.50',
    '',
    '1&#49;',
    '1\r',
    'a,b',
    '"',
    ' 7 ',
    '1</v><v>2',
    '1</v><f>2</f><v>3',
  );
  const value = fc.oneof(
    fc.nat(10).map(shared),
    fc.tuple(attributes, inner).map(([name, text]) => `<c${name}><v>${text}</v></c>`),
    fc.integer().map((number) => `<c><v>${number}</v></c>`),
    fc.constantFrom(
      '<c t="str"><f>A1&lt;2</f><v>a&lt;_x0041_</v></c>',
      '<c><v>1<!-- , -->2</v></c>',
      '<c><v>1<![CDATA[5]]></v></c>',
      '<c><v>&#49;2</v></c>',
      '<c><f>1</f></c>',
      '<c/>',
    ),
  );
  const texts = Array.from({ length: 10 }, (_, i) => `text ${i}`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(value, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 60 }),
      async (rows, size) => {
        const cells = rows.map((each) => row(...each)).join('');
        const [whole, ...others] = await Promise.all(
          (
            [
              [1_000_000, false],
              [1_000_000, true],
              [size, false],
              [size, true],
              [1, true],
            ] as const
          ).map(([by, isLate]) => read(cells, by, texts, isLate).catch((error: Error) => error.message)),
        );
        for (const other of others) expect(other).toBe(whole);
      },
    ),
    { numRuns: 400 },
  );
});

/** Ranges that note how many bytes were streamed. */
function counted(bytes: Buffer): { ranges: ByteRanges; streamed: () => number } {
  const ranges = rangesOfBytes(bytes);
  let streamed = 0;
  return {
    ranges: {
      ...ranges,
      async *stream(from, end) {
        for (let at = from; at < end; at += 65_536) {
          const piece = bytes.subarray(at, Math.min(at + 65_536, end));
          streamed += piece.length;
          yield piece;
        }
      },
    },
    streamed: () => streamed,
  };
}

test('the first rows wait for the shared strings that they name, not for all', async () => {
  const texts = Array.from({ length: 4_000 }, () => randomBytes(1_500).toString('base64'));
  const bytes = await workbook({
    sheets: [{ name: 'A', rows: texts.map((_, i) => row(shared(i))).join('') }],
    strings: texts.map((text) => `<si><t>${text}</t></si>`).join(''),
  });
  const { ranges, streamed } = counted(bytes);
  const sheet = await SheetSource.open(ranges, { rowLimit: 20 });
  const text = (await Array.fromAsync(sheet.text(), (piece) => piece.toString())).join('');
  expect(text.split('\n').slice(1, 21)).toEqual(texts.slice(0, 20));
  expect(streamed()).toBeLessThan(bytes.length / 2);
});

test('texts that are named again and again are given piece by piece', async () => {
  const bytes = await workbook({
    sheets: [{ name: 'A', rows: row(shared(1)) + row(shared(0)).repeat(300) }],
    strings: `<si><t>${'x'.repeat(500_000)}</t></si><si><t>name</t></si>`,
  });
  const sheet = await SheetSource.open(rangesOfBytes(bytes), {});
  let [most, all] = [0, 0];
  for await (const piece of sheet.text()) {
    most = Math.max(most, piece.length);
    all += piece.length;
  }
  expect(all).toBe('sep=,\nname\n'.length + 300 * 500_001);
  expect(most).toBeLessThan(8_000_000);
});

test('the last row that a sheet has is read behind any gap; none behind it', async () => {
  const cell = '<c t="inlineStr"><is><t>a</t></is></c>';
  const profile = async (last: number) => {
    const rows = `<row r="1">${cell}${cell}</row><row r="${last}"><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>`;
    return profileDataset(sourceOfBytes(await workbook({ sheets: [{ name: 'A', rows }] })).bytes, { format: 'xlsx' });
  };
  expect((await profile(1_048_576)).badRows.examples).toMatchObject([{ row: 1, line: 1_048_576 }]);
  await expect(profile(1_048_577)).rejects.toThrow('has the row 1048577, which no sheet has: the last is 1048576');
});

test('rows are counted of the first hundred of the other sheets', async () => {
  const sheets = Array.from({ length: 150 }, (_, i) => ({
    name: `S${i}`,
    rows: row('<c t="inlineStr"><is><t>a</t></is></c>') + row('<c><v>1</v></c>').repeat(i),
  }));
  const { file } = await profileDataset(sourceOfBytes(await workbook({ sheets })).bytes, { format: 'xlsx' });
  const rows = (file.sheets as { rows: number | null }[]).map((sheet) => sheet.rows);
  expect(rows).toEqual(Array.from({ length: 150 }, (_, i) => (i <= 100 ? i + 1 : null)));
});

test.each([
  [
    'sheets',
    { 'xl/workbook.xml': `<workbook><sheets>${'<sheet name="a" r:id="rId1"/>'.repeat(10_001)}</sheets></workbook>` },
    'lists more than 10,000 sheets',
  ],
  [
    'a long name',
    { 'xl/workbook.xml': `<workbook><sheets><sheet name="${'a'.repeat(256)}" r:id="rId1"/></sheets></workbook>` },
    'has a sheet whose name is longer than 255 characters',
  ],
  [
    'names of elements',
    { 'xl/styles.xml': `<a${'a'.repeat(300)}/>` },
    'has an element whose name is longer than 255 characters',
  ],
])('too much of %s is refused', async (_what, parts, message) => {
  const bytes = await workbook({ sheets: [{ name: 'A', rows: row('<c><v>1</v></c>') }], parts: parts as never });
  await expect(profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx' })).rejects.toThrow(message);
});

test('the signal ends a sheet that says much in few bytes', async () => {
  const bytes = await workbook({
    sheets: [{ name: 'A', rows: row(shared(0)).repeat(3_000) }],
    strings: `<si><t>${'x'.repeat(1_000_000)}</t></si>`,
  });
  const abort = new AbortController();
  const sheet = await SheetSource.open(rangesOfBytes(bytes), { signal: abort.signal });
  setTimeout(() => abort.abort(new Error('that is enough')), 1);
  const reading = (async () => {
    for await (const _ of sheet.text());
  })();
  await expect(reading).rejects.toThrow('that is enough');
});
