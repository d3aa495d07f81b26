// A program of somebody who has installed the package: copied into a folder of its own, type-checked there, then run.
import assert from 'node:assert/strict';
import { createReadStream, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DatasetError, type DatasetOptions, profile, type Report } from 'dataset-reports';

const [csv, expected] = process.argv.slice(2) as [string, string];
const bytes = readFileSync(csv);
const report: Report = await profile(csv);
const rows: number = report.row_count;
assert.equal(rows, 4);
assert.equal(report.columns[1]?.name, 'amount');
assert.deepEqual(JSON.parse(JSON.stringify(report)), JSON.parse(readFileSync(expected, 'utf8')));

async function* slowly() {
  for (const byte of bytes) yield Uint8Array.of(byte);
}
const inputs = [pathToFileURL(csv), bytes, new Blob([bytes]).stream(), createReadStream(csv), slowly()];
for (const input of inputs) assert.deepEqual(await profile(input, { format: 'csv' }), report);
assert.deepEqual(await profile(csv, { threads: 2 }), report);

const lines = Buffer.from('{"a":1}\n');
assert.equal((await profile(lines, { name: 'one.ndjson' })).file.format, 'ndjson');

let seen = { bytes: 0, rows: 0 };
const large = Buffer.from(`id,text\n${'1,some text\n'.repeat(400_000)}`);
const options: DatasetOptions = { onProgress: (progress) => (seen = progress) };
assert.equal((await profile(large, options)).row_count, 400_000);
assert.ok(seen.bytes > 1_000_000 && seen.rows > 100_000);

const error = await profile(Buffer.from('id,text\n1,"never closed\n2,b\n')).catch((reason: unknown) => reason);
assert.ok(error instanceof DatasetError);
assert.equal(error.code, 'NO_TABLE');
assert.equal(error.place.line, 2);
assert.equal(typeof error.advice, 'string');
await assert.rejects(profile('no such file.csv'), /There is no such file/);

const reason = new Error('enough');
await assert.rejects(profile(csv, { signal: AbortSignal.abort(reason) }), reason);
const controller = new AbortController();
const stuck = profile(new ReadableStream<Uint8Array>(), { signal: controller.signal });
setTimeout(() => controller.abort(reason), 20);
await assert.rejects(stuck, reason);
console.log('all as documented');
