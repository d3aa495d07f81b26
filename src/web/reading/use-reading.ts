import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { run, subscribe } from '../client.ts';
import { outage, transport } from '../connection.ts';
import { CANCEL, DATASET, PROCESS, PROGRESS } from '../documents.ts';
import type { WebDatasetQuery } from '../generated/graphql.ts';
import { isOver, type Job, laterState } from '../job-status.ts';
import { useSignal } from '../signal.ts';
import { inputOf } from './typed-options.ts';

type ReadDataset = NonNullable<WebDatasetQuery['dataset']>;
type StoredReport = NonNullable<ReadDataset['report']>;

/** Where live updates are blocked, and in case that one is missed. */
const POLL_MILLISECONDS = 2_500;
const GONE = 'This dataset does not exist or was deleted.';

/** A dataset that is looked at, and what becomes of it when it is read differently. */
export interface Reading {
  /** `undefined` until it is known. */
  dataset: ReadDataset | undefined;
  /** Why there is nothing to see, or why what there is may be out of date. */
  problem: string;
  /** Its latest job, live. */
  job: Job | null | undefined;
  isActive: boolean;
  /** The report that was there before the job that runs, or that has just ended. */
  before: StoredReport | undefined;
  /** Processes it with these options. @throws Error with the server's sentence */
  process(options: ReadOptions): Promise<void>;
  /** Cancels the job that runs. @throws Error with the server's sentence */
  cancel(): Promise<void>;
  /** Forgets what was before. */
  dismiss(): void;
}

/** Follows a dataset. The report that it had when a job began is kept, to be compared with the new one. */
export function useReading(id: string): Reading {
  const [dataset, setDataset] = useState<ReadDataset>();
  const [problem, setProblem] = useState('');
  const [job, setJob] = useState<Job | null>();
  const [before, setBefore] = useState<StoredReport>();
  const offline = useSignal(outage) !== '';
  const updates = useSignal(transport);
  const isGone = useRef(false);
  const isActive = !isOver(job);

  const load = async () => {
    try {
      const { dataset: found } = await run('query', DATASET, { id });
      if (isGone.current) return;
      setProblem(found ? '' : GONE);
      if (!found) return;
      // opened while a job runs, which somebody else has asked for
      if (!isOver(found.latestJob)) setBefore((known) => known ?? found.report ?? undefined);
      setJob((shown) => laterState(shown, found.latestJob));
      setDataset(found);
    } catch (error) {
      if (!isGone.current) setProblem((error as Error).message);
    }
  };
  useEffect(
    () => () => {
      isGone.current = true;
    },
    [],
  );
  useEffect(() => void load(), [id, offline]);
  const isUnknown = problem !== '' && problem !== GONE;
  useEffect(() => {
    if (!isUnknown || offline) return;
    const timer = setInterval(load, POLL_MILLISECONDS); // what is shown may be out of date
    return () => clearInterval(timer);
  }, [isUnknown, offline]);
  useEffect(() => {
    if (!job || !isActive || offline) return;
    const timer = setInterval(load, POLL_MILLISECONDS);
    const end =
      updates === 'polling'
        ? () => {}
        : subscribe(PROGRESS, { jobId: job.id }, ({ jobProgress }) => {
            setJob((shown) => laterState(shown, jobProgress));
            if (isOver(jobProgress)) void load();
          });
    return () => {
      clearInterval(timer);
      end();
    };
  }, [job?.id, isActive, offline, updates]);

  const process = async (options: ReadOptions) => {
    const report = dataset?.report ?? undefined;
    await run('mutation', PROCESS, { id, force: false, options: inputOf(options) });
    setBefore(report);
    await load();
  };
  const cancel = async () => {
    await run('mutation', CANCEL, { id: job!.id });
    await load();
  };
  return { dataset, problem, job, isActive, before, process, cancel, dismiss: () => setBefore(undefined) };
}
