import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../../core/errors.ts';
import { requireUuid } from '../../core/uuid.ts';
import { reportSchema } from '../../report/report-schema.ts';
import { cancelJob } from '../../services/cancel.ts';
import { requireName } from '../../services/dataset-name.ts';
import { deleteDataset, listDatasets, openFile, readDataset, renameDataset } from '../../services/datasets.ts';
import { type Job, listJobs, readJob } from '../../services/jobs.ts';
import { datasetCursor, encodeCursor, readDatasetPage, readPage } from '../../services/paging.ts';
import { type GivenOptions, givenOptionsIn } from '../../services/reading-options.ts';
import { type StoredUpload, storeUpload } from '../../services/upload.ts';
import { attachment } from '../attachment.ts';
import { receiveMultipart, uploadLimits } from '../multipart.ts';
import { readBody, textOf } from '../request-body.ts';
import { keepHeaders } from '../security-headers.ts';
import type { Services } from '../services.ts';
import { datasetBody, jobBody, listBody, uploadBody } from './bodies.ts';
import { type DatasetOrderName, readOrder } from './dataset-order.ts';
import { isJson, memberOf } from './json-body.ts';
import { operations } from './operations.ts';
import { registerOptionsRoutes } from './options-routes.ts';

type WithId = { Params: { id: string } };
type ListQuery = {
  Querystring: {
    first?: string;
    after?: string;
    status?: string;
    order?: DatasetOrderName;
    state?: string;
    dataset_id?: string;
  };
};

/** As often as Yoga's: proxies close connections that are silent for 30 or 60 s. */
const KEEP_ALIVE_MILLISECONDS = 12_000;
const RETRY_MILLISECONDS = 1_000;

/** Datasets, jobs and the schema of reports: arguments → service → body. */
export function registerRoutes(app: FastifyInstance, services: Services): void {
  registerDatasets(app, services);
  registerJobs(app, services);
  app.get('/schemas/report.json', async (_request, reply) =>
    reply.type('application/schema+json').send(JSON.stringify(reportSchema)),
  );
}

function registerDatasets(app: FastifyInstance, services: Services): void {
  app.get<ListQuery>('/datasets', { config: { operation: operations.listDatasets } }, async ({ query }) => {
    const order = readOrder(query.order);
    const page = readDatasetPage(query.first, query.after, order);
    const found = await listDatasets(services, { status: query.status }, page);
    return listBody(found, page, datasetBody, (dataset) => datasetCursor(dataset, order));
  });

  app.get<WithId>('/datasets/:id', { config: { operation: operations.getDataset } }, async ({ params }) =>
    datasetBody(await readDataset(services, requireUuid(params.id))),
  );

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
      const { dataset, body } = await openFile(services, requireUuid(params.id));
      // an attachment, and its type is not sniffed: what a stranger uploaded never runs as a page of this origin
      reply.header('content-disposition', attachment(dataset.originalFilename));
      return reply.type(dataset.contentType).header('content-length', String(dataset.sizeBytes)).send(body);
    },
  );
}

function registerJobs(app: FastifyInstance, services: Services): void {
  app.get<ListQuery>('/jobs', { config: { operation: operations.listJobs } }, async ({ query }) => {
    const page = readPage(query.first, query.after);
    const datasetId = query.dataset_id ? requireUuid(query.dataset_id, 'dataset_id') : undefined;
    const found = await listJobs(services, { state: query.state, datasetId }, page);
    return listBody(found, page, jobBody, (job) => encodeCursor(job.queuedAt, job.id));
  });

  app.get<WithId>('/jobs/:id', { config: { operation: operations.getJob } }, async ({ params }) =>
    jobBody(await readJob(services, requireUuid(params.id))),
  );

  app.post<WithId>('/jobs/:id/cancel', { config: { operation: operations.cancelJob } }, async ({ params }, reply) =>
    reply.code(202).send(jobBody(await cancelJob(services, requireUuid(params.id)))),
  );

  app.get<WithId>('/jobs/:id/events', { config: { operation: operations.watchJob } }, async ({ params }, reply) => {
    const jobs = await services.progress.watch(requireUuid(params.id));
    await sendEvents(jobs, reply);
  });
}

/** Sends a job's changes as server-sent events, until there are no more or the client has gone. */
async function sendEvents(jobs: AsyncIterableIterator<Job>, reply: FastifyReply): Promise<void> {
  keepHeaders(reply);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  // when this process ends, a browser asks again, perhaps another process
  raw.write(`retry: ${RETRY_MILLISECONDS}\n\n`);
  const beat = setInterval(() => raw.write(':\n\n'), KEEP_ALIVE_MILLISECONDS);
  raw.once('close', () => void jobs.return?.());
  try {
    for await (const job of jobs) {
      // a slow reader gets the latest once it can take more
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
}

/** Most bytes of a body with a name, which may be written with an escape for each of its characters. */
const JSON_BYTES = 1 << 16;

/** `PATCH /datasets/{id}`, which reads its body itself. */
function registerRename(app: FastifyInstance, services: Services): void {
  app.patch<WithId>('/datasets/:id', { config: { operation: operations.renameDataset } }, async (request, reply) => {
    const id = requireUuid(request.params.id);
    if (!isJson(request))
      throw new AppError('UNSUPPORTED_MEDIA_TYPE', `Send the new name as application/json: ${NAME}.`);
    const body = await readBody(request.raw, reply.raw, JSON_BYTES, services.config.minUploadRate);
    return datasetBody(await renameDataset(services, id, nameIn(textOf(body))));
  });
}

const NAME = '{"name": "…"}';

/** @throws AppError BAD_REQUEST, or UNPROCESSABLE where `name` is no text */
function nameIn(text: string): string | undefined {
  const name = memberOf(text, 'name', NAME);
  if (name !== undefined && typeof name !== 'string') throw new AppError('UNPROCESSABLE', '"name" must be a text.');
  return name;
}

/** Routes that read their bodies themselves, in a plugin without body parsers. */
export function registerBodies(app: FastifyInstance, services: Services): void {
  registerUpload(app, services);
  registerRename(app, services);
  registerOptionsRoutes(app, services);
}

/** `POST /datasets`: only the multipart receiver reads the body. */
function registerUpload(app: FastifyInstance, services: Services): void {
  app.post('/datasets', { config: { operation: operations.uploadDataset } }, async (request, reply) => {
    if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
      throw new AppError('BAD_REQUEST', 'Send multipart/form-data with the fields "name" and "file".');
    }
    let stored: StoredUpload | undefined;
    let name: string | undefined;
    let options: { given: GivenOptions } | undefined;
    try {
      await receiveMultipart(request.raw, reply.raw, uploadLimits(services.config), {
        field(field, value) {
          if (field !== 'name' && field !== 'options')
            throw new AppError(
              'BAD_REQUEST',
              `Unknown field ${JSON.stringify(field)}: send "name" and "file", and "options" if you like.`,
            );
          if ((field === 'name' ? name : options) !== undefined)
            throw new AppError('BAD_REQUEST', `Send the field "${field}" once.`);
          if (field === 'name') name = requireName(value);
          else options = { given: givenOptionsIn(value) };
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
    const result = await stored.finish(name, options?.given);
    return reply.code(result.created ? 201 : 200).send(uploadBody(result));
  });
}
