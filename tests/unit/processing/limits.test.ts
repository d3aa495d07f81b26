import { expect, test } from 'vitest';
import { profileText } from '../../support/profile-text.ts';

/**
 * The limits of the engine: what is exactly at one is read, one more fails with its place (hostile.test.ts has the far
 * more).
 */
const MIB16 = 16 * 1_024 * 1_024;
const names = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);
const lengthOf = async (text: string) => {
  const report = await profileText(text, 'csv');
  return report.startsWith('{') ? JSON.parse(report).columns.map(({ length }: { length: object }) => length) : report;
};

test('CSV: 16,384 columns are read, one more is too many', async () => {
  const header = names(16_384).join(',');
  expect(JSON.parse(await profileText(`${header}\n`, 'csv')).columns).toHaveLength(16_384);
  expect(await profileText(`${header},x\n`, 'csv')).toContain(
    `more than 16,384 columns (line 1, byte ${header.length + 1})`,
  );
});

test('CSV: rows that would make too many columns fail with the row where it was found', async () => {
  const wide = names(16_385).join(',');
  const at = wide.lastIndexOf(',') + 1;
  expect(await profileText(`a,b\n${`${wide}\n`.repeat(3)}`, 'csv')).toContain(
    `more than 16,384 columns (row 1, line 2, byte ${4 + at})`,
  );
});

test('CSV: a last row of too many fields is the same with a last newline and without', async () => {
  const text = `a,b\n1,2\n${names(16_385).join(',')}`;
  const outcomes = await Promise.all([text, `${text}\n`].map((each) => profileText(each, 'csv')));
  const isReport = outcomes.map((outcome) => outcome.startsWith('{'));
  expect(isReport[0]).toBe(isReport[1]);
});

test('CSV: a field of 16 MiB is read, one byte more is too many', async () => {
  const field = 'x'.repeat(MIB16);
  const facts = { min: MIB16, max: MIB16, mean: MIB16 };
  expect(await lengthOf(`a,b\n1,${field}\n`)).toEqual([undefined, facts]);
  expect(await lengthOf(`a,b\n1,2\n3,${field}y\n`)).toMatch(/longer than 16 MiB \(row 2, line 3, byte 10\)/);
  expect(await lengthOf(`a,b\n1,"${field.replaceAll('xxxx', 'x\nxx')}y"\n`)).toMatch(
    /longer than 16 MiB \(row 1, line 2, byte 6\)/,
  );
});

const members = names(16_384).map((name) => `"${name}":1`);
const records = `{${members.slice(0, 10_000).join()}},{${members.slice(10_000).join()}}`;

test('JSON: 16,384 keys are read, one more is too many', async () => {
  expect(JSON.parse(await profileText(`[${records}]`, 'json')).columns).toHaveLength(16_384);
  expect(await profileText(`[${records},\n{"c1":1,"x":2}]`, 'json')).toContain('more than 16,384 different keys');
});

test('JSON: too many keys fail with line, column and byte, as everything that is no table does', async () => {
  const error = await profileText(`[${records},\n{"c1":1,"x":2}]`, 'json');
  expect(error).toMatch(/\(row 3, line 2, column \d+, byte \d+\)/);
});

test('JSON: a record of 16 MiB is read, one byte more is too many', async () => {
  const record = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
  expect(record(100)).toHaveLength(100);
  expect(JSON.parse(await profileText(`[{"a":1},${record(MIB16)}]`, 'json')).row_count).toBe(2);
  expect(await profileText(`[{"a":1},${record(MIB16 + 1)}]`, 'json')).toMatch(
    /larger than 16 MiB \(row 2, line 1, column 10, byte 9\)/,
  );
  expect(JSON.parse(await profileText(`{"a":1}\n${record(MIB16)}\n`, 'json')).row_count).toBe(2);
  expect(await profileText(`{"a":1}\n${record(MIB16 + 1)}\n`, 'json')).toMatch(
    /larger than 16 MiB \(row 2, line 2, column 1, byte 8\)/,
  );
});

const distinctValues = (count: number, format: 'csv' | 'json') => {
  const values = Array.from({ length: count * 2 }, (_, i) => `value ${i % count}`);
  const often = Array.from({ length: 5 }, (_, i) => Array(100 - i).fill(`often ${i}`)).flat();
  const all = [...values, ...often];
  return format === 'csv'
    ? `v,w\n${all.map((v) => `${v},1\n`).join('')}`
    : `[${all.map((v) => `{"v":"${v}"}`).join(',\n')}]`;
};

test.each(['csv', 'json'] as const)('distinct is exact up to 10,000 values: %s', async (format) => {
  const [column] = JSON.parse(await profileText(distinctValues(9_995, format), format)).columns;
  expect(column.distinct).toEqual({ count: 10_000, exact: true });
  expect(column.top_values.slice(0, 6)).toEqual([
    ...Array.from({ length: 5 }, (_, i) => ({ value: `often ${i}`, count: 100 - i })),
    { value: 'value 0', count: 2 },
  ]);
});

test.each(['csv', 'json'] as const)('beyond the bound it says how it was estimated: %s', async (format) => {
  const [column] = JSON.parse(await profileText(distinctValues(200_000, format), format)).columns;
  const { count, exact, method } = column.distinct;
  if (exact)
    expect(count).toBe(200_005); // an engine may count more than it must
  else {
    expect(method).toMatch(/\w+/);
    expect(Math.abs(count - 200_005) / 200_005).toBeLessThan(0.05);
  }
});
