import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProfileOptions } from '../../../src/processing/profile-options.ts';
import { GOLDEN_INPUTS } from '../../support/golden-inputs.ts';
import { messyCsv } from '../../support/messy-csv.ts';
import { profileText } from '../../support/profile-text.ts';

/**
 * The same bytes give the same report, byte for byte, however the stream is cut and whatever the options that are about
 * memory and threads say. An option that must not change the report is a row here.
 */
const WAYS: { name: string; options: () => Partial<ProfileOptions>; readsInto?: true }[] = [
  { name: 'a bound of 20 distinct values', options: () => ({ distinctBound: 20 }) },
  { name: 'a bound of 10,000 distinct values', options: () => ({ distinctBound: 10_000 }) },
  { name: 'everything that can be moved out is moved out', options: () => ({ memoryBudget: 0, spill: memorySpill() }) },
  { name: 'a spill and 100 kB of memory', options: () => ({ memoryBudget: 100_000, spill: memorySpill() }) },
  { name: 'a spill that is not needed', options: () => ({ memoryBudget: 1e9, spill: memorySpill() }) },
  { name: 'no memory and no spill', options: () => ({ memoryBudget: 0 }) },
  { name: 'small blocks', options: () => ({ tuning: { blockBytes: 1_024 } }) },
  { name: 'columns are deferred', options: () => ({ tuning: { wideColumns: 1 } }) },
  {
    name: 'columns are deferred, moved out and taken when their tables are over the budget',
    options: () => ({
      memoryBudget: 0,
      tableBudget: 0,
      spill: memorySpill(),
      tuning: { wideColumns: 1, chunkBytes: 1_024 },
    }),
  },
  { name: 'bytes read into place', options: () => ({}), readsInto: true },
  { name: 'bytes read into small blocks', options: () => ({ tuning: { blockBytes: 1_024 } }), readsInto: true },
  { name: 'progress and stages are reported', options: () => ({ onProgress() {}, onStage: () => Promise.resolve() }) },
];

/** What is moved out comes back. */
function memorySpill(): NonNullable<ProfileOptions['spill']> {
  const pieces: { offset: number; bytes: Uint8Array }[] = [];
  let size = 0;
  return {
    write(bytes) {
      pieces.push({ offset: size, bytes: Uint8Array.from(bytes) }); // a Buffer's slice is no copy
      size += bytes.length;
      return size - bytes.length;
    },
    read(offset, into) {
      for (const piece of pieces) {
        const at = piece.offset - offset;
        if (at >= into.length || at + piece.bytes.length <= 0) continue;
        into.set(piece.bytes.subarray(Math.max(0, -at), into.length - at), Math.max(0, at));
      }
    },
  };
}

type Input = { text: string | Uint8Array; format: string };

/** Pieces of sizes that an index or a block may stumble over, in every mixture. */
const sizes = fc.array(fc.constantFrom(1, 2, 3, 7, 15, 16, 17, 63, 64, 65, 4_095, 4_096, 65_535, 65_536, 1 << 20), {
  minLength: 1,
  maxLength: 12,
});
function offsetsOf(pieces: number[], length: number): number[] {
  const offsets: number[] = [];
  let at = 0;
  // a piece of 1 byte all through a large file would only take time
  for (let i = 0; at < length && i < 20_000; i++) {
    at += pieces[i % pieces.length]!;
    offsets.push(at);
  }
  return offsets;
}
async function expectSame({ text, format }: Input, pieces: number[], { options, readsInto }: (typeof WAYS)[number]) {
  const bytes = Buffer.from(text);
  const usual = await profileText(bytes, format);
  expect(await profileText(bytes, format, offsetsOf(pieces, bytes.length), options(), readsInto)).toBe(usual);
}

