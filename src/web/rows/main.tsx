import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSignal } from '../signal.ts';
import { Rows } from './application.tsx';
import type { Report } from './report.ts';
import { getJson, outage, Refusal } from './requests.ts';
import '../styles.css';
import './grid.css';
import './rows.css';

interface Dataset {
  name: string;
}

/** Reads the dataset and its report; says why there are no rows to be shown. */
function Page() {
  const [known, setKnown] = useState<{ name: string; report: Report }>();
  const [problem, setProblem] = useState('');
  const lost = useSignal(outage);
  useEffect(() => {
    const request = new AbortController();
    const read = async () => {
      // the folder of this page is the dataset's address
      const { name } = await getJson<Dataset>(location.pathname.replace(/\/rows$/, ''), request.signal);
      document.title = `Rows of ${name}`;
      const report = await getJson<Report>('report', request.signal).catch((error) => {
        if (error instanceof Refusal && error.status === 404) throw new Error('This dataset has no report yet.');
        throw error;
      });
      setKnown({ name, report });
    };
    read().catch((error: Error) => {
      const isGone = error instanceof Refusal && error.status === 404;
      setProblem(isGone ? 'This dataset does not exist or was deleted.' : error.message);
    });
    return () => request.abort();
  }, []);
  if (known) return <Rows {...known} />;
  return (
    <main>
      <h1>Rows</h1>
      {problem ? (
        <p class="error" role="alert">
          {problem}
        </p>
      ) : (
        <p class="dim">{lost ? `${lost} The page tries again by itself.` : 'Opening the rows…'}</p>
      )}
      <p>
        <a href="../../">All datasets</a>
      </p>
    </main>
  );
}

render(<Page />, document.getElementById('app')!);
