import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { ColumnReport, ReportFacts } from '../document.ts';
import { whole } from '../formatting.ts';
import { type Counted, MARKS, standApart, tokenIn } from './effects.ts';
import { named, readNumber, type Source, type Suggest } from './suggestion.ts';

const LEAST_SHARE = 0.05;
const LEAST_TIMES = 3;
const AGREEING = 0.95;
const LEAST_NUMBERS = 2;
const NINES = /^(?:-9{2,6}|9{4,6}|-99\.9|-?9{3,4}\.9|-?9{2,4}\.99)(?:\.0*)?$/;
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

/**
 * The numbers that stand for no value: one written in nines, often, at the end of the range and far from the others;
 * -88 and its kind where -99 stands for no value, in this column or (its length) in another one.
 */
function sentinelNumbers(report: ReportFacts, column: ColumnReport, lengths = new Set<number>()): Found['tokens'] {
  if (column.type !== 'integer' && column.type !== 'decimal') return [];
  const all = column.top_values.map(({ value, count }) => {
    const token = value.trim();
    return { token, count, number: readNumber(report, token) };
  });
  const nines = all.filter(({ token }) => NINES.test(token));
  const groups = nines.map(({ number }) => all.filter((each) => each.number === number));
  const own = nines.filter(({ number }) => number < 0).map(({ token }) => token.length);
  for (const length of new Set([...lengths, ...own])) {
    const kin = all.filter(({ token }) => token.length === length && REPEATED_DIGIT.test(token));
    if (timesOf(kin) === column.negatives) groups.push(kin);
  }
  const found = groups.find((group) => {
    const times = timesOf(group);
    if (times < LEAST_TIMES || times < column.count * LEAST_SHARE) return false;
    const others = all.filter((each) => !group.includes(each));
    return others.length > 1 && standApart(column, group, others) && !arePrices(group, others);
  });
  return (found ?? []).map(({ token, count }) => ({ token, count }));
}
/** -99, -88, -777. */
const REPEATED_DIGIT = /^-([5-9])\1+$/;
const timesOf = (tokens: readonly { count: number }[]) => tokens.reduce((times, { count }) => times + count, 0);

/** 1999, 2999 and 9999, or 4.99 and 99.99: the others end in nines as well. */
function arePrices(group: readonly Counted[], others: readonly Counted[]): boolean {
  const ends = others.filter(({ token }) => /9\.?9(?:\.0*)?$/.test(token));
  return group.every(({ number }) => number > 0) && ends.length * 4 >= others.length;
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

/** Words that are exceptions in a column whose type is a number's: all exceptions are such words. */
function rareWordsIn({ type, evidence, top_values: top }: ColumnReport): Found['tokens'] {
  if ((type !== 'integer' && type !== 'decimal') || !evidence || evidence.exceptions === 0) return [];
  const examples = evidence.examples.map(({ value }) => value.trim());
  const found = [...new Set(examples)].map((token) => ({
    token,
    count:
      top.find(({ value }) => value.trim() === token)?.count ?? examples.filter((example) => example === token).length,
  }));
  const times = found.reduce((all, { count }) => all + count, 0);
  const areWords = found.every(({ token }) => WORDS.has(token) && !MARKS.has(token));
  return areWords && times === evidence.exceptions ? found : [];
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
  const nines = foundIn(columns, (column) => sentinelNumbers(source.report, column)).flatMap(({ tokens }) => tokens);
  const lengths = new Set(nines.filter(({ token }) => /^-9+$/.test(token)).map(({ token }) => token.length));
  const all = foundIn(columns, (column) => [
    ...sentinelNumbers(source.report, column, lengths),
    ...wordsIn(column),
    ...rareWordsIn(column),
  ]);
  const own = new Map(all.map(({ column, tokens }) => [column, new Set(tokens.map(({ token }) => token))]));
  const tokens = new Set(all.flatMap((found) => found.tokens.map(({ token }) => token)));
  const hurting = [...tokens].filter((token) =>
    columns.some((column) => !own.get(column)?.has(token) && tokenIn(source, column, token).hurts),
  );
  return all
    .map((found) => ({ ...found, tokens: found.tokens.filter(({ token }) => !hurting.includes(token)) }))
    .filter((found) => found.tokens.length > 0);
}

/** The tokens that are proposed for the file. */
export const tokensOf = (source: Source): string[] => namesOf(sentinels(source));
const namesOf = (found: readonly Found[]): string[] => [
  ...new Set(found.flatMap(({ tokens }) => tokens.map(({ token }) => token))),
];
/** Null tokens beside those that somebody has named. */
export const moreTokens = ({ options }: ReportFacts, tokens: readonly string[]): ReadOptions => ({
  more_null_tokens: [...new Set([...(options?.more_null_tokens ?? []), ...tokens])],
});

/** -999, ?, - and their kind among numbers: all of a file at once, since they are one list. */
export const sentinelNulls: Suggest = (source) => {
  const found = sentinels(source);
  const tokens = namesOf(found);
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
  const meant = new Set(found.map(({ column }) => column));
  const others = source.report.columns
    .filter((column) => !meant.has(column))
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
