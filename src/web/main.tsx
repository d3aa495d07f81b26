import { render } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ask, connected } from './client.ts';
import { type Dataset, DatasetItem } from './dataset.tsx';
import { DATASETS } from './documents.ts';
import { EXAMPLES } from './examples.ts';
import { size } from './format.ts';
import type { DatasetStatus } from './generated/graphql.ts';
import { useSignal } from './signal.ts';
import './styles.css';
import { dismiss, type Upload, upload, uploads } from './uploads.ts';

const PAGE = 25;
const RELOAD_MILLISECONDS = 10_000;

function UploadLine({ of }: { of: Upload }) {
  const seconds = (performance.now() - of.startedAt) / 1_000;
  const speed = of.startedAt && seconds > 0.3 ? of.sent / seconds : 0;
  const words =
    of.sent >= of.total && of.startedAt
      ? 'being stored'
      : `${size(of.sent)} of ${size(of.total)}${speed ? `, ${size(Math.round(speed))}/s, ${Math.ceil((of.total - of.sent) / speed)} s left` : ''}`;
  return (
    <li class="dataset">
      <div class="line">
        <h3>
          <bdi>{of.name}</bdi>
        </h3>
        <span class="status queued">upload</span>
      </div>
      {of.error ? (
        <p class="error" role="alert">
          {of.error}
        </p>
      ) : (
        <div class="progress">
          <progress max={of.total || 1} value={of.sent} aria-label={`Upload of ${of.name}`} />
          <span>{words}</span>
        </div>
      )}
      <div class="actions">
        <button type="button" onClick={() => (of.error ? dismiss(of.key) : of.cancel())}>
          {of.error ? 'Dismiss' : 'Stop'}
        </button>
      </div>
    </li>
  );
}

function Drop({ reload }: { reload: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => files && upload([...files], reload);
  return (
    <section
      class={`drop${over ? ' over' : ''}`}
      aria-label="Upload"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <p>
        <strong>Drop CSV or JSON files here</strong>
      </p>
      <label class="button main">
        Choose files
        <input
          ref={input}
          class="sr"
          type="file"
          multiple
          accept=".csv,.tsv,.json,.ndjson,.jsonl"
          onChange={() => {
            take(input.current?.files);
            input.current!.value = '';
          }}
        />
      </label>
    </section>
  );
}

function App() {
  const [datasets, setDatasets] = useState<Dataset[]>();
  const [next, setNext] = useState<string>();
  const [pages, setPages] = useState(1);
  const [status, setStatus] = useState('');
  const [search, setSearch] = useState('');
  const [problem, setProblem] = useState('');
  const [report, setReport] = useState(location.hash.slice(1));
  const online = useSignal(connected);
  const sending = useSignal(uploads);
  const asked = useRef(0);
  const reload = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const { datasets: found } = await ask('query', DATASETS, {
        first: PAGE * pages,
        after: null,
        status: (status || null) as DatasetStatus | null,
        search: search || null,
      });
      if (turn !== asked.current) return; // a newer question was asked meanwhile
      setDatasets(found.edges.map((edge) => edge!.node));
      setNext(found.pageInfo.hasNextPage ? 'more' : undefined);
      setProblem('');
    } catch (error) {
      if (turn === asked.current) setProblem((error as Error).message);
    }
  }, [pages, status, search]);
  useEffect(() => {
    const soon = setTimeout(reload, search ? 200 : 0);
    const timer = setInterval(reload, RELOAD_MILLISECONDS);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [reload, online]);
  useEffect(() => {
    const change = () => setReport(location.hash.slice(1));
    addEventListener('hashchange', change);
    return () => removeEventListener('hashchange', change);
  }, []);
  if (/^[0-9a-f-]{36}$/.test(report)) {
    return (
      <div class="viewer">
        <nav aria-label="Report">
          <a href="#all">← All datasets</a>
          {['report.html', 'report', 'report.csv', 'report.md'].map((form, i) => (
            <a href={`/datasets/${report}/${form}`}>{['Alone', 'JSON', 'CSV', 'Markdown'][i]}</a>
          ))}
        </nav>
        <iframe title="Report of the dataset" src={`/datasets/${report}/report.html`} />
      </div>
    );
  }
  const empty = datasets?.length === 0 && !search && !status && sending.length === 0;
  return (
    <main>
      <header class="line">
        <h1>Dataset reports</h1>
        <nav aria-label="More">
          <a href="/graphql">GraphiQL</a> <a href="/docs">API docs</a>
        </nav>
      </header>
      {!online && (
        <output class="offline">
          The connection is lost. What you see is the last known state; it comes back by itself.
        </output>
      )}
      {problem && online && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <Drop reload={reload} />
      {empty ? (
        <section aria-labelledby="examples">
          <h2 id="examples">Nothing here yet: try an example</h2>
          <ul class="examples">
            {EXAMPLES.map(({ title, about, file }) => (
              <li>
                <button type="button" onClick={() => upload([file()], reload)}>
                  <strong>{title}</strong> <span>{about}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <section aria-labelledby="datasets">
          <h2 id="datasets">Datasets</h2>
          <div class="tools">
            <label>
              Search{' '}
              <input
                type="search"
                value={search}
                onInput={(event) => {
                  setSearch(event.currentTarget.value);
                  setPages(1);
                }}
              />
            </label>
            <label>
              Status{' '}
              <select
                value={status}
                onChange={(event) => {
                  setStatus(event.currentTarget.value);
                  setPages(1);
                }}
              >
                <option value="">all</option>
                {['UPLOADED', 'PROCESSING', 'DONE', 'FAILED'].map((each) => (
                  <option value={each}>{each.toLowerCase()}</option>
                ))}
              </select>
            </label>
          </div>
          <ul class="list">
            {sending.map((each) => (
              <UploadLine key={`u${each.key}`} of={each} />
            ))}
            {datasets?.map((each) => (
              <DatasetItem
                key={each.id}
                dataset={each}
                reload={reload}
                open={() => {
                  location.hash = each.id;
                }}
              />
            ))}
          </ul>
          {datasets?.length === 0 && sending.length === 0 && <p class="dim">No dataset is like that.</p>}
          {next && (
            <button type="button" onClick={() => setPages(pages + 1)}>
              Show more
            </button>
          )}
        </section>
      )}
    </main>
  );
}

render(<App />, document.getElementById('app')!);
