import { useState } from 'preact/hooks';
import { whole } from '../../report/formatting.ts';
import { selectionOf, type View } from './address.ts';
import { ColumnChooser } from './column-chooser.tsx';
import type { Report } from './report.ts';

interface ToolbarProps {
  report: Report;
  view: View;
  /** Changes how the same rows are shown. */
  onView(view: View): void;
  /** Goes to a row by its number. */
  onRow(row: number): void;
}

/** Where to go, what is shown, and downloads of the same rows. */
export function Toolbar({ report, view, onView, onRow }: ToolbarProps) {
  const [wanted, setWanted] = useState('');
  const selection = selectionOf(view);
  const isAll = selection === '';
  return (
    <section class="tools" aria-label="View">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRow(Number(wanted));
        }}
      >
        <input
          type="number"
          aria-label={`Go to row, 1 to ${whole(report.row_count)}`}
          placeholder="Go to row"
          min={1}
          max={Math.max(1, report.row_count)}
          required
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <button type="submit">Go</button>
      </form>
      <ColumnChooser
        columns={report.columns}
        shown={view.columns}
        onChange={(columns) => onView({ ...view, columns })}
      />
      <label class="button">
        <input
          type="checkbox"
          checked={view.wrap}
          onChange={(event) => onView({ ...view, wrap: event.currentTarget.checked })}
        />{' '}
        Wrap
      </label>
      {isAll ? (
        <a class="button" href="file">
          Download original
        </a>
      ) : (
        <>
          <a class="button" href={`rows?${selection}&format=csv`} download>
            Download CSV
          </a>
          <a class="button" href={`rows?${selection}&format=json`}>
            JSON
          </a>
        </>
      )}
    </section>
  );
}
