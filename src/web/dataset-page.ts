import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { run } from './client.ts';
import { outage, transport } from './connection.ts';
import { DATASETS } from './documents.ts';
import { MOST_STREAMS } from './events.ts';
import type { DatasetOrder, DatasetStatus, WebDatasetsQuery } from './generated/graphql.ts';
import { isOver } from './job-status.ts';
import type { Filter } from './place.ts';
import { useSignal } from './signal.ts';

export type Dataset = NonNullable<WebDatasetsQuery['datasets']['edges'][number]>['node'];

interface Order {
  label: string;
  orderBy: DatasetOrder;
}
const NEWEST_FIRST: Order = { label: 'newest first', orderBy: { field: 'UPLOADED_AT', direction: 'DESC' } };
/** How the list can be sorted, by what the address calls it. */
export const ORDERS: Record<string, Order> = {
  '': NEWEST_FIRST,
  oldest: { label: 'oldest first', orderBy: { field: 'UPLOADED_AT', direction: 'ASC' } },
  name: { label: 'by name', orderBy: { field: 'NAME', direction: 'ASC' } },
  alerts: { label: 'most alerts first', orderBy: { field: 'ALERTS', direction: 'DESC' } },
  rows: { label: 'most rows first', orderBy: { field: 'ROWS', direction: 'DESC' } },
  size: { label: 'largest first', orderBy: { field: 'SIZE', direction: 'DESC' } },
};

const PAGE = 25;
const RELOAD_MILLISECONDS = 10_000;
/**
 * While a dataset is about to be processed whose job is not known here yet, and while jobs run without live updates.
 */
const SOON_MILLISECONDS = 2_500;
const FRESH_MILLISECONDS = 60_000;
const SHORTEST_MILLISECONDS = 500;
const TYPING_MILLISECONDS = 200;

const isFresh = ({ status, latestJob, uploadedAt }: Dataset): boolean =>
  status === 'UPLOADED' && !latestJob && Date.now() - Date.parse(uploadedAt) < FRESH_MILLISECONDS;

/** How many jobs have live updates at a time, by transport. */
const MOST_LIVE = { socket: Number.POSITIVE_INFINITY, events: MOST_STREAMS, polling: 0 };

export interface DatasetPage {
  /** `undefined` until the first response. */
  datasets: Dataset[] | undefined;
  /** The cursor of the next page. */
  next: string | undefined;
  problem: string;
  /** Loads again soon; however often it is called, at most twice a second and never twice at a time. */
  reload: () => void;
}

/** A page of the list, kept up to date while it is visible. */
export function useDatasetPage({ search, status, order, cursors }: Filter): DatasetPage {
  const after = cursors.at(-1);
  const [page, setPage] = useState<Pick<DatasetPage, 'datasets' | 'next'>>({ datasets: undefined, next: undefined });
  const [problem, setProblem] = useState('');
  const offline = useSignal(outage) !== '';
  const asking = useRef({ busy: false, again: false, timer: 0 });
  const loaded = useRef(0);
  const unsettled = useRef(false);
  const running = useRef(0);
  const wanted = useRef({ search, status, order, after });
  wanted.current = { search, status, order, after };

  const load = useCallback(async () => {
    const state = asking.current;
    if (state.busy) {
      state.again = true;
      return;
    }
    state.busy = true;
    state.again = false;
    const sent = wanted.current;
    try {
      const { datasets } = await run('query', DATASETS, {
        first: PAGE,
        after: sent.after ?? null,
        status: (sent.status || null) as DatasetStatus | null,
        search: sent.search || null,
        orderBy: (ORDERS[sent.order] ?? NEWEST_FIRST).orderBy,
      });
      const { current } = wanted;
      if (Object.entries(sent).every(([name, value]) => current[name as keyof typeof current] === value)) {
        const { hasNextPage, endCursor } = datasets.pageInfo;
        loaded.current = performance.now();
        unsettled.current = datasets.edges.some((edge) => isFresh(edge!.node));
        running.current = datasets.edges.filter((edge) => !isOver(edge!.node.latestJob)).length;
        setPage({
          datasets: datasets.edges.map((edge) => edge!.node),
          next: hasNextPage ? (endCursor ?? undefined) : undefined,
        });
        setProblem('');
      } else state.again = true;
    } catch (error) {
      setProblem((error as Error).message);
    }
    state.busy = false;
    if (state.again) reload();
  }, []);
  const reload = useCallback(() => {
    const state = asking.current;
    if (state.timer) return;
    state.timer = setTimeout(() => {
      state.timer = 0;
      void load();
    }, SHORTEST_MILLISECONDS) as unknown as number;
  }, []);

  useEffect(() => {
    const soon = setTimeout(load, search ? TYPING_MILLISECONDS : 0);
    return () => clearTimeout(soon);
  }, [search, status, order, after, offline]);
  useEffect(() => {
    const refresh = () => document.visibilityState === 'visible' && load();
    const timer = setInterval(() => {
      const isStale = running.current > MOST_LIVE[transport.get()];
      if (unsettled.current || isStale || performance.now() - loaded.current >= RELOAD_MILLISECONDS) refresh();
    }, SOON_MILLISECONDS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, []);
  return { ...page, problem, reload };
}
