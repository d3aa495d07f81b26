import { run } from './run.ts';

await run('dataset-reports', { api: true, worker: true });
