import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadOptions } from '../../../../src/processing/options/read-options.ts';
import type { Suggestion } from '../../../../src/processing/profile-types.ts';
import type { ReportDocument } from '../../../../src/report/document.ts';
import { profileText } from '../../../support/profile-text.ts';

// What the page, the command and programs do with suggestions: their options are put on top of those that there are.

async function reportOf(text: string, readOptions: ReadOptions = {}): Promise<ReportDocument> {
  const written = await profileText(Buffer.from(text), 'csv', [], { readOptions });
  return JSON.parse(written) as ReportDocument;
}
const suggestionsOf = ({ suggestions = [] }: ReportDocument) =>
  (suggestions as unknown as Suggestion[]).filter(({ options }) => Object.keys(options).length > 0);
const seen = (report: ReportDocument) => ({
  rows: report.row_count,
  columns: report.columns.map(({ name, type, null_count: nulls }) => `${name}: ${type}, ${nulls} nulls`),
});
const MOST_CLICKS = 12;

/** Follows one suggestion after the other, each of the new report, until there is none. */
async function followed(text: string, pick: (count: number) => number): Promise<ReportDocument> {
  let options: ReadOptions = {};
  let report = await reportOf(text);
  for (let clicks = 0; suggestionsOf(report).length > 0; clicks++) {
    expect(clicks).toBeLessThan(MOST_CLICKS);
    const open = suggestionsOf(report);
    options = { ...options, ...open[pick(open.length)]!.options };
    report = await reportOf(text, options);
  }
  return report;
}
/** Follows all suggestions of the first report at once, then those that are new. */
async function allAtOnce(text: string): Promise<ReportDocument> {
  let options: ReadOptions = {};
  let report = await reportOf(text);
  for (let clicks = 0; suggestionsOf(report).length > 0; clicks++) {
    expect(clicks).toBeLessThan(MOST_CLICKS);
    options = Object.assign({ ...options }, ...suggestionsOf(report).map((each) => each.options)) as ReadOptions;
    report = await reportOf(text, options);
  }
  return report;
}

/** Parts of a table, each of which something is proposed for. */
const PARTS = fc.record({
  delimiter: fc.constantFrom(';', '\t', '|'),
  titles: fc.constantFrom([], ['A table of things', '']),
  /** Lines of two fields above the table, with a delimiter behind them. */
  above: fc.constantFrom(false, true),
  comments: fc.constantFrom([], ['# the sensor was changed'], ['# one', '# two']),
  hasHeader: fc.boolean(),
  /** A row below the names, or names of groups above them. */
  more: fc.constantFrom('', 'units', 'groups'),
  decimal: fc.constantFrom('.', ','),
  sentinels: fc.constantFrom([], ['-999'], ['?'], ['-'], ['-999', '?'], ['?', '-']),
  dates: fc.constantFrom('', 'DMY', 'MDY'),
  zip: fc.boolean(),
  total: fc.boolean(),
  footer: fc.constantFrom([], ['Source: the office'], ['', 'made by hand on Monday', 'by two people']),
  rows: fc.integer({ min: 12, max: 40 }),
});
type Parts = typeof PARTS extends fc.Arbitrary<infer T> ? T : never;

function headerOf(more: Parts['more'], names: string[]): string[][] {
  const none = names.map(() => '');
  if (more === 'units')
    return [
      ['name', 'weight', 'length', ...names],
      ['', 'kg', 'cm', ...none],
    ];
  if (more === 'groups')
    return [
      ['name', 'size', '', ...names],
      ['', 'weight', 'length', ...none],
    ];
  return [['name', 'weight', 'length', ...names]];
}

function tableOf(parts: Parts): string {
  const { delimiter, titles, above, comments, hasHeader, more, decimal, sentinels } = parts;
  const { dates, zip, total, footer, rows } = parts;
  const number = (value: number) => value.toFixed(2).replace('.', decimal);
  const row = (i: number) => {
    const token = i % 4 === 1 ? sentinels[Math.floor(i / 4) % Math.max(sentinels.length, 1)] : undefined;
    const [day, month] = [String((i % 28) + 1).padStart(2, '0'), String((i % 12) + 1).padStart(2, '0')];
    return [
      `thing ${i}`,
      token ?? number(i * 1.37 + 0.25),
      number(((i * 7) % 23) + 0.5),
      ...(dates ? [dates === 'DMY' ? `${day}/${month}/2024` : `${month}/${day}/2024`] : []),
      ...(zip ? [String(90_001 + ((i * 37) % 900))] : []),
    ].join(delimiter);
  };
  const names = [...(dates ? ['day'] : []), ...(zip ? ['zip'] : [])];
  const data = Array.from({ length: rows }, (_, i) => row(i + 1));
  const lengths = Array.from({ length: rows }, (_, i) => (((i + 1) * 7) % 23) + 0.5);
  const sum = lengths.reduce((all, each) => all + each, 0);
  return [
    ...titles,
    // beside groups it is not known which line is a title
    ...(hasHeader && above && more !== 'groups'
      ? [`Source:${delimiter}an office${delimiter}`, '', `Of:${delimiter}2024${delimiter}`, '']
      : []),
    ...(hasHeader ? headerOf(more, names).map((fields) => fields.join(delimiter)) : []),
    ...data.slice(0, 5),
    ...comments,
    ...data.slice(5),
    ...(total ? [['Total', number(812.5), number(sum), ...names.map(() => '')].join(delimiter)] : []),
    ...footer,
    '',
  ].join('\n');
}

describe('the suggestions of a report', () => {
  test('say one thing of each option', async () => {
    await fc.assert(
      fc.asyncProperty(PARTS, async (parts) => {
        const all = suggestionsOf(await reportOf(tableOf(parts)));
        const said = new Map<string, string>(); // at most one an option
        for (const { options } of all)
          for (const [name, value] of Object.entries(options)) {
            expect(said.get(name) ?? JSON.stringify(value)).toBe(JSON.stringify(value));
            said.set(name, JSON.stringify(value));
          }
      }),
      { numRuns: 60 },
    );
  });
  test('lead to the same reading one by one, in any order, and all at once', async () => {
    await fc.assert(
      fc.asyncProperty(PARTS, fc.infiniteStream(fc.nat({ max: 1_000 })), async (parts, stream) => {
        const text = tableOf(parts);
        const one = await followed(text, () => 0);
        const random = await followed(text, (count) => (stream.next().value as number) % count);
        expect(seen(random)).toEqual(seen(one));
        expect(seen(await allAtOnce(text))).toEqual(seen(one));
      }),
      { numRuns: 40 },
    );
  });
  test('give the table that was meant', async () => {
    await fc.assert(
      fc.asyncProperty(PARTS, async (parts) => {
        const report = await followed(tableOf(parts), () => 0);
        expect(report.row_count).toBe(parts.rows);
        const [name, weight, length] = report.columns;
        expect([name!.type, weight!.type, length!.type]).toEqual(['text', 'decimal', 'decimal']);
        expect(weight!.null_count > 0).toBe(parts.sentinels.length > 0);
      }),
      { numRuns: 60 },
    );
  });
});
