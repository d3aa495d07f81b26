import { afterEach, expect, test, vi } from 'vitest';
import { FoundRows } from '../../../../src/web/rows/found-rows.ts';
import { NumberedRows } from '../../../../src/web/rows/numbered-rows.ts';
import type { Column } from '../../../../src/web/rows/report.ts';
import { outage } from '../../../../src/web/rows/requests.ts';
import { gridRow, MAX_VALUE, pageRows } from '../../../../src/web/rows/row-source.ts';

const columns = [{ name: 'a', position: 1 } as Column];
const PAGE = 10;
/** Every second row matches. */
const MATCHES = 1_000;

/** A service with the rows 1, 2, 3 …; the addresses that were asked for, and how many at once. */
function service() {
  const asked: URLSearchParams[] = [];
  const now = { running: 0, most: 0, isLost: false, isCounting: Promise.resolve() };
  vi.stubGlobal('fetch', async (address: string, { signal }: { signal: AbortSignal }) => {
    const query = new URL(address, 'http://host').searchParams;
    asked.push(query);
    now.most = Math.max(now.most, ++now.running);
    signal.addEventListener('abort', () => now.running--, { once: true });
    await Promise.resolve();
    if (now.isLost) throw new TypeError('network');
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
        signal.addEventListener('abort', () => controller.error(signal.reason), { once: true });
        const rows = query.has('rows') ? numbered(query.get('rows')!) : matching(query);
        send(`{"rows":[${rows.map((row) => JSON.stringify({ row, line: row + 1, values: { a: `${row}` } })).join()}]`);
        const last = rows.at(-1) ?? 0;
        if (query.has('where')) send(`,"next":${last < MATCHES * 2 ? `"row_${last}"` : null}`);
        if (query.has('count')) {
          await now.isCounting;
          send(`,"count":${MATCHES}`);
        }
        send('}');
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  });
  return { asked, now };
}
const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
function numbered(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [from, to = from] = part.split('-').map(Number) as [number, number?];
    return range(from, to);
  });
}
function matching(query: URLSearchParams): number[] {
  const after = Number(query.get('after')?.slice('row_'.length) ?? 0);
  return range(after + 2, Math.min(MATCHES * 2, after + 2 * Number(query.get('first'))), 2);
}
const found = (mark?: ConstructorParameters<typeof FoundRows>[3]) =>
  new FoundRows('where={}', columns, PAGE, mark, () => {});
const until = (isSo: () => boolean) => vi.waitFor(() => expect(isSo()).toBe(true), { timeout: 5_000 });

afterEach(() => vi.unstubAllGlobals());

test('rows by number: pages that are seen are asked for, those passed by are not', async () => {
  const { asked, now } = service();
  const source = new NumberedRows(columns, 1e6, undefined, PAGE, () => {});
  for (let from = 0; from < 5_000; from += 100) source.show(from, from + 15);
  source.show(999_985, 999_999);
  await until(() => source.at(999_999) !== undefined);
  expect(source.at(999_999)).toMatchObject({ row: 1e6, line: 1e6 + 1, values: ['1000000'] });
  expect(asked.map((query) => query.get('rows'))).toEqual(['999981-999990', '999991-1000000']);
  expect(now.most).toBeLessThanOrEqual(2);
});

test('rows by number: pages far behind are forgotten', async () => {
  service();
  const source = new NumberedRows(columns, 1e6, undefined, PAGE, () => {});
  for (let page = 0; page < 30; page++) {
    source.show(page * PAGE, page * PAGE + 1);
    await until(() => source.at(page * PAGE) !== undefined);
  }
  expect(source.at(0)).toBeUndefined();
  expect(source.at(295)).toBeDefined();
  expect(source.numberAt(0)).toBe(1);
});

test('rows that an address names', async () => {
  const { asked } = service();
  const source = new NumberedRows(columns, 1e6, [3, 17, 204], PAGE, () => {});
  source.show(0, 2);
  await until(() => source.at(2) !== undefined);
  expect([source.length, source.indexOf(17), source.indexOf(18), source.at(2)?.row]).toEqual([3, 1, undefined, 204]);
  expect(asked.map((query) => query.get('rows'))).toEqual(['3,17,204']);
});

