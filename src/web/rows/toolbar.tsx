import { useRef, useState } from 'preact/hooks';
import { whole } from '../../report/formatting.ts';
import { noSuchRow, positionOf, selectionOf, type View } from './address.ts';
import { ColumnChooser } from './column-chooser.tsx';
import type { Report } from './report.ts';
import { withoutSeparators } from './typed-numbers.ts';

interface ToolbarProps {
  report: Report;
  view: View;
  /** Changes how the same rows are shown. */
  onView(view: View): void;
  /** Goes to a row by its number. */
  onRow(row: number): void;
}

/** Where to go, what is shown, and downloads of the same rows; on a small screen behind a button. */
export function Toolbar({ report, view, onView, onRow }: ToolbarProps) {
  const selection = selectionOf(view);
  const isAll = selection === '';
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const leave = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape' || !isOpen) return;
    setOpen(false);
    button.current!.focus();
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        class="small-screen"
        aria-expanded={isOpen}
        aria-controls="tools"
        onClick={() => setOpen(!isOpen)}
        onKeyDown={leave}
      >
        Tools
      </button>
      <section class={isOpen ? 'tools open' : 'tools'} id="tools" aria-label="View" onKeyDown={leave}>
        <GoToRow rowCount={report.row_count} onRow={onRow} />
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
          Wrap long text
        </label>
        {isAll ? (
          <a class="button" href="file">
            Download original
          </a>
        ) : (
          <>
            <a class="button" href={`rows?${selection}&format=csv`} download="">
              Download CSV
            </a>
            <a class="button" href={`rows?${selection}&format=json`}>
              JSON
            </a>
          </>
        )}
      </section>
    </>
  );
}

function GoToRow({ rowCount, onRow }: { rowCount: number; onRow(row: number): void }) {
  const [wanted, setWanted] = useState('');
  const [problem, setProblem] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const row = positionOf(withoutSeparators(wanted));
        const isThere = row !== undefined && row <= rowCount;
        setProblem(isThere ? '' : row ? noSuchRow(row, rowCount) : `Type a row number, 1 to ${whole(rowCount)}.`);
        if (isThere) onRow(row);
      }}
    >
      <input
        type="text"
        inputMode="numeric"
        aria-label={`Go to row, 1 to ${whole(rowCount)}`}
        aria-invalid={problem !== ''}
        aria-describedby={problem ? 'no-such-row' : undefined}
        placeholder="Go to row"
        value={wanted}
        onInput={(event) => {
          setWanted(event.currentTarget.value);
          setProblem('');
        }}
      />
      <button type="submit">Go</button>
      {problem && (
        <p class="error" id="no-such-row" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
