import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALONE_BYTES } from '../../src/processing/limits.ts';
import { formatOf, generatedTable, type TableKind } from '../support/generated-table.ts';
import { profileText } from '../support/profile-text.ts';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Datasets so large that the worker calls its threads, on the whole way through the product. */
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

test.each<[TableKind, number]>([
  ['narrow CSV', 120_000],
  ['JSON lines', 75_000],
])('%s of some 12 MB: the report is that of the engine without threads', async (kind, rows) => {
  const content = generatedTable(kind, rows, 21);
  expect(content.length).toBeGreaterThan(ALONE_BYTES * 1.3);
  const api = restApi(server.url);
  const filename = formatOf(kind) === 'csv' ? 'large.csv' : 'large.ndjson';
  const dataset = await api.upload({ name: 'large', content, filename });
  // forced: on services that keep their data the same bytes may have a report already, made by an older engine
  const job = await api.process(dataset.id, true);
  const shown: number[] = [];
  for await (const { state, progress, error } of api.watch(job.id)) {
    if (state === 'failure') throw new Error(String(error));
    shown.push(progress);
  }
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(shown.at(-1)).toBe(100);
  expect(await api.report(dataset.id)).toEqual(JSON.parse(await profileText(content, formatOf(kind))));
});
