import { type DocumentNode, GraphQLError, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { AppError } from '../../core/errors.ts';
import { asGraphQLError } from './errors.ts';
import { MAX_TOKENS } from './limits.ts';

const TOO_MANY_TOKENS = /more than \d+ tokens/;

/**
 * Parses a document. One that is over a limit, or nested too deeply for the parser's stack, is a refusal of the whole
 * request; a syntax error is reported as GraphQL does.
 */
export function parseBounded(source: string, options: object = {}): ReturnType<typeof parse> {
  try {
    return parse(source, { ...options, maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError && !TOO_MANY_TOKENS.test(error.message)) {
      error.extensions.code = 'BAD_REQUEST';
      throw error;
    }
    const message = error instanceof GraphQLError ? error.message : 'The document is nested too deeply.';
    throw asGraphQLError(new AppError('BAD_REQUEST', message));
  }
}

/** The error for an operation that is over a limit; undefined when it is not. */
export type Limit = (
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
) => GraphQLError | undefined;

/** Limits documents, and gives their errors the code that REST has for a bad request. */
export const useDocumentChecks = (limit: Limit): Plugin => ({
  onParse({ setParseFn }) {
    setParseFn(parseBounded as never);
  },
  onValidate() {
    return ({ result }) => {
      for (const error of result) error.extensions.code = 'BAD_REQUEST';
    };
  },
  // not a validation rule, whose results are cached by document: the cost depends on the variables
  onExecute({ args, setResultAndStopExecution }) {
    const refusal = limit(args.document, args.operationName, (args.variableValues ?? {}) as never);
    if (refusal) setResultAndStopExecution({ errors: [refusal] });
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const refusal = limit(args.document, args.operationName, (args.variableValues ?? {}) as never);
    if (refusal) setResultAndStopExecution({ errors: [refusal] } as never);
  },
});
