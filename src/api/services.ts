import type { Queue } from '../infra/queue/queue.ts';
import type { EnqueueDeps } from '../services/enqueue.ts';
import type { Previews } from '../services/previews.ts';
import type { ProgressFeed } from '../services/progress.ts';
import type { RowIndexes } from '../services/row-indexes.ts';
import type { Scans } from '../services/scans.ts';

/** What the routes and resolvers work with. */
export type Services = EnqueueDeps & {
  progress: ProgressFeed;
  queue: Queue;
  scans: Scans;
  previews: Previews;
  rowIndexes: RowIndexes;
};

/** What resolvers work with: the request, which HTTP and WebSocket add, has a signal that its client has gone. */
export type RequestServices = Services & { request?: { readonly signal: AbortSignal } };
