import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Plugin } from 'graphql-yoga';
import { AppError, toAppError } from '../../core/errors.ts';
import { receiveMultipart } from '../multipart.ts';
import { lingerAfterRefusal, readBody } from '../request-body.ts';
import type { UploadedFile } from './builder.ts';
import { asGraphQLError } from './errors.ts';

interface NodeContext {
  req: IncomingMessage;
  res: ServerResponse;
}
type Operations = Record<string, unknown>;

/** A query with its variables; files are no part of it. */
const MAX_JSON_BYTES = 1 << 20;

/** Reads bodies itself: multipart as a stream, through the receiver that REST uses, and JSON up to 1 MiB. */
export function useBoundedRequests(): Plugin<NodeContext> {
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method !== 'POST') return;
      const { req, res } = serverContext as unknown as NodeContext;
      const type = request.headers.get('content-type') ?? '';
      if (/^multipart\/form-data\b/i.test(type)) setRequestParser(() => parseMultipart(req, res) as never);
      else if (/^application\/(graphql-response\+)?json\b/i.test(type))
        setRequestParser(() => parseJson(req, res) as never);
      else setRequestParser(() => refuseType(req, res) as never);
    },
  };
}

const refuse = (message: string) => new AppError('BAD_REQUEST', message);

function parseObject(text: string, what: string): Operations {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(`${what} is no JSON.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(`${what} must be one JSON object.`);
  return value as Operations;
}

async function parseJson(req: IncomingMessage, res: ServerResponse): Promise<Operations> {
  try {
    return parseObject((await readBody(req, res, MAX_JSON_BYTES)).toString('utf8'), 'The request');
  } catch (error) {
    throw asGraphQLError(toAppError(error));
  }
}

/** Other types stay unread: the parsers that come with the server would read them whole, however large. */
async function refuseType(req: IncomingMessage, res: ServerResponse): Promise<Operations> {
  lingerAfterRefusal(req, res);
  const message = 'Send a GraphQL request as application/json, or as multipart/form-data with a file.';
  throw asGraphQLError(new AppError('UNSUPPORTED_MEDIA_TYPE', message));
}

/** Puts the promise of a file where `map` says, which must be a null that is there. */
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
    throw refuse(`"map" names ${JSON.stringify(path)}, which is no null in "operations".`);
  }
  (at as Operations)[last] = file;
}

/** Resolves as soon as `operations` and `map` are read: the resolver starts while the file is still arriving. */
function parseMultipart(req: IncomingMessage, res: ServerResponse): Promise<Operations> {
  const parsed = Promise.withResolvers<Operations>();
  const slots = new Map<string, PromiseWithResolvers<UploadedFile>>(); // at most as many as `map`, a field of 1 MiB, has
  let operations: Operations | undefined;
  let mapped = false;
  const complete = Promise.withResolvers<void>();
  complete.promise.catch(() => {}); // whoever uploads hears of it
  receiveMultipart(req, res, {
    field(name, value) {
      if (name === 'operations' && !operations) operations = parseObject(value, '"operations"');
      else if (name === 'map' && operations && !mapped) {
        for (const [key, paths] of Object.entries(parseObject(value, '"map"'))) {
          if (!Array.isArray(paths) || paths.length === 0)
            throw refuse('"map" must name a list of paths for each file.');
          const slot = Promise.withResolvers<UploadedFile>();
          slot.promise.catch(() => {});
          slots.set(key, slot);
          for (const path of paths) place(operations, path, slot.promise);
        }
        mapped = true;
        parsed.resolve(operations);
      } else
        throw refuse(
          `The field ${JSON.stringify(name)} is not expected here: send "operations", then "map", then the file.`,
        );
    },
    async file(name, file) {
      const slot = slots.get(name);
      if (!slot) throw refuse(`The file ${JSON.stringify(name)} is not named by "map", which must come before it.`);
      slots.delete(name);
      slot.resolve({ ...file, complete: complete.promise });
      await finished(file.stream, { writable: false });
    },
  })
    .then(() => {
      if (!mapped) throw refuse('"operations" or "map" is missing.');
      for (const [key, slot] of slots) slot.reject(refuse(`The file ${JSON.stringify(key)} is missing.`));
      complete.resolve();
    })
    .catch((error) => {
      const refusal = toAppError(error);
      for (const slot of slots.values()) slot.reject(refusal);
      complete.reject(refusal);
      parsed.reject(asGraphQLError(refusal));
    });
  return parsed.promise;
}
