// What the page shows, as its address has it: which datasets the list has (the query), and which report is open (the
// fragment). So a reload, a link and the browser's Back lead to the same place.

/** Which datasets the list shows, and in which order. */
export interface Filter {
  search: string;
  /** Of DatasetStatus, empty for all. */
  status: string;
  /** Of ORDERS, empty for the first. */
  order: string;
  /** Cursors of the pages up to the one that is shown, one for each that was turned by hand; empty on the first. */
  cursors: string[];
}

/** All datasets, in the first order. */
export const NO_FILTER: Filter = { search: '', status: '', order: '', cursors: [] };

/** An open report: its dataset, and what of its page is to be seen. */
export interface OpenReport {
  id: string;
  /** The fragment of the report's page: `c3` for its third column, `alerts`, or its view, search and order. */
  part: string;
}

const REPORT = /^#([0-9a-f-]{36})(?:\/(.*))?$/;

/** The report that the address names. */
export function openReport(): OpenReport | undefined {
  const [, id, part = ''] = REPORT.exec(location.hash) ?? [];
  return id === undefined ? undefined : { id, part };
}

/** The link that opens a report. */
export const reportLink = (id: string, part = ''): string => `#${id}${part && `/${part}`}`;

/** What stands for the form of reading, where a report's part would be. */
export const READING = 'read';

/** The link that opens the form in which a dataset is read differently. */
export const readingLink = (id: string): string => reportLink(id, READING);

/** The filter that the address names. Pages before the one that is shown are known to this tab alone. */
export function readFilter(): Filter {
  const query = new URLSearchParams(location.search);
  const after = query.get('after');
  const { cursors } = (history.state ?? {}) as { cursors?: string[] };
  return {
    search: query.get('search') ?? '',
    status: query.get('status') ?? '',
    order: query.get('order') ?? '',
    cursors: !after ? [] : cursors?.at(-1) === after ? cursors : [after],
  };
}

/** Writes a filter into the address. */
export function writeFilter({ search, status, order, cursors }: Filter): void {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ search, status, order, after: cursors.at(-1) }))
    if (value) query.set(name, value);
  const text = query.size > 0 ? `?${query}` : '';
  history.replaceState({ ...history.state, cursors }, '', `${location.pathname}${text}${location.hash}`);
}
