import { isTerminal, JobState, MILESTONES } from '../core/states.ts';
import { byteSize } from '../report/formatting.ts';
import { rough, span } from './formatting.ts';
import type { WebJobFragment } from './generated/graphql.ts';
import type { Throughput } from './throughput.ts';

/** A job as the server reports it. */
export type Job = WebJobFragment;

/** Whether the job has ended, or there is none. */
export const isOver = (job: Job | null | undefined): boolean => !job || isTerminal(JobState[job.state]);

/**
 * The later one of two states of a dataset's job: the response to an earlier query may arrive after an event, and a
 * progress that is shown never goes back. Another job is always later.
 */
export function laterState(shown: Job | null | undefined, next: Job | null | undefined): Job | null | undefined {
  if (!shown || !next || next.id !== shown.id || isOver(next)) return next;
  return isOver(shown) || shown.progress > next.progress ? shown : next;
}

/** What is done until each milestone of the progress. */
const STAGES: [until: number, stage: string][] = [
  [MILESTONES.parsed, 'reading the rows'],
  [MILESTONES.statistics, 'computing statistics'],
  [MILESTONES.anomalies, 'finding duplicates and outliers'],
  [MILESTONES.stored, 'writing the report'],
];

/**
 * What a job that has not ended is doing: why it waits, or how far it is, how fast, and how long it will take.
 * @param bytes throughput of `bytesProcessed`
 * @param rows throughput of `rowsProcessed`
 * @param now in milliseconds of their clock
 */
export function jobStatus(job: Job, sizeBytes: number, bytes: Throughput, rows: Throughput, now: number): string {
  const attempt = job.attempt > 1 ? `attempt ${job.attempt}: ` : '';
  if (job.state === 'QUEUED') return job.celeryTaskId ? 'waiting for a worker' : 'waiting for the broker';
  if (job.state === 'RETRYING') return `${attempt}trying again soon`;
  const parts = [`${job.progress} %`];
  if (job.bytesProcessed < sizeBytes && job.progress < MILESTONES.parsed) {
    const rate = bytes.rate(now);
    const left = bytes.secondsLeft(sizeBytes, now);
    parts.push(STAGES[0]![1]);
    const rowRate = rows.rate(now);
    if (rowRate) parts.push(`${rough(rowRate)} rows/s`);
    if (rate) parts.push(`${byteSize(rate)}/s`);
    if (left) parts.push(`${span(left)} left to read`);
  } else parts.push(STAGES.find(([until]) => job.progress < until)?.[1] ?? '');
  return attempt + parts.filter(Boolean).join(', ');
}

/** How long a job took that has ended; empty where the server does not report it. */
export function durationOf({ startedAt, finishedAt }: Job): string {
  if (!startedAt || !finishedAt) return '';
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
  return `processed in ${seconds < 0.05 ? 'less than 0.1 s' : span(seconds)}`;
}
