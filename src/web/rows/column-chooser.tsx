import { useState } from 'preact/hooks';
import { whole } from '../../report/formatting.ts';
import type { Column } from './report.ts';

/** Most columns that are listed at once; a search finds the others. */
const LISTED = 200;

interface ColumnChooserProps {
  columns: Column[];
  /** Positions of those that are shown; all when missing. */
  shown: number[] | undefined;
  onChange(shown: number[] | undefined): void;
}

/** Chooses which columns are shown. */
export function ColumnChooser({ columns, shown, onChange }: ColumnChooserProps) {
  const [search, setSearch] = useState('');
  const isShown = ({ position }: Column) => shown?.includes(position) ?? true;
  const set = (wanted: number[]) => onChange(wanted.length === columns.length ? undefined : wanted);
  const found = columns.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  const toggle = (column: Column) =>
    set(columns.filter((each) => isShown(each) !== (each === column)).map(({ position }) => position));
  const label = shown ? `Columns (${whole(columns.filter(isShown).length)} of ${whole(columns.length)})` : 'Columns';
  return (
    <details
      class="menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return;
        event.stopPropagation(); // it closes this menu, not also the one around it
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')!.focus();
      }}
    >
      <summary class="button">{label}</summary>
      <div class="panel">
        <input
          type="search"
          aria-label="Search columns"
          placeholder="Search columns"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
        <p class="acts">
          <button type="button" onClick={() => onChange(undefined)}>
            All
          </button>
          <button type="button" onClick={() => onChange([])}>
            None
          </button>
          {search && (
            <button type="button" onClick={() => set(found.map(({ position }) => position))}>
              Only these
            </button>
          )}
        </p>
        <ul>
          {found.slice(0, LISTED).map((column) => (
            <li key={column.position}>
              <label>
                <input type="checkbox" checked={isShown(column)} onChange={() => toggle(column)} />{' '}
                <bdi>{column.name}</bdi>
              </label>
            </li>
          ))}
        </ul>
        {found.length > LISTED && <p class="dim">and {whole(found.length - LISTED)} more: search for them</p>}
        {found.length === 0 && <p class="dim">No column has such a name.</p>}
      </div>
    </details>
  );
}
