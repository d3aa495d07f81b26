import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import SimpleObjectsPlugin from '@pothos/plugin-simple-objects';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { VERSION } from '../../core/version.ts';
import type { IncomingFile } from '../../services/upload.ts';
import type { RequestServices } from '../services.ts';
import type PrismaTypes from './generated/pothos.ts';
import { getDatamodel } from './generated/pothos.ts';
import { fieldCost } from './limits.ts';

/**
 * A file of a multipart request. It is available as soon as its part begins; `complete` resolves when the whole body
 * has arrived.
 */
export interface UploadedFile extends IncomingFile {
  complete: Promise<void>;
}

/** Lists leave the options of reading out: the field that gives them reads them. */
type ListedDataset = Omit<PrismaTypes['Dataset'], 'Shape'> & {
  Shape: Omit<PrismaTypes['Dataset']['Shape'], 'options' | 'reportOptions'>;
};

/** The types behind the schema, for Pothos. */
export interface SchemaTypes {
  PrismaTypes: Omit<PrismaTypes, 'Dataset'> & { Dataset: ListedDataset };
  Context: RequestServices;
  DefaultFieldNullability: false;
  /** What every connection has besides its edges: counted when a query selects it. */
  Connection: { totalCount: () => Promise<number> };
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    BigInt: { Input: bigint; Output: bigint | number };
    JSON: { Input: unknown; Output: unknown };
    Upload: { Input: Promise<UploadedFile>; Output: never };
    RowBound: { Input: string | number; Output: never };
    HeaderRow: { Input: boolean | number | number[]; Output: never };
    SheetName: { Input: string | number; Output: never };
    ID: { Input: string; Output: string };
  };
}

/** Collects the types and fields that the files of this folder add. */
export const builder = new SchemaBuilder<SchemaTypes>({
  defaultFieldNullability: false,
  plugins: [PrismaPlugin, RelayPlugin, SimpleObjectsPlugin, ComplexityPlugin],
  // limits.ts checks a whole operation before it runs; the plugin would check at its first field
  complexity: { disabled: true, fieldComplexity: fieldCost as never },
  prisma: { client: (context) => context.database, dmmf: getDatamodel() },
  relay: {
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { description: 'The rows of the page in the order of the list, each with its cursor.' },
    pageInfoFieldOptions: { description: 'Whether there are other pages, and the cursors at the ends of this one.' },
    nodeFieldOptions: { description: 'The row itself.' },
    cursorFieldOptions: {
      description: 'Its place in the list, for `after`: opaque, and valid while the list changes.',
    },
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    hasNextPageFieldOptions: { description: 'Whether rows follow on a next page.' },
    hasPreviousPageFieldOptions: { description: 'Whether the page was asked for by `after`.' },
    startCursorFieldOptions: { description: 'Cursor of the first row of the page; null for an empty page.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last row of the page, the `after` of the next one; null for an empty page.',
    },
  },
});

/** Refuses a literal: times are only sent to clients, and files arrive as parts of a multipart request. */
const noInput = (name: string) => () => {
  throw new GraphQLError(`${name} is not an input: leave it out.`, { extensions: { code: 'BAD_REQUEST' } });
};

builder.scalarType('DateTime', {
  description: 'A time in ISO 8601, UTC, in milliseconds: `2026-11-24T09:30:00.000Z`.',
  serialize: (value) => value.toISOString(),
  parseValue: noInput('DateTime'),
});
builder.addScalarType(
  'BigInt',
  new GraphQLScalarType<bigint | number, unknown>({
    name: 'BigInt',
    description: 'A whole number of any size, as a JSON number with all its digits.',
    // a plain number as long as JSON clients read it exactly, else all its digits
    serialize: (value) =>
      Number.isSafeInteger(Number(value))
        ? Number(value)
        : (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(String(value)),
    parseValue: (value) => BigInt(value as string),
    parseLiteral: (node) => BigInt(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : 'NaN'),
  }) as never,
);
builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: noInput('JSON'),
});
builder.scalarType('Upload', {
  description: 'A file, sent as the GraphQL multipart request specification says.',
  serialize: noInput('Upload'),
  parseValue: (value) => {
    if (value instanceof Promise) return value as Promise<UploadedFile>;
    throw new GraphQLError('An Upload must be a file of a multipart request, not a value.', {
      extensions: { code: 'BAD_REQUEST' },
    });
  },
});
builder.queryType({
  description: 'What can be read.',
  fields: (t) => ({
    version: t.string({
      description: 'Version of the service: the same as in /openapi.json, and of the command.',
      resolve: () => VERSION,
    }),
  }),
});
builder.mutationType({
  description: 'What can be changed. A page of another origin may not, unless `CORS_ORIGINS` names it.',
});
builder.subscriptionType({
  description: 'What can be watched, over WebSocket (graphql-transport-ws) or server-sent events.',
});
