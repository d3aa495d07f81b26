import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SpillFile } from '../../../../src/infra/engine/spill-file.ts';
import { DatasetError } from '../../../../src/processing/errors.ts';
import type { Spill } from '../../../../src/processing/host/spill.ts';
import { profileDataset } from '../../../../src/processing/profile.ts';
import type { ProfileOptions } from '../../../../src/processing/profile-options.ts';
import type { ColumnFacts } from '../../../../src/processing/profile-types.ts';
import { buildReport } from '../../../../src/report/build-report.ts';
import { reportText } from '../../../../src/report/report-text.ts';
import { GOLDEN_INPUTS } from '../../../support/golden-inputs.ts';
import { messyCsv } from '../../../support/messy-csv.ts';
import { messyJson } from '../../../support/messy-json.ts';
import { plainProfile } from '../../../support/plain/plain-profile.ts';
import { profileText } from '../../../support/profile-text.ts';
import { referenceFacts } from '../../../support/reference-facts.ts';

/**
 * Deviation, and the skewness made of it, hold 14 digits; its last ones depend on whether equal numbers were added one
 * by one.
 */
const rounded = (text: string) =>
  text.replace(/("(?:std|skewness)": -?)(\d[^,\n]*)/g, (_, name, value) => name + Number(value).toPrecision(14));

/** The kernel against the plain reader: the same report to the last byte but for the deviation. */
const both = async (
  input: Uint8Array | string,
  format: 'csv' | 'json',
  offsets: number[] = [],
  options: Partial<ProfileOptions> = {},
) => {
  const shown = format === 'csv' ? withoutWarnings : rounded;
  return {
    kernel: shown(await profileText(input, format, offsets, options)),
    plain: shown(await plainText(Buffer.from(input as string), format)),
  };
};
const plainText = async (input: Buffer, format: 'csv' | 'json') => {
  try {
    return reportText(buildReport(await plainProfile(input, format)));
  } catch (error) {
    if (error instanceof DatasetError) return `${error.message}\n`;
    throw error;
  }
};
/** Warnings of a CSV and what follows from them, and suggestions, are the file's, not the table's. */
const withoutWarnings = (text: string) =>
  text.startsWith('{')
    ? JSON.stringify({ ...JSON.parse(rounded(text)), warnings: [], alerts: [], suggestions: [] })
    : text;

test.each(
  GOLDEN_INPUTS.filter(({ format }) => format === 'csv' || format === 'json'),
)('$file: the same report from both', async ({ file, format }) => {
  const { kernel, plain } = await both(readFileSync(file), format as 'csv' | 'json');
  expect(kernel).toBe(plain);
});

test.each([
  ['csv', messyCsv],
  ['json', messyJson],
] as const)('messy files: the same report from both, however they are cut: %s', async (format, files) => {
  await fc.assert(
    fc.asyncProperty(files, fc.array(fc.nat(2_000), { maxLength: 5 }), async (text, offsets) => {
      const { kernel, plain } = await both(text, format, offsets);
      expect(kernel).toBe(plain);
    }),
    { numRuns: 500, seed: 8 },
  );
});

/** Bytes that are no text here and there, rows of empty fields, and enough of UTF-8 around them or not. */
const wrongBytes = fc
  .record({
    text: messyCsv,
    wrong: fc.array(
      fc.tuple(
        fc.nat(3_000),
        fc.constantFrom(
          '00',
          '92',
          'e9',
          'c3',
          'e282',
          'f09d84',
          'e080',
          'f4908080',
          'c080',
          'eda080',
          '1a',
          '2c2c2c0a',
          '22222c22220a',
        ),
      ),
      { maxLength: 9 },
    ),
    isUtf8: fc.boolean(),
  })
  .map(({ text, wrong, isUtf8 }) => {
    let bytes = Buffer.from(text);
    for (const [place, hex] of wrong) {
      const at = place % (bytes.length + 1);
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(hex, 'hex'), bytes.subarray(at)]);
    }
    return isUtf8 ? Buffer.concat([bytes, Buffer.from(`\n${'ß,é\n'.repeat(1_000)}`)]) : bytes;
  });