/** Records of few keys and values, with nulls, nested values and repeated rows. */
const cell = fc.constantFrom(
  '1',
  '2.5',
  '-7e3',
  '"x"',
  '"ä"',
  'null',
  'true',
  '[1,{"b":null}]',
  '"2024-01-01"',
  '"007"',
  '12345678901234567890',
);
const record = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'ü', '__proto__'), cell), { selector: ([key]) => key, maxLength: 4 })
  .map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join()}}`);
const records = fc
  .tuple(fc.array(record, { minLength: 2, maxLength: 60, size: 'max' }), fc.boolean())
  .map(([list, lines]) => (lines ? list.join('\n') : `[${list.join(',\n')}]`));
/** Columns of a few values, or of numbers and texts that are nearly all different, and enough rows to fill blocks. */
const generated = (rows: number, many: boolean) => {
  let text = 'id,place,amount,day,note\n';
  for (let i = 0; i < rows; i++) {
    const [id, note] = many ? [i, i % 9_000] : [i % 17, i % 5];
    const number = ((i * 7_919) % (many ? 99_991 : 19)) / 100;
    text += `${id},p${(i * 7) % 13},${number},2024-01-${String((i % 18) + 10)},"n, ${note}"\n`;
  }
  return text;
};
/**
 * Distinct values past the bound of 20: `distinct` and `top_values` may then be estimated, so such a way is left out.
 */
const isFew = (options: Partial<ProfileOptions>) => options.distinctBound === 20;

/** Rows that are read when the dialect is known, one character a byte. */
const LATE = {
  UTF8: '1,\xc3\xa4,2\n'.repeat(300),
  'windows-1252': '1,\xe4,2\n',
  'an unfinished sequence': '1,x,\xc3',
  NUL: '1,\0,2\n',
  'a quote that never ends': '1,"x,2\n',
  'a long field': `1,"${'line\n'.repeat(5_000)}",2\n`,
  'rows of other widths': '1\n1,2,3,4\n\n1,2\n',
  'other line ends': '1,a,2\r1,b,2\r\n1,c,2\r',
};

describe.each(WAYS)('$name', (way) => {
  const few = isFew(way.options());

  test('short messy CSV', async () => {
    // at most 19 rows of one file: no column has more distinct values than the smallest bound
    const short = messyCsv.filter((text) => text.split(/\r\n|\r|\n/).length < 20);
    await fc.assert(
      fc.asyncProperty(short, sizes, (text, pieces) => expectSame({ text, format: 'csv' }, pieces, way)),
      {
        numRuns: 60,
        seed: 1,
      },
    );
  });

  if (!few)
    test('messy CSV', async () => {
      await fc.assert(
        fc.asyncProperty(messyCsv, sizes, (text, pieces) => expectSame({ text, format: 'csv' }, pieces, way)),
        {
          numRuns: 60,
          seed: 2,
        },
      );
    });

  test('JSON, in a list or one a line', async () => {
    await fc.assert(
      fc.asyncProperty(records, sizes, (text, pieces) => expectSame({ text, format: 'json' }, pieces, way)),
      {
        numRuns: 60,
        seed: 3,
      },
    );
  });

  test('UTF-16', async () => {
    const encoded = messyCsv
      .filter((text) => text.split(/\r\n|\r|\n/).length < 20)
      .map((text) => Buffer.from(`\ufeff${text}`, 'utf16le'));
    await fc.assert(
      fc.asyncProperty(encoded, sizes, (text, pieces) => expectSame({ text, format: 'csv' }, pieces, way)),
      {
        numRuns: 30,
        seed: 4,
      },
    );
  });

  test('the golden inputs', async () => {
    for (const { file, format } of GOLDEN_INPUTS) {
      const text = readFileSync(file);
      if (few && text.toString('latin1').split(/[\r\n]+/).length > 20) continue;
      await expectSame({ text, format }, [1], way);
    }
  });

  test.each(Object.entries(LATE))('after the head: %s', async (_, rows) => {
    const before = Array.from({ length: 1_500 }, (_, i) => `${i % 17},"p, ${i % 13}",${i % 7}\n`).join('');
    for (const end of ['', before, '1,2,3'])
      await expectSame(
        { text: Buffer.from(`id,v,n\n${before}${rows}${end}`, 'latin1'), format: 'csv' },
        [1_001, 7],
        way,
      );
  });

  test.each([false, true])('ten thousand records, lines: %s', async (lines) => {
    const list = Array.from({ length: 10_000 }, (_, i) => `{"id":${few ? i % 19 : i},"v":"p${i % 13}","n":[${i % 7}]}`);
    const text = lines ? list.join('\n') : `[${list.join(',\n')}]`;
    await expectSame({ text, format: 'json' }, [400_001, 65_537], way);
  });

  test('two megabytes of few distinct values', () =>
    expectSame({ text: generated(50_000, false), format: 'csv' }, [400_001, 65_537], way));

  if (!few)
    test('two megabytes of many distinct values', async () => {
      await expectSame({ text: generated(50_000, true), format: 'csv' }, [400_001, 65_537], way);
    });
});
