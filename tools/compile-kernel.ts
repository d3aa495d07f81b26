// Keeps the machine code that V8 makes of the kernel while it works (src/infra/engine/kernel-cache.ts): profiles some
// megabytes of all kinds and filters them, so that every function that a file may make busy was compiled well.
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Random } from '../bench/generators/random.ts';
import { RECIPES } from '../bench/recipes.ts';
import { KEPT, keepKernel } from '../src/infra/engine/kernel-cache.ts';
import { sourceOfBytes } from '../src/infra/engine/source.ts';
import { filterRows } from '../src/processing/filter-rows.ts';
import { kernelCode } from '../src/processing/host/kernel-module.ts';
import { profileDataset } from '../src/processing/profile.ts';
import type { ColumnFacts } from '../src/processing/profile-types.ts';
import type { RowCondition } from '../src/processing/row-conditions.ts';

const ROWS = { taxi: 150_000, text: 50_000, wide: 10_000, wide1000: 3_000, ndjson: 60_000, json: 20_000 };
/**
 * sample.parquet (sample.py made it) has 2,600 rows: so often they keep the functions busy that read it. Its columns
 * pass this bound.
 */
const SAMPLE_TIMES = 150;
const SAMPLE_BOUND = 300;
const PIECE = 1 << 18;
/** Columns of the files that are filtered as well. */
const MOST_FILTERED = 50;
/** V8 compiles beside: what it has begun should be done. */
const WAIT_MS = 500;

/** Conditions of each kind, on a column that can be asked. */
function conditions(columns: readonly ColumnFacts[]): RowCondition[][] {
  const named = (...types: string[]) => columns.find(({ type }) => types.includes(type))?.name;
  const [number, text, time] = [named('decimal', 'integer'), named('text'), named('date', 'datetime')];
  return [
    ...(number ? [[{ column: number, gt: 20 }]] : []),
    ...(time ? [[{ column: time, lt: '2016-01-01' }]] : []),
    ...(text ? [[{ column: text, in: ['CMT', 'cash'] }], [{ column: text, contains: 'the' }]] : []),
    ...(text ? [[{ column: text, min_length: 4 }], [{ column: text, is_null: false }]] : []),
    [{ duplicate: true }],
  ];
}

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
  const { file, columns } = await profileDataset(source(), { format: format === 'csv' ? 'csv' : 'json' });
  if (columns.length > MOST_FILTERED) continue;
  for (const where of conditions(columns)) {
    for await (const _step of filterRows({ open: source, file, columns }, where, { first: 0, countsAll: true }));
  }
}
await setTimeout(WAIT_MS);
keepKernel(kernelCode(), KEPT.text);
const sample = readFileSync(new URL('sample.parquet', import.meta.url));
for (let i = 0; i < SAMPLE_TIMES; i++)
  await profileDataset(sourceOfBytes(sample).bytes, { format: 'parquet', distinctBound: SAMPLE_BOUND });
await setTimeout(WAIT_MS);
keepKernel(kernelCode(), KEPT.parquet);
