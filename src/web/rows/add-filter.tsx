import { useEffect, useRef, useState } from 'preact/hooks';
import type { RowCondition } from '../../processing/row-conditions.ts';
import { countOf, whole } from '../../report/formatting.ts';
import { columnKinds, rowKinds } from './filter-kinds.ts';
import type { Column, Report } from './report.ts';

/** Stands for whole rows among the columns: no column has an empty name. */
const WHOLE_ROW = '';
/** Most columns that the list offers; a header offers the others. */
const LISTED = 1_000;

interface AddFilterProps {
  report: Report;
  /** Its name, or `WHOLE_ROW`. */
  column: string;
  onColumn(column: string): void;
  onAdd(condition: RowCondition): void;
  onLeave(): void;
}

const INPUTS = {
  text: { type: 'text' },
  // not of type "number": a browser refuses the separators without a word
  number: { type: 'text', inputMode: 'decimal' },
  whole: { type: 'text', inputMode: 'numeric' },
  time: { type: 'text', placeholder: '2026-01-31' },
} as const;

/** A form for one condition: column, what must hold, and the values that it takes. */
export function AddFilter({ report, column: name, onColumn, onAdd, onLeave }: AddFilterProps) {
  const column = report.columns.find((each) => each.name === name);
  const kinds = column ? columnKinds(column, report) : rowKinds(report);
  const [kindId, setKind] = useState(kinds[0]!.id);
  const [answers, setAnswers] = useState(['', '']);
  const [problem, setProblem] = useState('');
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const kind = kinds.find(({ id }) => id === kindId) ?? kinds[0]!;
  const [start = '', end = ''] = answers;
  const offered = column && !report.columns.slice(0, LISTED).includes(column) ? [column] : [];
  const submit = (event: Event) => {
    event.preventDefault();
    const condition = kind.build({ first: start, second: end });
    if (typeof condition === 'string') setProblem(condition);
    else onAdd(condition);
  };
  return (
    <form class="add" onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && onLeave()} aria-label="New filter">
      <span class="field">
        <label for="filter-column">Column</label>
        <select id="filter-column" ref={first} value={name} onChange={(event) => onColumn(event.currentTarget.value)}>
          <option value={WHOLE_ROW}>(whole row)</option>
          {[...report.columns.slice(0, LISTED), ...offered].map((each) => (
            <option key={each.position} value={each.name}>
              {each.name}
            </option>
          ))}
        </select>
      </span>
      <span class="field">
        <label for="filter-condition">Condition</label>
        <select id="filter-condition" value={kind.id} onChange={(event) => setKind(event.currentTarget.value)}>
          {kinds.map((each) => (
            <option key={each.id} value={each.id}>
              {each.label}
              {each.count === undefined ? '' : ` (${whole(each.count)})`}
            </option>
          ))}
        </select>
      </span>
      {kind.inputs.map((label, i) => (
        <span class="field" key={label}>
          <label for={`filter-${i}`}>{label}</label>
          <input
            id={`filter-${i}`}
            {...INPUTS[kind.takes]}
            value={answers[i]}
            required={kind.inputs.length === 1 && kind.mayBeEmpty !== true}
            list={kind.suggests ? 'suggested-values' : undefined}
            onInput={({ currentTarget: { value } }) => setAnswers(answers.map((old, at) => (at === i ? value : old)))}
          />
        </span>
      ))}
      {kind.suggests && <Suggestions column={column} />}
      <span class="acts">
        <button type="submit" class="main">
          Add
        </button>
        <button type="button" onClick={onLeave}>
          Cancel
        </button>
      </span>
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

/** The most frequent values, with their counts. */
function Suggestions({ column }: { column: Column | undefined }) {
  return (
    <datalist id="suggested-values">
      {column?.top_values
        .filter(({ value }) => !value.endsWith('…')) // the report cuts long values
        .map(({ value, count }) => (
          <option key={value} value={value}>
            {countOf(count, 'row')}
          </option>
        ))}
    </datalist>
  );
}
