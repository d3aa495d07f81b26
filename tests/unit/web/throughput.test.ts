import { expect, test } from 'vitest';
import { Pace } from '../../../src/web/throughput.ts';

/** A pace after `done` units at each second. */
function seen(...done: number[]): Pace {
  const pace = new Pace();
  done.forEach((each, second) => {
    pace.observe(each, second * 1_000);
  });
  return pace;
}

test('says nothing of too little', () => {
  expect(new Pace().rate(0)).toBeUndefined();
  expect(seen(5).secondsLeft(10, 0)).toBeUndefined();
  const pace = seen(0);
  pace.observe(1_000, 10);
  expect(pace.rate(10)).toBeUndefined();
});

test('units a second, and what is left', () => {
  expect(seen(0, 10, 20).rate(2_000)).toBe(10);
  expect(seen(0, 10, 20).secondsLeft(100, 2_000)).toBe(8);
  expect(seen(0, 10, 20).secondsLeft(20, 2_000)).toBe(0);
});

test('follows a change of speed within some seconds', () => {
  const pace = seen(0, 100, 200, 300, 301, 302, 303, 304, 305);
  expect(pace.rate(8_000)).toBe(1);
});

test('sinks while nothing is heard', () => {
  const pace = seen(0, 10);
  expect(pace.rate(1_200)).toBe(10);
  expect(pace.rate(10_400)).toBe(1);
});

test('begins anew when the work does', () => {
  const pace = seen(0, 50, 100);
  pace.observe(0, 3_000);
  expect(pace.rate(3_000)).toBeUndefined();
  pace.observe(4, 5_000);
  expect(pace.rate(5_000)).toBe(2);
});
