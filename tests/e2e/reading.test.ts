import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphqlApi } from '../support/graphql-api.ts';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** What decides how a file is read on its way through the service: the declared type, the name, the first bytes. */
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const outcome = async (door: 'rest' | 'graphql', filename: string, type: string, content: string | Buffer) => {
  const api = door === 'rest' ? restApi(server.url) : graphqlApi(server.url);
  const { id } = await api.upload({ name: filename, content, filename, type });
  const job = await api.process(id);
  for await (const _ of api.watch(job.id));
  const { rowCount, error } = (await api.dataset(id))!;
  return error ?? rowCount;
};

test.each(['rest', 'graphql'] as const)('by the declared type, else the name: %s', async (door) => {
  expect(await outcome(door, `${door}.txt`, 'text/plain', `a|b\n1|2\n3|${door}\n`)).toBe(2);
  expect(await outcome(door, `${door}-no-extension`, 'text/json', `[{"a":"${door}"}]`)).toBe(1);
  expect(await outcome(door, `${door}.geojson`, 'text/plain', `{"features":[{"a":"${door}"}]}`)).toBe(1);
  expect(await outcome(door, `${door}.jsonl`, '', `{"a":"${door}"}\n`)).toBe(1);
  expect(await outcome(door, `${door}-one.json`, 'application/json', `{"b":"${door}"}\n`)).toContain('put it in [ ]');
  expect(await outcome(door, `${door}.csv`, 'text/csv', gzipSync(`a,b\n1,${door}\n`))).toBe(1);
  expect(await outcome(door, `${door}-image.csv`, 'image/png', `b,a\n1,${door}\n`)).toBe(1);
  expect(await outcome(door, `${door}.dat`, 'application/octet-stream', gzipSync(`c,d\n1,${door}\n`))).toBe(1);
});

test.each([
  'rest',
  'graphql',
] as const)('a type that fits any text does not take what the name says is something else: %s', async (door) => {
  await expect(outcome(door, 'a.pdf', 'text/plain', 'a,b\n')).rejects.toThrow(/UNSUPPORTED_MEDIA_TYPE/);
});
