import type { Outliers } from '../document.ts';
import { allDigits, figure, whole } from '../formatting.ts';
import type { Detail } from './detail.ts';
import { exampleList } from './example-list.ts';
import { type Content, html } from './html.ts';
import { rowsLink } from './rows-link.ts';

/** How many outliers a column has, outside which fences, with links to the rows of the farthest. */
export function outlierList(outliers: Outliers | undefined, position: number, detail: Detail): Content {
  if (!outliers || outliers.count === 0) return undefined;
  const { count, lower_fence, upper_fence, examples } = outliers;
  const list = exampleList(
    examples.slice(0, detail.examples),
    count,
    ({ row, value }) => html`${rowsLink([row], undefined, position)} (${allDigits(value)})`,
    count === 1 ? ': ' : ', the farthest: ',
  );
  const what = count === 1 ? 'One outlier' : `${whole(count)} outliers`;
  const fences = `${figure(lower_fence)} to ${figure(upper_fence)}`;
  return html`<p class="outliers"><strong>${what}</strong> outside ${fences}${list}</p>`;
}
