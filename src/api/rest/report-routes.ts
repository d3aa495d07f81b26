import { Readable } from 'node:stream';
import accepts from '@fastify/accepts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireUuid } from '../../core/uuid.ts';
import { csvStream } from '../../report/csv-stream.ts';
import { rowsPage } from '../../report/html/rows-page.ts';
import { reportMarkdown } from '../../report/markdown.ts';
import { reportRows } from '../../report/report-csv.ts';
import { openRows, parseRowNumbers, type RowsOfDataset } from '../../services/rows.ts';
import { loadReport, openPage, openReport } from '../../services/stored-report.ts';
import { REPORT_POLICY, ROWS_POLICY } from '../content-policies.ts';
import type { Services } from '../services.ts';
import { operations } from './operations.ts';

type WithId = { Params: { id: string } };
type RowsQuery = { Querystring: { rows?: string; format?: Format; spreadsheet?: string } };
type Format = 'json' | 'csv' | 'html';

/** A report in its forms, and the rows behind its numbers. */
export async function registerReportRoutes(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(accepts);

  const sendPage = async (id: string, reply: FastifyReply) => {
    const page = await openPage(services, requireUuid(id));
    reply.header('content-security-policy', REPORT_POLICY);
    return reply.type('text/html; charset=utf-8').send(page);
  };
  app.get<WithId>('/datasets/:id/report', { config: { operation: operations.getReport } }, async (request, reply) => {
    reply.header('vary', 'accept');
    if (wants(request, ['json', 'html']) === 'html') return sendPage(request.params.id, reply);
    const body = await openReport(services, requireUuid(request.params.id));
    return reply.type('application/json; charset=utf-8').send(body);
  });
  app.get<WithId>(
    '/datasets/:id/report.html',
    { config: { operation: operations.getReportPage } },
    ({ params }, reply) => sendPage(params.id, reply),
  );
  app.get<WithId & RowsQuery>(
    '/datasets/:id/report.csv',
    { config: { operation: operations.getReportCsv } },
    async ({ params, query }, reply) => {
      const { report } = await loadReport(services, requireUuid(params.id));
      reply.header('content-disposition', 'attachment; filename="report.csv"');
      return reply.type('text/csv; charset=utf-8').send(csvStream(reportRows(report), query.spreadsheet === 'true'));
    },
  );
  app.get<WithId>(
    '/datasets/:id/report.md',
    { config: { operation: operations.getReportMarkdown } },
    async ({ params }, reply) => {
      const { dataset, report } = await loadReport(services, requireUuid(params.id));
      reply.header('content-disposition', 'attachment; filename="report.md"');
      return reply.type('text/markdown; charset=utf-8').send(reportMarkdown(report, dataset.name));
    },
  );

  app.get<WithId & RowsQuery>(
    '/datasets/:id/rows',
    { config: { operation: operations.getRows } },
    async (request, reply) => {
      const { query } = request;
      const wanted = parseRowNumbers(query.rows);
      const spreadsheet = query.spreadsheet === 'true';
      const type = formatOf(request);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const found = await openRows(services, requireUuid(request.params.id), wanted, gone.signal);
      reply.header('vary', 'accept');
      if (type === 'csv') {
        reply.header('content-disposition', 'attachment; filename="rows.csv"');
        return reply.type('text/csv; charset=utf-8').send(csvStream(csvRows(found), spreadsheet));
      }
      if (type === 'html') {
        reply.header('content-security-policy', ROWS_POLICY);
        return reply.type('text/html; charset=utf-8').send(Readable.from(htmlRows(found, query.rows ?? '')));
      }
      return reply.type('application/json; charset=utf-8').send(Readable.from(jsonRows(found)));
    },
  );
}

const wants = (request: { accepts: FastifyRequest['accepts'] }, types: string[]) => request.accepts().type(types);

const formatOf = (request: FastifyRequest<RowsQuery>): Format =>
  request.query.format ?? ((wants(request, ['json', 'csv', 'html']) || 'json') as Format);

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

async function* jsonRows({ rows }: RowsOfDataset): AsyncGenerator<string> {
  yield '{"rows":[';
  let comma = '';
  for await (const row of rows) {
    yield comma + JSON.stringify(row);
    comma = ',';
  }
  yield ']}\n';
}

/** `row`, then the columns of the report. */
async function* csvRows({ columns, rows }: RowsOfDataset): AsyncGenerator<string[]> {
  yield ['row', ...columns];
  for await (const { row, values } of rows)
    yield [String(row), ...columns.map((name) => (Object.hasOwn(values, name) ? (textOf(values[name]) ?? '') : ''))];
}

async function* htmlRows({ name, columns, rows }: RowsOfDataset, asked: string): AsyncGenerator<string> {
  yield rowsPage.before(name, asked);
  const positions = new Map(columns.map((column, i) => [column, i + 1]));
  let count = 0;
  for await (const { row, line, values, surplus = [] } of rows) {
    const cells = Object.keys(values).map((key) => ({
      name: key,
      position: positions.get(key),
      value: textOf(values[key]),
    }));
    yield rowsPage.row(row, line, cells, surplus);
    count++;
  }
  yield rowsPage.after(count);
}
