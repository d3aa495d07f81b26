import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messyCsv } from '../../support/messy-csv.ts';
import { profileText } from '../../support/profile-text.ts';

/** The kernel against the plain reader: the same report to the last byte. */
const both = async (input: Uint8Array | string, offsets: number[] = []) => ({
  kernel: await profileText(input, 'csv', offsets),
  plain: await profileText(input, 'csv', [], { kernel: false }),
});

test.each(globSync('tests/golden/*.csv'))('%s: the same report from both', async (file) => {
  const { kernel, plain } = await both(readFileSync(file));
  expect(kernel).toBe(plain);
});

test('messy files: the same report from both, however they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(messyCsv, fc.array(fc.nat(2_000), { maxLength: 5 }), async (text, offsets) => {
      const { kernel, plain } = await both(text, offsets);
      expect(kernel).toBe(plain);
    }),
    { numRuns: 500, seed: 8 },
  );
});
