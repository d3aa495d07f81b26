import { GraphQLError } from 'graphql';
import { type AppError, toAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';

const refusals = new WeakSet<GraphQLError>();

/** Whether it refuses a whole request before any of it is run: its status holds for every client. */
export const isRefusal = (error: GraphQLError): boolean => refusals.has(error);

/**
 * A refusal as GraphQL shows it, with the code that REST has: of the field that it comes from, or of the whole request.
 */
export function asGraphQLError(error: AppError, at?: GraphQLError): GraphQLError {
  const shown = new GraphQLError(error.message, {
    nodes: at?.nodes,
    path: at?.path,
    extensions: { code: error.code, ...(at ? {} : { http: { status: error.status } }) },
  });
  if (!at) refusals.add(shown);
  return shown;
}

/**
 * Every error of an execution in the project's codes: refusals as they are, everything unexpected without inner text.
 */
export function maskError(log: Logger) {
  return (error: unknown): Error => {
    const graphql = error instanceof GraphQLError ? error : undefined;
    // what GraphQL itself finds wrong with a document or its variables
    const isFound = !graphql?.originalError || (!graphql.path && graphql.originalError instanceof GraphQLError);
    if (graphql && isFound) {
      if (!graphql.extensions.code || /^(GRAPHQL_|BAD_USER_INPUT|OPERATION_)/.test(String(graphql.extensions.code)))
        graphql.extensions.code = 'BAD_REQUEST';
      return graphql;
    }
    const original = graphql?.originalError ?? error;
    if (original instanceof GraphQLError) return original;
    const refusal = toAppError(original);
    if (refusal.status >= 500) log.error({ err: original, path: graphql?.path }, 'a GraphQL field failed');
    return asGraphQLError(refusal, graphql);
  };
}
