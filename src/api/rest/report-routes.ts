import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireUuid } from '../../core/uuid.ts';
import { csvStream } from '../../report/csv-stream.ts';
import { reportMarkdown } from '../../report/markdown.ts';
import { reportRows } from '../../report/report-csv.ts';
import { loadReport, openPage, openReport, provenanceOf } from '../../services/stored-report.ts';
import { attachment, downloadName, inline } from '../attachment.ts';
import { REPORT_POLICY } from '../content-policies.ts';
import type { Services } from '../services.ts';
import { operations } from './operations.ts';

type WithId = { Params: { id: string } };
type CsvQuery = { Querystring: { spreadsheet?: string } };

/** A report in its forms. */
export function registerReportRoutes(app: FastifyInstance, services: Services): void {
  const sendPage = async (id: string, reply: FastifyReply) => {
    const { name, page } = await openPage(services, requireUuid(id));
    reply.header('content-disposition', inline(downloadName(name, 'report.html')));
    reply.header('content-security-policy', REPORT_POLICY);
    return reply.type('text/html; charset=utf-8').send(page);
  };
  app.get<WithId>('/datasets/:id/report', { config: { operation: operations.getReport } }, async (request, reply) => {
    reply.header('vary', 'accept');
    if (wants(request, ['json', 'html']) === 'html') return sendPage(request.params.id, reply);
    const { name, body } = await openReport(services, requireUuid(request.params.id));
    reply.header('content-disposition', inline(downloadName(name, 'report.json')));
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
      const { dataset, report } = await loadReport(services, requireUuid(params.id));
      reply.header('content-disposition', attachment(downloadName(dataset.name, 'report.csv')));
      return reply.type('text/csv; charset=utf-8').send(csvStream(reportRows(report), query.spreadsheet === 'true'));
    },
  );
  app.get<WithId>(
    '/datasets/:id/report.md',
    { config: { operation: operations.getReportMarkdown } },
    async ({ params }, reply) => {
      const { dataset, report } = await loadReport(services, requireUuid(params.id));
      reply.header('content-disposition', attachment(downloadName(dataset.name, 'report.md')));
      const text = reportMarkdown(report, dataset.name, provenanceOf(dataset));
      return reply.type('text/markdown; charset=utf-8').send(text);
    },
  );
}

const wants = (request: { accepts: FastifyRequest['accepts'] }, types: string[]) => request.accepts().type(types);
