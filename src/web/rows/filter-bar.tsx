import type { ComponentChildren } from 'preact';
import type { RowCondition } from '../../processing/row-conditions.ts';
import type { View } from './address.ts';
import { inWords } from './condition-words.ts';
import type { Report } from './report.ts';

/** Which column a filter is added for: `''` for whole rows. */
export interface Adding {
  column: string;
}

interface FilterBarProps {
  report: Report;
  view: View;
  /** Set while a filter is being chosen. */
  adding: Adding | undefined;
  setAdding(adding: Adding | undefined): void;
  /** Changes what is asked for. */
  onChange(where: RowCondition[]): void;
}

/** What the rows are filtered by, a chip per condition. */
export function FilterBar({ report, view: { where, rows }, adding, setAdding, onChange }: FilterBarProps) {
  const isFiltered = where.length > 0 || rows !== '';
  return (
    <section class="filters" aria-label="Filters">
      <ul>
        {where.map((condition, i) => {
          const { subject, says } = inWords(condition, report);
          return (
            <Chip
              key={JSON.stringify(condition)}
              label={`${subject} ${says}`}
              title={listed(condition)}
              onRemove={() => onChange(where.filter((_, at) => at !== i))}
            >
              <b>
                <bdi>{subject}</bdi>
              </b>{' '}
              {says}
            </Chip>
          );
        })}
        {rows && (
          <Chip label={`Rows ${rows}`} onRemove={() => onChange([])}>
            <b>{/^\d+$/.test(rows) ? 'Row' : 'Rows'}</b> {rows.replaceAll(',', ', ').replaceAll('-', ' to ')}
          </Chip>
        )}
        <li>
          <button
            id="add-filter"
            type="button"
            aria-expanded={adding !== undefined}
            onClick={() => setAdding(adding ? undefined : { column: report.columns[0]?.name ?? '' })}
          >
            Add filter
          </button>
        </li>
        {isFiltered && (
          <li>
            <button type="button" onClick={() => onChange([])}>
              All rows
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Most characters of a list of values. */
const LISTED = 2_000;

function listed({ in: texts, not_in = [] }: RowCondition): string | undefined {
  const all = (texts ?? not_in).join(', ');
  return all.length > LISTED ? `${all.slice(0, LISTED)}…` : all || undefined;
}

interface ChipProps {
  /** The filter as a text, for the name of the button. */
  label: string;
  /** All values, where the text only counts them. */
  title?: string | undefined;
  onRemove(): void;
  children: ComponentChildren;
}

function Chip({ label, title, onRemove, children }: ChipProps) {
  return (
    <li class="chip">
      <span title={title}>{children}</span>
      <button type="button" aria-label={`Remove the filter ${label}`} title="Remove" onClick={onRemove}>
        ×
      </button>
    </li>
  );
}
