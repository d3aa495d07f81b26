import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressBar, progressLine } from '../../../src/cli/progress-bar.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('bytes, percent, speed and time left', () => {
  expect(progressLine(250e6, 1e9, 2, 100)).toBe(
    `${'█'.repeat(6)}${'░'.repeat(18)}   25 %  250.0 MB of 1.0 GB  125.0 MB/s  6 s left`,
  );
  expect(progressLine(1e6, 1e9, 1, 100)).toContain('  16 min 39 s left');
  expect(progressLine(0, 1e9, 1, 100)).not.toContain('left');
  expect(progressLine(2e9, 1e9, 1, 100)).toContain(' 100 %');
});

test('without a size, and on a narrow terminal', () => {
  expect(progressLine(5e6, undefined, 2, 100)).toBe('5.0 MB  2.5 MB/s');
  for (let width = 1; width < 80; width++) {
    expect(progressLine(250e6, 1e9, 2, width).length).toBeLessThanOrEqual(width);
    expect(progressLine(250e6, undefined, 2, width).length).toBeLessThanOrEqual(width);
  }
  expect(progressLine(250e6, 1e9, 2, 34)).toContain('25 %');
});

test('nothing in the first half second, then not at every piece, and nothing stays', () => {
  const written: string[] = [];
  const bar = new ProgressBar({ columns: 80, write: (text: string) => written.push(text) }, 1e9);
  bar.reading(1e6);
  bar.working('Working');
  bar.remove();
  expect(written).toEqual([]);
  vi.advanceTimersByTime(600);
  for (let i = 0; i < 100; i++) bar.reading(5e8);
  expect(written).toHaveLength(1);
  expect(written[0]).toContain('50 %');
  bar.working('Working');
  bar.remove();
  bar.remove();
  expect(written.slice(1)).toEqual(['\rWorking\u001b[K', '\r\u001b[K']);
});
