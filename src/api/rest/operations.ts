import { ERROR_CODES, type ErrorCode } from '../../core/errors.ts';
import { STORED_TYPES } from '../../services/content-type.ts';
import { CURSOR, DATASET_CURSOR, DEFAULT_FIRST, MAX_FIRST } from '../../services/paging.ts';
import { MAX_CONDITIONS, MAX_WHERE_LENGTH } from '../../services/row-conditions.ts';
import { DEFAULT_ROWS, MAX_ROWS, ROW_CURSOR, ROW_NUMBERS } from '../../services/rows.ts';
import { DATASET_ORDER_NAMES, DEFAULT_ORDER } from './dataset-order.ts';
import { newName, uploadForm } from './request-bodies.ts';
import { object, schemas } from './schemas.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  description?: string;
  schema: object;
}
/** An operation of OpenAPI 3.1. */
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: readonly Parameter[];
  requestBody?: object;
  responses: Record<string, object>;
}

const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` });
const text = { schema: { type: 'string' } };
const response = (description: string, content: Record<string, object>, more: object = {}) => ({
  description,
  content,
  ...more,
});
const json = (description: string, name: keyof typeof schemas, links?: Record<string, object>) =>
  response(description, { 'application/json': { schema: ref(name) } }, links && { links });
/** The errors of a route: its own, and those that every route can give. */
const refusals = (...codes: ErrorCode[]) =>
  Object.fromEntries(
    [...codes, 'MISDIRECTED_REQUEST' as const, 'INTERNAL' as const, 'UNAVAILABLE' as const].map((code) => [
      ERROR_CODES[code].status,
      { $ref: `#/components/responses/${code}` },
    ]),
  );
/**
 * Errors of routes that change something. A page of another origin may not. A body is not needed: it is read, up to 1
 * MiB, and dropped, whatever its type, unless that cannot be parsed.
 */
const CHANGE = ['FORBIDDEN', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const;

const id = (what: string): Parameter => ({
  name: 'id',
  in: 'path',
  required: true,
  description: `Id of the ${what}`,
  schema: { type: 'string', format: 'uuid' },
});
const query = (name: string, schema: object, description?: string, required = false): Parameter => ({
  name,
  in: 'query',
  required,
  ...(description ? { description } : {}),
  schema,
});
const paging = (cursor: RegExp, more = '') => [
  query('first', { type: 'integer', minimum: 1, maximum: MAX_FIRST, default: DEFAULT_FIRST }, 'Most items of the page'),
  query('after', { type: 'string', pattern: cursor.source }, `\`next\` of the previous page${more}`),
];
const spreadsheet = query(
  'spreadsheet',
  { type: 'boolean', default: false },
  'For CSV: an apostrophe makes text of cells that begin like a formula',
);
const disposition = { headers: { 'Content-Disposition': { required: true, ...text } } };

/** What the page of rows keeps in its address; with other types they are refused. */
const ROWS_PAGE = [
  query('row', { type: 'integer', minimum: 1 }, 'For the page: the row that is marked and scrolled to'),
  query(
    'columns',
    { type: 'string', pattern: '^[1-9]\\d*(,[1-9]\\d*)*$' },
    'For the page: positions of the columns that are shown, like 1,3',
  ),
  query('wrap', { type: 'boolean' }, 'For the page: whether long values are shown on several lines'),
];

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
    description: 'Idempotent: the active job if there is one, the last one of a finished dataset, else a new one.',
    parameters: [
      id('dataset'),
      query('force', { type: 'boolean', default: false }, 'Process a finished dataset again, by a new job'),
    ],
    responses: {
      202: json('The job', 'EnqueuedJob', jobLinks('$response.body#/job_id')),
      ...refusals('BAD_REQUEST', 'NOT_FOUND', ...CHANGE),
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
  getRows: {
    operationId: 'getRows',
    tags: ['reports'],
    summary: 'Whole rows of a processed dataset: by their numbers in the report, or those that meet conditions',
    description:
      'Without "rows" and "where": all rows, page by page. JSON has a page of rows; CSV has all of them unless ' +
      '"first" is given. Rows are sent as they are found in the file. A count of the report and the number of rows ' +
      'for the same condition agree. CSV has the columns of the report: fields beyond the last column are in JSON alone.',
    parameters: [
      id('dataset'),
      query(
        'rows',
        { type: 'string', pattern: ROW_NUMBERS.source, examples: ['17,204', '10-40'] },
        `Numbers and ascending ranges, at most ${MAX_ROWS.toLocaleString('en')} rows in all; ` +
          'those beyond the end are left out. Without "where", "first", "after" and "count"',
      ),
      query(
        'where',
        {
          type: 'array',
          items: { type: 'string', contentMediaType: 'application/json', contentSchema: ref('RowConditions') },
          maxItems: MAX_CONDITIONS,
        },
        'A condition, or a list of them, as JSON, like {"column":"Fare","outlier":"high"}; given more than once, ' +
          `all count. At most ${MAX_CONDITIONS} ` +
          `conditions, of ${MAX_WHERE_LENGTH.toLocaleString('en')} characters in all; all must hold`,
      ),
      query(
        'first',
        { type: 'integer', minimum: 1, maximum: MAX_ROWS },
        `Most rows of the page; for JSON ${DEFAULT_ROWS} when it is not given, for CSV all`,
      ),
      query('after', { type: 'string', pattern: ROW_CURSOR.source }, '`next` of the previous page'),
      query(
        'count',
        { type: 'boolean', default: false },
        'Whether the JSON has the number of all matching rows. Reads the whole file',
      ),
      query('format', { type: 'string', enum: ['json', 'csv', 'html'] }, 'Without it what Accept prefers, else JSON'),
      spreadsheet,
      ...ROWS_PAGE,
    ],
    responses: {
      200: response('The rows', { 'application/json': { schema: ref('Rows') }, 'text/csv': text, 'text/html': text }),
      ...refusals('BAD_REQUEST', 'CONFLICT'),
      404: response('Not found. The page says so itself', {
        'application/problem+json': { schema: { $ref: '#/components/schemas/NotFoundProblem' } },
        'text/html': text,
      }),
    },
  },
} satisfies Record<string, Operation>;
