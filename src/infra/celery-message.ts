import { hostname } from 'node:os';
import { TASK_NAME, type Task } from './queue.ts';

/** A Celery protocol 2 message as amqplib publishes it. A stock worker needs content_type, headers task and id, and a body of exactly three elements. */
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
        expires: null,
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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a message of ours or of a stock Celery client. @returns undefined for what is no task of this project */
export function decodeCeleryMessage(content: Buffer, headers: Record<string, unknown>): Task | undefined {
  if (headers.task !== TASK_NAME || typeof headers.id !== 'string') return undefined;
  let body: unknown;
  try {
    body = JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
  const [args, kwargs] = Array.isArray(body) ? body : [];
  const named = (kwargs ?? {}) as Record<string, unknown>;
  const datasetId = args?.[0] ?? named.dataset_id;
  const jobId = args?.[1] ?? named.job_id;
  if (typeof datasetId !== 'string' || typeof jobId !== 'string' || !UUID.test(datasetId) || !UUID.test(jobId))
    return undefined;
  return {
    id: headers.id,
    datasetId: datasetId.toLowerCase(),
    jobId: jobId.toLowerCase(),
    notBefore: timeOf(headers.eta),
    expires: timeOf(headers.expires),
  };
}

/** A stock client writes ISO 8601, with or without a zone (UTC then). */
function timeOf(text: unknown): Date | undefined {
  if (typeof text !== 'string') return undefined;
  const time = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
