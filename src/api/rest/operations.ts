import { STORED_TYPES } from '../../services/content-type.ts';
import { CURSOR, DATASET_CURSOR, DEFAULT_FIRST, MAX_FIRST } from '../../services/paging.ts';
import { PREVIEW_ROWS } from '../../services/preview.ts';
import { DATASET_ORDER_NAMES, DEFAULT_ORDER } from './dataset-order.ts';
import { id, json, type Operation, query, ref, refusals, response, spreadsheet, text } from './operation.ts';
import { newName, previewing, processing, uploadForm } from './request-bodies.ts';
import { getRows } from './row-operations.ts';
import { object, schemas } from './schemas.ts';

/**
 * Errors of routes that change something. A page of another origin may not. A body is not needed: it is read, up to 1
 * MiB, and dropped, whatever its type, unless that cannot be parsed.
 */
const CHANGE = ['FORBIDDEN', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const;

const paging = (cursor: RegExp, more = '') => [
  query('first', { type: 'integer', minimum: 1, maximum: MAX_FIRST, default: DEFAULT_FIRST }, 'Most items of the page'),
  query('after', { type: 'string', pattern: cursor.source }, `\`next\` of the previous page${more}`),
];
const disposition = { headers: { 'Content-Disposition': { required: true, ...text } } };

/** Operations that take the id in a body: clients (and tests) can follow them from an upload to its report. */
const link = (operationId: string, expression: string) => ({ operationId, parameters: { id: expression } });
const datasetLinks = (expression: string) =>
  Object.fromEntries(
    ['getDataset', 'renameDataset', 'processDataset', 'getDatasetFile', 'deleteDataset'].map((name) => [
      name,
      link(name, expression),
    ]),
  );
const jobLinks = (jobId: string) => ({
  ...Object.fromEntries(['getJob', 'watchJob', 'cancelJob'].map((name) => [name, link(name, jobId)])),
  ...Object.fromEntries(
    ['getReport', 'getReportPage', 'getReportCsv', 'getReportMarkdown', 'getRows', 'deleteDataset'].map((name) => [
      name,
      link(name, '$response.body#/dataset_id'),
    ]),
  ),
});

/** The schema of an event stream is that of an event, by custom, since OpenAPI before 3.2 does not define it. */
const event = object({
  data: {
    type: 'string',
    contentMediaType: 'application/json',
    contentSchema: ref('Job'),
    description: 'The job as JSON',
  },
  event: { const: 'message' },
});

const binary = { type: 'string', format: 'binary' };

/** Every route of REST, as /openapi.json describes it. Query parameters are validated by these descriptions. */
export const operations = {
  uploadDataset: {
    operationId: 'uploadDataset',
    tags: ['datasets'],
    summary: 'Upload a dataset',
    requestBody: uploadForm,
    responses: {
      201: json('Stored', 'UploadedDataset', datasetLinks('$response.body#/id')),
      200: json(
        'The same bytes were stored already: their dataset',
        'UploadedDataset',
        datasetLinks('$response.body#/id'),
      ),
      ...refusals(
        'BAD_REQUEST',
        'CONFLICT',
        'FORBIDDEN',
        'TIMEOUT',
        'PAYLOAD_TOO_LARGE',
        'UNSUPPORTED_MEDIA_TYPE',
        'UNPROCESSABLE',
      ),
    },
  },
  listDatasets: {
    operationId: 'listDatasets',
    tags: ['datasets'],
    summary: 'List datasets, newest first or in another order',
    parameters: [
      ...paging(DATASET_CURSOR, ', in the same order'),
      query('status', schemas.DatasetStatus),
      query(
        'order',
        { type: 'string', enum: DATASET_ORDER_NAMES, default: DEFAULT_ORDER },
        'A hyphen before the field is for descending. `name` does not tell capitals from small letters; `alerts` ' +
          'compares errors, then warnings, then infos of the report. A dataset without a report comes last in ' +
          '`-rows` and `-alerts`',
      ),
    ],
    responses: { 200: json('A page', 'DatasetPage'), ...refusals('BAD_REQUEST') },
  },
  getDataset: {
    operationId: 'getDataset',
    tags: ['datasets'],
    summary: 'Get a dataset',
    parameters: [id('dataset')],
    responses: { 200: json('The dataset', 'Dataset'), ...refusals('BAD_REQUEST', 'NOT_FOUND') },
  },
  renameDataset: {
    operationId: 'renameDataset',
    tags: ['datasets'],
    summary: 'Rename a dataset',
    parameters: [id('dataset')],
    requestBody: newName,
    responses: {
      200: json('The dataset with its new name', 'Dataset'),
      ...refusals(
        'BAD_REQUEST',
        'FORBIDDEN',
        'NOT_FOUND',
        'TIMEOUT',
        'PAYLOAD_TOO_LARGE',
        'UNSUPPORTED_MEDIA_TYPE',
        'UNPROCESSABLE',
      ),
    },
  },
  deleteDataset: {
    operationId: 'deleteDataset',
    tags: ['datasets'],
    summary: 'Delete a dataset with its jobs, report and objects',
    parameters: [id('dataset')],
    responses: {
      204: { description: 'Deleted' },
      ...refusals('BAD_REQUEST', 'NOT_FOUND', 'CONFLICT', ...CHANGE),
    },
  },
  getDatasetFile: {
    operationId: 'getDatasetFile',
    tags: ['datasets'],
    summary: 'The bytes as they were uploaded',
    description: 'application/json also covers files of one object per line and files that are not valid.',
    parameters: [id('dataset')],
    responses: {
      200: response(
        'The file',
        Object.fromEntries(STORED_TYPES.map((type) => [type, type === 'application/json' ? {} : { schema: binary }])),
        disposition,
      ),
      ...refusals('BAD_REQUEST', 'NOT_FOUND'),
    },
  },
  processDataset: {
    operationId: 'processDataset',
    tags: ['jobs'],
    summary: 'Process a dataset',
    description:
      'Idempotent: the active job if there is one, the last one of a finished dataset whose report was made with the ' +
      'same options, else a new one. 409 while the dataset is processed with other options than those in the body.',
    parameters: [
      id('dataset'),
      query('force', { type: 'boolean', default: false }, 'Process a finished dataset again, by a new job'),
    ],
    requestBody: processing,
    responses: {
      202: json('The job', 'EnqueuedJob', jobLinks('$response.body#/job_id')),
      ...refusals('BAD_REQUEST', 'NOT_FOUND', 'TIMEOUT', 'CONFLICT', 'UNPROCESSABLE', ...CHANGE),
    },
  },
  previewDataset: {
    operationId: 'previewDataset',
    tags: ['datasets'],
    summary: 'The first rows as they would be read',
    description:
      `The first ${PREVIEW_ROWS} rows, names, types, dialect and warnings, without reading the rest of the ` +
      'file. Nothing is stored. 422 where its beginning is not a table when it is read so, or has no row as far as a ' +
      'preview reads. 503 while too many previews are made.',
    parameters: [id('dataset')],
    requestBody: previewing,
    responses: {
      200: json('The preview', 'Preview'),
      ...refusals('BAD_REQUEST', 'NOT_FOUND', 'TIMEOUT', 'UNPROCESSABLE', ...CHANGE),
    },
  },
  listJobs: {
    operationId: 'listJobs',
    tags: ['jobs'],
    summary: 'List jobs, newest first',
    parameters: [
      ...paging(CURSOR),
      query('state', schemas.JobState),
      query('dataset_id', { type: 'string', format: 'uuid' }),
    ],
    responses: { 200: json('A page', 'JobPage'), ...refusals('BAD_REQUEST') },
  },
  getJob: {
    operationId: 'getJob',
    tags: ['jobs'],
    summary: 'Poll a job',
    parameters: [id('job')],
    responses: {
      200: json('The job', 'Job', jobLinks('$response.body#/id')),
      ...refusals('BAD_REQUEST', 'NOT_FOUND'),
    },
  },
  cancelJob: {
    operationId: 'cancelJob',
    tags: ['jobs'],
    summary: 'Cancel an active job',
    description: 'It ends as failure with the error "cancelled". 409 when it has ended.',
    parameters: [id('job')],
    responses: {
      202: json('The job', 'Job'),
      ...refusals('BAD_REQUEST', 'NOT_FOUND', 'CONFLICT', ...CHANGE),
    },
  },
  watchJob: {
    operationId: 'watchJob',
    tags: ['jobs'],
    summary: 'Live progress as server-sent events',
    description:
      'The data of each event is a Job: first as it stands, then its changes; ' +
      'the stream ends after the terminal state.',
    parameters: [id('job')],
    responses: {
      200: response(
        'The events',
        { 'text/event-stream': { schema: event } },
        { links: { getJob: link('getJob', '$request.path.id') } },
      ),
      ...refusals('BAD_REQUEST', 'NOT_FOUND'),
    },
  },
  getReport: {
    operationId: 'getReport',
    tags: ['reports'],
    summary: 'The report',
    description: 'The page where Accept prefers text/html, else JSON.',
    parameters: [id('dataset')],
    responses: {
      200: response('The report', { 'application/json': { schema: ref('Report') }, 'text/html': text }),
      ...refusals('BAD_REQUEST', 'NOT_FOUND'),
    },
  },
  getReportPage: {
    operationId: 'getReportPage',
    tags: ['reports'],
    summary: 'The report as one HTML file',
    parameters: [id('dataset')],
    responses: { 200: response('The page', { 'text/html': text }), ...refusals('BAD_REQUEST', 'NOT_FOUND') },
  },
  getReportCsv: {
    operationId: 'getReportCsv',
    tags: ['reports'],
    summary: 'The report as CSV, one row per column',
    parameters: [id('dataset'), spreadsheet],
    responses: {
      200: response('The rows', { 'text/csv': text }, disposition),
      ...refusals('BAD_REQUEST', 'NOT_FOUND'),
    },
  },
  getReportMarkdown: {
    operationId: 'getReportMarkdown',
    tags: ['reports'],
    summary: 'The report as Markdown',
    parameters: [id('dataset')],
    responses: { 200: response('The report', { 'text/markdown': text }), ...refusals('BAD_REQUEST', 'NOT_FOUND') },
  },
  getRows,
} satisfies Record<string, Operation>;
