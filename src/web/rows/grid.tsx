import { useEffect, useRef, useState } from 'preact/hooks';
import { whole } from '../../report/formatting.ts';
import { BodyRow, type SeenColumn } from './body-row.tsx';
import { charactersOf, columnsBetween, leftsOf, leftToSee, wrappedLines } from './column-widths.ts';
import type { Place } from './grid-keys.ts';
import { type GridPlace, usePlace, type Visit } from './grid-place.ts';
import { useGridScroll } from './grid-scroll.ts';
import { useSelection } from './grid-selection.ts';
import { HeaderRow } from './header-row.tsx';
import { pixels } from './pixels.ts';
import type { Column, Report } from './report.ts';
import type { RowSource } from './row-source.ts';

/** Rows that are drawn above and below what is seen, so that a scroll does not show them late. */
const OVERSCAN = 6;
// in rem: heights of a row, of each further line of it, and of the header
const ROW = 1.75;
const LINE = 1.225;
const HEAD = 2;
// in rem: widths of a character of a value, of what is around it, and of a digit of a row number
const CHARACTER = 0.5;
const PADDING = 1.2;
const DIGIT = 0.5;
/** In pixels. */
const LEAST_WIDTH = 40;

interface GridProps {
  source: RowSource;
  report: Report;
  /** Those that are shown. */
  columns: Column[];
  wrap: boolean;
  visit: Visit;
  onPlace(place: GridPlace): void;
  onActive(place: Place): void;
  onOpen(index: number): void;
  onColumn(column: Column): void;
}

/** Widths of the columns in pixels, an entry per column at most: from the report, until one is changed. */
function useWidths(columns: Column[], rem: number) {
  const [changed, setChanged] = useState<ReadonlyMap<number, number>>(new Map());
  const widthOf = (column: Column, known = changed) =>
    known.get(column.position) ?? Math.round((charactersOf(column) * CHARACTER + PADDING) * rem);
  const widen = (column: Column, by: number) =>
    setChanged((known) =>
      new Map(known).set(column.position, Math.max(LEAST_WIDTH, widthOf(column, known as never) + by)),
    );
  const lefts = leftsOf(columns.map((column) => widthOf(column)));
  /** The columns between two places, moved by `offset`. */
  const seen = (from: number, to: number, offset: number): SeenColumn[] => {
    if (columns.length === 0) return [];
    const [first, last] = columnsBetween(lefts, from, to);
    return columns.slice(first, last + 1).map((column, i) => {
      const [left, right] = lefts.slice(first + i) as [number, number];
      return { column, index: first + i, left: left + offset, width: right - left };
    });
  };
  return { lefts, seen, widen };
}

/** Rows of a dataset: only what is seen is drawn, whatever their number (ARIA's grid pattern). */
export function Grid(props: GridProps) {
  const { source, report, columns, wrap, visit, onPlace, onActive, onOpen, onColumn } = props;
  const box = useRef<HTMLDivElement>(null);
  const [rem] = useState(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const lines = wrap ? wrappedLines(columns) : 1;
  const rowHeight = (ROW + (lines - 1) * LINE) * rem;
  const head = HEAD * rem;
  const scroll = useGridScroll(box, source.length * rowHeight, head);
  const { active, area, setActive, onKeyDown, pointers } = useSelection({ box, source, columns, onOpen, onColumn });
  useEffect(() => onActive(active), [active]);

  const numbersWidth = Math.max(3, whole(report.row_count).length * DIGIT + PADDING) * rem;
  const { lefts, seen, widen } = useWidths(columns, rem);
  const width = numbersWidth + lefts.at(-1)!;
  const leftFor = (column: number) => leftToSee(lefts, column, scroll.left, scroll.width - numbersWidth);
  usePlace({ source, columns, visit, scroll, rowHeight, leftFor, active, setActive, onPlace });
  const cells = seen(scroll.left, scroll.left + scroll.width - numbersWidth, numbersWidth);
  const first = Math.max(0, Math.floor(scroll.position / rowHeight) - OVERSCAN);
  const last = Math.min(source.length - 1, first + Math.ceil(scroll.height / rowHeight) + 2 * OVERSCAN);
  useEffect(() => source.show(first, Math.max(first, last)), [source, first, last]);
  const isDrawn =
    (active.index === -1 || (active.index >= first && active.index <= last)) &&
    cells.some(({ index }) => index === active.column);
  const layout = { scroll, rowHeight, lefts, numbersWidth, widen };
  return (
    <div
      ref={box}
      id="grid"
      role="grid"
      class={wrap ? `grid wrap lines-${lines}` : 'grid'}
      tabIndex={0}
      aria-label="Rows"
      aria-rowcount={source.length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-busy={source.isReading}
      aria-activedescendant={isDrawn ? `c${active.index}-${active.column}` : undefined}
      onKeyDown={(event) => onKeyDown(event, layout)}
      {...pointers}
    >
      <div class="space" role="presentation" style={pixels({ width, height: head + scroll.range })}>
        <div role="rowgroup" class="columns" style={pixels({ width, height: head })}>
          <HeaderRow
            cells={cells}
            numbersWidth={numbersWidth}
            active={active.index === -1 ? active.column : undefined}
            marked={visit.cell}
            onColumn={onColumn}
            widen={widen}
          />
        </div>
        <div role="rowgroup">
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (
            <BodyRow
              key={first + i}
              index={first + i}
              row={source.at(first + i)}
              number={source.numberAt(first + i)}
              place={{ top: scroll.origin + (first + i) * rowHeight, height: rowHeight, width }}
              {...{ numbersWidth, report, visit, active, area, wrap, cells }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
