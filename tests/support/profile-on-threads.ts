// Profiles a small file on threads, then closes them (`close`) or leaves them as they are: either way the process is to
// end.
import { EngineThreads } from '../../src/infra/engine/threads.ts';
import { profileDataset } from '../../src/processing/profile.ts';

async function* source(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`a,b\n${'1,2\n'.repeat(5_000)}`);
}
const threads = new EngineThreads(2);
const { rowCount } = await profileDataset(source(), { format: 'csv', threads, tuning: { aloneBytes: 0 } });
if (process.argv[2] === 'close') await threads.close();
console.log(rowCount);
