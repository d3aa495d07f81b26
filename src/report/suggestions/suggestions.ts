import type { Glimpse, Suggestion } from '../../processing/profile-types.ts';
import type { ReportFacts } from '../document.ts';
import { dateOrder } from './dates.ts';
import { encoding } from './encoding.ts';
import { commentLines, footerLines, totalRow } from './ends.ts';
import { noHeader, secondHeader } from './header.ts';
import { decimalComma, thousands } from './numbers.ts';
import type { Suggest } from './suggestion.ts';
import { codes, quote, sentinelNulls, transposed } from './values.ts';

/** All suggestions, those that change the most first. */
const ALL: readonly Suggest[] = [
  encoding,
  quote,
  commentLines,
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

/**
 * What would change values and is never done silently: proposals, each with the options that would do it. A pure
 * function of the facts of the report and of the rows as they stand in the file. What somebody has said already is not
 * proposed again.
 */
export function suggestionsOf(report: ReportFacts, glimpse: Glimpse | undefined): Suggestion[] {
  const found = ALL.flatMap((suggest) => suggest({ report, glimpse }));
  const said = report.options ?? {};
  return found.filter(({ options }) => !Object.keys(options).some((name) => name in said));
}
