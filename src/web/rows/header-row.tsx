import { useRef } from 'preact/hooks';
import type { SeenColumn } from './body-row.tsx';
import { pixels } from './pixels.ts';
import type { Column } from './report.ts';

interface HeaderRowProps {
  cells: SeenColumn[];
  numbersWidth: number;
  /** Index of the active column while the header is active. */
  active: number | undefined;
  /** Position of the marked column. */
  marked: number | undefined;
  onColumn(column: Column): void;
  /** Makes a column wider by so many pixels. */
  widen(column: Column, by: number): void;
}

/** Names and types of the columns; their right edges can be dragged. */
export function HeaderRow({ cells, numbersWidth, active, marked, onColumn, widen }: HeaderRowProps) {
  return (
    <div role="row" aria-rowindex={1} class="column-row">
      <div role="columnheader" aria-colindex={1} class="number" style={pixels({ width: numbersWidth })}>
        Row
      </div>
      {cells.map(({ column, index, left, width }) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
        <div
          key={column.position}
          role="columnheader"
          id={`c-1-${index}`}
          aria-colindex={index + 2}
          class={`cell${active === index ? ' active' : ''}${marked === column.position ? ' marked-cell' : ''}`}
          style={pixels({ left, width })}
          title={`${column.name} (${column.type}). Click to filter by this column.`}
          onClick={() => onColumn(column)}
        >
          <bdi>{column.name}</bdi> <small>{column.type}</small>
          <Edge widen={(by) => widen(column, by)} />
        </div>
      ))}
    </div>
  );
}

function Edge({ widen }: { widen: (by: number) => void }) {
  const from = useRef<number | undefined>(undefined);
  return (
    <span
      class="edge"
      aria-hidden="true"
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = event.clientX;
      }}
      onPointerMove={({ clientX }) => {
        if (from.current === undefined) return;
        widen(clientX - from.current);
        from.current = clientX;
      }}
      onPointerUp={() => {
        from.current = undefined;
      }}
    />
  );
}
