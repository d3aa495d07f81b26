import { ERROR_CODES, type ErrorCode } from '../../core/errors.ts';
import { VERSION } from '../../core/version.ts';
import { FORMAT_LABELS } from '../../services/content-type.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import { object, schemas } from './schemas.ts';

/** A route for operators, or one that serves a document. */
const own = (operationId: string, summary: string, type: string, schema: object, more: object = {}): Operation => ({
  operationId,
  tags: ['service'],
  summary,
  responses: { 200: { description: summary, content: { [type]: { schema } } }, ...more },
});
const unavailable = { 503: { $ref: '#/components/responses/UNAVAILABLE' } };
const state = (word: string) => ({ type: 'object', required: ['status'], properties: { status: { const: word } } });

/**
 * Each code has a type of its own. A common type that each narrows would be shorter, but several generators of clients
 * cannot merge the two.
 */
const problemName = (code: ErrorCode): string => {
  const words = code.toLowerCase().split('_');
  return `${words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')}Problem`;
};
const choices = {
  type: 'array',
  description: 'Options of reading, each of which may be meant: files of an archive, sheets, lists of records',
  items: { $ref: '#/components/schemas/ReadOptions' },
};
const problemSchema = (code: ErrorCode) => ({
  description: 'Why a request was refused (RFC 9457)',
  ...object(
    {
      type: { type: 'string', const: 'about:blank' },
      title: { type: 'string', const: ERROR_CODES[code].title },
      status: { type: 'integer', const: ERROR_CODES[code].status },
      detail: { type: 'string', description: 'A sentence to act on' },
      code: { type: 'string', const: code },
      ...(code === 'UNPROCESSABLE' && { choices }),
    },
    ['choices'],
  ),
});
const refusal = (code: ErrorCode) => ({
  description: ERROR_CODES[code].title,
  ...(code === 'UNAVAILABLE'
    ? { headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer', minimum: 0 } } } }
    : {}),
  content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${problemName(code)}` } } },
});
/**
 * Codes that operations list. 405 is not among them: it is the response to methods for which a path has no operation.
 */
const GIVEN: ErrorCode[] = [
  'BAD_REQUEST',
  'FORBIDDEN',
  'NOT_FOUND',
  'TIMEOUT',
  'CONFLICT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'MISDIRECTED_REQUEST',
  'UNPROCESSABLE',
  'INTERNAL',
  'UNAVAILABLE',
];

const DESCRIPTION = [
  `Upload a ${FORMAT_LABELS} dataset, process it, read its report. GraphQL, with the same services, is at /graphql.`,
  '',
  '- A refusal is `application/problem+json` with a `code`. Another method on a known path is 405 with `Allow`;',
  '  `HEAD` is allowed wherever `GET` is.',
  '- Unknown, empty or repeated query parameters are refused (400).',
  '  `/health`, `/ready`, `/metrics` and the documents ignore the query.',
  '- A slash at the end of a path is ignored. A body sent to a route that takes none is dropped, up to 1 MiB.',
  '- Ids may be in upper case. `Accept` picks the type of a response; it never causes a refusal.',
].join('\n');

/** OpenAPI 3.1, served at /openapi.json. */
export const openapiDocument = {
  openapi: '3.1.0',
  info: { title: 'Dataset reports', version: VERSION, description: DESCRIPTION },
  tags: [{ name: 'datasets' }, { name: 'jobs' }, { name: 'reports' }, { name: 'service' }],
  paths: {
    '/datasets': { post: operations.uploadDataset, get: operations.listDatasets },
    '/datasets/{id}': {
      get: operations.getDataset,
      patch: operations.renameDataset,
      delete: operations.deleteDataset,
    },
    '/datasets/{id}/file': { get: operations.getDatasetFile },
    '/datasets/{id}/process': { post: operations.processDataset },
    '/datasets/{id}/preview': { post: operations.previewDataset },
    '/datasets/{id}/report': { get: operations.getReport },
    '/datasets/{id}/report.html': { get: operations.getReportPage },
    '/datasets/{id}/report.csv': { get: operations.getReportCsv },
    '/datasets/{id}/report.md': { get: operations.getReportMarkdown },
    '/datasets/{id}/rows': { get: operations.getRows },
    '/jobs': { get: operations.listJobs },
    '/jobs/{id}': { get: operations.getJob },
    '/jobs/{id}/cancel': { post: operations.cancelJob },
    '/jobs/{id}/events': { get: operations.watchJob },
    '/health': { get: own('getHealth', 'Whether the process is up', 'application/json', state('up')) },
    '/ready': {
      get: own(
        'getReady',
        'Whether database, store and broker respond',
        'application/json',
        state('ready'),
        unavailable,
      ),
    },
    '/metrics': { get: own('getMetrics', 'Metrics in the Prometheus text format', 'text/plain', { type: 'string' }) },
    '/schemas/report.json': {
      get: own('getReportSchema', 'The JSON Schema of a report', 'application/schema+json', { type: 'object' }),
    },
    '/openapi.json': { get: own('getDocument', 'This document', 'application/json', { type: 'object' }) },
  },
  components: {
    schemas: { ...schemas, ...Object.fromEntries(GIVEN.map((code) => [problemName(code), problemSchema(code)])) },
    responses: Object.fromEntries(GIVEN.map((code) => [code, refusal(code)])),
  },
};
