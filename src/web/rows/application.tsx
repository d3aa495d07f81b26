import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { namedRows, type RowCondition } from '../../processing/row-conditions.ts';
import { countOf, whole } from '../../report/formatting.ts';
import { announcement } from '../announcements.ts';
import { useSignal } from '../signal.ts';
import { AddFilter } from './add-filter.tsx';
import { addressOf, noSuchRow, positionOf, selectionOf, type View } from './address.ts';
import { type Adding, FilterBar } from './filter-bar.tsx';
import { FoundRows } from './found-rows.ts';
import { Grid } from './grid.tsx';
import type { Place } from './grid-keys.ts';
import { Heading } from './heading.tsx';
import { type Journey, useHistory } from './history.ts';
import { NumberedRows } from './numbered-rows.ts';
import type { Column, Report } from './report.ts';
import { outage } from './requests.ts';
import { RowCard } from './row-card.tsx';
import { pageRows, type RowSource, type SourceMark } from './row-source.ts';
import { Toolbar } from './toolbar.tsx';
import { ValueBar } from './value-bar.tsx';

interface RowsProps {
  name: string;
  report: Report;
}

/** The rows that an address asks for; the component is drawn again as they arrive. */
function useSource(report: Report, view: View, mark: SourceMark | undefined): RowSource | string {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const selection = selectionOf(view);
  const source = useMemo(() => {
    const { columns, row_count, file } = report;
    const perPage = pageRows(columns.length, row_count, file.bytes);
    const onChange = () => draw(undefined);
    if (view.problem) return view.problem;
    if (view.where.length > 0) return new FoundRows(selection, columns, perPage, mark, onChange);
    const rows = view.rows ? namedRows(view.rows, row_count) : undefined;
    return typeof rows === 'string' ? rows : new NumberedRows(columns, row_count, rows, perPage, onChange);
  }, [selection, view.problem]);
  useEffect(() => () => (typeof source === 'string' ? undefined : source.close()), [source]);
  return source;
}

const NO_COLUMN = 'No column is shown: choose some under “Columns”.';

/** What is said where no rows are; empty while there are some. */
function emptiness(source: RowSource, { row_count }: Report, { rows }: View): string {
  if (source.length > 0) return '';
  if (row_count === 0) return 'The dataset has no rows.';
  if (source.count === undefined) return ''; // the search is told above
  return source instanceof FoundRows ? 'No row matches these filters.' : noSuchRow(positionOf(rows), row_count);
}

/** How many rows there are, and how far a search has come. */
function counted(source: RowSource, { row_count }: Report, view: View): string {
  const all = countOf(row_count, 'row');
  if (source.problem) return '';
  if (view.where.length === 0 && !view.rows) return all;
  if (source.count !== undefined) return `${whole(source.count)} of ${all}`;
  const percent = Math.floor((100 * source.reached) / Math.max(1, row_count));
  if (source.length === 0) return `Searching ${all}…`;
  return `Searching… ${whole(source.length)} of ${all} so far${percent > 0 ? `, ${percent} % read` : ''}`;
}

/** What is shown when rows cannot be asked for. */
function Problem({ name, view, report, sentence }: RowsProps & { view: View; sentence: string }) {
  return (
    <main class="rows-page">
      <Heading name={name} view={view} report={report} count="" />
      <p class="empty error" role="alert">
        {sentence}
      </p>
      <p class="empty">
        <a href="rows">All rows</a>
      </p>
    </main>
  );
}

/** The page of a dataset's rows. */
export function Rows({ name, report }: RowsProps) {
  const journey = useHistory();
  const { view, visit, left } = journey;
  const source = useSource(report, view, left.source);
  useEffect(() => {
    if (visit.number > 0) focusGrid();
  }, [visit.number]);
  if (typeof source === 'string') return <Problem {...{ name, view, report }} sentence={source} />;
  return <Sheet {...{ name, report, journey, source }} />;
}

const focusGrid = () => document.getElementById('grid')?.focus({ preventScroll: true });

