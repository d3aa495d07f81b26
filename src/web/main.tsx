import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { announcement } from './announcements.ts';
import { outage, transport } from './connection.ts';
import { DatasetList } from './dataset-list.tsx';
import { useDatasetPage } from './dataset-page.ts';
import { DropZone } from './drop-zone.tsx';
import { EXAMPLES } from './examples.ts';
import { type Filter, openReport, readFilter, writeFilter } from './place.ts';
import { useReadinessProblem } from './readiness.ts';
import { ReportViewer } from './report-viewer.tsx';
import { useSignal } from './signal.ts';
import './styles.css';
import { anyUploads, restoreUploads, upload } from './upload-queue.ts';

/** Below everything and small: the reader need not do anything about it. */
const TRANSPORT_NOTES = {
  events: 'WebSocket connections to this page are blocked: progress arrives as server-sent events.',
  polling: 'Live updates to this page are blocked: it asks for progress every few seconds.',
};

function Home() {
  const [filter, setFilter] = useState(readFilter);
  const { search, status, cursors } = filter;
  const page = useDatasetPage(filter);
  const changeFilter = (changed: Filter) => {
    writeFilter(changed);
    setFilter(changed);
  };
  const uploading = useSignal(anyUploads);
  const problem = useSignal(outage);
  const unready = useReadinessProblem();
  const updates = useSignal(transport);
  const isEmpty = page.datasets?.length === 0 && !search && !status && cursors.length === 0 && !uploading;
  return (
    <main>
      <header class="line">
        <h1>Dataset reports</h1>
        <nav aria-label="More">
          <a href="graphql">GraphiQL</a> <a href="docs">API docs</a>
        </nav>
      </header>
      {problem && (
        <output class="offline">{problem} You see the last known state; the page reconnects by itself.</output>
      )}
      {unready && !problem && <output class="offline">{unready}</output>}
      {page.problem && !problem && (
        <p class="error" role="alert">
          {page.problem}
        </p>
      )}
      <DropZone reload={page.reload} />
      {isEmpty ? (
        <Examples reload={page.reload} />
      ) : (
        <DatasetList page={page} filter={filter} setFilter={changeFilter} uploading={uploading} />
      )}
      {updates !== 'socket' && !problem && <output class="dim">{TRANSPORT_NOTES[updates]}</output>}
    </main>
  );
}

function Examples({ reload }: { reload: () => void }) {
  return (
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
  );
}

function App() {
  const [report, setReport] = useState(openReport);
  /** Whether the reader came here from another part of the application, not by an address. */
  const isInside = useRef(false);
  const latest = useSignal(announcement);
  useEffect(() => {
    const change = (event?: Event) => {
      if (event) isInside.current = true;
      setReport(openReport());
    };
    addEventListener('hashchange', change);
    change(); // an address that was opened between the first render and this effect
    return () => removeEventListener('hashchange', change);
  }, []);
  return (
    <>
      {report ? <ReportViewer key={report.id} {...report} takesFocus={isInside.current} /> : <Home />}
      <output class="sr">{latest}</output>
    </>
  );
}

restoreUploads();
render(<App />, document.getElementById('app')!);
