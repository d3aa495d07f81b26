import type { RowCondition } from '../../processing/row-conditions.ts';
import { countOf, whole } from '../../report/formatting.ts';
import { CellText } from './cell-text.tsx';
import { countsAsNull, kindOf } from './cell-values.ts';
import type { Column, Report } from './report.ts';
import { type GridRow, MAX_VALUE } from './row-source.ts';

/** Characters of a value that the bar shows. */
const SHOWN = 300;
/** Characters of a long value by which rows with it are asked for. */
const BEGINNING = 200;

/** The condition of the rows that have this value. @param is `false` for the rows that have another */
function sameValue(row: GridRow, column: Column, report: Report, is: boolean): RowCondition {
  const value = row.values[column.position - 1] ?? null;
  const { name } = column;
  if (countsAsNull(kindOf(value, column, report), report)) return { column: name, is_null: is };
  if (value!.length >= MAX_VALUE) return { column: name, starts_with: value!.slice(0, BEGINNING) };
  return is ? { column: name, in: [value!] } : { column: name, not_in: [value!] };
}

interface ValueBarProps {
  row: GridRow | undefined;
  column: Column | undefined;
  report: Report;
  /** Address of the row among all rows; missing where all are shown. */
  around: string | undefined;
  onAround(): void;
  onFilter(condition: RowCondition): void;
  onOpen(): void;
  /** Whether the heading of the column is active, not one of its cells. */
  isHeading: boolean;
  onColumn(column: Column): void;
}

/** The active cell with its whole value, as far as one line has room, and what can be done from there. */
export function ValueBar(props: ValueBarProps) {
  const { row, column, report, around, onAround, onFilter, onOpen } = props;
  if (column && props.isHeading) return <ColumnBar column={column} onColumn={props.onColumn} />;
  if (!row || !column) return <div class="bar" />;
  const value = row.values[column.position - 1] ?? null;
  const isLong = (value?.length ?? 0) >= MAX_VALUE;
  return (
    <section class="bar" aria-label="Selected cell">
      <span class="value">
        <span class="dim">
          Row {whole(row.row)}, <bdi>{column.name}</bdi>
        </span>{' '}
        <CellText value={value} kind={kindOf(value, column, report)} most={SHOWN} />
        {row.surplus > 0 && <span class="dim"> ({countOf(row.surplus, 'more field')} beyond the last column)</span>}
      </span>
      <span class="acts">
        <button type="button" onClick={() => onFilter(sameValue(row, column, report, true))}>
          {isLong ? 'Only rows beginning like this' : 'Only rows with this value'}
        </button>
        {!isLong && (
          <button type="button" onClick={() => onFilter(sameValue(row, column, report, false))}>
            Only rows without this value
          </button>
        )}
        <button type="button" onClick={onOpen}>
          Whole row
        </button>
        {around && (
          <a
            class="button"
            href={around}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opened elsewhere
              event.preventDefault();
              onAround();
            }}
          >
            Rows around it
          </a>
        )}
      </span>
    </section>
  );
}

/** The column of the active heading. */
function ColumnBar({ column, onColumn }: Pick<ValueBarProps, 'onColumn'> & { column: Column }) {
  return (
    <section class="bar" aria-label="Selected column">
      <span class="value">
        <span class="dim">Column</span> <bdi>{column.name}</bdi> <span class="dim">{column.type}</span>
      </span>
      <span class="acts">
        <button type="button" onClick={() => onColumn(column)}>
          Filter by this column
        </button>
      </span>
    </section>
  );
}
