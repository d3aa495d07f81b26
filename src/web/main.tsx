import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { said } from './announcements.ts';
import { link, lost } from './connection.ts';
import { DatasetItem } from './dataset.tsx';
import { useDatasetPage } from './dataset-page.ts';
import { Drop } from './drop-zone.tsx';
import { EXAMPLES } from './examples.ts';
import { useTrouble } from './readiness.ts';
import { useSignal } from './signal.ts';
import './styles.css';
import { Viewer } from './report-viewer.tsx';
import { UploadList } from './upload-list.tsx';
import { anyUploads, recallUploads, upload } from './upload-queue.ts';

/** Nothing is wrong that a reader could mend: said small, below everything. */
const WAYS = {
  events: 'WebSocket does not get through to this page: progress comes as server-sent events.',
  asking: 'Live news does not get through to this page: it asks for the progress every few seconds.',
};
const STATUSES = ['UPLOADED', 'PROCESSING', 'DONE', 'FAILED'];

function Home() {
  const [status, setStatus] = useState('');
  const [search, setSearch] = useState('');
  const [cursors, setCursors] = useState<string[]>([]); // of the pages before this one and this one
  const { datasets, next, problem, reload } = useDatasetPage(search, status, cursors.at(-1));
  const uploading = useSignal(anyUploads);
  const lostNews = useSignal(lost);
  const unready = useTrouble();
  const way = useSignal(link);
  const empty = datasets?.length === 0 && !search && !status && cursors.length === 0 && !uploading;
  return (
    <main>
      <header class="line">
        <h1>Dataset reports</h1>
        <nav aria-label="More">
          <a href="graphql">GraphiQL</a> <a href="docs">API docs</a>
        </nav>
      </header>
      {lostNews && (
        <output class="offline">{lostNews} What you see is the last known state; it comes back by itself.</output>
      )}
      {unready && !lostNews && <output class="offline">{unready}</output>}
      {problem && !lostNews && (
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
              <li key={title}>
                <button type="button" onClick={() => upload([file()], reload)}>
                  <strong>{title}</strong> <span>{about}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <section aria-labelledby="datasets">
          <div class="line head">
            <h2 id="datasets">Datasets</h2>
            <div class="tools">
              <label>
                <span class="sr">Search</span>
                <input
                  type="search"
                  placeholder="Search names"
                  value={search}
                  onInput={(event) => {
                    setSearch(event.currentTarget.value);
                    setCursors([]);
                  }}
                />
              </label>
              <label>
                <span class="sr">Status</span>
                <select
                  value={status}
                  onChange={(event) => {
                    setStatus(event.currentTarget.value);
                    setCursors([]);
                  }}
                >
                  <option value="">all states</option>
                  {STATUSES.map((each) => (
                    <option key={each} value={each}>
                      {each.toLowerCase()}
                    </option>
                  ))}
                </select>
              </label>
            </div>
          </div>
          <ul class="list">
            <UploadList reload={reload} />
            {datasets?.map((each) => (
              <DatasetItem key={each.id} dataset={each} reload={reload} />
            ))}
          </ul>
          {datasets?.length === 0 && !uploading && <p class="dim">No dataset is like that.</p>}
          {(next || cursors.length > 0) && (
            <nav class="pages" aria-label="Pages">
              <button type="button" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
                ← Newer
              </button>
              <span class="dim">page {cursors.length + 1}</span>
              <button type="button" disabled={!next} onClick={() => setCursors([...cursors, next!])}>
                Older →
              </button>
            </nav>
          )}
        </section>
      )}
      {way !== 'socket' && !lostNews && <output class="dim">{WAYS[way]}</output>}
    </main>
  );
}

function App() {
  const [report, setReport] = useState(location.hash.slice(1));
  const news = useSignal(said);
  useEffect(() => {
    const change = () => setReport(location.hash.slice(1));
    addEventListener('hashchange', change);
    return () => removeEventListener('hashchange', change);
  }, []);
  return (
    <>
      {/^[0-9a-f-]{36}$/.test(report) ? <Viewer id={report} /> : <Home />}
      <output class="sr">{news}</output>
    </>
  );
}

recallUploads();
render(<App />, document.getElementById('app')!);
