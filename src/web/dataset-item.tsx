import { useEffect, useRef, useState } from 'preact/hooks';
import { CANCELLED, DatasetStatus, JobState } from '../core/states.ts';
import { byteSize, countOf } from '../report/formatting.ts';
import { announce } from './announcements.ts';
import { run, subscribe } from './client.ts';
import { outage, transport } from './connection.ts';
import type { Dataset } from './dataset-page.ts';
import { deleteSoon, deleting, UNDO_SECONDS, undoDeletion } from './deletions.ts';
import { CANCEL, PROCESS, PROGRESS, RENAME } from './documents.ts';
import { JobProgress } from './job-progress.tsx';
import { durationOf, isOver, type Job, laterState } from './job-status.ts';
import { readingLink, reportLink } from './place.ts';
import { useSignal } from './signal.ts';

type LatestJob = Job | null | undefined;

/** Characters of a name at most, as the service has it. */
const MAX_NAME = 1_000;

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

/** A dataset in the list: its state, its job live, its alerts, and what can be done with it. */
export function DatasetItem({ dataset, reload }: { dataset: Dataset; reload: () => void }) {
  const { id } = dataset;
  const [problem, setProblem] = useState('');
  const [renaming, setRenaming] = useState(false);
  const isDeleting = useSignal(deleting).has(id);
  const job = useLiveJob(dataset, reload);
  const state = stateOf(dataset, job);
  const hasReport = state.done || dataset.rowCount !== null;
  const fail = (failure: Error) => setProblem(failure.message);
  const act = (work: Promise<unknown>) => {
    setProblem('');
    return work.then(reload, fail);
  };
  if (isDeleting) return <Deleted dataset={dataset} />;
  return (
    <li class="dataset">
      <div class="line">
        {renaming ? (
          <NameForm
            name={dataset.name}
            onName={(name) => act(run('mutation', RENAME, { id, name })).then(() => setRenaming(false))}
            onEnd={() => setRenaming(false)}
          />
        ) : (
          <h3>
            <bdi>{dataset.name}</bdi>
          </h3>
        )}
        <span class={`status ${state.label}`}>{state.label}</span>
        {state.done && dataset.alertCounts && <AlertCounts id={id} counts={dataset.alertCounts} />}
        <div class="actions">
          {hasReport && (
            <a class={state.done ? 'button main' : 'button'} href={reportLink(id)}>
              Open report
            </a>
          )}
          {state.error && (
            <a class="button" href={readingLink(id)}>
              Read it differently
            </a>
          )}
          {!renaming && (
            <button type="button" onClick={() => setRenaming(true)}>
              Rename
            </button>
          )}
          {state.active ? (
            <button type="button" onClick={() => act(run('mutation', CANCEL, { id: job!.id }))}>
              Cancel
            </button>
          ) : (
            <>
              <button type="button" onClick={() => act(run('mutation', PROCESS, { id, force: true }))}>
                {job ? 'Process again' : 'Process'}
              </button>
              <button type="button" onClick={() => deleteSoon(id, reload, fail)}>
                Delete
              </button>
            </>
          )}
        </div>
      </div>
      {state.active && <JobProgress job={job!} sizeBytes={dataset.sizeBytes} name={dataset.name} />}
      {(problem || state.error) && (
        <p class="error" role="alert">
          <bdi>{problem || state.error}</bdi>
        </p>
      )}
      {state.error && hasReport && <p class="dim">The report of the reading before is still there.</p>}
      {state.cancelled && <p class="dim">The last run was cancelled.</p>}
      <Facts dataset={dataset} job={job} done={state.done} />
    </li>
  );
}

function Facts({ dataset, job, done }: { dataset: Dataset; job: LatestJob; done: boolean }) {
  const facts = [
    byteSize(dataset.sizeBytes),
    dataset.rowCount !== null && countOf(dataset.rowCount, 'row'),
    done && job?.state === 'SUCCESS' && durationOf(job),
  ].filter(Boolean);
  return (
    <p class="dim facts">
      {facts.join(', ')}, uploaded{' '}
      <time dateTime={dataset.uploadedAt}>
        {new Date(dataset.uploadedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
      </time>
    </p>
  );
}

/** Alerts by severity: as many as the report lists. */
function AlertCounts({ id, counts }: { id: string; counts: NonNullable<Dataset['alertCounts']> }) {
  const { errors, warnings, infos } = counts;
  const shown = [
    { count: errors, name: 'error' },
    { count: warnings, name: 'warning' },
    { count: infos, name: 'note' },
  ].filter(({ count }) => count > 0);
  if (shown.length === 0) return <span class="alerts none">no alerts</span>;
  return (
    <a class="alerts" href={reportLink(id, 'alerts')}>
      {shown.map(({ count, name }) => (
        <span key={name} class={name}>
          {countOf(count, name)}
        </span>
      ))}
    </a>
  );
}

/** Instead of a dataset that is about to be deleted. */
function Deleted({ dataset: { id, name } }: { dataset: Dataset }) {
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus(), []); // the button that had the focus is gone
  return (
    <li class="dataset line">
      <output>
        Deleted <bdi>{name}</bdi> with its file and report.
      </output>
      <button type="button" ref={undo} onClick={() => undoDeletion(id)}>
        Undo ({UNDO_SECONDS} s)
      </button>
    </li>
  );
}

interface NameFormProps {
  name: string;
  onName: (name: string) => void;
  /** Called when the name stays as it is. */
  onEnd: () => void;
}

function NameForm({ name, onName, onEnd }: NameFormProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  return (
    <form
      class="rename"
      onSubmit={(event) => {
        event.preventDefault();
        const { value } = input.current!;
        if (value === name) onEnd();
        else onName(value);
      }}
      onKeyDown={(event) => event.key === 'Escape' && onEnd()}
    >
      <input ref={input} aria-label="Name" defaultValue={name} maxLength={MAX_NAME} required />
      <button type="submit" class="main">
        Save
      </button>
      <button type="button" onClick={onEnd}>
        Cancel
      </button>
    </form>
  );
}
