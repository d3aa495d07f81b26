import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createServer } from '../../../src/api/server.ts';
import type { Services } from '../../../src/api/services.ts';
import { readConfig } from '../../../src/core/config.ts';
import { AppError } from '../../../src/core/errors.ts';
import { RowIndexes } from '../../../src/services/row-indexes.ts';
import { Scans } from '../../../src/services/scans.ts';
import { loadReport } from '../../../src/services/stored-report.ts';

vi.mock('../../../src/services/stored-report.ts');

const ID = '00000000-0000-4000-8000-000000000000';
const PIECE = Buffer.from('1234,some text\n'.repeat(4_000));
const ENDLESS = Number.POSITIVE_INFINITY;
const MATCHING = 'where=[]';
const NOTHING = `where=${encodeURIComponent('{"column":"a","in":["nothing"]}')}`;

/** A file that is read from the store, and how much of it was. */
class StoredFile extends Readable {
  pieces = 0;
  readonly #most: number;
  constructor(pieces: number) {
    super({ highWaterMark: 1 });
    this.#most = pieces;
  }
  override _read(): void {
    const { pieces } = this;
    this.pieces++;
    // as from a disk: not at once
    setImmediate(() => this.push(pieces === 0 ? 'a,b\n' : pieces <= this.#most ? PIECE : null));
  }
}
const sizeOf = (pieces: number) => 4 + PIECE.length * pieces;

const log = { info() {}, warn: vi.fn(), error: vi.fn() };
let app: FastifyInstance;
let port: number;
/** What the store gives, and what it has given. */
let opened: StoredFile[];
let store: () => Readable;

beforeAll(async () => {
  app = await createServer({
    config: readConfig({}),
    log,
    progress: { close() {} },
    scans: new Scans(),
    rowIndexes: new RowIndexes(),
    storage: { get: async () => store() },
  } as unknown as Services);
  await app.listen({ port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(() => app?.close());
beforeEach(() => {
  vi.clearAllMocks();
  stored(3);
});

/** A dataset whose file has so many pieces; what its report says of its size may differ. */
function stored(pieces: number, bytes = sizeOf(pieces)): void {
  opened = [];
  store = () => {
    const file = new StoredFile(pieces);
    opened.push(file);
    return file;
  };
  const column = (name: string) => ({ name, type: name === 'a' ? 'integer' : 'text' });
  vi.mocked(loadReport).mockResolvedValue({
    dataset: { name: 'x', uploadBucket: 'uploads', uploadKey: 'x' },
    report: {
      row_count: pieces * 4_000,
      columns: [column('a'), column('b')],
      anomalies: { outliers: {} },
      file: { format: 'csv', encoding: 'utf-8', bytes },
    },
  } as never);
}
const url = (query: string) => `http://127.0.0.1:${port}/datasets/${ID}/rows?${query}`;
/** Asks and reads nothing of the response. */
async function ask(query: string): Promise<{ request: ClientRequest; response: IncomingMessage }> {
  const request = get(url(query), { agent: false }).on('error', () => {});
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => {}).pause();
  return { request, response };
}
const isClosed = (file: StoredFile) => until(() => file.closed);
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a scan ends when its client goes, found anything or not, and gives its place back', async () => {
  stored(ENDLESS);
  // more than a process allows to be open
  for (let i = 0; i < 40; i++) {
    const request = get(url(i % 2 ? `${NOTHING}&count=true` : `${MATCHING}&format=csv`), { agent: false });
    request.on('error', () => {});
    await until(() => (opened.at(-1)?.pieces ?? 0) >= 4);
    request.destroy();
    await isClosed(opened.at(-1)!);
    opened.length = 0;
  }
  expect([log.warn, log.error].flatMap(({ mock }) => mock.calls)).toEqual([]);
});

test('a client that reads slowly stops the reading of the file, and holds nobody up', async () => {
  stored(ENDLESS);
  const slow = await Promise.all(Array.from({ length: 6 }, () => ask(`${MATCHING}&format=csv`)));
  const files = opened;
  stored(50);
  const { count, rows } = (await (await fetch(url(`${NOTHING}&count=true`))).json()) as { count: number; rows: [] };
  expect([rows, count]).toEqual([[], 0]);
  // what lies between fills up, then nothing more is read, however long others take
  let before: number[];
  do {
    before = files.map(({ pieces }) => pieces);
    await (await fetch(url(`${NOTHING}&count=true`))).text();
  } while (files.some(({ pieces }, i) => pieces !== before[i]));
  for (const pieces of before) expect(pieces * PIECE.length).toBeLessThan(64 << 20);
  for (const { request } of slow) request.destroy();
  await Promise.all(files.map(isClosed));
});

test('a process opens so many scans and no more', async () => {
  stored(ENDLESS);
  const open = await Promise.all(Array.from({ length: 32 }, () => ask(`${MATCHING}&format=csv`)));
  const refused = await fetch(url(MATCHING));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await refused.json()).toMatchObject({
    code: 'UNAVAILABLE',
    detail: '32 requests for rows are being answered already. Try again in a few seconds.',
  });
  expect([log.warn.mock.calls.length, log.error.mock.calls.length]).toEqual([1, 0]);
  const files = opened;
  for (const { request } of open) request.destroy();
  await Promise.all(files.map(isClosed));
  stored(1);
  expect((await fetch(url(MATCHING))).status).toBe(200);
});

test('other requests are answered while a file is read', async () => {
  stored(100);
  let isDone = false;
  const scan = fetch(url(`${NOTHING}&count=true`)).then(async (response) => {
    await response.text();
    isDone = true;
  });
  let answers = 0;
  while (!isDone) {
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    answers++;
  }
  await scan;
  expect(answers).toBeGreaterThan(5);
});

test.each([
  'where=[]',
  'rows=1-5',
  'where=[]&format=csv',
])('a file that is gone, or is another one, is a refusal: %s', async (query) => {
  const refusal = async () => {
    const response = await fetch(url(query));
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('content-disposition')).toBeNull();
    return [response.status, ((await response.json()) as { detail: string }).detail];
  };
  store = () => {
    throw new AppError('NOT_FOUND', 'The stored file is gone: upload it again.');
  };
  expect(await refusal()).toEqual([404, 'The stored file is gone: upload it again.']);
  stored(1, sizeOf(2));
  expect(await refusal()).toEqual([
    409,
    'The stored file is not the one that the report describes, which has 120,004 bytes: process the dataset again, ' +
      'or upload the file again.',
  ]);
});

test('of a large file that is another one, rows have left: the response ends without its end', async () => {
  stored(60, sizeOf(59));
  const response = await fetch(url('where=[]&format=csv'));
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  expect(log.warn.mock.calls.map(([, message]) => message)).toEqual(['a response of rows ended early']);
});

test('HEAD reads no more than it needs', async () => {
  stored(ENDLESS);
  const response = await fetch(url(`${MATCHING}&format=csv`), { method: 'HEAD' });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  await Promise.all(opened.map(isClosed));
});
