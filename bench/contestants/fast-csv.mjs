// fast-csv and nothing else: every row is handed over, none is looked at.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { file, peer, print } from './shape.mjs';

let rows = -1; // the header
await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), peer('fast-csv').parse(), async (parsed) => {
  for await (const _row of parsed) rows++;
});
print({ rows });
