import type { Dataset, Job, Prisma } from '../../infra/postgres/database.ts';
import { encodeCursor, type Page } from '../../services/lists.ts';
import type { UploadResult } from '../../services/upload.ts';

/** The JSON bodies of the brief, to the letter: snake_case, no extra fields, times in ISO 8601 UTC. */
export const uploadBody = ({ dataset }: UploadResult) => ({
  id: dataset.id,
  name: dataset.name,
  status: dataset.status,
  checksum_sha256: dataset.checksumSha256,
  size_bytes: Number(dataset.sizeBytes),
});

export const datasetBody = (dataset: Dataset & { jobs: { id: string }[]; report: { id: string } | null }) => ({
  id: dataset.id,
  name: dataset.name,
  status: dataset.status,
  row_count: dataset.rowCount,
  latest_job_id: dataset.jobs[0]?.id ?? null,
  report_available: dataset.report !== null,
  error: dataset.error,
});

export const processBody = (job: Job) => ({
  job_id: job.id,
  dataset_id: job.datasetId,
  state: job.state,
  progress: job.progress,
});

export const jobBody = (job: Job) => ({
  id: job.id,
  dataset_id: job.datasetId,
  state: job.state,
  progress: job.progress,
  error: job.error,
  queued_at: job.queuedAt.toISOString(),
  started_at: job.startedAt?.toISOString() ?? null,
  finished_at: job.finishedAt?.toISOString() ?? null,
});

/** What of a dataset's relations its body shows. */
export const DATASET_RELATIONS = {
  jobs: { orderBy: [{ queuedAt: 'desc' }, { id: 'desc' }], take: 1, select: { id: true } },
  report: { select: { id: true } },
} satisfies Prisma.DatasetInclude;

/** A page of a list from its rows, one more of which were read than asked for. */
export function listBody<Row extends { id: string }, Item>(
  rows: Row[],
  { first }: Page,
  body: (row: Row) => Item,
  at: (row: Row) => Date,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, first);
  const last = shown.at(-1);
  return { items: shown.map(body), next: rows.length > first && last ? encodeCursor(at(last), last.id) : null };
}
