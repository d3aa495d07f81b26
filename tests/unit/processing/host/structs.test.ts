import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesOf, readStruct, writeStruct } from '../../../../src/processing/host/structs.ts';
import { ColumnSummary, EntrySums, JobShape } from '../../../../src/processing/kernel/border/layout.ts';

test('a struct is read as it was written, in the order of its fields', () => {
  const doubles = new Float64Array(bytesOf(JobShape) / 8);
  const shape = Object.assign(new JobShape(), { dateOrder: 8, columns: 3, bound: 10_000 });
  writeStruct(shape, (count) => doubles.subarray(0, count));
  expect(doubles[0]).toBe(3);
  expect(doubles.at(-1)).toBe(8);
  expect(readStruct(JobShape, (count) => doubles.subarray(0, count))).toEqual(shape);
});

test('the classes of the layout have nothing but doubles: the kernel would lay other fields out differently', () => {
  const source = readFileSync('src/processing/kernel/border/layout.ts', 'utf8');
  const fields = source.split('\n').filter((line) => /^ {2}\w/.test(line));
  for (const field of fields) expect(field).toMatch(/^ {2}\w+: f64 = 0;$/);
  const bytes = bytesOf(JobShape) + bytesOf(ColumnSummary) + bytesOf(EntrySums);
  expect(bytes).toBe(fields.length * 8);
});
