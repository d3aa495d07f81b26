import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CANCELLED, DatasetStatus, JobState } from '../core/states.ts';
import { announce } from './announcements.ts';
import { run, subscribe } from './client.ts';
import { outage, transport } from './connection.ts';
import type { Dataset } from './dataset-page.ts';
import { CANCEL, DELETE, PROCESS, PROGRESS } from './documents.ts';
import { size, whole } from './formatting.ts';
import { JobProgress } from './job-progress.tsx';
import { durationOf, isOver, type Job, laterState } from './job-status.ts';
import { useSignal } from './signal.ts';

type LatestJob = Job | null | undefined;

/** The dataset's latest job, kept up to date by its events. The list is read again when it ends. */
function useLiveJob(dataset: Dataset, reload: () => void): LatestJob {
  const [job, setJob] = useState<LatestJob>(dataset.latestJob);
  const updates = useSignal(transport);
  const offline = useSignal(outage) !== '';
  useEffect(() => setJob((shown) => laterState(shown, dataset.latestJob)), [dataset]);
  const active = !isOver(job);
  const jobId = job?.id;
  useEffect(() => {
    if (!jobId || !active || offline || updates === 'polling') return;
    return subscribe(PROGRESS, { jobId }, ({ jobProgress }) => setJob((shown) => laterState(shown, jobProgress)));
  }, [jobId, active, offline, updates]);
  const wasActive = useRef(active);
  useEffect(() => {
    if (wasActive.current && !active) {
      announce(`${dataset.name}: ${job?.state === 'SUCCESS' ? DatasetStatus.DONE : (job?.error ?? 'failed')}`);
      reload();
    }
    wasActive.current = active;
  }, [active]);
  return job;
}

/** What is shown of a dataset: the end of its job is known before the list is read again. */
function stateOf(dataset: Dataset, job: LatestJob) {
  const active = !isOver(job);
  const ended = !active && job && !isOver(dataset.latestJob);
  const done = ended ? job.state === 'SUCCESS' : dataset.status === 'DONE';
  const settled = done ? DatasetStatus.DONE : ended ? DatasetStatus.FAILED : DatasetStatus[dataset.status];
  const cancelled = !active && job?.error === CANCELLED;
  return {
    active,
    done,
    cancelled,
    label: active ? JobState[job!.state] : cancelled && !done ? CANCELLED : settled,
    error: !active && settled === DatasetStatus.FAILED && !cancelled ? (dataset.error ?? job?.error) : '',
  };
}

/** A dataset in the list: its state, its job live, and what can be done with it. */
export function DatasetItem({ dataset, reload }: { dataset: Dataset; reload: () => void }) {
  const [problem, setProblem] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  const job = useLiveJob(dataset, reload);
  const { active, done, cancelled, label, error } = stateOf(dataset, job);
  const act = (work: Promise<unknown>) => {
    setProblem('');
    work.then(reload, (failure: Error) => setProblem(failure.message));
  };
  const facts = [
    size(dataset.sizeBytes),
    dataset.rowCount !== null && `${whole(dataset.rowCount)} ${dataset.rowCount === 1 ? 'row' : 'rows'}`,
    done && job?.state === 'SUCCESS' && durationOf(job, dataset.rowCount),
  ].filter(Boolean);
  return (
    <li class="dataset">
      <div class="line">
        <h3>
          <bdi>{dataset.name}</bdi>
        </h3>
        <span class={`status ${label}`}>{label}</span>
        <div class="actions">
          {done && (
            <a class="button main" href={`#${dataset.id}`}>
              Open report
            </a>
          )}
          {active ? (
            <button type="button" onClick={() => act(run('mutation', CANCEL, { id: job!.id }))}>
              Cancel
            </button>
          ) : (
            <>
              <button type="button" onClick={() => act(run('mutation', PROCESS, { id: dataset.id, force: true }))}>
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
      {(problem || error) && (
        <p class="error" role="alert">
          <bdi>{problem || error}</bdi>
        </p>
      )}
      {cancelled && <p class="dim">The last run was cancelled.</p>}
      <p class="dim facts">
        {facts.join(', ')}, uploaded{' '}
        <time dateTime={dataset.uploadedAt}>
          {new Date(dataset.uploadedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      </p>
      <DeleteDialog
        name={dataset.name}
        dialog={dialog}
        onDelete={() => act(run('mutation', DELETE, { id: dataset.id }))}
      />
    </li>
  );
}

interface DeleteDialogProps {
  /** Of the dataset. */
  name: string;
  dialog: RefObject<HTMLDialogElement | null>;
  onDelete: () => void;
}

function DeleteDialog({ name, dialog, onDelete }: DeleteDialogProps) {
  return (
    <dialog ref={dialog} aria-label="Delete the dataset">
      <p>
        Delete{' '}
        <strong>
          <bdi>{name}</bdi>
        </strong>{' '}
        with its file and report? This cannot be undone.
      </p>
      <form method="dialog" class="actions">
        <button type="submit" class="danger" onClick={onDelete}>
          Delete
        </button>
        <button type="submit">Keep</button>
      </form>
    </dialog>
  );
}
