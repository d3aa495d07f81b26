import { ERROR_CODES } from '../../core/errors.ts';

const nullable = (type: string, format?: string) => ({ type: [type, 'null'], ...(format ? { format } : {}) });
const uuid = { type: 'string', format: 'uuid' };
const object = (properties: Record<string, object>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  additionalProperties: false,
});
const page = (item: object) => object({ items: { type: 'array', items: item }, next: nullable('string') });
const progress = { type: 'integer', minimum: 0, maximum: 100 };
const state = { type: 'string', enum: ['queued', 'started', 'retrying', 'success', 'failure'] };
const status = { type: 'string', enum: ['uploaded', 'processing', 'done', 'failed'] };

const upload = object({
  id: uuid,
  name: { type: 'string' },
  status,
  checksum_sha256: { type: 'string' },
  size_bytes: { type: 'integer' },
});
const dataset = object({
  id: uuid,
  name: { type: 'string' },
  status,
  row_count: nullable('integer'),
  latest_job_id: nullable('string', 'uuid'),
  report_available: { type: 'boolean' },
  error: nullable('string'),
});
const enqueued = object({ job_id: uuid, dataset_id: uuid, state, progress });
const job = object({
  id: uuid,
  dataset_id: uuid,
  state,
  progress,
  error: nullable('string'),
  queued_at: { type: 'string', format: 'date-time' },
  started_at: nullable('string', 'date-time'),
  finished_at: nullable('string', 'date-time'),
});
const problem = {
  description: 'Refused (RFC 9457)',
  content: {
    'application/problem+json': {
      schema: object({
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        code: { type: 'string', enum: Object.keys(ERROR_CODES) },
      }),
    },
  },
};
const json = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } });
const problems = (...codes: number[]) => Object.fromEntries([...codes, 500, 503].map((code) => [code, problem]));
const idParam = { type: 'object', required: ['id'], properties: { id: { type: 'string', description: 'UUID' } } };
const spreadsheet = {
  type: 'string',
  description: '"true": cells of a CSV that begin like a formula are made text by an apostrophe',
};
const listQuery = (more: Record<string, object>) => ({
  type: 'object',
  properties: {
    first: { type: 'string', description: '1 to 1,000 (50)' },
    after: { type: 'string', description: 'the "next" of the page before' },
    ...more,
  },
});

/** What Fastify's documentation says of each route. Bodies are checked by the services, not here. */
export const routes = {
  upload: {
    tags: ['datasets'],
    summary: 'Upload a dataset (multipart: name, file)',
    response: {
      201: json('Stored', upload),
      200: json('The same bytes were stored already', upload),
      ...problems(400, 413, 415, 422),
    },
  },
  datasets: {
    tags: ['datasets'],
    summary: 'List datasets, newest first',
    querystring: listQuery({ status: { type: 'string' } }),
    response: { 200: json('A page', page(dataset)), ...problems(400) },
  },
  dataset: {
    tags: ['datasets'],
    summary: 'Get a dataset',
    params: idParam,
    response: { 200: json('The dataset', dataset), ...problems(400, 404) },
  },
  remove: {
    tags: ['datasets'],
    summary: 'Delete a dataset with its jobs, report and objects',
    params: idParam,
    response: { 204: { description: 'Deleted', type: 'null' }, ...problems(400, 404, 409) },
  },
  file: { tags: ['datasets'], summary: 'The bytes as they came', params: idParam, response: problems(400, 404) },
  process: {
    tags: ['jobs'],
    summary: 'Process a dataset (idempotent)',
    params: idParam,
    querystring: {
      type: 'object',
      properties: { force: { type: 'string', description: '"true" processes a finished dataset again' } },
    },
    response: { 202: json('The job', enqueued), ...problems(400, 404) },
  },
  jobs: {
    tags: ['jobs'],
    summary: 'List jobs, newest first',
    querystring: listQuery({ state: { type: 'string' }, dataset_id: { type: 'string' } }),
    response: { 200: json('A page', page(job)), ...problems(400) },
  },
  job: {
    tags: ['jobs'],
    summary: 'Poll a job',
    params: idParam,
    response: { 200: json('The job', job), ...problems(400, 404) },
  },
  cancel: {
    tags: ['jobs'],
    summary: 'Cancel an active job',
    params: idParam,
    response: { 202: json('The job', job), ...problems(400, 404, 409) },
  },
  events: {
    tags: ['jobs'],
    summary: 'Live progress (server-sent events, each the body of a poll)',
    params: idParam,
    response: problems(400, 404),
  },
  report: {
    tags: ['reports'],
    summary: 'The report: JSON, or the page for Accept: text/html',
    params: idParam,
    response: problems(400, 404),
  },
  reportPage: {
    tags: ['reports'],
    summary: 'The report as one HTML file',
    params: idParam,
    response: problems(400, 404),
  },
  reportCsv: {
    tags: ['reports'],
    summary: 'The report as CSV, a row a column',
    params: idParam,
    querystring: { type: 'object', properties: { spreadsheet } },
    response: problems(400, 404),
  },
  reportMarkdown: {
    tags: ['reports'],
    summary: 'The report as Markdown',
    params: idParam,
    response: problems(400, 404),
  },
  rows: {
    tags: ['reports'],
    summary: 'Whole rows of a processed dataset, by the row numbers of its report: JSON, CSV or HTML',
    params: idParam,
    querystring: {
      type: 'object',
      required: ['rows'],
      properties: {
        rows: { type: 'string', description: '17,204 or 10-40; at most 1,000 rows, those beyond the end are left out' },
        format: { type: 'string', description: 'json, csv or html; without, as Accept says' },
        spreadsheet,
      },
    },
    response: problems(400, 404),
  },
} as const;
