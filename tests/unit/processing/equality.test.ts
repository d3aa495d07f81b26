import fc from 'fast-check';
import { expect, test } from 'vitest';
import { profileDataset } from '../../../src/processing/profile.ts';

/** Duplicates against the plainest way: a table of keys of the rows that were there before. */
async function duplicatesOf(text: string, format: 'csv' | 'json') {
  const { duplicates, rowCount } = await profileDataset(
    (async function* () {
      yield Buffer.from(text);
    })(),
    { format },
  );
  return { ...duplicates, rowCount };
}
function plainDuplicates(keys: string[]) {
  const first = new Map<string, number>();
  const found: { row: number; firstRow: number }[] = [];
  keys.forEach((key, i) => {
    const before = first.get(key);
    if (before === undefined) first.set(key, i + 1);
    else found.push({ row: i + 1, firstRow: before });
  });
  return { count: found.length, examples: found.slice(0, 10), rowCount: keys.length };
}

/** A JSON value in one of many spellings, with a key that equal values share. */
interface Spelled {
  text: string;
  key: string;
}
const spelled = (key: string, ...texts: string[]) => fc.constantFrom(...texts).map((text): Spelled => ({ text, key }));
const scalar = fc.oneof(
  spelled('null', 'null'),
  spelled('true', 'true'),
  spelled('"true"', '"true"', '"\\u0074rue"'),
  spelled('#1', '1', '1.0', '10e-1', '0.1E+1', '1e0', '1.000'),
  spelled('#0', '0', '-0', '0.0', '0e5', '-0e-7'),
  spelled('#-1', '-1', '-1.0', '-10E-1'),
  spelled('#10^400', '1e400', '10e399', '0.1e401'),
  spelled('#10^400+', '1.0000000000000000000000000000001e400'),
  spelled('#2^53', '9007199254740992', '9007199254740992.0', '900719925474099.2e1'),
  spelled('#2^53+1', '9007199254740993', '9007199254740993.00'),
  spelled('#tenth', '0.1', '1e-1', '0.10'),
  spelled('#nearly a tenth', '0.1000000000000000055511151231257827'),
  spelled('"1"', '"1"', '"\\u0031"'),
  spelled('""', '""'),
  spelled('"null"', '"null"'),
  spelled('"/"', '"/"', '"\\/"', '"\\u002f"', '"\\u002F"'),
  spelled('"ä"', '"ä"', '"\\u00e4"'),
  spelled('"ä" of two', '"a\\u0308"'),
  spelled('"clef"', '"𝄞"', '"\\ud834\\udd1e"'),
  spelled('"[]"', '"[]"'),
);
const space = fc.constantFrom('', '', '', ' ', '\t', '\n', ' \r\n ');
const name = fc.constantFrom<[string, string]>(
  ['a', '"a"'],
  ['a', '"\\u0061"'],
  ['b', '"b"'],
  [' a', '" a"'],
  ['__proto__', '"__proto__"'],
  ['', '""'],
);

/** @param top in a record itself a null is no more than a missing key */
const objectOf = (value: fc.Arbitrary<Spelled>, top: boolean) =>
  fc.uniqueArray(fc.tuple(name, value), { selector: ([[key]]) => key, maxLength: 4 }).chain((members) =>
    fc.tuple(fc.shuffledSubarray(members, { minLength: members.length }), space, space).map(
      ([shuffled, s, t]): Spelled => ({
        text: `{${shuffled.map(([[, k], v]) => `${s}${k}${t}:${s}${v.text}${t}`).join(',')}}`,
        key: `{${members
          .filter(([, v]) => !top || v.key !== 'null')
          .map(([[k], v]) => `${JSON.stringify(k)}:${v.key}`)
          .sort()
          .join(',')}}`,
      }),
    ),
  );
const listOf = (value: fc.Arbitrary<Spelled>) =>
  fc.tuple(fc.array(value, { maxLength: 3 }), space).map(
    ([items, s]): Spelled => ({
      text: `[${items.map(({ text }) => s + text).join(',')}${s}]`,
      key: `[${items.map(({ key }) => key).join(',')}]`,
    }),
  );
const { value } = fc.letrec<{ value: Spelled }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: listOf(tie('value')) },
    { weight: 1, arbitrary: objectOf(tie('value'), false) },
  ),
}));

test('JSON: equal values, whatever the order of keys, spelling of numbers and strings, and white space', async () => {
  let some = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(objectOf(value, true), { maxLength: 60, size: 'max' }), async (records) => {
      const expected = plainDuplicates(records.map(({ key }) => key));
      expect(await duplicatesOf(`[${records.map(({ text }) => text).join(',')}]`, 'json')).toEqual(expected);
      some += expected.count;
    }),
    { numRuns: 150, seed: 6 },
  );
  expect(some).toBeGreaterThan(300);
});

test('JSON: pairs that are equal, and pairs that are not', async () => {
  await fc.assert(
    fc.asyncProperty(value, value, async (a, b) => {
      const { count } = await duplicatesOf(`[{"v":${a.text}},{"v":${b.text}}]`, 'json');
      expect(count, `${a.text} ${b.text}`).toBe(a.key === b.key ? 1 : 0);
    }),
    { numRuns: 1_500, seed: 7 },
  );
});

test('JSON: a repeated key counts with its last value', async () => {
  const { count } = await duplicatesOf('[{"a":{"x":1,"x":2}},{"a":{"x":2}},{"a":1,"b":2,"a":null},{"b":2}]', 'json');
  expect(count).toBe(2);
});

/** A field of CSV in one of its spellings. */
const words = ['', ' ', 'x', ' x', 'x ', 'NA', '1', '1.0', 'a,b', 'say "x"', 'two\nlines', 'ä', 'a\u0308'];
const field = fc.constantFrom(...words).chain((word) => {
  const quoted = `"${word.replaceAll('"', '""')}"`;
  const plain = /[",\n]/.test(word) ? [] : [word];
  return fc.constantFrom(...plain, quoted, ` ${quoted}`).map((text) => ({ text, key: word }));
});
const csvRow = fc
  .record({
    fields: fc.tuple(field, field, field),
    width: fc.constantFrom(3, 3, 3, 2, 1),
    surplus: fc.constantFrom('', '', '', ',', ',more', ',,"x"'),
  })
  .map(({ fields, width, surplus }) => {
    const kept = fields.slice(0, width);
    return {
      // a row begins with a field that is something, or its line would be blank
      text: `"r",${kept.map(({ text }) => text).join(',')}${width === 3 ? surplus : ''}\n`,
      key: JSON.stringify(fields.map(({ key }, i) => (i < width ? key : ''))),
    };
  });

test('CSV: equal in every field as text; a missing field equals an empty one, surplus is not compared', async () => {
  let some = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(csvRow, { minLength: 1, maxLength: 150, size: 'max' }), async (rows) => {
      const expected = plainDuplicates(rows.map(({ key }) => key));
      // enough rows of four fields that no column is added
      const whole = 'r,p,q,r\n'.repeat(rows.length + 1);
      const text = `first,a,b,c\n${rows.map((row) => row.text).join('')}${whole}`;
      const found = await duplicatesOf(text, 'csv');
      expect(found.rowCount).toBe(rows.length * 2 + 1);
      expect(found.count).toBe(expected.count + rows.length);
      expect(found.examples.slice(0, Math.min(10, expected.count))).toEqual(expected.examples);
      some += expected.count;
    }),
    { numRuns: 150, seed: 8 },
  );
  expect(some).toBeGreaterThan(300);
});
