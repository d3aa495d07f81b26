// Keeps the machine code that V8 makes of the kernel while it works (src/infra/engine/kernel-cache.ts): profiles some
// megabytes of all kinds, so that every function that a file may make busy was compiled well.
import { setTimeout } from 'node:timers/promises';
import { Random } from '../bench/generators/random.ts';
import { RECIPES } from '../bench/recipes.ts';
import { keepKernel } from '../src/infra/engine/kernel-cache.ts';
import { kernelCode } from '../src/processing/host/kernel-module.ts';
import { profileDataset } from '../src/processing/profile.ts';

const ROWS = { taxi: 150_000, text: 50_000, wide: 10_000, wide1000: 3_000, ndjson: 60_000, json: 20_000 };
const PIECE = 1 << 18;
/** V8 compiles beside: what it has begun should be done. */
const WAIT_MS = 500;

for (const [name, rows] of Object.entries(ROWS)) {
  const { pieces, format } = RECIPES[name]!;
  const source = async function* () {
    let text = '';
    for (const piece of pieces(new Random(1), rows)) {
      text += piece;
      if (text.length < PIECE) continue;
      yield Buffer.from(text);
      text = '';
    }
    yield Buffer.from(text);
  };
  await profileDataset(source(), { format: format === 'csv' ? 'csv' : 'json' });
}
await setTimeout(WAIT_MS);
keepKernel(kernelCode());
