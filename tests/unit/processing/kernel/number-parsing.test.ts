import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parts } from '../../../support/exact-statistics.ts';
import { profileColumns, tableText } from '../../../support/profile-columns.ts';

/**
 * A number is the nearest double to its text, ties to even: what `Number(text)` is. An integer keeps all its digits.
 */

const sign = fc.constantFrom('', '', '-', '+');
const digits = (max: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: max });
const bits = fc.bigInt({ min: 0n, max: (2047n << 52n) - 1n });
const fromBits = (pattern: bigint) => new Float64Array(new BigUint64Array([pattern]).buffer)[0]!;
const anyDouble = bits.map(fromBits);

/** Half way between a double and the next greater one, with all its digits: up to some 1,080. */
function halfWay(value: number): string {
  const { mantissa, exponent } = parts(value);
  const [middle, power] = [mantissa * 2n + 1n, exponent - 1];
  if (power >= 0) return String(middle << BigInt(power));
  const text = String(middle * 5n ** BigInt(-power)).padStart(1 - power, '0');
  return `${text.slice(0, power)}.${text.slice(power)}`;
}
/** A little more or less than a text, in a digit behind its last. */
const nudge = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(20)}1`,
  (text) => `${text.replace(/[1-9](0*)$/, (end) => `${+end[0]! - 1}${'9'.repeat(end.length - 1)}`)}`,
);
const nearHalf = (value: fc.Arbitrary<number>) =>
  fc.tuple(value, nudge).map(([double, change]) => change(halfWay(double)));
const subnormal = fc.bigInt({ min: 0n, max: 1n << 52n }).map(fromBits);
const tiny = fc.bigInt({ min: 0n, max: 40n }).map(fromBits);
const neighbours = fc
  .tuple(
    fc.bigInt({ min: -40n, max: 40n }),
    fc.constantFrom('', '.0', '.5', '.49999999999999999999', '.50000000000000000001', 'e0'),
  )
  .chain(([off, tail]) => fc.constantFrom(53n, 54n, 63n, 64n).map((power) => `${2n ** power + off}${tail}`));

const KINDS: [string, fc.Arbitrary<string>][] = [
  ['doubles as JavaScript writes them', anyDouble.map(String)],
  ['doubles with 17 digits', anyDouble.map((value) => value.toExponential(16))],
  [
    'doubles with 18 to 40 digits',
    fc.tuple(anyDouble, fc.integer({ min: 17, max: 39 })).map(([v, n]) => v.toExponential(n)),
  ],
  [
    'decimals of money and measures',
    fc.tuple(fc.nat(), fc.integer({ min: 0, max: 10 })).map(([n, k]) => (n / 10 ** k).toFixed(k)),
  ],
  [
    '15 to 19 digits with small exponents',
    fc
      .tuple(fc.bigInt({ min: 10n ** 14n, max: 10n ** 19n }), fc.integer({ min: -30, max: 30 }))
      .map(([n, e]) => `${n}e${e}`),
  ],
  [
    'the borders 1e22 and 1e23',
    fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 15, max: 40 })).map(([n, e]) => `${n}e${e}`),
  ],
  [
    'digits around a point, and an exponent',
    fc.tuple(digits(25), digits(25), fc.integer({ min: -340, max: 310 })).map(([a, b, e]) => `${BigInt(a)}.${b}E${e}`),
  ],
  ['half way between doubles, and a little beside', nearHalf(anyDouble)],
  ['half way between doubles of usual size', nearHalf(fc.double({ min: 1e-5, max: 1e17, noNaN: true }))],
  ['half way between subnormals', nearHalf(subnormal)],
  ['half way between the smallest', nearHalf(tiny)],
  ['neighbours of 2^53 and other powers', neighbours],
  [
    'exponents near the ends',
    fc
      .tuple(
        fc.integer({ min: 1, max: 99_999 }),
        fc.constantFrom('e', 'E+', 'e-', 'E-00'),
        fc.integer({ min: 298, max: 330 }),
      )
      .map(([n, e, k]) => `${(n / 1e4).toFixed(4)}${e}${k}`),
  ],
  ['the largest double and beyond', fc.integer({ min: -30, max: 30 }).map((n) => `1797693134862315${8079 + n}e292`)],
  [
    'up to 800 digits',
    fc
      .tuple(digits(800), fc.integer({ min: 0, max: 800 }))
      .map(([text, at]) => `${BigInt(text.slice(0, at) || '0')}.${text.slice(at)}`),
  ],
  [
    'long fractions with exponents',
    fc.tuple(digits(400), fc.integer({ min: -300, max: 600 })).map(([text, e]) => `0.${text}e${e}`),
  ],
  ['long integers', digits(330).map((text) => String(BigInt(text)))],
  [
    'many zeros',
    fc
      .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 320 }))
      .map(([n, k]) => (k % 2 ? `${n}${'0'.repeat(k)}` : `0.${'0'.repeat(k)}${n}`)),
  ],
  [
    'odd spellings',
    fc
      .tuple(digits(17), fc.constantFrom('.', '.e3', '.e-3', 'e+07', 'E007', '.0e-0'))
      .map(([text, tail]) => `${BigInt(text)}${tail}`),
  ],
  [
    'no digit before the point',
    fc.tuple(digits(20), fc.constantFrom('', 'e5', 'e-5')).map(([text, e]) => `.${text}${e}`),
  ],
];

async function expectNearest(texts: string[], cells: string[], format: 'csv' | 'json') {
  const columns = (
    await profileColumns(
      tableText(
        cells.map((cell) => [cell]),
        format,
      ),
      { format },
    )
  ).slice(1);
  const wrong = texts.flatMap<object>((text, i) => {
    const { numeric } = columns[i]!;
    const nearest = Number(text) || 0;
    if (!Number.isFinite(nearest)) return numeric ? [{ text, nearest, found: numeric.mean }] : [];
    const exact = /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(nearest) ? BigInt(text.replace('+', '')) : nearest;
    const right =
      numeric?.min === exact &&
      numeric.max === exact &&
      numeric.mean === nearest &&
      numeric.quartiles.median === nearest;
    return right ? [] : [{ text, exact, found: numeric && [numeric.min, numeric.max, numeric.mean] }];
  });
  expect(wrong).toEqual([]);
}
const RUNS = 1_500;

test.each(KINDS)('CSV: %s', async (_name, kind) => {
  const texts = fc.sample(fc.tuple(sign, kind), { numRuns: RUNS, seed: 53 }).map(([before, text]) => before + text);
  await expectNearest(texts, texts, 'csv');
});

test.each(KINDS)('JSON, as numbers and as strings: %s', async (_name, kind) => {
  const texts = fc.sample(fc.tuple(sign, kind), { numRuns: RUNS, seed: 54 }).map(([before, text]) => before + text);
  const isJson = (text: string) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
  await expectNearest(
    texts,
    texts.map((text) => (isJson(text) ? text : JSON.stringify(text))),
    'json',
  );
});

test.each([
  'csv',
  'json',
] as const)('integers beyond 2^53 keep all their digits, wherever they are shown: %s', async (format) => {
  const large = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).filter((n) => n > 2n ** 53n || n < -(2n ** 53n));
  const lists = fc.sample(fc.array(large, { minLength: 1, maxLength: 6 }), { numRuns: 200, seed: 7 });
  const small = Array.from({ length: 40 }, (_, i) => `${i}`);
  const columns = (
    await profileColumns(
      tableText(
        lists.map((list) => [...small, ...list.map(String)]),
        format,
      ),
      { format },
    )
  ).slice(1);
  lists.forEach((list, i) => {
    const { numeric } = columns[i]!;
    const min = list.reduce((a, b) => (b < a ? b : a), 0n);
    const max = list.reduce((a, b) => (b > a ? b : a), 0n);
    expect(numeric!.min).toBe(min === 0n ? 0 : min);
    expect(numeric!.max).toBe(max === 0n ? 39 : max);
    const shown = numeric!.outliers.examples.map(({ row, value }) => [row, value]);
    expect(shown.sort(([a], [b]) => Number(a) - Number(b))).toEqual(list.map((value, k) => [41 + k, value]));
  });
});
