import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, connected, listen } from './client.ts';
import { CANCEL, DELETE, PROCESS, PROGRESS } from './documents.ts';
import { size } from './format.ts';
import type { WebDatasetsQuery } from './generated/graphql.ts';
import { useSignal } from './signal.ts';

export type Dataset = NonNullable<WebDatasetsQuery['datasets']['edges'][number]>['node'];
type Job = NonNullable<Dataset['latestJob']>;

const over = (job: Job | null | undefined) => !job || job.state === 'SUCCESS' || job.state === 'FAILURE';

/** A dataset in the list: its state, its job live, and what can be done with it. */
export function DatasetItem({ dataset, reload, open }: { dataset: Dataset; reload: () => void; open: () => void }) {
  const [job, setJob] = useState(dataset.latestJob);
  const [problem, setProblem] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  const online = useSignal(connected);
  const jobId = dataset.latestJob?.id;
  useEffect(() => setJob(dataset.latestJob), [dataset]);
  const active = !over(job);
  useEffect(() => {
    if (!jobId || !active || !online) return;
    return listen(PROGRESS, { jobId }, ({ jobProgress }) => {
      setJob((before) =>
        before?.id === jobProgress.id && before.progress > jobProgress.progress ? before : jobProgress,
      );
      if (over(jobProgress)) reload();
    });
  }, [jobId, active, online]);
  const act = (work: Promise<unknown>) => {
    setProblem('');
    work.then(reload, (error: Error) => setProblem(error.message));
  };
  const status = active ? job!.state.toLowerCase() : dataset.status.toLowerCase();
  const error =
    problem ||
    (dataset.status === 'FAILED'
      ? dataset.error
      : !active && job?.error === 'cancelled'
        ? 'The last run was cancelled.'
        : '');
  return (
    <li class="dataset">
      <div class="line">
        <h3>
          <bdi>{dataset.name}</bdi>
        </h3>
        <span class={`status ${status}`}>{status}</span>
      </div>
      <p class="dim">
        {size(dataset.sizeBytes)}
        {dataset.rowCount !== null &&
          dataset.rowCount !== undefined &&
          `, ${dataset.rowCount.toLocaleString('en')} rows`}
        , uploaded <time dateTime={dataset.uploadedAt}>{new Date(dataset.uploadedAt).toLocaleString()}</time>
      </p>
      {active && <JobProgress job={job!} />}
      {error && (
        <p class="error" role="alert">
          <bdi>{error}</bdi>
        </p>
      )}
      <div class="actions">
        {dataset.status === 'DONE' && (
          <button type="button" class="main" onClick={open}>
            Open report
          </button>
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

function JobProgress({ job }: { job: Job }) {
  const seconds = job.startedAt ? (Date.now() - Date.parse(job.startedAt)) / 1_000 : 0;
  const left = job.progress > 10 && seconds > 2 ? Math.ceil((seconds * (100 - job.progress)) / job.progress) : 0;
  const words =
    job.state === 'QUEUED'
      ? job.celeryTaskId
        ? 'waiting for a worker'
        : 'waiting for the broker'
      : job.state === 'RETRYING'
        ? 'a service did not answer; trying again'
        : `${job.progress} %${left ? `, about ${left} s left` : ''}`;
  return (
    <div class="progress">
      <progress max={100} value={job.progress} aria-label="Progress of the job" />
      <span>{words}</span>
    </div>
  );
}
