import { encodeCursor, type Page } from '../../services/lists.ts';

/** The rows after a place in a list that is sorted newest first, by `at` and then id. */
export function newestFirst<Field extends string>(field: Field, { first, after }: Page) {
  return {
    where: after ? { OR: [{ [field]: { lt: after.at } }, { [field]: after.at, id: { lt: after.id } }] } : {},
    orderBy: [{ [field]: 'desc' as const }, { id: 'desc' as const }],
    take: first + 1,
  };
}

/** A Relay connection of the rows, one more of which were read than asked for. */
export function connectionOf<Row extends { id: string }>(rows: Row[], { first, after }: Page, at: (row: Row) => Date) {
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: encodeCursor(at(node), node.id) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
