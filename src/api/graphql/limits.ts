import { type ComplexityResult, complexityFromQuery, type FieldComplexityFunction } from '@pothos/plugin-complexity';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isObjectType,
  Kind,
  NoSchemaIntrospectionCustomRule,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { AppError } from '../../core/errors.ts';
import { whole } from '../../report/formatting.ts';
import { isConnection, pageSize, resultSize } from './result-size.ts';

/** Most tokens of a document, counted by the parser. GraphiQL's introspection query has some 300. */
export const MAX_TOKENS = 1_000;
/** Most levels of nested fields, the outermost included. */
const MAX_DEPTH = 15;
/** Most aliases of one field of a type. */
const MAX_ALIASES = 15;
/** Most objects that an operation may read. */
const MAX_COST = 10_000;
/** Most values that its result may hold. A whole introspection query counts some 50,000. */
const MAX_VALUES = 200_000;

/** A report is read and parsed whole, whichever fields are selected; some are megabytes. */
export const REPORT_COST = 25;
/** Options of reading may have hundreds of KiB, and are read for each dataset by itself. */
export const OPTIONS_COST = 25;
/**
 * A page of rows may read a whole file, besides its rows: so no operation opens more scans than a process allows
 * (services/scans.ts).
 */
export const ROWS_COST = 300;
/** A job usually has fewer attempts. */
export const ATTEMPTS_COST = { field: 1, multiplier: 5 };

/**
 * The cost of a field: an object costs 1; a page of a list costs its `first`, since the rows are read in any case, and
 * as many times the cost of a row's fields; a value costs nothing. Lists in lists multiply. The fields of a report cost
 * nothing more: they are in the document that was read.
 */
export const fieldCost: FieldComplexityFunction<unknown, Record<string, unknown>> = (args, _context, field) => {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return 0;
  if (isConnection(type)) return { field: pageSize(args), multiplier: pageSize(args) };
  // "node" is counted with its page
  const isRow = (type.name === 'Dataset' || type.name === 'Job') && field.name !== 'node';
  return { field: isRow ? 1 : 0, multiplier: 1 };
};

/** The field with the most aliases, and how many it has. */
function aliases(schema: GraphQLSchema, document: DocumentNode): { count: number; field: string } {
  const names = new Map<string, Set<string>>(); // MAX_TOKENS bounds it
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name, alias }) {
        const field = `${types.getParentType()?.name}.${name.value}`;
        names.set(field, (names.get(field) ?? new Set()).add((alias ?? name).value));
      },
    }),
  );
  let most = { count: 0, field: '' };
  for (const [field, { size }] of names) if (size > most.count) most = { count: size, field };
  return most;
}

/**
 * The document without `__typename` and introspection: they read no objects, but the plugin would count them as such.
 */
const withoutMeta = (document: DocumentNode): DocumentNode =>
  visit(document, { Field: ({ name }) => (name.value.startsWith('__') ? null : undefined) });

/**
 * Refuses an operation that costs too much, before anything of it runs. The document is valid. An operation or
 * variables that do not fit are left to the execution, which reports them.
 * @returns a refusal with the figure and the limit that it exceeds; undefined when none is exceeded
 */
export function overLimit(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
  isIntrospectionAllowed: boolean,
): AppError | undefined {
  const refuse = (message: string) => new AppError('BAD_REQUEST', message);
  if (!isIntrospectionAllowed && validate(schema, document, [NoSchemaIntrospectionCustomRule]).length > 0)
    return refuse('Introspection is disabled on this server.');
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition === operation,
  );
  const asked: DocumentNode = { ...document, definitions };
  const { count, field } = aliases(schema, asked);
  if (count > MAX_ALIASES)
    return refuse(`The field ${field} has ${count} aliases; at most ${MAX_ALIASES} are allowed.`);
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (coerced.errors) return undefined;
  let figures: ComplexityResult;
  let values: number;
  try {
    figures = complexityFromQuery(withoutMeta(asked), { schema, variables });
    values = resultSize(schema, asked, operation, coerced.variableValues);
  } catch (error) {
    // a nullable variable for an argument that is not: the execution would fail that one field and run the rest
    if (error instanceof GraphQLError) return refuse(error.message);
    throw error;
  }
  if (figures.depth > MAX_DEPTH)
    return refuse(`The fields are nested ${figures.depth} levels deep; at most ${MAX_DEPTH} are allowed.`);
  if (figures.complexity > MAX_COST)
    return refuse(
      `The operation may read ${whole(figures.complexity)} objects; at most ${whole(MAX_COST)} are allowed. ` +
        'Ask for smaller pages ("first"), above all of lists in lists.',
    );
  if (values > MAX_VALUES)
    return refuse(
      `The result may hold ${whole(values)} values; at most ${whole(MAX_VALUES)} are allowed. Ask for fewer fields, ` +
        'or for smaller pages ("first").',
    );
  return undefined;
}
