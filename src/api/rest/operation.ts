import { ERROR_CODES, type ErrorCode } from '../../core/errors.ts';
import type { schemas } from './schemas.ts';

// What operations of /openapi.json are made of.

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  description?: string;
  schema: object;
}
/** An operation of OpenAPI 3.1. */
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: readonly Parameter[];
  requestBody?: object;
  responses: Record<string, object>;
}

export const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` });
export const text = { schema: { type: 'string' } };
export const response = (description: string, content: Record<string, object>, more: object = {}) => ({
  description,
  content,
  ...more,
});
export const json = (description: string, name: keyof typeof schemas, links?: Record<string, object>) =>
  response(description, { 'application/json': { schema: ref(name) } }, links && { links });
/** The errors of a route: its own, and those that every route can give. */
export const refusals = (...codes: ErrorCode[]) =>
  Object.fromEntries(
    [...codes, 'MISDIRECTED_REQUEST' as const, 'INTERNAL' as const, 'UNAVAILABLE' as const].map((code) => [
      ERROR_CODES[code].status,
      { $ref: `#/components/responses/${code}` },
    ]),
  );
export const id = (what: string): Parameter => ({
  name: 'id',
  in: 'path',
  required: true,
  description: `Id of the ${what}`,
  schema: { type: 'string', format: 'uuid' },
});
export const query = (name: string, schema: object, description?: string, required = false): Parameter => ({
  name,
  in: 'query',
  required,
  ...(description ? { description } : {}),
  schema,
});
export const spreadsheet = query(
  'spreadsheet',
  { type: 'boolean', default: false },
  'For CSV: an apostrophe makes text of cells that begin like a formula',
);
