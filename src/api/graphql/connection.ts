import { encodeCursor, type Page } from '../../services/paging.ts';

/** A Relay connection of the rows. There is one row more than asked for when there is a next page. */
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