test('wrong bytes and rows of empty fields: the same report from both, however they are cut', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      wrongBytes,
      fc.array(fc.nat(3_000), { maxLength: 5 }),
      fc.boolean(),
      async (bytes, cuts, isSmall) => {
        const tuning = isSmall ? { blockBytes: 256, unitRows: 3, unitCells: 200 } : undefined;
        const { kernel, plain } = await both(bytes, 'csv', cuts, { tuning });
        expect(kernel).toBe(plain);
        const report = await profileText(bytes, 'csv', cuts, { tuning });
        expect(await profileText(bytes, 'csv', [])).toBe(report);
        for (const code of ['invalid_bytes', 'encoding_fallback', 'empty_rows'])
          if (report.includes(code)) seen.add(code);
      },
    ),
    { numRuns: 500, seed: 10 },
  );
  expect(seen.size).toBe(3);
});

test('long values that differ behind what is shown are different ones, beside nested values too', async () => {
  const long = 'x'.repeat(1_100);
  const text = JSON.stringify([{ a: [1] }, { a: '[1]' }, { a: `${long}1` }, { a: `${long}2` }, { a: `${long}2` }]);
  const { kernel, plain } = await both(text, 'json');
  expect(kernel).toBe(plain);
  expect(JSON.parse(kernel).columns[0].distinct).toEqual({ count: 3, exact: true });
});

test('messy JSON in small blocks and units, its columns deferred: the same report', async () => {
  await fc.assert(
    fc.asyncProperty(messyJson, fc.constantFrom(1, 3, 100), fc.constantFrom(1, 65), async (text, rows, wideColumns) => {
      const tuning = { blockBytes: 256, unitRows: rows, unitCells: 200, wideColumns };
      const { kernel, plain } = await both(text, 'json', [7], { tuning });
      expect(kernel).toBe(plain);
    }),
    { numRuns: 300, seed: 9 },
  );
});

/** A spill in memory: everything that is moved out comes back. */
function memorySpill(): Spill & { writes: number } {
  let kept = Buffer.alloc(0);
  return {
    writes: 0,
    write(bytes) {
      this.writes++;
      kept = Buffer.concat([kept, bytes]);
      return kept.length - bytes.length;
    },
    read: (offset, into) => into.set(kept.subarray(offset, offset + into.length)),
  };
}
const profile = (text: string, options: Partial<ProfileOptions> = {}) =>
  profileDataset(
    (async function* () {
      yield Buffer.from(text);
    })(),
    { format: 'csv', ...options },
  );
