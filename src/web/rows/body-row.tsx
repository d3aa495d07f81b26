import { whole } from '../../report/formatting.ts';
import { CellText } from './cell-text.tsx';
import { kindOf } from './cell-values.ts';
import { type Area, isInside, type Place } from './grid-keys.ts';
import type { Visit } from './grid-place.ts';
import { pixels } from './pixels.ts';
import { type Column, isNumeric, type Report } from './report.ts';
import type { GridRow } from './row-source.ts';

/** Characters of a value that a cell shows on one line, and on several. */
const SHOWN = 200;
const SHOWN_WRAPPED = 600;

/** A column that is seen, its index among those that are shown, and where it is in the grid. */
export interface SeenColumn {
  column: Column;
  index: number;
  left: number;
  width: number;
}

interface BodyRowProps {
  index: number;
  /** Missing while it is being read. */
  row: GridRow | undefined;
  /** Of the row, where it is known before its values are. */
  number: number | undefined;
  place: { top: number; height: number; width: number };
  numbersWidth: number;
  report: Report;
  visit: Visit;
  active: Place;
  area: Area;
  wrap: boolean;
  cells: SeenColumn[];
}

/** A row of the grid: its number, then the values of the columns that are seen. */
export function BodyRow({
  index,
  row,
  number,
  place,
  numbersWidth,
  report,
  visit,
  active,
  area,
  wrap,
  cells,
}: BodyRowProps) {
  const isMarked = row !== undefined && row.row === visit.row;
  const classOf = (column: Column, at: number) => {
    const classes = ['cell'];
    if (isNumeric(column)) classes.push('figure');
    if (isInside(area, index, at)) classes.push('selected');
    if (active.index === index && active.column === at) classes.push('active');
    if (isMarked && visit.cell === column.position) classes.push('marked-cell');
    return classes.join(' ');
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={isMarked ? 'true' : undefined}
      class={`row${isMarked ? ' marked' : ''}${index % 2 ? ' odd' : ''}`}
      style={pixels(place)}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        class="number"
        style={pixels({ width: numbersWidth })}
        data-at={`${index} -1`}
      >
        {number === undefined ? '…' : whole(number)}
      </div>
      {cells.map(({ column, index: at, left, width }) => {
        const value = row?.values[column.position - 1] ?? null;
        const kind = kindOf(value, column, report);
        return (
          <div
            key={column.position}
            role="gridcell"
            id={`c${index}-${at}`}
            aria-colindex={at + 2}
            aria-selected={isInside(area, index, at)}
            class={classOf(column, at)}
            style={pixels({ left, width })}
            data-at={`${index} ${at}`}
          >
            {row && <CellText value={value} kind={kind} most={wrap ? SHOWN_WRAPPED : SHOWN} />}
          </div>
        );
      })}
    </div>
  );
}
