import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from './announcements.ts';
import { ask, listen } from './client.ts';
import { link, lost } from './connection.ts';
import type { Dataset } from './dataset-page.ts';
import { CANCEL, DELETE, PROCESS, PROGRESS } from './documents.ts';
import { size, whole } from './format.ts';
import { type Job, jobWords, later, over, pastWords } from './job-status.ts';
import { useSignal } from './signal.ts';
import { Pace } from './throughput.ts';

/** A dataset in the list: its state, its job live, and what can be done with it. */
export function DatasetItem({ dataset, reload }: { dataset: Dataset; reload: () => void }) {
  const [job, setJob] = useState<Job | null | undefined>(dataset.latestJob);
  const [problem, setProblem] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  const way = useSignal(link);
  const offline = useSignal(lost) !== '';
  useEffect(() => setJob((shown) => later(shown, dataset.latestJob)), [dataset]);
  const active = !over(job);
  const jobId = job?.id;
  useEffect(() => {
    if (!jobId || !active || offline || way === 'asking') return;
    return listen(PROGRESS, { jobId }, ({ jobProgress }) => setJob((shown) => later(shown, jobProgress)));
  }, [jobId, active, offline, way]);
  const wasActive = useRef(active);
  useEffect(() => {
    if (wasActive.current && !active) {
      say(`${dataset.name}: ${job?.state === 'SUCCESS' ? 'done' : (job?.error ?? 'failed')}`);
      reload();
    }
    wasActive.current = active;
  }, [active]);
  const act = (work: Promise<unknown>) => {
    setProblem('');
    work.then(reload, (error: Error) => setProblem(error.message));
  };
  // the job's end is known before the list is read again
  const ended = !active && job && !over(dataset.latestJob);
  const done = ended ? job.state === 'SUCCESS' : dataset.status === 'DONE';
  const status = active ? job!.state.toLowerCase() : done ? 'done' : ended ? 'failed' : dataset.status.toLowerCase();
  const cancelled = !active && job?.error === 'cancelled';
  const error = problem || (status === 'failed' && !cancelled ? (dataset.error ?? job?.error) : '');
  const facts = [
    size(dataset.sizeBytes),
    dataset.rowCount !== null && `${whole(dataset.rowCount)} ${dataset.rowCount === 1 ? 'row' : 'rows'}`,
    done && job?.state === 'SUCCESS' && pastWords(job, dataset.rowCount),
  ].filter(Boolean);
  return (
    <li class="dataset">
      <div class="line">
        <h3>
          <bdi>{dataset.name}</bdi>
        </h3>
        <span class={`status ${cancelled && !done ? 'cancelled' : status}`}>
          {cancelled && !done ? 'cancelled' : status}
        </span>
        <div class="actions">
          {done && (
            <a class="button main" href={`#${dataset.id}`}>
              Open report
            </a>
          )}
          {active ? (
            <button type="button" onClick={() => act(ask('mutation', CANCEL, { id: job!.id }))}>
              Cancel
            </button>
          ) : (
            <>
              <button type="button" onClick={() => act(ask('mutation', PROCESS, { id: dataset.id, force: true }))}>
                {job ? 'Process again' : 'Process'}
              </button>
              <button type="button" onClick={() => dialog.current?.showModal()}>
                Delete
              </button>
            </>
          )}
        </div>
      </div>
      {active && <JobProgress job={job!} sizeBytes={dataset.sizeBytes} name={dataset.name} />}
      {error && (
        <p class="error" role="alert">
          <bdi>{error}</bdi>
        </p>
      )}
      {cancelled && <p class="dim">The last run was cancelled.</p>}
      <p class="dim facts">
        {facts.join(', ')}, uploaded{' '}
        <time dateTime={dataset.uploadedAt}>
          {new Date(dataset.uploadedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      </p>
      <dialog ref={dialog} aria-label="Delete the dataset">
        <p>
          Delete{' '}
          <strong>
            <bdi>{dataset.name}</bdi>
          </strong>{' '}
          with its file and report? This cannot be undone.
        </p>
        <form method="dialog" class="actions">
          <button type="submit" class="danger" onClick={() => act(ask('mutation', DELETE, { id: dataset.id }))}>
            Delete
          </button>
          <button type="submit">Keep</button>
        </form>
      </dialog>
    </li>
  );
}

const TICK_MILLISECONDS = 500;

function JobProgress({ job, sizeBytes, name }: { job: Job; sizeBytes: number; name: string }) {
  const bytes = useRef(new Pace());
  const rows = useRef(new Pace());
  const [, draw] = useState(0);
  const now = performance.now();
  if (job.state === 'STARTED') {
    bytes.current.observe(job.bytesProcessed, now);
    rows.current.observe(job.rowsProcessed, now);
  }
  useEffect(() => {
    if (job.state !== 'STARTED') return;
    const timer = setInterval(() => draw((n) => n + 1), TICK_MILLISECONDS); // what is left grows less without news
    return () => clearInterval(timer);
  }, [job.state]);
  return (
    <div class="progress">
      <progress max={100} value={job.progress} aria-label={`Progress of ${name}`} />
      <span>{jobWords(job, sizeBytes, bytes.current, rows.current, now)}</span>
    </div>
  );
}
