import type { Queue } from '../infra/queue/queue.ts';
import type { EnqueueParts } from '../services/enqueue.ts';
import type { ProgressFeed } from '../services/progress.ts';

/** What the routes and resolvers work with. */
export type Services = EnqueueParts & { progress: ProgressFeed; queue: Queue };
