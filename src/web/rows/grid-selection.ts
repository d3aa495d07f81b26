import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { announce } from '../announcements.ts';
import { leftToSee } from './column-widths.ts';
import { copied } from './copy.ts';
import { areaOf, moved, type Place } from './grid-keys.ts';
import type { GridScroll } from './grid-scroll.ts';
import type { Column } from './report.ts';
import type { RowSource } from './row-source.ts';

/** Pixels by which Shift and an arrow on a header change the width. */
const WIDTH_STEP = 16;

interface SelectionParts {
  box: RefObject<HTMLDivElement | null>;
  source: RowSource;
  columns: Column[];
  onOpen(index: number): void;
  onColumn(column: Column): void;
}

interface Layout {
  scroll: GridScroll;
  rowHeight: number;
  /** Where the columns begin, and the last one ends. */
  lefts: number[];
  numbersWidth: number;
  /** Makes a column wider by so many pixels. */
  widen(column: Column, by: number): void;
}

const START: Place = { index: 0, column: 0 };

/** The cell below a pointer; its column is -1 for the number of a row. */
function placeOf({ target }: Event): Place | undefined {
  const [index, column] = ((target as Element).closest<HTMLElement>('[data-at]')?.dataset.at ?? '').split(' ');
  return column ? { index: Number(index), column: Number(column) } : undefined;
}

/** The active cell, the cells that are selected from it on, and what keys and pointers do with them. */
export function useSelection({ box, source, columns, onOpen, onColumn }: SelectionParts) {
  const [{ active, anchor }, select] = useState({ active: START, anchor: START });
  const area = areaOf(active, anchor);
  const setActive = (to: Place) => select({ active: to, anchor: to });
  const selectRow = (index: number) =>
    select({ active: { index, column: 0 }, anchor: { index, column: columns.length - 1 } });

  useLayoutEffect(() => {
    // before the next key: what it copies is what is selected by then
    const copy = (event: ClipboardEvent) => {
      if (document.activeElement !== box.current || active.index < 0) return;
      const { text, said } = copied(source, columns, area);
      event.clipboardData!.setData('text/plain', text);
      event.preventDefault();
      announce(said);
    };
    document.addEventListener('copy', copy);
    return () => document.removeEventListener('copy', copy);
  });

  const onKeyDown = (event: KeyboardEvent, layout: Layout) => {
    if (event.altKey) return;
    const { key, shiftKey } = event;
    const column = columns[active.column];
    const isHeader = active.index === -1;
    if (column && isHeader && shiftKey && /^Arrow(Left|Right)$/.test(key))
      layout.widen(column, key === 'ArrowLeft' ? -WIDTH_STEP : WIDTH_STEP);
    else if (key === 'Enter' && column) isHeader ? onColumn(column) : onOpen(active.index);
    else if (key === ' ' && shiftKey && !isHeader) selectRow(active.index);
    else if (key === 'Escape') setActive(active);
    else {
      const page = Math.max(1, Math.floor(layout.scroll.height / layout.rowHeight) - 1);
      const extent = { rows: source.length, columns: columns.length, page };
      const to = moved(key, event.ctrlKey || event.metaKey, active, extent);
      if (!to) return;
      select({ active: to, anchor: shiftKey ? anchor : to });
      reveal(to, layout);
    }
    event.preventDefault();
  };
  const onPoint = (event: MouseEvent) => {
    const to = placeOf(event);
    if (!to) return;
    if (to.column < 0) selectRow(to.index);
    else select({ active: to, anchor: event.shiftKey ? anchor : to });
  };
  const pointers = {
    // a mouse selects when it is pressed and by dragging; a finger scrolls, and selects by a tap
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === 'mouse' && event.button === 0) onPoint(event);
    },
    onPointerMove: (event: PointerEvent) => {
      const to = event.pointerType === 'mouse' && event.buttons === 1 ? placeOf(event) : undefined;
      if (to && to.column >= 0) select({ active: to, anchor });
    },
    onClick: (event: MouseEvent) => {
      if ((event as PointerEvent).pointerType !== 'mouse') onPoint(event);
    },
    onDblClick: (event: MouseEvent) => {
      const at = placeOf(event);
      if (at) onOpen(at.index);
    },
  };
  return { active, area, setActive, onKeyDown, pointers };
}

/** Scrolls as little as shows a cell whole. */
function reveal({ index, column }: Place, { scroll, rowHeight, lefts, numbersWidth }: Layout): void {
  const top = index * rowHeight;
  const toLeft = leftToSee(lefts, column, scroll.left, scroll.width - numbersWidth);
  let to = scroll.position;
  if (top + rowHeight > to + scroll.height) to = top + rowHeight - scroll.height;
  if (index >= 0 && top < to) to = top;
  if (to !== scroll.position || toLeft !== scroll.left) scroll.scrollTo(to, toLeft);
}
