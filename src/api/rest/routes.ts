import type { FastifyInstance } from 'fastify';
import { AppError, requireUuid } from '../../core/errors.ts';
import { reportSchema } from '../../report/report-schema.ts';
import { cancelJob } from '../../services/cancel.ts';
import { datasetNotFound, deleteDataset, readJob } from '../../services/datasets.ts';
import { enqueueDataset } from '../../services/enqueue.ts';
import { newestFirst, readPage } from '../../services/lists.ts';
import { requireName, type StoredUpload, storeUpload } from '../../services/upload.ts';
import type { Services } from '../context.ts';
import { receiveMultipart, uploadLimits } from '../multipart.ts';
import { keepHeaders } from '../security-headers.ts';
import { DATASET_RELATIONS, datasetBody, jobBody, listBody, processBody, uploadBody } from './bodies.ts';
import { operations } from './operations.ts';

type WithId = { Params: { id: string } };
type ListQuery = {
  Querystring: { first?: string; after?: string; status?: string; state?: string; dataset_id?: string };
};

/** As often as Yoga's: proxies give up on what is silent for 30 or 60 s. */
const KEEP_ALIVE_MILLISECONDS = 12_000;
const RETRY_MILLISECONDS = 1_000;

/** The routes of the brief and of the contract: arguments → service → body. */
export function registerRoutes(app: FastifyInstance, services: Services): void {
  const { database, storage, progress } = services;

  app.get<ListQuery>('/datasets', { config: { operation: operations.listDatasets } }, async ({ query }) => {
    const page = readPage(query.first, query.after);
    const { where, ...order } = newestFirst('uploadedAt', page);
    const found = await database.dataset.findMany({
      where: { status: query.status, ...where },
      ...order,
      include: DATASET_RELATIONS,
    });
    return listBody(found, page, datasetBody, ({ uploadedAt }) => uploadedAt);
  });

  app.get<WithId>('/datasets/:id', { config: { operation: operations.getDataset } }, async ({ params }) => {
    const id = requireUuid(params.id);
    const dataset = await database.dataset.findUnique({ where: { id }, include: DATASET_RELATIONS });
    if (!dataset) throw datasetNotFound(id);
    return datasetBody(dataset);
  });

  app.delete<WithId>(
    '/datasets/:id',
    { config: { operation: operations.deleteDataset } },
    async ({ params }, reply) => {
      await deleteDataset(services, requireUuid(params.id));
      return reply.code(204).send();
    },
  );

  app.get<WithId>(
    '/datasets/:id/file',
    { config: { operation: operations.getDatasetFile } },
    async ({ params }, reply) => {
      const id = requireUuid(params.id);
      const dataset = await database.dataset.findUnique({ where: { id } });
      if (!dataset) throw datasetNotFound(id);
      const body = await storage.get(dataset.uploadBucket, dataset.uploadKey);
      const filename = encodeURIComponent(dataset.originalFilename).replace(
        /['()*]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      );
      // an attachment, which is not sniffed either: whatever a stranger uploaded is never run as a page of this origin
      reply.header('content-disposition', `attachment; filename*=UTF-8''${filename}`);
      return reply.type(dataset.contentType).header('content-length', String(dataset.sizeBytes)).send(body);
    },
  );

  app.post<WithId & { Querystring: { force?: string } }>(
    '/datasets/:id/process',
    { config: { operation: operations.processDataset } },
    async ({ params, query }, reply) => {
      const force = query.force === 'true';
      return reply.code(202).send(processBody(await enqueueDataset(services, requireUuid(params.id), force)));
    },
  );

  app.get<ListQuery>('/jobs', { config: { operation: operations.listJobs } }, async ({ query }) => {
    const page = readPage(query.first, query.after);
    const { state } = query;
    const datasetId = query.dataset_id ? requireUuid(query.dataset_id, 'dataset_id') : undefined;
    const { where, ...order } = newestFirst('queuedAt', page);
    const found = await database.job.findMany({ where: { state, datasetId, ...where }, ...order });
    return listBody(found, page, jobBody, ({ queuedAt }) => queuedAt);
  });

  app.get<WithId>('/jobs/:id', { config: { operation: operations.getJob } }, async ({ params }) =>
    jobBody(await readJob(database, requireUuid(params.id))),
  );

  app.post<WithId>('/jobs/:id/cancel', { config: { operation: operations.cancelJob } }, async ({ params }, reply) =>
    reply.code(202).send(jobBody(await cancelJob(services, requireUuid(params.id)))),
  );

  app.get<WithId>('/jobs/:id/events', { config: { operation: operations.watchJob } }, async ({ params }, reply) => {
    const jobs = await progress.watch(requireUuid(params.id));
    keepHeaders(reply);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    raw.write(`retry: ${RETRY_MILLISECONDS}\n\n`); // when this process ends, a browser asks again, another process perhaps
    const beat = setInterval(() => raw.write(':\n\n'), KEEP_ALIVE_MILLISECONDS);
    raw.once('close', () => void jobs.return?.());
    try {
      for await (const job of jobs) {
        // a reader that is slow gets the latest once it can take more
        if (!raw.write(`data: ${JSON.stringify(jobBody(job))}\n\n`) && !raw.destroyed) {
          await new Promise<void>((resolve) => {
            raw.once('drain', resolve).once('close', resolve);
          });
        }
      }
    } finally {
      clearInterval(beat);
      raw.end();
    }
  });

  app.get('/schemas/report.json', async (_request, reply) =>
    reply.type('application/schema+json').send(JSON.stringify(reportSchema)),
  );
}

/** `POST /datasets`, in a plugin without body parsers: nobody reads the body but the receiver. */
export function registerUpload(app: FastifyInstance, services: Services): void {
  app.post('/datasets', { config: { operation: operations.uploadDataset } }, async (request, reply) => {
    if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
      throw new AppError('BAD_REQUEST', 'Send multipart/form-data with the fields "name" and "file".');
    }
    let stored: StoredUpload | undefined;
    let name: string | undefined;
    try {
      await receiveMultipart(request.raw, reply.raw, uploadLimits(services.config), {
        field(field, value) {
          if (field !== 'name')
            throw new AppError(
              'BAD_REQUEST',
              `The field ${JSON.stringify(field)} is not known here: send "name" and "file".`,
            );
          if (name !== undefined) throw new AppError('BAD_REQUEST', 'Send the field "name" once.');
          name = requireName(value);
        },
        async file(field, file) {
          if (field !== 'file')
            throw new AppError(
              'BAD_REQUEST',
              `The file came in the field ${JSON.stringify(field)}: send it as "file".`,
            );
          stored = await storeUpload(services, file);
        },
      });
    } catch (error) {
      await stored?.discard();
      throw error;
    }
    if (!stored) throw new AppError('BAD_REQUEST', 'There is no file: send one in the field "file".');
    const result = await stored.finish(name);
    return reply.code(result.created ? 201 : 200).send(uploadBody(result));
  });
}
