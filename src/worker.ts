import { run } from './run.ts';

await run('worker', { api: false, worker: true });