/** Mean and deviation to 14 digits, the rest to the last. */
function expectFacts(
  { name: _, ...actual }: ColumnFacts,
  { ...expected }: Omit<ColumnFacts, 'name'>,
  sampled: boolean,
) {
  if (actual.numeric && expected.numeric) {
    for (const key of ['mean', 'std'] as const) {
      const [a, b] = [actual.numeric[key], expected.numeric[key]];
      if (a === null || b === null) expect(a, key).toBe(b);
      else if (Math.abs(a - b) > 1e-14 * Math.abs(b)) expect(a, key).toBe(b);
    }
    actual.numeric = { ...actual.numeric, mean: 0, std: 0, logHistogram: undefined };
    expected.numeric = { ...expected.numeric, mean: 0, std: 0 };
  }
  if (sampled) {
    actual.distinct = expected.distinct;
    actual.topValues = expected.topValues;
  }
  expect(actual).toEqual(expected);
}
const number = fc.oneof(
  fc.integer({ min: -500, max: 500 }).map(String),
  fc.integer({ min: -90_000, max: 90_000 }).map((n) => (n / 100).toFixed(2)),
  fc.integer({ min: 0, max: 999 }).map((n) => `${1e9 + n / 1000}`),
  fc.constantFrom('12345678901234567890', '12345678901234567891', '-9007199254740993', '1e3', '0.1', ' 7 ', '+3', '-0'),
);
const stamp = fc.oneof(
  fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19)),
  fc
    .date({ min: new Date('1999-01-01'), max: new Date('2001-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.constantFrom('2000-01-01 00:00:00.25', '2000-01-01T02:00:00+02:00', '2000-01-01 00:00Z', '2000-01-01'),
);
const word = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((n) => `a word of the text ${n}`),
  fc.integer({ min: 0, max: 60 }).map((n) => `größe${n}`),
  fc.constantFrom('x', 'ü'.repeat(300), '"quoted, ""twice"""', 'NA       ', 'true     '),
);
const odd = fc.constantFrom('', 'NA', ' null ', 'true', '007', '-', 'text', '2024-02-29', '5', ' ', '1e999');
const column = fc
  .constantFrom(number, stamp, word, odd)
  .chain((kind) => fc.record({ kind: fc.constant(kind), odds: fc.constantFrom(0, 0, 1, 30) }));
/** Columns of one kind with few or many others among them, most of them past a small bound. */
const table = fc
  .array(column, { minLength: 1, maxLength: 3 })
  .chain((columns) =>
    fc.array(
      fc.tuple(
        ...columns.map(({ kind, odds }) =>
          fc.oneof(
            { weight: 100, arbitrary: kind },
            { weight: odds, arbitrary: odd },
            { weight: odds, arbitrary: number },
          ),
        ),
      ),
      { minLength: 1, maxLength: 700, size: 'max' },
    ),
  );

test.each([
  { distinctBound: 10_000 },
  { distinctBound: 20 },
  { distinctBound: 2 },
  { distinctBound: 20, memoryBudget: 0, tuning: { chunkBytes: 1_024 }, repeat: 15 },
  { tuning: { wideColumns: 1, chunkBytes: 2_048, unitRows: 7 } },
  { distinctBound: 600, tuning: { wideColumns: 1, chunkBytes: 2_048, unitRows: 100 }, repeat: 3 },
  { memoryBudget: 0, tableBudget: 0, tuning: { wideColumns: 1, chunkBytes: 1_024 }, repeat: 15 },
])('the facts of each column are those of the plainest way: %o', async (options: Partial<ProfileOptions> & {
  repeat?: number;
}) => {
  let spilled = 0;
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const header = rows[0]!.map((_, i) => `c${i}`).join(',');
      const body = rows.map((row) => `x,${row.join(',')}\n`).join('');
      const text = `first,${header}\n${body.repeat(options.repeat ?? 1)}`.slice(0, 3_000_000).replace(/[^\n]+$/, '');
      const spill = memorySpill();
      const { columns } = await profile(text, { ...options, spill });
      referenceFacts(text, columns.length).forEach((expected, i) => {
        expectFacts(columns[i]!, expected, expected.distinct.count > (options.distinctBound ?? 10_000));
        expect(columns[i]!.distinct.exact).toBe(expected.distinct.count <= (options.distinctBound ?? 10_000));
      });
      spilled += spill.writes;
    }),
    { numRuns: options.repeat ? 8 : 60, seed: 5 },
  );
  if (options.memoryBudget === 0) expect(spilled).toBeGreaterThan(0);
});

test('duplicates of more rows than a table of a partition takes, which are sorted by shares first', async () => {
  const distinct = 4_900_000;
  const lines: string[] = ['a\n'];
  for (let i = 0; i < distinct + 100_000; i += 1_000)
    lines.push(Array.from({ length: 1_000 }, (_, k) => `${(i + k) % distinct}\n`).join(''));
  const text = lines.join('');
  using spill = new SpillFile();
  const { duplicates } = await profile(text, { memoryBudget: 1 << 20, spill });
  expect(duplicates.count).toBe(100_000);
  expect(duplicates.examples).toEqual(
    Array.from({ length: 10 }, (_, k) => ({ row: distinct + 1 + k, firstRow: 1 + k })),
  );
  expect((await profile(text)).duplicates).toEqual(duplicates);
});

test('rows that are nearly all equal fall into one partition: one pass over it', async () => {
  const text = `a\n${'0\n'.repeat(700_000)}1\n2\n${'0\n'.repeat(700_000)}2\n`;
  using spill = new SpillFile();
  const { duplicates } = await profile(text, { memoryBudget: 1 << 20, spill });
  expect(duplicates.count).toBe(1_400_000);
  expect(duplicates.examples).toEqual(Array.from({ length: 10 }, (_, k) => ({ row: k + 2, firstRow: 1 })));
  expect((await profile(text)).duplicates).toEqual(duplicates);
});

test('duplicates are the same when the row hashes were moved out', async () => {
  let text = 'a,b\n';
  for (let i = 0; i < 150_000; i++) text += `${i % 140_000},row\n`;
  const spill = memorySpill();
  const { duplicates } = await profile(text, { memoryBudget: 0, spill, tuning: { chunkBytes: 4_096 } });
  expect(spill.writes).toBeGreaterThan(10);
  expect(duplicates.count).toBe(10_000);
  expect(duplicates.examples[9]).toEqual({ row: 140_010, firstRow: 10 });
  expect(await profile(text)).toEqual(await profile(text, { memoryBudget: 0, spill: memorySpill() }));
});
