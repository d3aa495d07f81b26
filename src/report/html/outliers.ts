import type { ColumnReport, Outliers } from '../document.ts';
import { allDigits, countWithShare, whole } from '../formatting.ts';
import { figureOfKind, isMeaningful } from '../kind-figures.ts';
import type { Detail } from './detail.ts';
import { exampleList } from './example-list.ts';
import { type Content, html } from './html.ts';
import { number } from './number.ts';
import { countLink, rowsLink } from './rows-link.ts';

/** The card of a column has no room for more. */
const FARTHEST = 5;

/** How many outliers a column has on which side, each count with a link to its rows, and the rows of the farthest. */
export function outlierList(outliers: Outliers | undefined, column: ColumnReport, detail: Detail): Content {
  if (!outliers || outliers.count === 0 || !isMeaningful(column.kind, 'outliers')) return undefined;
  const { name, count: all, kind, position } = column;
  const { count, lower_fence, upper_fence, examples, below, above } = outliers;
  const list = exampleList(
    examples.slice(0, detail.links ? Math.min(FARTHEST, detail.examples) : 0),
    count,
    ({ row, value }) => {
      const text = Number.isSafeInteger(value) ? figureOfKind(value, kind) : allDigits(value);
      return html`${rowsLink([row], undefined, position)} (${text})`;
    },
    count === 1 ? ': ' : '. Farthest: ',
  );
  const total = countLink({ column: name, outlier: 'any' }, countWithShare(count, all, 'outlier'));
  // reports of earlier versions do not tell the sides apart
  if (!below && !above)
    return html`<p class="outliers">${total} outside ${figureOfKind(lower_fence, kind)} to
      ${' '}${figureOfKind(upper_fence, kind)}${list}</p>`;
  const low = html`below ${number(lower_fence, kind)}`;
  const high = html`above ${number(upper_fence, kind)}`;
  if (!below || !above) return html`<p class="outliers">${total} ${below ? low : high}${list}</p>`;
  return html`<p class="outliers">${total}: ${countLink({ column: name, outlier: 'low' }, whole(below.count))} ${low},
    ${' '}${countLink({ column: name, outlier: 'high' }, whole(above.count))} ${high}${list}</p>`;
}
