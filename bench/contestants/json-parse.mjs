// JSON.parse and nothing else: the floor of every reader that is built on it.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { file, format, print } from './shape.mjs';

let rows = 0;
if (format === 'json') rows = JSON.parse(readFileSync(file, 'utf8')).length;
else
  for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }) })) {
    JSON.parse(line);
    rows++;
  }
print({ rows });
