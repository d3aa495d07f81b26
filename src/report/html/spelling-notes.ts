import type { RowCondition } from '../../processing/row-conditions.ts';
import type { ColumnReport } from '../document.ts';
import { countOf, countWithShare } from '../formatting.ts';
import type { Detail } from './detail.ts';
import { type Content, html } from './html.ts';
import { countLink, rowsLink } from './rows-link.ts';

/** How values are written, each count a link to its rows: what a column of the same type elsewhere would not have. */
export function spellingNotes(column: ColumnReport, { sentences }: Detail): Content {
  if (!sentences) return undefined;
  const { name, position, count, white_space, invisible = [], swallowed, resembles, longest, length } = column;
  const values = (times: number) => countWithShare(times, count, 'value');
  const link = (where: RowCondition, label: string) => countLink({ column: name, ...where }, label);
  const first = ({ row }: { row: number }) => html`: ${rowsLink([row], undefined, position)}`;
  const notes: Content[] = [];
  if (white_space)
    notes.push([
      link({ white_space: true }, values(white_space.count)),
      white_space.count === 1 ? ' begins or ends' : ' begin or end',
      [' with white space', first(white_space)],
    ]);
  for (const { code_point, count: times, row } of invisible)
    notes.push([link({ invisible: code_point }, values(times)), ` with ${code_point}`, first({ row })]);
  if (swallowed)
    notes.push([
      link({ swallowed: true }, values(swallowed.count)),
      ' over lines that look like rows',
      first(swallowed),
    ]);
  if (longest && length)
    notes.push([link({ min_length: length.max }, values(longest.count)), ` of ${countOf(length.max, 'character')}`]);
  if (resembles) {
    const { type, matching, exceptions, spellings } = resembles;
    const written = type === 'date' ? ' written like ' : ' written with ';
    notes.push([link({ resembles: true }, values(matching)), ` can be read as ${type}s`]);
    for (const { like, count: times } of spellings) notes.push([link({ like }, values(times)), written, like]);
    if (exceptions > 0) notes.push([link({ resembles: false }, values(exceptions)), ` cannot be read as a ${type}`]);
  }
  return notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
}
