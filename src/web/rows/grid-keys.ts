/** A cell by the index of its row (-1 is the header) and of its column among those that are shown. */
export interface Place {
  index: number;
  column: number;
}

export interface Extent {
  rows: number;
  columns: number;
  /** Rows that are seen at once. */
  page: number;
}

/**
 * Where a key leads in a grid (the keys of ARIA's grid pattern).
 * @returns `undefined` for a key that does not move
 */
export function moved(key: string, isControl: boolean, { index, column }: Place, extent: Extent): Place | undefined {
  const to = (nextIndex: number, nextColumn = column): Place => ({
    index: Math.max(-1, Math.min(nextIndex, extent.rows - 1)),
    column: Math.max(0, Math.min(nextColumn, extent.columns - 1)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(isControl ? 0 : index - 1);
    case 'ArrowDown':
      return to(isControl ? extent.rows - 1 : index + 1);
    case 'ArrowLeft':
      return to(index, isControl ? 0 : column - 1);
    case 'ArrowRight':
      return to(index, isControl ? extent.columns - 1 : column + 1);
    case 'PageUp':
      return to(Math.max(0, index - extent.page));
    case 'PageDown':
      return to(index + extent.page);
    case 'Home':
      return to(isControl ? 0 : index, 0);
    case 'End':
      return to(isControl ? extent.rows - 1 : index, extent.columns - 1);
    default:
      return undefined;
  }
}

/** The cells between two, both included; the header is none of them. */
export interface Area {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const areaOf = (a: Place, b: Place): Area => ({
  top: Math.max(0, Math.min(a.index, b.index)),
  bottom: Math.max(0, a.index, b.index),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
});

export const isInside = ({ top, bottom, left, right }: Area, index: number, column: number): boolean =>
  index >= top && index <= bottom && column >= left && column <= right;
