import { DatasetStatus } from '../core/states.ts';
import { DatasetItem } from './dataset-item.tsx';
import { type DatasetPage, ORDERS } from './dataset-page.ts';
import type { Filter } from './place.ts';
import { UploadList } from './upload-list.tsx';

interface Props {
  page: DatasetPage;
  filter: Filter;
  setFilter: (filter: Filter) => void;
  uploading: boolean;
}

/** The datasets, with the uploads above them, a filter, and a way to the next ones. */
export function DatasetList({ page: { datasets, next, reload }, filter, setFilter, uploading }: Props) {
  const { cursors, search, status } = filter;
  return (
    <section aria-labelledby="datasets">
      <div class="line head">
        <h2 id="datasets">Datasets</h2>
        <FilterTools filter={filter} setFilter={setFilter} />
      </div>
      <ul class="list">
        <UploadList reload={reload} />
        {datasets?.map((each) => (
          <DatasetItem key={each.id} dataset={each} reload={reload} />
        ))}
      </ul>
      {datasets?.length === 0 && (search || status || !uploading) && (
        <p class="dim">
          <bdi>{nothing(filter)}</bdi>{' '}
          <button type="button" onClick={() => setFilter({ ...filter, search: '', status: '', cursors: [] })}>
            Show all
          </button>
        </p>
      )}
      {(next || cursors.length > 0) && (
        <nav class="pages" aria-label="Pages">
          <button
            type="button"
            disabled={cursors.length === 0}
            onClick={() => setFilter({ ...filter, cursors: cursors.slice(0, -1) })}
          >
            ← Previous
          </button>
          <span class="dim">page {cursors.length + 1}</span>
          <button type="button" disabled={!next} onClick={() => setFilter({ ...filter, cursors: [...cursors, next!] })}>
            Next →
          </button>
        </nav>
      )}
    </section>
  );
}

function nothing({ search, status }: Filter): string {
  const state = status && DatasetStatus[status as keyof typeof DatasetStatus];
  if (search && state) return `No dataset with the state "${state}" matches "${search}".`;
  if (search) return `No dataset matches "${search}".`;
  return state ? `No dataset has the state "${state}".` : 'There are no more datasets.';
}

function FilterTools({ filter, setFilter }: Pick<Props, 'filter' | 'setFilter'>) {
  return (
    <div class="tools">
      <label>
        <span class="sr">Search</span>
        <input
          type="search"
          placeholder="Search names"
          value={filter.search}
          onInput={(event) => setFilter({ ...filter, search: event.currentTarget.value, cursors: [] })}
        />
      </label>
      <label>
        <span class="sr">Status</span>
        <select
          value={filter.status}
          onChange={(event) => setFilter({ ...filter, status: event.currentTarget.value, cursors: [] })}
        >
          <option value="">all states</option>
          {Object.entries(DatasetStatus).map(([name, status]) => (
            <option key={name} value={name}>
              {status}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="sr">Order</span>
        <select
          value={filter.order}
          onChange={(event) => setFilter({ ...filter, order: event.currentTarget.value, cursors: [] })}
        >
          {Object.entries(ORDERS).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
