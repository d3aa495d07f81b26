import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { ColumnReport, ReportFacts } from '../document.ts';
import { whole } from '../formatting.ts';
import { MARKS, tokenIn } from './effects.ts';
import { named, readNumber, type Source, type Suggest } from './suggestion.ts';

const LEAST_SHARE = 0.05;
const LEAST_TIMES = 3;
const AGREEING = 0.95;
const LEAST_NUMBERS = 2;
const NINES = /^(?:-9{2,6}|9{4,6}|-?9{3,4}\.9|-?9{2,3}\.99)(?:\.0*)?$/;
/** What people write for "no value" in a column of numbers. */
export const WORDS: ReadonlySet<string> = new Set([
  '?',
  '-',
  '--',
  '---',
  '.',
  '..',
  '...',
  '…',
  '–',
  '—',
  'n.a.',
  'k.A.',
  '\\N',
  '*',
  'x',
  ':',
]);
const SPELLINGS = new Set(['decimal comma', 'thousands']);

interface Found {
  column: ColumnReport;
  tokens: { token: string; count: number }[];
  /** Values that are one of the tokens. */
  times: number;
}

/** The number that stands for no value: written in nines, often, at the end of the range and far from the others. */
function sentinelNumber(report: ReportFacts, column: ColumnReport): Found['tokens'] {
  const { type, top_values: top, count, min, max, negatives, histogram } = column;
  if (type !== 'integer' && type !== 'decimal') return [];
  for (const { value, count: times } of top) {
    if (times < LEAST_TIMES || times < count * LEAST_SHARE) continue;
    const token = value.trim();
    if (!NINES.test(token)) continue;
    const number = readNumber(report, token);
    const all = top.map((other) => ({ ...other, number: readNumber(report, other.value) }));
    const others = all.filter((other) => other.number !== number).map((other) => other.number);
    const isEnd = number < 0 ? Number(min) === number : Number(max) === number;
    const isFar = others.length > 1 && others.every((other) => (number < 0 ? other > number / 3 : other < number / 3));
    const isBeyond = number < 0 || Math.abs(Number(min)) < number;
    // below numbers that are all above 0 it is far from them, however far these reach
    const isApart = (number < 0 && negatives === times) || isAlone(histogram, number < 0);
    if (isEnd && isFar && isBeyond && isApart)
      return all
        .filter((other) => other.number === number)
        .map((each) => ({ token: each.value.trim(), count: each.count }));
  }
  return [];
}
/** Whether nothing is in the half of the histogram that the number is in, but for the number. */
function isAlone(histogram: ColumnReport['histogram'], isLow: boolean): boolean {
  if (!histogram) return true;
  const counts = isLow ? histogram.counts : histogram.counts.toReversed();
  return counts.slice(1, counts.length / 2).every((each) => each === 0);
}

/** Words among numbers, all of which are numbers but for them. */
function wordsIn(column: ColumnReport): Found['tokens'] {
  const { type, resembles, top_values: top, count } = column;
  if (type !== 'text' || resembles?.type !== 'number' || (resembles.codes ?? 0) > 0) return [];
  if (resembles.spellings.some(({ like }) => !SPELLINGS.has(like)) || resembles.matching < LEAST_NUMBERS) return [];
  const frequent = top.map((each) => ({ token: each.value.trim(), count: each.count }));
  // of values that are all different the tokens may not be among the most frequent ones
  const others = resembles.exceptions === resembles.examples.length ? resembles.examples : [];
  const rare = [...new Set(others.map(({ value }) => value.trim()))]
    .filter((token) => !MARKS.has(token) && !frequent.some((each) => each.token === token))
    .map((token) => ({ token, count: others.filter(({ value }) => value.trim() === token).length }));
  const found = [...frequent, ...rare].filter(({ token }) => WORDS.has(token));
  const times = found.reduce((all, each) => all + each.count, 0);
  return resembles.matching >= (count - times) * AGREEING ? found : [];
}

const foundIn = (columns: readonly ColumnReport[], tokens: (column: ColumnReport) => Found['tokens']): Found[] =>
  columns
    .map((column) => ({ column, tokens: tokens(column) }))
    .filter(({ tokens: found }) => found.length > 0)
    .map((each) => ({ ...each, times: each.tokens.reduce((all, { count }) => all + count, 0) }));

/** Columns of numbers in which words stand for no value. */
export const sentinelWords = ({ report }: Source): Found[] => foundIn(report.columns, wordsIn);

/** All columns with such tokens, of which none is a value in another column. */
function sentinels(source: Source): Found[] {
  const { columns } = source.report;
  const all = foundIn(columns, (column) => [...sentinelNumber(source.report, column), ...wordsIn(column)]);
  const hurts = (token: string) =>
    columns.some(
      (column) =>
        !all.some((found) => found.column === column && found.tokens.some((each) => each.token === token)) &&
        tokenIn(source, column, token).hurts,
    );
  return all
    .map((found) => ({ ...found, tokens: found.tokens.filter(({ token }) => !hurts(token)) }))
    .filter(({ tokens }) => tokens.length > 0);
}

/** The tokens that are proposed for the file. */
export const tokensOf = (source: Source): string[] => [
  ...new Set(sentinels(source).flatMap(({ tokens }) => tokens.map(({ token }) => token))),
];
/** Null tokens beside those that somebody has named. */
export const moreTokens = ({ options }: ReportFacts, tokens: readonly string[]): ReadOptions => ({
  more_null_tokens: [...new Set([...(options?.more_null_tokens ?? []), ...tokens])],
});

/** -999, ?, - and their kind among numbers: all of a file at once, since they are one list. */
export const sentinelNulls: Suggest = (source) => {
  const found = sentinels(source);
  const tokens = tokensOf(source);
  if (tokens.length === 0) return [];
  const figures = tokens.map((token) => {
    const those = found.filter((each) => each.tokens.some((other) => other.token === token));
    const { column, tokens: own } = those[0]!;
    const count = own.find((each) => each.token === token)!.count;
    const names = named(those.map((each) => each.column));
    return {
      token,
      count,
      those,
      text: `${names}: ${whole(count)} of ${whole(column.count)} values are "${token}"`,
    };
  });
  const others = source.report.columns
    .filter((column) => !found.some((each) => each.column === column))
    .map((column) => ({ column, count: tokens.reduce((all, token) => all + tokenIn(source, column, token).count, 0) }))
    .filter(({ count }) => count > 0);
  const also = others.length > 0 ? `, and so do those of ${named(others.map(({ column }) => column))}` : '';
  return [
    {
      code: 'sentinel_nulls',
      message: `${figures.map(({ text }) => text).join('; ')}, which may stand for no value → they become nulls${also}`,
      columns: found.map(({ column }) => column.name),
      evidence: {
        tokens: figures.map(({ token, count, those }) => ({ token, count, columns: those.length })),
        other_columns: others.map(({ column, count }) => ({ name: column.name, count })),
      },
      options: moreTokens(source.report, tokens),
    },
  ];
};
