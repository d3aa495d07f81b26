import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { AppError } from '../../core/errors.ts';
import { asGraphQLError, isRefusal } from './errors.ts';

const TYPES = ['application/json', 'application/graphql-response+json'];

/**
 * Whether the answer is application/json because the client named it: it is owed 200 for errors. One that takes
 * anything reads the status.
 */
function asksForJson(accept: string | null): boolean {
  const named = (accept ?? '').split(',').map((type) => type.split(';')[0]!.trim().toLowerCase());
  return named.find((type) => TYPES.includes(type)) === TYPES[0];
}

/**
 * The errors of requests that never come to be executed, as GraphQL over HTTP has them. What is well formed but cannot
 * run (a document with mistakes, variables that do not fit, an operation that is not there) is 200 for clients that ask
 * for `application/json`, 400 for all others; a refusal before that (no query, too large, another type) keeps its own
 * status.
 */
export function useRequestErrors(): Plugin {
  const wellFormed = new WeakSet<Request>();
  return {
    onParams({ params, request }) {
      if (params.query !== undefined && params.query !== null) return;
      if (!params.extensions?.persistedQuery)
        throw asGraphQLError(new AppError('BAD_REQUEST', 'There is no "query" in the request.'));
      // clients that send the hash alone, as Apollo's do, take this for the sign to send the whole document
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
      // to the library `spec` says that the error's own status is none for clients that ask for application/json
      for (const { extensions } of result.errors) extensions.http = { ...extensions.http, spec: cannotRun };
      if (!cannotRun) return;
      // by the result: an error is kept with its document, for the next who sends it
      const status = asksForJson(request.headers.get('accept')) ? 200 : 400;
      setResult({ ...result, extensions: { ...result.extensions, http: { status } } });
    },
  };
}
