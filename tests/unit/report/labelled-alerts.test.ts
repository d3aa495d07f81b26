import { expect, test } from 'vitest';
import { judge, readLabels } from '../../../bench/alert-labels.ts';
import { corpus } from '../../../bench/corpus.ts';
import type { Alert } from '../../../src/report/document.ts';
import { readReport } from '../../../src/report/report-text.ts';
import { profileText } from '../../support/profile-text.ts';

/** The alerts of the files of vega-datasets; `npm run bench:alerts` has those of many packages. */
async function found(): Promise<Map<string, Alert[]>> {
  const alerts = new Map<string, Alert[]>();
  for (const { name, format, bytes } of corpus('', ['installed'])) {
    const text = await profileText(bytes, format);
    if (text.startsWith('{')) alerts.set(name, readReport(text).alerts); // else why it is no table
  }
  return alerts;
}

test('alerts of real files are few, and nine of ten that a person judged are worth reading', async () => {
  const alerts = await found();
  const counts = [...alerts.values()].map(({ length }) => length).sort((a, b) => a - b);
  expect(counts.length).toBeGreaterThan(50);
  expect(counts[counts.length >> 1]).toBeLessThanOrEqual(2);
  expect(Math.max(...counts)).toBeLessThan(15);
  expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThan(30); // none at all would be precise as well

  const { before, now, survivors } = judge(readLabels(), alerts);
  expect(before.judged).toBeGreaterThan(25);
  expect(now.judged).toBeGreaterThan(15);
  expect(now.kept / now.judged).toBeGreaterThanOrEqual(0.9);
  expect(survivors / before.kept).toBeGreaterThanOrEqual(0.9);
});

test('at least 200 alerts are judged, each with a reason', () => {
  const labels = readLabels();
  expect(labels.length).toBeGreaterThanOrEqual(200);
  for (const { label, reason } of labels) {
    expect(['keep', 'noise']).toContain(label);
    expect(reason).not.toBe('');
  }
});

test('a label is about an alert of its own column, or one that its column shares', () => {
  const label = { sample: 'before', label: 'keep', file: 'f', code: 'skewed', reason: 'r', message: 'm' } as const;
  const alert = { code: 'skewed', severity: 'info', message: 'm', numbers: {} } as const;
  const survivors = (column: string, ...alerts: Alert[]) =>
    judge([{ ...label, column }], new Map([['f', alerts]])).survivors;
  expect(survivors('a', { ...alert, column: 'a' })).toBe(1);
  expect(survivors('a', { ...alert, column: 'b' })).toBe(0);
  expect(survivors('a', { ...alert, columns: [{ column: 'a', message: 'm', numbers: {} }] })).toBe(1);
  expect(survivors('a', { ...alert, column: 'a', code: 'outliers' })).toBe(0);
});
