import { useEffect, useRef, useState } from 'preact/hooks';
import { run } from './client.ts';
import { outage } from './connection.ts';
import { DATASET } from './documents.ts';
import { useSignal } from './signal.ts';

const FORMS: [path: string, name: string][] = [
  ['report.html', 'HTML'],
  ['report', 'JSON'],
  ['report.csv?spreadsheet=true', 'CSV'],
  ['report.md', 'Markdown'],
];

/** A report inside the application. */
export function ReportViewer({ id }: { id: string }) {
  const [name, setName] = useState<string>();
  const [problem, setProblem] = useState('');
  const offline = useSignal(outage) !== '';
  const back = useRef<HTMLAnchorElement>(null);
  useEffect(() => back.current?.focus(), []); // the element that had the focus is gone
  useEffect(() => {
    let left = false;
    setProblem('');
    run('query', DATASET, { id }).then(
      ({ dataset }) => {
        if (left) return;
        if (dataset?.report) setName(dataset.name);
        else
          setProblem(
            dataset ? 'This dataset has no report yet.' : 'There is no such dataset: it may have been deleted.',
          );
      },
      (error: Error) => left || setProblem(error.message),
    );
    return () => {
      left = true;
    };
  }, [id, offline]);
  useEffect(() => {
    const title = document.title;
    if (name) document.title = `${name} – ${title}`;
    return () => {
      document.title = title;
    };
  }, [name]);
  return (
    <div class="viewer">
      <nav aria-label="Report">
        <a href="#all" ref={back}>
          ← All datasets
        </a>
        {name && (
          <span class="exports">
            <a href={`datasets/${id}/report.html`} target="_blank" rel="noopener">
              Open in a new tab
            </a>
            <a href={`datasets/${id}/file`}>Original file</a>
            <span class="dim">Save report as</span>
            {FORMS.map(([path, form]) => (
              <a
                key={form}
                href={`datasets/${id}/${path}`}
                download={`${name}.${form === 'Markdown' ? 'md' : form.toLowerCase()}`}
              >
                {form}
              </a>
            ))}
          </span>
        )}
      </nav>
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      {name && !problem && <iframe title={`Report of ${name}`} src={`datasets/${id}/report.html`} />}
    </div>
  );
}
