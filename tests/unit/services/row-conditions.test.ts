import { expect, test } from 'vitest';
import { MAX_WHERE_LENGTH, parseWhere, readConditions } from '../../../src/services/row-conditions.ts';

/** A list in a list in a list …, deeper than JSON.stringify can follow. */
function nested(): unknown {
  let value: unknown = [];
  for (let depth = 0; depth < 50_000; depth++) value = [value];
  return value;
}

test('what is nested deeply is refused like any other wrong value', () => {
  expect(() => readConditions([nested()])).toThrow('A condition is an object');
  expect(() => readConditions([{ column: 'a', gte: nested() }])).toThrow('"gte" must be a number or a date.');
  expect(() => readConditions([{ column: 'a', in: [nested()] }])).toThrow('"in" must be a list');
});

test('conditions are limited in their length, and a sentence in what it repeats of them', () => {
  const long = (texts: number) => [{ column: 'a', in: Array.from({ length: texts }, () => 'x'.repeat(4_000)) }];
  expect(readConditions(long(16))).toEqual(long(16));
  expect(() => readConditions(long(17))).toThrow(`${MAX_WHERE_LENGTH.toLocaleString('en')} are allowed.`);
  const name = 'n'.repeat(10_000);
  expect(() => parseWhere([JSON.stringify({ [name]: 1 })])).toThrow(`condition "${'n'.repeat(40)}…". All: column`);
});