test('matches are seen before they are counted, and the next page does not wait for the count', async () => {
  const { now } = service();
  const counted = Promise.withResolvers<void>();
  now.isCounting = counted.promise;
  const source = found();
  await until(() => source.at(0) !== undefined);
  expect([source.count, source.at(0)?.row, source.isReading]).toEqual([undefined, 2, true]);
  source.show(5, 15);
  await until(() => source.at(15) !== undefined);
  expect(source.length).toBe(20);
  counted.resolve();
  await until(() => source.count !== undefined);
  expect(source.count).toBe(MATCHES);
  source.close();
});

test('to a place far on: the pages on the way are read one after another, to the last', async () => {
  const { asked, now } = service();
  const source = found();
  for (let length = 0; source.at(MATCHES - 1) === undefined; ) {
    const last = Math.max(0, source.length - 1);
    source.show(last, last);
    await until(() => source.length > length || source.at(MATCHES - 1) !== undefined);
    length = source.length;
  }
  expect([source.length, source.count]).toEqual([MATCHES, MATCHES]);
  expect(source.at(MATCHES - 1)?.row).toBe(MATCHES * 2);
  expect(source.at(0)).toBeUndefined(); // forgotten
  expect(asked.length).toBe(MATCHES / PAGE);
  expect(now.most).toBeLessThanOrEqual(2);
});

test('a reload begins at the same place: what came before is not read again', async () => {
  service();
  const before = found();
  before.show(35, 38);
  await until(() => before.at(35) !== undefined && before.count !== undefined);
  const { mark } = before;
  const { asked } = service();
  const after = found(mark);
  after.show(35, 38);
  await until(() => after.at(35) !== undefined);
  expect([after.at(35)?.row, after.count]).toEqual([72, MATCHES]);
  expect(asked).toHaveLength(1);
  after.show(0, 5);
  await until(() => after.at(0) !== undefined);
});

test('a row of the address is looked for, and its index is known then', async () => {
  service();
  const source = found();
  source.seek(90);
  await until(() => source.indexOf(90) !== undefined);
  expect(source.indexOf(90)).toBe(44);
  expect(source.indexOf(91)).toBeUndefined();
});

test('while the connection is lost it is tried again, and nothing is told as a problem', async () => {
  const { now } = service();
  now.isLost = true;
  const source = found();
  await until(() => outage.get() === 'The connection is lost.');
  now.isLost = false;
  await until(() => source.at(0) !== undefined);
  expect([source.problem, outage.get()]).toEqual(['', '']);
});

test('a refusal is the sentence of the service', async () => {
  const body = JSON.stringify({ status: 400, detail: 'There is no column "x".' });
  vi.stubGlobal('fetch', async () => {
    return new Response(body, { status: 400, headers: { 'content-type': 'application/problem+json' } });
  });
  const source = found();
  await until(() => source.problem !== '');
  expect(source.problem).toBe('There is no column "x".');
});

test('long values are kept up to a limit, and it is known which', () => {
  const row = gridRow({ row: 1, line: 2, values: { a: 'x'.repeat(MAX_VALUE + 1), b: null } }, [
    ...columns,
    { name: 'b', position: 2 } as Column,
    { name: 'missing', position: 3 } as Column,
  ]);
  expect(row.values.map((value) => value?.length)).toEqual([MAX_VALUE, undefined, undefined]);
  expect([...row.cut!]).toEqual([0]);
});

test('a page of a wide table, or of long rows, has fewer rows', () => {
  expect(pageRows(4, 1_000, 20_000)).toBe(500);
  expect(pageRows(400, 1_000, 20_000)).toBe(50);
  expect(pageRows(4, 1_000, 100_000_000)).toBe(20);
  expect(pageRows(16_384, 0, 0)).toBe(10);
});
