import type { FastifyRequest } from 'fastify';
import { AppError } from '../../core/errors.ts';

/** Whether a request says that its body is JSON. */
export const isJson = ({ headers }: FastifyRequest) =>
  /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');

/** A JSON object of one member. @param example as a refusal shows it @throws AppError BAD_REQUEST */
export function memberOf(text: string, member: string, example: string): unknown {
  const refuse = (what: string) => new AppError('BAD_REQUEST', `${what}: send ${example}.`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw refuse('The body is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refuse('The body must be one JSON object');
  const other = Object.keys(body).find((name) => name !== member);
  if (other !== undefined) throw refuse(`${JSON.stringify(other.slice(0, 80))} cannot be given`);
  return (body as Record<string, unknown>)[member];
}