/** The card of a row, opened from the grid. */
function useCard(source: RowSource) {
  const [open, setOpen] = useState<number>();
  const step = (by: number) => {
    const index = (open ?? 0) + by;
    return source.at(index) ? () => setOpen(index) : undefined;
  };
  const row = open === undefined ? undefined : source.at(open);
  const close = () => {
    setOpen(undefined);
    focusGrid();
  };
  return { setOpen, row, onPrevious: step(-1), onNext: step(1), onClose: close };
}

function Sheet({ name, report, journey, source }: RowsProps & { journey: Journey; source: RowSource }) {
  const { view, visit, go, keep } = journey;
  const [adding, setAdding] = useState<Adding>();
  const [active, setActive] = useState<Place>({ index: 0, column: 0 });
  const { setOpen, row: opened, ...card } = useCard(source);
  const columns = useMemo(
    () => report.columns.filter(({ position }) => view.columns?.includes(position) ?? true),
    [view.columns?.join()],
  );
  const row = source.at(active.index);
  const column = columns[active.column];
  const plain: View = { where: [], rows: '', columns: view.columns, wrap: view.wrap };
  const around: View = { ...plain, row: row?.row, cell: column?.position };
  const add = (condition: RowCondition) => {
    const isThere = view.where.some((each) => JSON.stringify(each) === JSON.stringify(condition));
    if (!isThere) go({ ...plain, where: [...view.where, condition] });
  };
  return (
    <main class="rows-page">
      <Heading {...{ name, view, report }} count={counted(source, report, view)} />
      <Announcements />
      <div class="bars">
        <FilterBar {...{ report, view, adding, setAdding }} onChange={(where) => go({ ...plain, where })} />
        <Toolbar
          {...{ report, view }}
          onView={(changed) => go(changed, { isSamePlace: true })}
          onRow={(wanted) =>
            go({ ...(source.indexOf(wanted) === undefined ? plain : view), row: wanted, cell: undefined })
          }
        />
        {adding && (
          <AddFilter
            key={adding.column}
            report={report}
            column={adding.column}
            onColumn={(wanted) => setAdding({ column: wanted })}
            onAdd={(condition) => {
              setAdding(undefined);
              add(condition);
            }}
            onLeave={() => {
              setAdding(undefined);
              document.getElementById('add-filter')?.focus();
            }}
          />
        )}
      </div>
      <div class="sheet">
        <Grid
          key={selectionOf(view)}
          {...{ source, report, columns, visit }}
          wrap={view.wrap}
          onPlace={(place) => keep({ place, ...(source.mark ? { source: source.mark } : {}) })}
          onActive={setActive}
          onOpen={setOpen}
          onColumn={({ name: wanted }) => setAdding({ column: wanted })}
        />
        <Emptiness {...{ source, report, view, columns }} />
        <p class="printed">The rows in view are printed. To print all, download the rows as CSV.</p>
      </div>
      <ValueBar
        {...{ row, column, report }}
        isHeading={active.index === -1}
        around={selectionOf(view) === '' ? undefined : addressOf(around)}
        onAround={() => go(around)}
        onFilter={add}
        onOpen={() => setOpen(active.index)}
        onColumn={({ name: wanted }) => setAdding({ column: wanted })}
      />
      {opened && <RowCard row={opened.row} report={report} marked={column?.position} {...card} />}
    </main>
  );
}

/** What is said of the connection, and what only a screen reader is told. */
function Announcements() {
  const problem = useSignal(outage);
  const latest = useSignal(announcement);
  return (
    <>
      {problem && <output class="offline">{problem} The page tries again by itself.</output>}
      <output class="sr">{latest}</output>
    </>
  );
}

interface EmptinessProps {
  source: RowSource;
  report: Report;
  view: View;
  columns: Column[];
}

function Emptiness({ source, report, view, columns }: EmptinessProps) {
  const { problem } = source;
  const sentence = problem || emptiness(source, report, view) || (columns.length === 0 ? NO_COLUMN : '');
  if (!sentence) return null;
  return (
    <p class={problem ? 'empty error' : 'empty'} role={problem ? 'alert' : 'status'}>
      {sentence}
    </p>
  );
}
