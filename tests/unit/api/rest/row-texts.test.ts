import { afterEach, expect, test, vi } from 'vitest';
import { csvRows, jsonRows, whileRead } from '../../../../src/api/rest/row-texts.ts';
import type { Found } from '../../../../src/services/rows.ts';

afterEach(() => vi.useRealTimers());

const row = (number: number, values: Record<string, unknown>) => ({
  row: number,
  line: number + 1,
  fields: Object.entries(values),
});
async function* parts<Part>(...all: Part[]): AsyncGenerator<Part> {
  yield* all;
}
const textOf = async (pieces: AsyncIterable<string>) => (await Array.fromAsync(pieces)).join('');

test('JSON, by pages and by numbers', async () => {
  const rows = [row(1, { a: 'x' }), row(2, { a: null })];
  const paged = parts<Found>({ rows: [rows[0]!] }, { rows: [rows[1]!] }, { next: 'row_2' }, { rows: [] }, { count: 7 });
  const shown = [
    { row: 1, line: 2, values: { a: 'x' } },
    { row: 2, line: 3, values: { a: null } },
  ];
  expect(JSON.parse(await textOf(jsonRows(paged)))).toEqual({ rows: shown, next: 'row_2', count: 7 });
  expect(JSON.parse(await textOf(jsonRows(parts<Found>({ rows }))))).toEqual({ rows: shown });
  expect(JSON.parse(await textOf(jsonRows(parts<Found>({ next: null }))))).toEqual({ rows: [], next: null });
});

test('a row leaves when it is found, and many leave in pieces', async () => {
  const pieces = jsonRows(parts<Found>({ rows: [row(1, { a: 'x' })] }, { next: null }));
  expect((await pieces.next()).value).toContain('"row":1');
  const many = Array.from({ length: 5_000 }, (_, i) => row(i + 1, { a: 'some text' }));
  for (const texts of [jsonRows(parts<Found>({ rows: many })), csvRows(['a'], parts<Found>({ rows: many }), false)])
    expect((await Array.fromAsync(texts)).length).toBeGreaterThan(1);
});

test('CSV has the columns of the report: nested values as JSON, missing ones empty', async () => {
  const rows = [row(1, { b: { x: [1] }, a: 1.5 }), row(2, { a: null, other: 'y' })];
  const text = await textOf(csvRows(['a', 'b', 'constructor'], parts<Found>({ rows }, { next: null }), false));
  expect(text).toBe('row,a,b,constructor\r\n1,1.5,"{""x"":[1]}",\r\n2,,,\r\n');
});

test('in CSV, values stand under their columns, whatever the order and the names of a row', async () => {
  const fields: [string, unknown][] = [
    ['b', 'second'],
    ['__proto__', 'third'],
    ['a', 'first'],
    ['a', 'repeated'],
  ];
  const rows = [{ row: 1, line: 2, fields }, row(2, { a: '1', b: '2' })];
  const text = await textOf(csvRows(['a', 'b', '__proto__'], parts<Found>({ rows }), false));
  expect(text).toBe('row,a,b,__proto__\r\n1,repeated,second,third\r\n2,1,2,\r\n');
});

test('a reader that takes nothing for the time is stopped; one that is slow is not', async () => {
  vi.useFakeTimers();
  const stop = vi.fn();
  const pieces = whileRead(parts('a', 'b', 'c'), 1_000, stop);
  for (let i = 0; i < 3; i++) {
    await pieces.next();
    vi.advanceTimersByTime(999);
  }
  expect(stop).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(stop).toHaveBeenCalledOnce();
  const left = whileRead(parts('a', 'b'), 1_000, stop);
  await left.next();
  await left.return(undefined);
  vi.advanceTimersByTime(5_000);
  expect(stop).toHaveBeenCalledOnce();
});
