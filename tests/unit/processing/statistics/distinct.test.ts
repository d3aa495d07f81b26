import { expect, test } from 'vitest';
import { profileDataset } from '../../../../src/processing/profile.ts';

/** So many different values of several kinds in each column, in an order that mixes them. */
const COLUMNS: [different: number, value: (n: number) => string][] = [
  [10_001, (n) => String(n)],
  [20_011, (n) => `word ${n}`],
  [50_021, (n) => (n / 100).toFixed(2)],
  [100_003, (n) => `${n.toString(36)}@example.org, of some length`],
  [300_007, (n) => String(n * 1_000_003)],
  [1_000_003, (n) => `${n}`],
  [999_983, (n) => `k${(n * 7_919) % 999_983}`],
];
const ROWS = 1_000_003;

async function* rows(format: 'csv' | 'json'): AsyncGenerator<Uint8Array> {
  if (format === 'csv') yield Buffer.from(`${COLUMNS.map((_, i) => `c${i}`).join('\t')}\n`);
  for (let from = 0; from < ROWS; from += 10_000) {
    let text = '';
    for (let row = from; row < Math.min(from + 10_000, ROWS); row++) {
      const values = COLUMNS.map(([different, value]) => value((row * 31) % different));
      text += format === 'csv' ? `${values.join('\t')}\n` : `{${values.map((v, i) => `"c${i}":"${v}"`).join()}}\n`;
    }
    yield Buffer.from(text);
  }
}

test.each([
  'csv',
  'json',
] as const)('distinct values are estimated within 5 percent, from 10,001 to a million: %s', async (format) => {
  const { columns } = await profileDataset(rows(format), { format });
  columns.forEach(({ distinct }, i) => {
    const [different] = COLUMNS[i]!;
    expect(distinct.exact).toBe(false);
    expect(
      Math.abs(distinct.count - different) / different,
      `${different} values, found ${distinct.count}`,
    ).toBeLessThan(0.05);
  });
});
