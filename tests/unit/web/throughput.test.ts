import { expect, test } from 'vitest';
import { Throughput } from '../../../src/web/throughput.ts';

/** A throughput after `done` units at each second. */
function observed(...done: number[]): Throughput {
  const throughput = new Throughput();
  done.forEach((each, second) => {
    throughput.observe(each, second * 1_000);
  });
  return throughput;
}

test('no rate from too few samples', () => {
  expect(new Throughput().rate(0)).toBeUndefined();
  expect(observed(5).secondsLeft(10, 0)).toBeUndefined();
  const throughput = observed(0);
  throughput.observe(1_000, 10);
  expect(throughput.rate(10)).toBeUndefined();
});

test('units a second, and what is left', () => {
  expect(observed(0, 10, 20).rate(2_000)).toBe(10);
  expect(observed(0, 10, 20).secondsLeft(100, 2_000)).toBe(8);
  expect(observed(0, 10, 20).secondsLeft(20, 2_000)).toBe(0);
});

test('follows a change of speed within some seconds', () => {
  const throughput = observed(0, 100, 200, 300, 301, 302, 303, 304, 305);
  expect(throughput.rate(8_000)).toBe(1);
});

test('sinks while nothing is heard', () => {
  const throughput = observed(0, 10);
  expect(throughput.rate(1_200)).toBe(10);
  expect(throughput.rate(10_400)).toBe(1);
});

test('starts again when the work does', () => {
  const throughput = observed(0, 50, 100);
  throughput.observe(0, 3_000);
  expect(throughput.rate(3_000)).toBeUndefined();
  throughput.observe(4, 5_000);
  expect(throughput.rate(5_000)).toBe(2);
});
