import type { Page } from '../../services/paging.ts';
import { builder } from './builder.ts';

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'How many rows the list has on all its pages, counted when this is selected.',
    resolve: ({ totalCount }) => totalCount(),
  }),
);

/**
 * A Relay connection of the rows. There is one row more than asked for when there is a next page.
 * @param cursorOf a row's place in the list
 * @param totalCount counts the rows of all pages
 */
export function connectionOf<Row>(
  rows: Row[],
  { first, after }: { first: number; after: Page['after'] | object | undefined },
  cursorOf: (row: Row) => string,
  totalCount: () => Promise<number>,
) {
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    edges,
    totalCount,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
