import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { AppError } from '../../core/errors.ts';
import { asGraphQLError, isRefusal } from './errors.ts';

const TYPES = ['application/json', 'application/graphql-response+json'];

/**
 * Whether the response is application/json because the client named that type: GraphQL over HTTP then wants 200 for
 * errors. A client that accepts anything gets the error's status.
 */
function asksForJson(accept: string | null): boolean {
  const named = (accept ?? '').split(',').map((type) => type.split(';')[0]!.trim().toLowerCase());
  return named.find((type) => TYPES.includes(type)) === TYPES[0];
}

/**
 * The status of requests that fail before execution, by the specification of GraphQL over HTTP. A well-formed request
 * that cannot run (errors in the document, variables of the wrong type, an unknown operation) is 200 for clients that
 * ask for `application/json`, and 400 for all others. A refusal before that (no query, too large, another type) keeps
 * its own status.
 */
export function useRequestErrors(): Plugin {
  const wellFormed = new WeakSet<Request>();
  return {
    onParams({ params, request }) {
      if (params.query !== undefined && params.query !== null) return;
      if (!params.extensions?.persistedQuery)
        throw asGraphQLError(new AppError('BAD_REQUEST', 'There is no "query" in the request.'));
      // on this response, clients that send only the hash, as Apollo's do, send the whole document
      wellFormed.add(request);
      throw new GraphQLError('PersistedQueryNotSupported', { extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } });
    },
    onParse({ context }) {
      wellFormed.add((context as { request: Request }).request);
    },
    onResultProcess({ request, result, setResult }) {
      if (!('errors' in result) || 'data' in result || !result.errors) return;
      const cannotRun =
        wellFormed.has(request) &&
        result.errors.every((error) => !isRefusal(error) && (error.extensions.http?.status ?? 400) === 400);
      // `spec` makes Yoga ignore the error's own status for clients that ask for application/json
      for (const { extensions } of result.errors) extensions.http = { ...extensions.http, spec: cannotRun };
      if (!cannotRun) return;
      // on the result, not on its errors: those are cached with the document, for other requests
      const status = asksForJson(request.headers.get('accept')) ? 200 : 400;
      setResult({ ...result, extensions: { ...result.extensions, http: { status } } });
    },
  };
}
