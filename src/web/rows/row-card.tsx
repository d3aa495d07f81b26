import { useEffect, useRef, useState } from 'preact/hooks';
import { whole } from '../../report/formatting.ts';
import { CellText } from './cell-text.tsx';
import { kindOf } from './cell-values.ts';
import type { Column, Report } from './report.ts';
import { get } from './requests.ts';
import { textOf } from './row-source.ts';
import { RowsReader, type SentRow } from './rows-reader.ts';

/** Characters of a value that the card shows; more is for a download. */
const SHOWN = 100_000;

interface RowCardProps {
  /** Its number. */
  row: number;
  report: Report;
  /** Position of the column that is marked. */
  marked: number | undefined;
  /** Opens the row before or after it in the grid; missing at the ends. */
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose(): void;
}

/** A row with all its fields, read anew: the grid keeps the beginnings of long values only. */
export function RowCard({ row, report, marked, onPrevious, onNext, onClose }: RowCardProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [read, setRead] = useState<SentRow>();
  const [problem, setProblem] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const request = new AbortController();
    let found: SentRow | undefined;
    setProblem('');
    get(`rows?rows=${row}&format=json`, request.signal, () => {
      const reader = new RowsReader((each) => {
        found = each;
      });
      return (text) => reader.push(text);
    }).then(
      () => (found ? setRead(found) : setProblem('The file has no such row.')),
      (error: Error) => request.signal.aborted || setProblem(error.message),
    );
    return () => request.abort();
  }, [row]);
  const isCurrent = read?.row === row;
  return (
    <dialog ref={dialog} class="row-card" aria-labelledby="row-card" onClose={onClose}>
      <header class="line">
        <h2 id="row-card">
          Row {whole(row)} {isCurrent && <small class="dim">line {whole(read.line)} of the file</small>}
        </h2>
        <span class="actions">
          <button type="button" disabled={!onPrevious} onClick={onPrevious}>
            Previous
          </button>
          <button type="button" disabled={!onNext} onClick={onNext}>
            Next
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </span>
      </header>
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section class="fields" tabIndex={0} aria-label="Fields">
        {read && <Fields row={read} report={report} marked={marked} />}
      </section>
    </dialog>
  );
}

function Fields({ row, report, marked }: { row: SentRow; report: Report; marked: number | undefined }) {
  const sent = ({ name }: Column) => (Object.hasOwn(row.values, name) ? textOf(row.values[name]) : null);
  return (
    <table>
      <tbody>
        {report.columns.map((column) => {
          const value = sent(column);
          return (
            <tr key={column.position} class={column.position === marked ? 'marked' : undefined}>
              <th scope="row">
                <bdi>{column.name}</bdi>
              </th>
              <td>
                <CellText value={value} kind={kindOf(value, column, report)} most={SHOWN} />
              </td>
            </tr>
          );
        })}
        {row.surplus?.map((value, i) => (
          <tr key={`surplus ${i}`}>
            <th scope="row">
              <em>extra field {whole(report.columns.length + i + 1)}</em>
            </th>
            <td>
              <CellText value={value} kind={value === '' ? 'empty' : 'value'} most={SHOWN} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
