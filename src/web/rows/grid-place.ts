import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Place } from './grid-keys.ts';
import type { GridScroll } from './grid-scroll.ts';
import type { Column } from './report.ts';
import type { RowSource } from './row-source.ts';

/** Where a reader is in the grid: kept in the history. */
export interface GridPlace {
  /** Rows above what is seen; a part of one counts. */
  top: number;
  left: number;
  active: Place;
}

/** Where a reader wants to be. */
export interface Visit {
  /** Changes with every address that is opened. */
  number: number;
  /** Where the reader was when this entry of the history was left. */
  place: GridPlace | undefined;
  /** The row to be marked and shown otherwise, and the position of its marked column. */
  row: number | undefined;
  cell: number | undefined;
}

interface PlaceParts {
  source: RowSource;
  columns: Column[];
  visit: Visit;
  scroll: GridScroll;
  rowHeight: number;
  /** How far the grid is to be scrolled to the side so that a column is seen. */
  leftFor(column: number): number;
  active: Place;
  setActive(to: Place): void;
  onPlace(place: GridPlace): void;
}

/** Brings the reader to the place of a visit, to a marked row as soon as its index is known, and keeps the place. */
export function usePlace(parts: PlaceParts): void {
  const { source, columns, visit, scroll, rowHeight, leftFor, active, setActive, onPlace } = parts;
  const isSought = useRef(false);
  const isReady = scroll.height > 0;
  const top = scroll.position / rowHeight;
  const kept = useRef(top);
  useLayoutEffect(() => {
    if (isReady && kept.current > 0) scroll.scrollTo(kept.current * rowHeight); // values are wrapped, or no longer
  }, [rowHeight]);
  kept.current = top;
  useLayoutEffect(() => {
    if (!isReady) return;
    const { place, row } = visit;
    isSought.current = !place && row !== undefined;
    if (place) setActive(place.active);
    if (!isSought.current) scroll.scrollTo((place?.top ?? 0) * rowHeight, place?.left ?? 0);
  }, [source, visit.number, isReady]);
  useLayoutEffect(() => {
    if (!isSought.current || visit.row === undefined) return;
    const index = source.indexOf(visit.row);
    if (index === undefined) return source.seek(visit.row);
    isSought.current = false;
    const column = Math.max(
      0,
      columns.findIndex(({ position }) => position === visit.cell),
    );
    setActive({ index, column });
    scroll.scrollTo((index + 0.5) * rowHeight - scroll.height / 2, leftFor(column));
  });
  useEffect(() => {
    if (isReady && !isSought.current) onPlace({ top, left: scroll.left, active });
  }, [top, scroll.left, active]);
}
