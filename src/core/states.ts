/**
 * The states of datasets, jobs and attempts, and the words of the project. This file is the only one that spells a
 * state: statements, GraphQL, OpenAPI and the checks of the database are made from it, or compared with it by a test.
 *
 * - **Dataset**: an uploaded file with its name and lifecycle. The same bytes are one dataset, however often they are
 *   uploaded.
 * - **Job**: one request to process a dataset. A dataset has any number of jobs, at most one of them active.
 * - **Attempt**: one worker's try at a job, from its claim to its end. Attempts of a job are numbered from 1.
 * - **Message**: what the broker delivers to a worker; it names one job. It may come twice, late or never: the row of
 *   the job decides what is done.
 * - **Lease**: the time until which an attempt owns its job. Heartbeats renew it; when it has run out, the reaper ends
 *   the attempt as lost.
 * - **Outbox**: the jobs whose rows are written and whose messages are not sent yet. Any process sends them.
 * - **Stage**: what an attempt has behind it: rows parsed, statistics computed, anomalies found. Each sets a milestone
 *   of the job's progress.
 */

/** What happens to a job, from its row to its end. */
export const JobState = {
  /** Waits for its first attempt. */
  QUEUED: 'queued',
  /** A worker has claimed it. */
  STARTED: 'started',
  /** Waits for another attempt. */
  RETRYING: 'retrying',
  /** Its report is stored. */
  SUCCESS: 'success',
  /** It ended without a report; `jobs.error` says why. */
  FAILURE: 'failure',
} as const;
export type JobState = (typeof JobState)[keyof typeof JobState];

/** All states of a job. */
export const JOB_STATES: readonly JobState[] = Object.values(JobState);
/** A job in one of these waits for a worker. */
export const WAITING_STATES: readonly JobState[] = [JobState.QUEUED, JobState.RETRYING];
/** A job in one of these has not ended. At most one such job per dataset, by a partial unique index. */
export const ACTIVE_STATES: readonly JobState[] = [JobState.QUEUED, JobState.STARTED, JobState.RETRYING];
/** A job in one of these has ended, and never changes again. */
export const TERMINAL_STATES: readonly JobState[] = [JobState.SUCCESS, JobState.FAILURE];

/** Whether a job in this state has not ended. */
export const isActive = (state: string): boolean => (ACTIVE_STATES as readonly string[]).includes(state);
/** Whether a job in this state has ended. */
export const isTerminal = (state: string): boolean => (TERMINAL_STATES as readonly string[]).includes(state);

/** `jobs.error` of a cancelled job: cancelling adds no state, the job ends as a failure. */
export const CANCELLED = 'cancelled';

/** What has become of a dataset. */
export const DatasetStatus = {
  /** Stored, and never processed to an end. */
  UPLOADED: 'uploaded',
  /** A worker has claimed a job of it. */
  PROCESSING: 'processing',
  /** Its last job succeeded: it has a report. */
  DONE: 'done',
  /** Its last job failed; `datasets.error` says why. */
  FAILED: 'failed',
} as const;
export type DatasetStatus = (typeof DatasetStatus)[keyof typeof DatasetStatus];

/** All states of a dataset. */
export const DATASET_STATUSES: readonly DatasetStatus[] = Object.values(DatasetStatus);

/** How an attempt ended. */
export const AttemptOutcome = {
  SUCCESS: 'success',
  /** The dataset is not a table, or an error of this program: another attempt would end the same way. */
  FAILURE: 'failure',
  /** A service that is needed did not answer. Uses up one of the attempts that are allowed. */
  FAULT: 'fault',
  /** Its worker died. Uses up one of the attempts that are allowed. */
  LOST: 'lost',
  /** Its worker was shut down. Uses up none. */
  HANDED_BACK: 'handed_back',
  CANCELLED: 'cancelled',
} as const;
export type AttemptOutcome = (typeof AttemptOutcome)[keyof typeof AttemptOutcome];

/** Percent of a job's progress at which each stage is reached. */
export const MILESTONES = { started: 5, parsed: 25, statistics: 60, anomalies: 85, stored: 100 } as const;
