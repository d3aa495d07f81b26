import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../core/errors.ts';
import { requireUuid } from '../../core/uuid.ts';
import { readDataset } from '../../services/datasets.ts';
import { enqueueDataset } from '../../services/enqueue.ts';
import { openPreview } from '../../services/preview.ts';
import { type GivenOptions, givenOptions } from '../../services/reading-options.ts';
import { readBody, refuseLargeBody, textOf } from '../request-body.ts';
import type { Services } from '../services.ts';
import { processBody } from './bodies.ts';
import { isJson, memberOf } from './json-body.ts';
import { operations } from './operations.ts';
import { previewBody } from './preview-body.ts';

type WithId = { Params: { id: string } };

/** Most bytes of a body with options, which may name the columns of a whole table. */
const OPTIONS_BYTES = 1 << 20;
const OPTIONS = '{"options": {…}}';

/** Routes whose body has options of reading, and need not be there. They read it themselves. */
export function registerOptionsRoutes(app: FastifyInstance, services: Services): void {
  app.post<WithId & { Querystring: { force?: string } }>(
    '/datasets/:id/process',
    { config: { operation: operations.processDataset } },
    async (request, reply) => {
      const id = requireUuid(request.params.id);
      const options = await optionsIn(request, reply, services, id);
      const isForced = request.query.force === 'true';
      return reply.code(202).send(processBody(await enqueueDataset(services, id, { isForced, options })));
    },
  );
  app.post<WithId>(
    '/datasets/:id/preview',
    { config: { operation: operations.previewDataset } },
    async (request, reply) => {
      const id = requireUuid(request.params.id);
      const options = await optionsIn(request, reply, services, id);
      const gone = new AbortController();
      if (reply.raw.destroyed) gone.abort();
      else reply.raw.once('close', () => gone.abort());
      return previewBody(await openPreview(services, id, options, gone.signal));
    },
  );
}
/** The options in a body `{"options": {…}}`. */
async function optionsIn(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  id: string,
): Promise<GivenOptions> {
  const { raw, headers } = request;
  refuseLargeBody(raw, OPTIONS_BYTES);
  await readDataset(services, id); // before a body is waited for
  // of a body in chunks the length is not known before its end: one that is empty says nothing
  const hasBody = Number(headers['content-length']) > 0 || headers['transfer-encoding'] !== undefined;
  const body =
    hasBody && (isJson(request) || headers['content-length'] === undefined)
      ? await readBody(raw, reply.raw, OPTIONS_BYTES, services.config.minUploadRate)
      : undefined;
  if (!hasBody || body?.length === 0) return undefined;
  if (!isJson(request) || !body)
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `Send options as application/json: ${OPTIONS}. Or send no body.`);
  return givenOptions(memberOf(textOf(body), 'options', OPTIONS));
}
