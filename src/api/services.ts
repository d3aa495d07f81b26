import type { Queue } from '../infra/queue/queue.ts';
import type { EnqueueDeps } from '../services/enqueue.ts';
import type { ProgressFeed } from '../services/progress.ts';

/** What the routes and resolvers work with. */
export type Services = EnqueueDeps & { progress: ProgressFeed; queue: Queue };
