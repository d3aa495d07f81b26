import type { Threads } from '../../processing/host/threads.ts';
import type { Deps } from '../deps.ts';
import type { PageWriter } from '../report-page-writer.ts';

/** What a worker stands on. */
export interface WorkerDeps extends Deps {
  /** The engine's, for large files. */
  threads: Threads;
  /** The worker's name in the history of attempts. */
  worker: string;
  /** Takes the datasets whose page is to be written. */
  pages: Pick<PageWriter, 'add'>;
}
