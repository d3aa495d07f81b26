import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addAbortSignal, Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createServer } from '../../../src/api/server.ts';
import type { Services } from '../../../src/api/services.ts';
import { readConfig } from '../../../src/core/config.ts';
import { findDataset, findDatasetSummary } from '../../../src/infra/postgres/rows/datasets.ts';
import { Previews } from '../../../src/services/previews.ts';

vi.mock('../../../src/infra/postgres/rows/datasets.ts');

const ID = '00000000-0000-4000-8000-000000000000';
const log = { info() {}, warn: vi.fn(), error: vi.fn() };
let app: FastifyInstance;
let port: number;
/** Files whose rest does not come from the store. */
const opened: Readable[] = [];

beforeAll(async () => {
  const dataset = { contentType: 'text/csv', uploadBucket: 'uploads', uploadKey: 'a.csv', options: null };
  vi.mocked(findDataset).mockResolvedValue(dataset as never);
  vi.mocked(findDatasetSummary).mockResolvedValue(dataset as never);
  const get = async (_bucket: string, _key: string, signal: AbortSignal) => {
    const file = addAbortSignal(signal, new Readable({ read() {} }));
    file.push('a,b\n1,2\n');
    opened.push(file);
    return file;
  };
  app = await createServer({
    config: readConfig({}),
    log,
    progress: { close() {} },
    previews: new Previews(),
    storage: { get },
  } as unknown as Services);
  await app.listen({ port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(() => app?.close());

const ask = () => {
  const asked = request({ port, path: `/datasets/${ID}/preview`, method: 'POST', agent: false }).on('error', () => {});
  asked.end();
  return asked;
};
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a preview ends when its client goes, and gives its place back', async () => {
  // more than a process makes at a time, and more than wait
  for (let i = 0; i < 10; i++) {
    opened.length = 0;
    const two = [ask(), ask()];
    await until(() => opened.length === 2);
    for (const each of two) each.destroy();
    await until(() => opened.every(({ closed }) => closed));
  }
  expect([log.warn, log.error].flatMap(({ mock }) => mock.calls)).toEqual([]);
});

test('one more than a process allows is refused, and says what it is about', async () => {
  opened.length = 0;
  const all = Array.from({ length: 17 }, ask);
  // no other one is answered: the files do not end
  const [response] = (await Promise.race(all.map((each) => once(each, 'response')))) as [
    Readable & { statusCode: number },
  ];
  expect(response.statusCode).toBe(503);
  const { detail } = JSON.parse((await response.toArray()).join(''));
  expect(detail).toBe('16 previews are being made already. Try again in a few seconds.');
  for (const each of all) each.destroy();
  await until(() => opened.every(({ closed }) => closed));
});
