import { rough, size, span } from './format.ts';
import type { WebProgressSubscription } from './generated/graphql.ts';
import type { Pace } from './throughput.ts';

/** A job as the server tells it. */
export type Job = WebProgressSubscription['jobProgress'];

/** Whether nothing more will come of it. */
export const over = (job: Job | null | undefined): boolean =>
  !job || job.state === 'SUCCESS' || job.state === 'FAILURE';

/**
 * The later one of two states of a dataset's job: an answer that was asked for earlier may arrive after an event, and a
 * progress that is shown never goes back. Another job is always later.
 */
export function later(shown: Job | null | undefined, news: Job | null | undefined): Job | null | undefined {
  if (!shown || !news || shown.id !== news.id || over(news)) return news;
  return over(shown) || shown.progress > news.progress ? shown : news;
}

/** Milestone of the progress at which all bytes are read. */
const READ = 25;
const STAGES: [until: number, words: string][] = [
  [READ, 'reading the rows'],
  [60, 'statistics'],
  [85, 'duplicates and outliers'],
  [100, 'writing the report'],
];

/**
 * What a job that is not over does, in words: why it waits, or how far it is, how fast, and how long it will take.
 * @param pace of `bytesProcessed`, @param rows pace of `rowsProcessed`, @param now in milliseconds of the same clock
 */
export function jobWords(job: Job, sizeBytes: number, pace: Pace, rows: Pace, now: number): string {
  const attempt = job.attempt > 1 ? `attempt ${job.attempt}: ` : '';
  if (job.state === 'QUEUED') return job.celeryTaskId ? 'waiting for a worker' : 'waiting for the broker';
  if (job.state === 'RETRYING') return `${attempt}trying again soon`;
  const parts = [`${job.progress} %`];
  if (job.bytesProcessed < sizeBytes && job.progress < READ) {
    const rate = pace.rate(now);
    const left = pace.secondsLeft(sizeBytes, now);
    parts.push(STAGES[0]![1]);
    const rowRate = rows.rate(now);
    if (rowRate) parts.push(`${rough(rowRate)} rows/s`);
    if (rate) parts.push(`${size(rate)}/s`);
    if (left) parts.push(`${span(left)} left to read`);
  } else parts.push(STAGES.find(([until]) => job.progress < until)?.[1] ?? '');
  return attempt + parts.filter(Boolean).join(', ');
}

/** Fewer rows say nothing about speed. */
const FEW_ROWS = 1_000;

/** How long a finished job took and how fast it was; empty where the server does not say. */
export function pastWords({ startedAt, finishedAt }: Job, rows: number | null | undefined): string {
  if (!startedAt || !finishedAt) return '';
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
  const rate = rows && rows >= FEW_ROWS && seconds >= 0.1 ? `, ${rough(rows / seconds)} rows/s` : '';
  return `processed in ${seconds < 0.05 ? 'less than 0.1 s' : span(seconds)}${rate}`;
}
