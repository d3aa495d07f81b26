import { hostname } from 'node:os';
import { brotliDecompressSync, unzipSync, zstdDecompressSync } from 'node:zlib';
import { UUID_PATTERN } from '../../core/uuid.ts';
import { TASK_NAME, type Task } from './queue.ts';

/**
 * A Celery protocol 2 message as amqplib publishes it. A stock worker needs content_type, headers task and id, and a
 * body of exactly three elements.
 */
export function encodeCeleryMessage(
  task: Task,
  headers: Record<string, unknown> = {},
): { content: Buffer; options: Record<string, unknown> } {
  const args = [task.datasetId, task.jobId];
  return {
    content: Buffer.from(JSON.stringify([args, {}, { callbacks: null, errbacks: null, chain: null, chord: null }])),
    options: {
      persistent: true,
      contentType: 'application/json',
      contentEncoding: 'utf-8',
      correlationId: task.id,
      headers: {
        lang: 'js',
        task: TASK_NAME,
        id: task.id,
        root_id: task.id,
        parent_id: null,
        group: null,
        group_index: null,
        shadow: null,
        eta: null,
        expires: task.expires?.toISOString() ?? null,
        retries: 0,
        timelimit: [null, null],
        argsrepr: `('${task.datasetId}', '${task.jobId}')`,
        kwargsrepr: '{}',
        origin: `node${process.pid}@${hostname()}`,
        ignore_result: true,
        replaced_task_nesting: 0,
        stamped_headers: null,
        stamps: {},
        ...headers,
      },
    },
  };
}

/** With or without hyphens: kombu writes a UUID of Python as its digits. */
const UUID = new RegExp(`^${UUID_PATTERN.replaceAll('-[', '-?[')}$`, 'i');
/**
 * Most bytes of a decompressed body: two ids take some hundred bytes, and a small message must not become a large one.
 */
const MAX_DECOMPRESSED_BYTES = 1 << 20;
/** Decompression by the header `compression`. kombu's gzip is zlib's format under gzip's name; this reads both. */
const DECOMPRESS: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Buffer> = {
  'application/x-gzip': unzipSync,
  'application/x-brotli': brotliDecompressSync,
  'application/zstd': zstdDecompressSync,
};
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

interface CeleryProperties {
  headers?: Record<string, unknown>;
  contentType?: unknown;
  contentEncoding?: unknown;
}
/**
 * What a message turns out to be: a task of this project, one of another application (with the reason), or one of this
 * project that cannot be read (with the reason).
 */
export type CeleryMessage =
  | { task: Task; foreign?: undefined; unreadable?: undefined }
  | { foreign: string; unreadable?: undefined }
  | { unreadable: string; foreign?: undefined };

/** Its message is the reason why a message cannot be read. */
class UnreadableError extends Error {}

/**
 * Reads a message of ours or of a stock Celery client: protocol 2 (arguments in the body, the rest in headers),
 * protocol 1 (all in the body) and the mixture of both; JSON, plain or compressed.
 */
export function decodeCeleryMessage(content: Buffer, properties: CeleryProperties): CeleryMessage {
  const headers = properties.headers ?? {};
  const named = headers.task;
  if (named !== undefined && named !== TASK_NAME) return { foreign: `its task is ${shown(named)}` };
  try {
    const body = JSON.parse(textOf(content, properties));
    // protocol 2: [args, kwargs, embed]
    if (Array.isArray(body)) {
      if (named === undefined) return { foreign: 'it names no task' };
      return { task: taskOf(headers, body[0], body[1]) };
    }
    const fields = { ...(body as Record<string, unknown> | null), ...headers };
    if (fields.task !== TASK_NAME) return { foreign: `its task is ${shown(fields.task)}` };
    return { task: taskOf(fields, fields.args, fields.kwargs) };
  } catch (error) {
    const reason = error instanceof UnreadableError ? error.message : `it is not JSON: ${(error as Error).message}`;
    return named === undefined ? { foreign: reason } : { unreadable: reason };
  }
}

function textOf(content: Buffer, { headers = {}, contentType, contentEncoding }: CeleryProperties): string {
  const { compression } = headers;
  if (contentType !== undefined && contentType !== 'application/json')
    throw new UnreadableError(`it is ${shown(contentType)}, and only application/json is read`);
  let bytes = content;
  if (compression) {
    const decompress = DECOMPRESS[String(compression)];
    if (!decompress) throw new UnreadableError(`it is compressed by ${shown(compression)}, which is not supported`);
    try {
      bytes = decompress(content, { maxOutputLength: MAX_DECOMPRESSED_BYTES });
    } catch (error) {
      throw new UnreadableError(`it cannot be decompressed (${shown(compression)}): ${(error as Error).message}`);
    }
  }
  try {
    return new TextDecoder(contentEncoding ? String(contentEncoding) : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableError(`it is not text in ${shown(contentEncoding ?? 'utf-8')}`);
  }
}

function taskOf(fields: Record<string, unknown>, args: unknown, kwargs: unknown): Task {
  if (typeof fields.id !== 'string') throw new UnreadableError('it has no id');
  const named = (kwargs ?? {}) as Record<string, unknown>;
  const list = Array.isArray(args) ? args : [];
  // protocol 1: `utc` states whether times without a zone are UTC; else they are local, in a zone that both machines
  // share
  const zone = fields.utc === false ? '' : 'Z';
  return {
    id: fields.id,
    datasetId: uuidOf('dataset_id', list[0] ?? named.dataset_id),
    jobId: uuidOf('job_id', list[1] ?? named.job_id),
    notBefore: timeOf('eta', fields.eta, zone),
    expires: timeOf('expires', fields.expires, zone),
  };
}

/** An id as text, or as kombu writes a UUID of Python. */
function uuidOf(name: string, value: unknown): string {
  const hex = (value as { __value__?: { hex?: unknown } } | null | undefined)?.__value__?.hex;
  const text = String(hex ?? value);
  if (typeof (hex ?? value) !== 'string' || !UUID.test(text))
    throw new UnreadableError(`its ${name} is not a UUID: ${shown(value)}`);
  return text
    .toLowerCase()
    .replaceAll('-', '')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A stock client writes ISO 8601, with or without a zone. */
function timeOf(name: string, text: unknown, zone: string): Date | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  const parts = typeof text === 'string' ? TIME.exec(text) : null;
  const time = new Date(parts ? parts[0] + (parts[3] ? '' : zone) : Number.NaN);
  if (Number.isNaN(time.getTime())) throw new UnreadableError(`its ${name} is not a time: ${shown(text)}`);
  return time;
}

/** Foreign content, cut to what a line of the log can take. */
function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 200) ?? 'none';
}
