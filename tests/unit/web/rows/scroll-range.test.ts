import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScrollRange } from '../../../../src/web/rows/scroll-range.ts';

const view = fc.integer({ min: 10, max: 2_000 });
const large = fc.integer({ min: 8_000_001, max: 1e12 });

test('what a browser can scroll over is not scaled', () => {
  const range = new ScrollRange(100_000, 500);
  expect(range.height).toBe(100_000);
  expect(range.isScaled).toBe(false);
  expect(range.position(1_234)).toBe(1_234);
});

describe('more than a browser can scroll over', () => {
  test('the element stays bounded, its ends are the ends of all rows', () => {
    fc.assert(
      fc.property(large, view, (all, height) => {
        const range = new ScrollRange(all, height);
        expect(range.height).toBe(8_000_000);
        expect(range.position(0)).toBe(0);
        expect(range.position(range.height - height)).toBeCloseTo(all - height);
      }),
    );
  });
  test('positions come back, and never go back while the bar goes on', () => {
    fc.assert(
      fc.property(large, view, fc.double({ min: 0, max: 1, noNaN: true }), (all, height, share) => {
        const range = new ScrollRange(all, height);
        const position = share * range.last;
        expect(range.position(range.scroll(position)) / all).toBeCloseTo(position / all);
        const scroll = share * (range.height - height - 1);
        expect(range.position(scroll + 1)).toBeGreaterThan(range.position(scroll));
      }),
    );
  });
  test('at both ends a pixel is a pixel', () => {
    const range = new ScrollRange(67_200_000, 600);
    expect(range.position(5_000) - range.position(4_990)).toBe(10);
    const end = range.height - 600;
    expect(range.position(end) - range.position(end - 10)).toBe(10);
  });
});
