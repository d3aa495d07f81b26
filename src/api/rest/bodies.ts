import type { DatasetSummary } from '../../services/datasets.ts';
import type { Job } from '../../services/jobs.ts';
import type { UploadResult } from '../../services/upload.ts';

/** The JSON bodies, as /openapi.json describes them: snake_case, no extra fields, times in ISO 8601 UTC. */

/** The body `UploadedDataset`. */
export const uploadBody = ({ dataset }: UploadResult) => ({
  id: dataset.id,
  name: dataset.name,
  status: dataset.status,
  checksum_sha256: dataset.checksumSha256,
  size_bytes: Number(dataset.sizeBytes),
});

/** The body `Dataset`. */
export const datasetBody = (dataset: DatasetSummary) => ({
  id: dataset.id,
  name: dataset.name,
  status: dataset.status,
  row_count: dataset.rowCount,
  latest_job_id: dataset.latestJobId,
  report_available: dataset.hasReport,
  error: dataset.error,
});

/** The body `EnqueuedJob`. */
export const processBody = (job: Job) => ({
  job_id: job.id,
  dataset_id: job.datasetId,
  state: job.state,
  progress: job.progress,
});

/** The body `Job`. */
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

/**
 * The body `DatasetPage` or `JobPage`.
 * @param rows as services list them: one more than asked for when there is a next page
 * @param cursorOf a row's place in the list
 */
export function listBody<Row, Item>(
  rows: Row[],
  { first }: { first: number },
  body: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, first);
  const last = shown.at(-1);
  return { items: shown.map(body), next: rows.length > first && last ? cursorOf(last) : null };
}
