import { GraphQLError } from 'graphql';
import { type AppError, failureLevel, toAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';

const refusals = new WeakSet<GraphQLError>();

/** Whether it refuses a whole request before any of it runs: its HTTP status then holds for every client. */
export const isRefusal = (error: GraphQLError): boolean => refusals.has(error);

/**
 * A refusal as a GraphQL error with the code that REST has.
 * @param at the error of the field that it comes from; without it, the whole request is refused
 */
export function asGraphQLError(error: AppError, at?: GraphQLError): GraphQLError {
  const shown = new GraphQLError(error.message, {
    nodes: at?.nodes,
    path: at?.path,
    extensions: {
      code: error.code,
      ...(error.choices && { choices: error.choices }),
      ...(at ? {} : { http: { status: error.status } }),
    },
  });
  if (!at) refusals.add(shown);
  return shown;
}

/**
 * Gives every error of an execution one of the project's codes: refusals keep their message, anything unexpected gets a
 * general one.
 */
export function maskError(log: Logger) {
  return (error: unknown): Error => {
    const graphql = error instanceof GraphQLError ? error : undefined;
    // reported by GraphQL itself, for a document or its variables
    const isFound = !graphql?.originalError || (!graphql.path && graphql.originalError instanceof GraphQLError);
    if (graphql && isFound) {
      if (!graphql.extensions.code || /^(GRAPHQL_|BAD_USER_INPUT|OPERATION_)/.test(String(graphql.extensions.code)))
        graphql.extensions.code = 'BAD_REQUEST';
      return graphql;
    }
    const original = graphql?.originalError ?? error;
    if (original instanceof GraphQLError) return original;
    const refusal = toAppError(original);
    const level = failureLevel(original);
    if (level) log[level]({ err: original, path: graphql?.path }, 'a GraphQL field failed');
    return asGraphQLError(refusal, graphql);
  };
}
