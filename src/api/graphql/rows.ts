import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { AppError } from '../../core/errors.ts';
import { whole } from '../../report/formatting.ts';
import { CONDITION_KINDS, MAX_CONDITIONS, readConditions } from '../../services/row-conditions.ts';
import { collectPage } from '../../services/row-page.ts';
import {
  DEFAULT_ROWS,
  MAX_ROWS,
  openRows,
  type RowCondition,
  readRowsPage,
  rowCursor,
  type ShownRow,
} from '../../services/rows.ts';
import { CONDITION_MEMBERS } from '../condition-members.ts';
import type { RequestServices } from '../services.ts';
import { builder } from './builder.ts';
import { ROWS_COST } from './limits.ts';
import { camelCase, snakeCase } from './names.ts';
import { pageSize } from './result-size.ts';

export const Row = builder.objectRef<ShownRow>('Row').implement({
  description: 'A whole row of a dataset, as it is written in the file.',
  fields: (t) => ({
    row: t.field({
      type: 'BigInt',
      description: 'Number of the row, from 1; the header is not counted.',
      resolve: ({ row }) => row,
    }),
    line: t.field({
      type: 'BigInt',
      description: 'Line of the file at which the row begins, from 1.',
      resolve: ({ line }) => line,
    }),
    values: t.field({
      type: 'JSON',
      description:
        "An object by column: a CSV's fields as text, a missing one null; a JSON record's values as they are.",
      resolve: ({ values }) => values,
    }),
    surplus: t.stringList({
      nullable: true,
      description: 'Fields beyond the last column; null where there are none.',
      resolve: ({ surplus }) => surplus ?? null,
    }),
  }),
});

interface Page {
  edges: { node: ShownRow; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: () => Promise<number>;
}

const RowConnection = builder.connectionObject(
  {
    type: Row,
    name: 'RowConnection',
    description: 'A page of rows, in the order of the file.',
    fields: (t) => ({
      totalCount: t.field({
        type: 'BigInt',
        description: 'How many rows match on all pages. Counted when this is selected: the whole file is read.',
        resolve: (page) => (page as Page).totalCount(),
      }),
    }),
  },
  { name: 'RowEdge', description: 'A row of a page, with its place.' },
);

builder.scalarType('RowBound', {
  description: 'A number, or a text that is a date or datetime in ISO 8601: `"2026-01-31"`, `"2026-01-31T12:00:00Z"`.',
  serialize: (value) => value,
  // what the column takes is checked with its type
  parseValue: (value) => value as string | number,
});
const FenceSide = builder.enumType('FenceSide', {
  description: "A side of a report's fences.",
  values: {
    LOW: { value: 'low', description: 'Below the lower fence.' },
    HIGH: { value: 'high', description: 'Above the upper fence.' },
    ANY: { value: 'any', description: 'Below the lower or above the upper fence.' },
  },
});

const RowConditionInput = builder.inputType('RowConditionInput', {
  description: 'A condition on rows: all its members must hold. A member that is null is not asked.',
  fields: (t) => {
    const field = (name: keyof RowCondition) => {
      const kind = CONDITION_KINDS[name];
      const description = CONDITION_MEMBERS[name];
      if (kind === 'texts') return t.stringList({ description });
      if (kind === 'boolean') return t.boolean({ description });
      if (kind === 'side') return t.field({ type: FenceSide, description });
      if (kind === 'bound') return t.field({ type: 'RowBound', description });
      if (kind === 'length') return t.int({ description });
      return kind === 'row' ? t.field({ type: 'BigInt', description }) : t.string({ description });
    };
    const names = Object.keys(CONDITION_MEMBERS) as (keyof RowCondition)[];
    return Object.fromEntries(names.map((name) => [camelCase(name), field(name)]));
  },
});

builder.prismaObjectField('Dataset', 'rows', (t) =>
  t.field({
    type: RowConnection,
    description: 'Whole rows for which all conditions hold, read from the file. An error NOT_FOUND without a report.',
    args: {
      where: t.arg({
        type: [RowConditionInput],
        description: `All of these conditions must hold; at most ${MAX_CONDITIONS}. All rows when there are none.`,
      }),
      first: t.arg.int({
        defaultValue: DEFAULT_ROWS,
        description: `Most rows of the page, 1 to ${whole(MAX_ROWS)}.`,
      }),
      after: t.arg.string({ description: 'The cursor that the page follows: `endCursor` of the previous one.' }),
    },
    complexity: ({ first }) => ({ field: ROWS_COST + pageSize({ first }), multiplier: pageSize({ first }) }),
    resolve: ({ id }, args, services, info) => readRows(services, id, args, info) as never,
  }),
);

async function readRows(
  services: RequestServices,
  id: string,
  args: { where?: readonly object[] | null; first?: number | null; after?: string | null },
  info: GraphQLResolveInfo,
): Promise<Page> {
  const { first, after } = readRowsPage(args.first, args.after, DEFAULT_ROWS);
  const count = isSelected(info, 'totalCount');
  const signal = services.request?.signal ?? new AbortController().signal;
  const page = await inCamelCase(async () => {
    const where = readConditions((args.where ?? []).map(inSnakeCase));
    return collectPage(await openRows(services, id, { where, first, after, count }, signal), count);
  });
  const edges = page.rows.map((node) => ({ node, cursor: rowCursor(node.row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNext,
      hasPreviousPage: after > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    // where it is asked for, it was counted with the page
    totalCount: async () => page.count!,
  };
}

/** A condition with the members of the vocabulary. */
const inSnakeCase = (condition: object) =>
  Object.fromEntries(
    Object.entries(condition).map(([name, value]) => [
      snakeCase(name),
      typeof value === 'bigint' ? Number(value) : value, // a number of a row
    ]),
  );

/** A sentence of a refusal begins with the member that it is about: here as this schema spells it. */
async function inCamelCase<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message = error.message.replace(/^"(\w+)"/, (quoted, name: string) =>
      Object.hasOwn(CONDITION_MEMBERS, name) ? `"${camelCase(name)}"` : quoted,
    );
    throw new AppError(error.code, message, { cause: error });
  }
}

/** Whether a query selects a field of the object, in whatever fragment. */
function isSelected({ fieldNodes, fragments }: GraphQLResolveInfo, name: string): boolean {
  const isIn = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === name;
      const selected = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
      return selected !== undefined && isIn(selected.selectionSet);
    });
  return fieldNodes.some(({ selectionSet }) => selectionSet !== undefined && isIn(selectionSet));
}
