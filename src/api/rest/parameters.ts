import type { FastifyRequest } from 'fastify';
import { AppError } from '../../core/errors.ts';
import type { Operation } from './operation.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's operation in /openapi.json. */
    operation?: Operation;
  }
}

/**
 * Validates the query by the route's operation: no other parameters, each with a value, and once unless it is a list.
 * If values are listed, it is one of them. The services validate values further. The query of a route without an
 * operation is ignored.
 * @throws AppError BAD_REQUEST
 */
export async function checkQuery(request: FastifyRequest): Promise<void> {
  const { operation } = request.routeOptions.config;
  if (!operation) return;
  const known = new Map(
    (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name, schema }) => [name, schema]),
  );
  const refuse = (message: string) => new AppError('BAD_REQUEST', message);
  for (const [name, value] of Object.entries(request.query as Record<string, string | string[]>)) {
    const schema = known.get(name) as { type: string; enum?: string[] } | undefined;
    if (!schema) {
      const names = known.size > 0 ? [...known.keys()].join(', ') : 'none';
      throw refuse(`Unknown query parameter ${JSON.stringify(name.slice(0, 80))}. This operation takes ${names}.`);
    }
    if (schema.type === 'array') {
      if ([value].flat().includes('')) throw refuse(`"${name}" is empty: give it a value, or leave it out.`);
      continue;
    }
    if (Array.isArray(value)) throw refuse(`"${name}" is given more than once: give it one value.`);
    if (value === '') throw refuse(`"${name}" is empty: give it a value, or leave it out.`);
    const allowed = schema.type === 'boolean' ? ['true', 'false'] : schema.enum;
    if (allowed && !allowed.includes(value)) throw refuse(`"${name}" must be one of ${allowed.join(', ')}.`);
  }
}
