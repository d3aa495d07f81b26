import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateTicks } from '../../../../src/report/html/date-ticks.ts';
import {
  countMarks,
  linear,
  logarithmic,
  roundNumbers,
  roundRatios,
  tickLabel,
  withEnds,
} from '../../../../src/report/html/scale.ts';
import { unitOf } from '../../../../src/report/html/unit.ts';

describe('round numbers of an axis', () => {
  test.each<[number, number, number, number, number[]]>([
    [0, 97, 3, 1, [0, 50]],
    [0, 1, 3, 1, [0, 1]],
    [0, 2, 3, 1, [0, 1, 2]],
    [1.47, 459.6, 6, 0, [100, 200, 300, 400]],
    [-38, 365, 6, 0, [0, 100, 200, 300]],
    [0.001, 0.0095, 6, 0, [0.002, 0.004, 0.006, 0.008]],
    [5, 5, 6, 0, [5]],
  ])('%d to %d, at most %i, steps from %d', (min, max, most, step, ticks) => {
    expect(roundNumbers(min, max, most, step)).toEqual(ticks);
  });

  test('are within the range, ascending and few', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: 2, max: 12 }), (a, b, most) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const ticks = roundNumbers(min, max, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks).toEqual([...new Set(ticks)].sort((x, y) => x - y));
      }),
    );
  });

  test.each([
    [218, 3e8, 6, [1e3, 1e4, 1e5, 1e6, 1e7, 1e8]],
    [1, 40, 6, [1, 2, 5, 10, 20]],
    [1e-6, 1e12, 6, [1e-6, 1e-2, 1e2, 1e6, 1e10]],
  ])('on a log scale from %d to %d', (min, max, most, ticks) => {
    expect(roundRatios(min, max, most)).toEqual(ticks);
  });

  test.each([
    [200e6, false, '200 M'],
    [2.5e9, false, '2.5 bn'],
    [10_000, false, '10,000'],
    [1_995, true, '1995'],
    [0.002, false, '0.002'],
    [1e20, false, '1e+20'],
    [0, false, '0'],
  ])('%d is labelled', (value, plain, label) => expect(tickLabel(value, plain)).toBe(label));
});

test('marks of counts end at or above the fullest bar, so that its height can be read', () => {
  expect(countMarks(31)).toEqual([0, 20, 40]);
  expect(countMarks(0)).toEqual([0, 1]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 53 - 1 }), (greatest) => {
      const marks = countMarks(greatest);
      expect(marks[0]).toBe(0);
      expect(marks.at(-1)).toBeGreaterThanOrEqual(greatest);
      expect(marks.length).toBeLessThanOrEqual(5);
    }),
  );
});

describe('the ends of an axis', () => {
  const tick = (at: number, label: string) => ({ at, label });
  const labels = (first: string, last: string) =>
    withEnds([tick(0.02, '10'), tick(0.5, '50'), tick(0.98, '100')], tick(0, first), tick(1, last)).map(
      ({ label }) => label,
    );
  test('stand among its round marks, without those that they would touch', () => {
    expect(labels('1.47', '102.4')).toEqual(['1.47', '50', '102.4']);
  });
  test('leave no room where they are long, and are one where they are equal', () => {
    expect(labels('1.235e+300', '9.999e+300')).toEqual(['1.235e+300', '50', '9.999e+300']);
    expect(labels('7', '7')).toEqual(['7', '50']);
  });
});

describe('places on an axis', () => {
  test('are from 0 to 1, also where the range overflows or is nothing', () => {
    expect(linear(0, 10)(2.5)).toBe(0.25);
    expect(linear(-1.7e308, 1.7e308)(0)).toBe(0.5);
    expect(linear(3, 3)(3)).toBe(0.5);
    expect(linear(0, 10)(20)).toBe(1);
    expect(logarithmic(1, 100)(10)).toBeCloseTo(0.5);
    expect(logarithmic(1, 100)(0)).toBe(0);
  });
});

describe('marks of dates', () => {
  const months = (first: number, count: number) =>
    Array.from(
      { length: count + 1 },
      (_, i) => `${first + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
    );
  const labels = (unit: Parameters<typeof dateTicks>[0], edges: string[]) =>
    dateTicks(unit, edges, 6).map(({ label }) => label);
  test('years of many months, months of few', () => {
    expect(labels('month', months(2012, 48))).toEqual(['2012', '2013', '2014', '2015', '2016']);
    expect(labels('month', months(2012, 6))).toEqual([
      '2012-01',
      '2012-02',
      '2012-03',
      '2012-04',
      '2012-05',
      '2012-06',
    ]);
  });
  test('every so many days; hours of one day without the day', () => {
    const days = Array.from({ length: 31 }, (_, i) => `2024-05-${String(i + 1).padStart(2, '0')}`);
    expect(labels('day', days)).toEqual(['2024-05-01', '2024-05-09', '2024-05-17', '2024-05-25']);
    const hours = [8, 9, 10, 11].map((hour) => `2024-05-31T${String(hour).padStart(2, '0')}:00`);
    expect(labels('hour', hours)).toEqual(['08:00', '09:00', '10:00']);
  });
  test('round years', () => {
    const years = Array.from({ length: 14 }, (_, i) => String(1990 + i));
    expect(labels('year', years)).toEqual(['1990', '1995', '2000']);
  });
});

describe('the unit in a name', () => {
  test.each([
    ['Weight_in_lbs', 'lbs'],
    ['Price (EUR)', 'EUR'],
    ['depth [km]', 'km'],
    ['Running Time min', undefined],
    ['temp_min', undefined],
    ['km', undefined],
    ['US Gross', undefined],
    ['flags (see the notes below the table)', undefined],
  ])('%s', (name, unit) => expect(unitOf(name)).toBe(unit));
});
