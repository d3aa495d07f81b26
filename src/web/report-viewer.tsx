import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useFileDrop } from './file-drop.ts';
import { NO_FILTER, type OpenReport, openReport, READING, readingLink, reportLink, writeFilter } from './place.ts';
import { printsReport } from './print-report.ts';
import { ReadingNews } from './reading/reading-news.tsx';
import { ReadingPanel } from './reading/reading-panel.tsx';
import { RunningJob } from './reading/running-job.tsx';
import { standingOf } from './reading/standing.ts';
import type { TypedOptions } from './reading/typed-options.ts';
import { type Reading, useReading } from './reading/use-reading.ts';
import { uploadDropped } from './upload-queue.ts';

/** The report's page has written its state into its address by then. */
const SETTLED_MILLISECONDS = 300;

// the service names the files: `download` is empty, and not bare, which Preact writes as the name "true"
const FORMS: [path: string, name: string][] = [
  ['report.html', 'HTML'],
  ['report', 'JSON'],
  ['report.csv?spreadsheet=true', 'CSV'],
  ['report.md', 'Markdown'],
];

/**
 * A report inside the application. Its address names the column that is read, and a reload keeps the place.
 * @param takesFocus whether it was opened from the application, whose focus it takes over
 */
export function ReportViewer({ id, part, takesFocus }: OpenReport & { takesFocus: boolean }) {
  const reading = useReading(id);
  const { dataset } = reading;
  const isReading = part === READING;
  const hasReport = !!dataset?.report;
  const name = dataset?.name;
  const [typed, setTyped] = useState<TypedOptions>(); // kept while the report is looked at
  const back = useRef<HTMLAnchorElement>(null);
  const [inner, setInner] = useState<Window | null>(null);
  useEffect(() => {
    if (takesFocus) back.current?.focus(); // the element that had the focus is gone
  }, []);
  useEffect(() => {
    const title = document.title;
    if (name) document.title = `${name} – ${title}`;
    return () => {
      document.title = title;
    };
  }, [name]);
  const over = useFileDrop(
    useCallback((dropped) => {
      uploadDropped(dropped, () => {}); // the list shows them, and loads itself
      writeFilter(NO_FILTER); // or the new datasets would not be in the list
      location.hash = 'all';
    }, []),
    inner,
  );
  return (
    <div class={`viewer${over ? ' over' : ''}`}>
      <nav aria-label="Report">
        <a href="#all" ref={back}>
          ← All datasets
        </a>
        {isReading && hasReport && <a href={reportLink(id)}>Report</a>}
        {name !== undefined && !hasReport && !isReading && <a href={readingLink(id)}>Read it differently</a>}
        {name !== undefined && hasReport && !isReading && (
          <>
            <a href={`datasets/${id}/rows`}>Browse rows</a>
            <MoreLinks id={id} />
          </>
        )}
      </nav>
      <main>
        {name !== undefined && (
          <h1 class={isReading || !hasReport ? '' : 'sr'}>
            {isReading ? `Read ${name} differently` : hasReport ? `Report of ${name}` : name}
          </h1>
        )}
        {reading.problem && (
          <p class="error" role="alert">
            {reading.problem}
          </p>
        )}
        {over && <output class="offline">Drop the files to upload them.</output>}
        {dataset && isReading && <ReadingPanel reading={reading} changed={typed} onChange={setTyped} />}
        {dataset && !isReading && !hasReport && <NoReport reading={reading} />}
        {dataset && !isReading && hasReport && (
          <>
            <ReadingNews reading={reading} />
            <ReportFrame key={dataset.report!.createdAt} id={id} part={part} name={dataset.name} onWindow={setInner} />
          </>
        )}
      </main>
    </div>
  );
}

/** Instead of a report that there is not yet: how far it is, or why there is none. */
function NoReport({ reading }: { reading: Reading }) {
  const { dataset, isActive } = reading;
  const { id } = dataset!;
  if (isActive)
    return (
      <section class="news" aria-label="Processing">
        <p>It is being processed. The report appears here.</p>
        <RunningJob reading={reading} />
      </section>
    );
  const standing = standingOf(dataset!);
  return (
    <section class="news" aria-label="No report">
      {standing.kind === 'failed' && (
        <p class="error" role="alert">
          <bdi>{standing.error}</bdi>
        </p>
      )}
      <p>
        This dataset has no report yet. <a href={readingLink(id)}>Read it differently</a>
      </p>
    </section>
  );
}

/** What else can be done with a report: links in the line, or behind a button where the screen is narrow. */
function MoreLinks({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const close = () => setOpen(false);
    addEventListener('blur', close); // the report in its frame was clicked
    return () => removeEventListener('blur', close);
  }, []);
  const leave = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape' || !isOpen) return;
    setOpen(false);
    button.current!.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button opened
    <span class="extras" onKeyDown={leave}>
      <button type="button" ref={button} aria-expanded={isOpen} aria-controls="more" onClick={() => setOpen(!isOpen)}>
        More
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click on one of its links closes it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: links are clicked by key as well */}
      <span id="more" class={isOpen ? 'more open' : 'more'} onClick={() => setOpen(false)}>
        <a href={readingLink(id)}>Read it differently</a>
        <a href={`datasets/${id}/report.html`} target="_blank" rel="noopener">
          Open in full page
        </a>
        <a href={`datasets/${id}/file`}>Download original</a>
        <span class="exports">
          <span>Save report as</span>
          {FORMS.map(([path, form]) => (
            <a key={form} href={`datasets/${id}/${path}`} download="">
              {form}
            </a>
          ))}
        </span>
      </span>
    </span>
  );
}

interface FrameProps extends OpenReport {
  name: string;
  /** Called with the frame's window each time that a document is loaded in it. */
  onWindow: (inner: Window | null) => void;
}

function ReportFrame({ id, part, name, onWindow }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const address = useRef(`datasets/${id}/report.html${part && `#${part}`}`); // as it was opened
  useEffect(() => printsReport(frame.current!), []);
  useEffect(() => {
    // another column of the same report, by a link or by Back
    const inner = frame.current!.contentWindow;
    if (part && inner && inner.location.hash !== `#${part}`) inner.location.hash = part;
  }, [part]);
  const loaded = () => {
    const inner = frame.current!.contentWindow!;
    onWindow(inner);
    const { scroll } = (history.state ?? {}) as { scroll?: number };
    if (scroll !== undefined) inner.scrollTo(0, scroll);
    let timer = 0;
    const keepPart = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const link = reportLink(id, inner.location.hash.slice(1));
        if (openReport()?.id === id && link !== location.hash) history.replaceState(history.state, '', link);
      }, SETTLED_MILLISECONDS) as unknown as number;
    };
    // the report keeps its view, search and order in its own address, without an event
    for (const type of ['hashchange', 'click', 'input', 'change', 'keyup']) inner.addEventListener(type, keepPart);
    inner.addEventListener('scrollend', () => history.replaceState({ ...history.state, scroll: inner.scrollY }, ''));
    // rows are a page of their own, with an address of its own
    inner.document.addEventListener('click', (event) => {
      const link = (event.target as Element).closest?.('a');
      const url = link?.href && new URL(typeof link.href === 'string' ? link.href : inner.location.href);
      if (!url || !url.pathname.endsWith('/rows') || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      location.assign(url);
    });
  };
  return <iframe ref={frame} title={`Report of ${name}`} src={address.current} onLoad={loaded} />;
}
