import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../core/errors.ts';
import { requireUuid } from '../../core/uuid.ts';
import { parseWhere } from '../../services/row-conditions.ts';
import {
  DEFAULT_ROWS,
  type Found,
  openRows,
  openRowsByNumber,
  parseRowNumbers,
  type RowsOfDataset,
  readRowsPage,
} from '../../services/rows.ts';
import { hasReport } from '../../services/stored-report.ts';
import { attachment, downloadName } from '../attachment.ts';
import { ROWS_POLICY } from '../content-policies.ts';
import type { Services } from '../services.ts';
import { sendPage, type WebPages } from '../web.ts';
import { operations } from './operations.ts';
import { SHOWN_COLUMNS } from './row-operations.ts';
import { csvRows, jsonRows, whileRead } from './row-texts.ts';

type Format = 'json' | 'csv' | 'html';
interface RowsQuery {
  rows?: string;
  where?: string | string[];
  first?: string;
  after?: string;
  count?: 'true' | 'false';
  format?: Format;
  spreadsheet?: 'true' | 'false';
  row?: string;
  columns?: string;
  wrap?: string;
}
type RowsRequest = FastifyRequest<{ Params: { id: string }; Querystring: RowsQuery }>;

/** A client that takes nothing for this time is disconnected: it would hold its file open for ever. */
const STALLED_MILLISECONDS = 60_000;

/** A response begins after this time whether a row was found or not. */
const REFUSABLE_MILLISECONDS = 1_000;

/** Whole rows of a dataset: by their numbers, or those that meet conditions. */
export function registerRowRoutes(app: FastifyInstance, services: Services, pages: WebPages | undefined): void {
  app.get(
    '/datasets/:id/rows',
    { config: { operation: operations.getRows } },
    async (request: RowsRequest, reply: FastifyReply) => {
      const { query } = request;
      const id = requireUuid(request.params.id);
      const format = query.format ?? ((request.accepts().type(['json', 'csv', 'html']) || 'json') as Format);
      reply.header('vary', 'accept');
      // the page asks for the rows of its address, and says itself what is wrong with it
      const [path, asked] = request.url.split('?');
      // its addresses are relative to the folder
      if (format === 'html' && path!.endsWith('/')) return reply.redirect(`../rows${asked ? `?${asked}` : ''}`, 308);
      if (format === 'html' && pages) {
        if (!isAddress(query)) reply.code(400);
        else if (!(await hasReport(services, id))) reply.code(404);
        return sendPage(pages.rows, ROWS_POLICY, request, reply);
      }
      const ofPage = (['row', 'columns', 'wrap'] as const).find((name) => query[name] !== undefined);
      if (ofPage) throw refuse(`"${ofPage}" is for the page of rows (text/html) alone: leave it out.`);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const opened = await open(services, id, query, format, gone.signal);
      const begun = await begin(opened.found);
      const sent = (pieces: AsyncIterable<string>) =>
        Readable.from(whileRead(pieces, STALLED_MILLISECONDS, () => reply.raw.destroy())).once('error', (error) => {
          // the status is sent: only a response without its end can tell the client
          if (!gone.signal.aborted) services.log.warn({ err: error, dataset: id }, 'a response of rows ended early');
        });
      if (format === 'csv') {
        const what = query.where === undefined ? 'rows.csv' : 'filtered-rows.csv';
        reply.header('content-disposition', attachment(downloadName(opened.dataset.name, what)));
        reply.type('text/csv; charset=utf-8');
        return reply.send(sent(csvRows(opened.columns, begun, query.spreadsheet === 'true')));
      }
      return reply.type('application/json; charset=utf-8').send(sent(jsonRows(begun)));
    },
  );
}

/** Whether the parameters that /openapi.json restricts are as it says. The page ignores some that are not. */
function isAddress({ rows, where, first, after, row, columns }: RowsQuery): boolean {
  try {
    if (rows !== undefined) parseRowNumbers(rows);
    parseWhere([where ?? []].flat());
    readRowsPage(first, after, undefined);
  } catch {
    return false;
  }
  return /^[1-9]\d*$/.test(row ?? '1') && SHOWN_COLUMNS.test(columns ?? '0');
}

const refuse = (sentence: string) => new AppError('BAD_REQUEST', sentence);

function open(services: Services, id: string, query: RowsQuery, format: Format, signal: AbortSignal) {
  if (query.rows !== undefined) {
    const other = (['where', 'first', 'after'] as const).find((name) => query[name] !== undefined);
    if (query.count === 'true') throw refuse('Use either "rows" or "count", not both.');
    if (other) throw refuse(`Use either "rows" or "${other}", not both.`);
    return openRowsByNumber(services, id, parseRowNumbers(query.rows), signal);
  }
  const count = query.count === 'true';
  if (count && format === 'csv') throw refuse('"count" is part of the JSON alone: leave it out for CSV.');
  return openRows(
    services,
    id,
    {
      where: parseWhere([query.where ?? []].flat()),
      ...readRowsPage(query.first, query.after, format === 'csv' ? undefined : DEFAULT_ROWS),
      count,
    },
    signal,
  );
}

/** Waits for the first row, or the end, at most for a time: what goes wrong before is refused with its status. */
async function begin(found: RowsOfDataset['found']): Promise<AsyncGenerator<Found>> {
  const late = Date.now() + REFUSABLE_MILLISECONDS;
  let first = await found.next();
  while (!first.done && 'rows' in first.value && first.value.rows.length === 0 && Date.now() < late)
    first = await found.next();
  async function* all(): AsyncGenerator<Found> {
    try {
      if (!first.done) yield first.value;
      yield* found;
    } finally {
      await found.return(undefined);
    }
  }
  return all();
}
