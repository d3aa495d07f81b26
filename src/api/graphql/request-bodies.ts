import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Plugin } from 'graphql-yoga';
import type { Config } from '../../core/config.ts';
import { AppError, toAppError } from '../../core/errors.ts';
import { receiveMultipart, uploadLimits } from '../multipart.ts';
import { readBody, textOf } from '../request-body.ts';
import type { UploadedFile } from './builder.ts';
import { asGraphQLError } from './errors.ts';

interface NodeContext {
  req: IncomingMessage;
  res: ServerResponse;
}
type Operations = Record<string, unknown>;

/** Most bytes of a query with its variables. Files are not part of it. */
const MAX_JSON_BYTES = 1 << 20;

/** Reads bodies itself: multipart as a stream, through the receiver that REST uses, and JSON up to 1 MiB. */
export function useBoundedRequests(config: Config): Plugin<NodeContext> {
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method !== 'POST') return;
      const { req, res } = serverContext as unknown as NodeContext;
      const type = request.headers.get('content-type') ?? '';
      if (/^multipart\/form-data\b/i.test(type)) setRequestParser(() => parseMultipart(req, res, config) as never);
      else if (/^application\/(graphql-response\+)?json\b/i.test(type))
        setRequestParser(() => parseJson(req, res, config) as never);
      else setRequestParser(refuseType as never);
    },
  };
}

const refuse = (message: string) => new AppError('BAD_REQUEST', message);

function parseObject(text: string, what: string): Operations {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(`${what} is not JSON.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(`${what} must be one JSON object.`);
  return value as Operations;
}

async function parseJson(req: IncomingMessage, res: ServerResponse, config: Config): Promise<Operations> {
  try {
    return parseObject(textOf(await readBody(req, res, MAX_JSON_BYTES, config.minUploadRate)), 'The request');
  } catch (error) {
    throw asGraphQLError(toAppError(error));
  }
}

/** Bodies of other types stay unread: the server's own parsers would read them whole, however large. */
async function refuseType(): Promise<Operations> {
  const message = 'Send a GraphQL request as application/json, or as multipart/form-data with a file.';
  throw asGraphQLError(new AppError('UNSUPPORTED_MEDIA_TYPE', message));
}

/** Puts the promise of a file at a path that `map` names, where `operations` must have a null. */
function place(operations: Operations, path: unknown, file: Promise<UploadedFile>): void {
  const steps = typeof path === 'string' ? path.split('.') : [];
  const last = steps.pop();
  let at: unknown = operations;
  for (const step of steps)
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Operations)[step] : undefined;
  if (
    last === undefined ||
    typeof at !== 'object' ||
    at === null ||
    !Object.hasOwn(at, last) ||
    (at as Operations)[last] !== null
  ) {
    throw refuse(`"map" names ${JSON.stringify(path)}, which is not null in "operations".`);
  }
  (at as Operations)[last] = file;
}

/**
 * Resolves as soon as `operations` and `map` are read: the resolver starts while the file is still arriving. A later
 * refusal reaches the client through the resolver, which waits for the file.
 */
function parseMultipart(req: IncomingMessage, res: ServerResponse, config: Config): Promise<Operations> {
  const parsed = Promise.withResolvers<Operations>();
  let slot: { key: string; file: PromiseWithResolvers<UploadedFile> } | undefined;
  let operations: Operations | undefined;
  const complete = Promise.withResolvers<void>();
  complete.promise.catch(() => {}); // the resolver that waits for it gets the error
  receiveMultipart(req, res, uploadLimits(config), {
    field(name, value) {
      if (name === 'operations' && !operations) operations = parseObject(value, '"operations"');
      else if (name === 'map' && operations && !slot) {
        const files = Object.entries(parseObject(value, '"map"'));
        const [first] = files;
        // resolvers of mutations run one after another: the first could wait for a file that arrives after one that
        // only the second reads
        if (!first || files.length > 1) throw refuse(`"map" names ${files.length} files: send one file per request.`);
        const [key, paths] = first;
        if (!Array.isArray(paths) || paths.length === 0) throw refuse('"map" must name a list of paths for each file.');
        const file = Promise.withResolvers<UploadedFile>();
        file.promise.catch(() => {});
        for (const path of paths) place(operations, path, file.promise);
        slot = { key, file };
        parsed.resolve(operations);
      } else
        throw refuse(
          `The field ${JSON.stringify(name)} is not expected here: send "operations", then "map", then the file.`,
        );
    },
    async file(name, file) {
      if (!slot || slot.key !== name)
        // a part may come without a name
        throw refuse(`The file ${JSON.stringify(name)} is not named by "map", which must come before it.`);
      slot.file.resolve({ ...file, complete: complete.promise });
      await finished(file.stream, { writable: false });
    },
  })
    .then(() => {
      if (!slot) throw refuse('"operations" or "map" is missing.');
      // without effect when the file has arrived
      slot.file.reject(asGraphQLError(refuse(`The file ${JSON.stringify(slot.key)} is missing.`)));
      complete.resolve();
    })
    .catch((error) => {
      // it has the HTTP status of the request, also when a resolver throws it
      const refusal = asGraphQLError(toAppError(error));
      slot?.file.reject(refusal);
      complete.reject(refusal);
      parsed.reject(refusal);
    });
  return parsed.promise;
}
