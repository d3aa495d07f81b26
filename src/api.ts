import { run } from './run.ts';

await run('api', { api: true, worker: false });
