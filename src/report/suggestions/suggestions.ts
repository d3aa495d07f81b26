import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { Glimpse, Suggestion } from '../../processing/profile-types.ts';
import type { ReportFacts } from '../document.ts';
import { codes } from './codes.ts';
import { dateOrder } from './dates.ts';
import { encoding } from './encoding.ts';
import { commentLines, footerLines, totalRow } from './ends.ts';
import { noHeader } from './header.ts';
import { headerRow } from './header-row.ts';
import { decimalComma, thousands } from './numbers.ts';
import { secondHeader } from './second-header.ts';
import { sentinelNulls } from './sentinels.ts';
import type { Suggest } from './suggestion.ts';
import { quote, transposed } from './values.ts';

/** All suggestions, those that change the most first. */
const ALL: readonly Suggest[] = [
  encoding,
  quote,
  commentLines,
  headerRow,
  noHeader,
  secondHeader,
  footerLines,
  totalRow,
  decimalComma,
  thousands,
  dateOrder,
  sentinelNulls,
  codes,
  transposed,
];

/** Suggestions that wait for another one, as it changes what they are about: the rows, their names, their number. */
const WAITING: Readonly<Record<string, (other: Suggestion, glimpse: Glimpse | undefined) => boolean>> = {
  no_header: ({ code }) => code === 'header_row',
  two_header_rows: (other, glimpse) => ['encoding', 'header_row'].includes(other.code) || isAboveHeader(other, glimpse),
  units_row: (other, glimpse) => other.code === 'header_row' || isAboveHeader(other, glimpse),
  // names of columns are in its options
  codes: ({ code }) => code === 'encoding' || HEADERS.has(code),
  // a row that is none of the data is unlike the others
  transposed: ({ code }) => code === 'total_row' || HEADERS.has(code),
};
const HEADERS = new Set(['header_row', 'no_header', 'two_header_rows', 'units_row']);
/** Rows of the header are counted from the first line that is no comment. */
const isAboveHeader = ({ options: { comment } }: Suggestion, glimpse: Glimpse | undefined) =>
  comment !== undefined &&
  (glimpse?.first.slice(0, glimpse.titleRows).some(({ fields }) => fields[0]!.startsWith(comment)) ?? false);

const SAME = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Whether two suggestions can be followed one after the other, in any order, and both have their effect. */
const goTogether = (one: ReadOptions, other: ReadOptions) =>
  Object.entries(one).every(
    ([name, value]) => !Object.hasOwn(other, name) || SAME(value, other[name as keyof ReadOptions]),
  );

/**
 * What would change values and is never done silently: proposals, each with the options that would do it. A pure
 * function of the facts of the report and of the rows as they stand in the file. What somebody has said already is not
 * proposed again. The options of any of them can be put on top of those of the report and of the other ones, in any
 * order: no two say different things of an option, and lists have what was said before.
 */
export function suggestionsOf(report: ReportFacts, glimpse: Glimpse | undefined): Suggestion[] {
  const all = ALL.flatMap((suggest) => suggest({ report, glimpse }));
  // rows that were swallowed change everything else
  const swallowed = all.filter(({ code }) => code === 'quote' || code === 'encoding');
  const found = swallowed.some(({ code }) => code === 'quote') ? swallowed : all;
  const said = report.options ?? {};
  const chosen: Suggestion[] = []; // at most one a kind
  for (const suggestion of found) {
    const { code, options } = suggestion;
    if (Object.entries(options).every(([name, value]) => SAME(value, said[name as keyof ReadOptions]))) {
      if (Object.keys(options).length > 0) continue;
    }
    if (chosen.some((other) => WAITING[code]?.(other, glimpse) || !goTogether(options, other.options))) continue;
    chosen.push(suggestion);
  }
  return chosen;
}
