import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireUuid } from '../../core/uuid.ts';
import { csvStream } from '../../report/csv-stream.ts';
import { reportMarkdown } from '../../report/markdown.ts';
import { reportRows } from '../../report/report-csv.ts';
import { loadReport, openPage, openReport } from '../../services/stored-report.ts';
import { REPORT_POLICY } from '../content-policies.ts';
import type { Services } from '../services.ts';
import { operations } from './operations.ts';

type WithId = { Params: { id: string } };
type CsvQuery = { Querystring: { spreadsheet?: string } };

/** A report in its forms. */
export function registerReportRoutes(app: FastifyInstance, services: Services): void {
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
  app.get<WithId & CsvQuery>(
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
}

const wants = (request: { accepts: FastifyRequest['accepts'] }, types: string[]) => request.accepts().type(types);
