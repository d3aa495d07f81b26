import { expect, test } from 'vitest';
import { timeInWords } from '../../../src/report/provenance.ts';

test.each([
  ['2026-05-31T09:15:00.123Z', '2026-05-31 09:15:00 UTC'],
  ['2026-05-31T09:15:00Z', '2026-05-31 09:15:00 UTC'],
  ['2026-05-31T09:15:00+02:00', '2026-05-31T09:15:00+02:00'],
  ['yesterday', 'yesterday'],
])('%s is shown as %s', (time, shown) => expect(timeInWords(time)).toBe(shown));
