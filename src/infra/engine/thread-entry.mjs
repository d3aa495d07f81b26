// Where a thread of the engine begins. Plain JavaScript: to strip the types of its modules anew would cost a thread
// more than its first megabytes of work, and the cache of the runtime is not on by itself in a thread.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./thread.ts');
