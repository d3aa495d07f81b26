import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isShortest, numberText } from '../../../../../src/processing/formats/xlsx/number-field.ts';

const digits = fc.tuple(
  fc.constantFrom('', '-'),
  fc.bigInt({ min: 0n, max: 10n ** 17n }).map(String),
  fc.nat(18),
  fc.constantFrom('', '0', '00', '000'),
);
const text = fc.oneof(
  // whole numbers around 2^52 and 2^53, with a point anywhere
  fc
    .tuple(fc.constantFrom(2n ** 52n, 2n ** 53n, 10n ** 15n, 10n ** 16n), fc.integer({ min: -9, max: 9 }), fc.nat(17))
    .map(([near, by, point]) => withPoint(String(near + BigInt(by)), point)),
  digits.map(([sign, number, point, zeros]) => sign + withPoint(zeros + number, point)),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .chain((number) =>
      fc.constantFrom(String(number), number.toPrecision(15), number.toPrecision(16), number.toPrecision(17)),
    ),
  fc
    .double({ min: -1000, max: 1000, noNaN: true })
    .chain((number) => fc.constantFrom(String(number), number.toPrecision(16), number.toPrecision(17))),
);
const withPoint = (number: string, at: number) =>
  at < number.length ? `${number.slice(0, at) || '0'}.${number.slice(at)}` : number;

test('a number that passes for the shortest text of its double is it', () => {
  let passed = 0;
  fc.assert(
    fc.property(text, (written) => {
      const bytes = Buffer.from(`x${written}y`);
      const to = bytes.length - 1;
      if (isShortest(bytes, 1, to)) {
        passed++;
        expect(written).toBe(String(Number(written)));
      }
      const number = Number(written);
      expect(numberText(bytes, 1, to, 'number', false)).toBe(Number.isFinite(number) ? String(number) : undefined);
    }),
    { numRuns: 5_000 },
  );
  expect(passed).toBeGreaterThan(100);
});
test.each([
  ['0', true],
  ['12', true],
  ['-0.5', true],
  ['1234.75', true],
  ['0.3910741495960356', true],
  ['4503599627370495', true],
  ['4503599627370497', false], // it may be, and is worked out
  ['0.10', false],
  ['007', false],
  ['-0', false],
  ['1.', false],
  ['.5', false],
  ['-', false],
  ['', false],
])('%j passes: %s', (written, passes) => {
  expect(isShortest(Buffer.from(written), 0, written.length)).toBe(passes);
});
