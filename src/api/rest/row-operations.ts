import { whole } from '../../report/formatting.ts';
import { MAX_CONDITIONS, MAX_WHERE_LENGTH } from '../../services/row-conditions.ts';
import { DEFAULT_ROWS, MAX_ROWS, ROW_CURSOR, ROW_NUMBERS } from '../../services/rows.ts';
import { id, type Operation, query, ref, refusals, response, spreadsheet, text } from './operation.ts';

/** Positions of the columns that the page shows; 0 for none. */
export const SHOWN_COLUMNS = /^(0|[1-9]\d*(,[1-9]\d*)*)$/;

/** What the page of rows keeps in its address; with other types they are refused. */
const ROWS_PAGE = [
  query('row', { type: 'integer', minimum: 1 }, 'For the page: the row that is marked and scrolled to'),
  query(
    'columns',
    { type: 'string', pattern: SHOWN_COLUMNS.source },
    'For the page: positions of the columns that are shown, like 1,3; 0 for none',
  ),
  query('wrap', { type: 'boolean' }, 'For the page: whether long values are shown on several lines'),
];

/** `GET /datasets/{id}/rows`, as /openapi.json describes it. */
export const getRows = {
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
      `Numbers and ascending ranges, at most ${whole(MAX_ROWS)} rows in all; ` +
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
        `conditions, of ${whole(MAX_WHERE_LENGTH)} characters in all; all must hold`,
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
    ...refusals('CONFLICT'),
    400: response('Bad request. The page is sent all the same', {
      'application/problem+json': { schema: { $ref: '#/components/schemas/BadRequestProblem' } },
      'text/html': text,
    }),
    404: response('Not found. The page says so itself', {
      'application/problem+json': { schema: { $ref: '#/components/schemas/NotFoundProblem' } },
      'text/html': text,
    }),
  },
} satisfies Operation;
