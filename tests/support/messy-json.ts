import fc from 'fast-check';

const piece = fc.constantFrom(
  'a',
  'word ',
  'größe',
  '日本語',
  '😀',
  '\\n',
  '\\"',
  '\\\\',
  '\\/',
  '\\b\\f\\r\\t',
  '\\u0041',
  '\\u00E9',
  '\\u2028',
  '\\u000b',
  '\\u001F',
  '\\ud83d\\ude00',
  '\\ud83d',
  '\\uDE00',
  '\\uD83D\\uD83D\\uDE00',
  '\\u0000',
  '\u007f',
  '\u2028',
  '{[,:]}',
  'x'.repeat(15),
  'y'.repeat(16),
  'z'.repeat(33),
);
const string = fc.array(piece, { maxLength: 4 }).map((pieces) => `"${pieces.join('')}"`);
const digits = fc.oneof(
  { weight: 6, arbitrary: fc.nat(1_000).map(String) },
  fc.constantFrom(
    '0',
    '00',
    '100',
    '120000',
    '9007199254740993',
    '12345678901234567890123',
    '1234567890123456',
    '9'.repeat(40),
  ),
  fc.constantFrom('000000000000000000000', '0000000000000000000001', '1'.repeat(24), '1'.repeat(25)),
);
const number = fc
  .record({
    sign: fc.constantFrom('', '', '', '-'),
    whole: fc.oneof(
      digits.map((text) => text.replace(/^0+(?=\d)/, '')),
      fc.constant('0'),
    ),
    fraction: fc.option(digits, { nil: undefined }),
    exponent: fc.option(
      fc.oneof(
        fc.tuple(fc.constantFrom('', '+', '-'), fc.nat(45)).map(([sign, n]) => `${sign}${n}`),
        fc.constantFrom('00', '-007', '999999999999999', '1000000000000000', '-1000000000000001', '+9'.padEnd(40, '9')),
      ),
      { nil: undefined, freq: 3 },
    ),
    e: fc.constantFrom('e', 'E'),
  })
  .map(
    ({ sign, whole, fraction, exponent, e }) =>
      sign + whole + (fraction === undefined ? '' : `.${fraction}`) + (exponent === undefined ? '' : `${e}${exponent}`),
  );
const plainNumber = fc.oneof(
  fc.integer({ min: -10_000, max: 10_000 }).map(String),
  fc.integer({ min: -90_000, max: 90_000 }).map((n) => (n / 100).toFixed(2)),
);
const keyText = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('"a"', '"b"', '"c"', '"\\u0061"', '"__proto__"') },
  { weight: 1, arbitrary: fc.constantFrom('"7"', '"10"', '"07"', '"4294967294"', '"4294967295"', '""') },
  { weight: 1, arbitrary: string },
);
const space = (lines: boolean) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom(' ', '\t', '  \r ', ' '.repeat(20)) },
    { weight: lines ? 1 : 0, arbitrary: fc.constantFrom('\n', '\n    ', '\r\n') },
  );

/** JSON values in every spelling, as text. @param lines with line feeds between tokens */
function value(lines: boolean): fc.Arbitrary<string> {
  const gap = space(lines);
  const { any } = fc.letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: plainNumber },
      { weight: 2, arbitrary: number },
      { weight: 3, arbitrary: string },
      { weight: 2, arbitrary: fc.constantFrom('null', 'true', 'false') },
      {
        weight: 1,
        arbitrary: fc
          .array(fc.tuple(gap, tie('any'), gap), { maxLength: 4 })
          .map((items) => `[${items.map((parts) => parts.join('')).join(',') || ' '}]`),
      },
      {
        weight: 2,
        arbitrary: fc
          .array(fc.tuple(gap, keyText, gap, fc.constant(':'), gap, tie('any'), gap), { maxLength: 5 })
          .map((members) => `{${members.map((parts) => parts.join('')).join(',')}}`),
      },
    ),
  }));
  return any;
}

function record(lines: boolean): fc.Arbitrary<string> {
  const gap = space(lines);
  const field = (key: fc.Arbitrary<string>) =>
    fc.tuple(gap, key, gap, fc.constant(':'), gap, value(lines), gap).map((parts) => parts.join(''));
  const usual = ['"id"', '"name"', '"a_rather_long_name_of_a_column"', '"amount"'];
  return fc
    .tuple(
      fc.tuple(...usual.map((key) => fc.option(field(fc.constant(key)), { nil: '', freq: 5 }))),
      fc.array(field(keyText), { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([first, more, turned]) => {
      const fields = [...first, ...more].filter((text) => text !== '');
      return `{${(turned && more.length > 0 ? fields.reverse() : fields).join(',')}}`;
    });
}

/** Files of messy records: a list, or a record a line. */
export const messyJson: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.tuple(space(true), record(true), space(true)), { maxLength: 12 })
    .map((records) => `[${records.map((parts) => parts.join('')).join(',')}]`),
  fc
    .array(fc.tuple(space(false), record(false), space(true)), { minLength: 2, maxLength: 12 })
    .map((records) => records.map((parts) => parts.join('')).join('\n')),
);

/** A file with some characters taken out, put in or changed: nearly always broken. */
export const brokenJson: fc.Arbitrary<string> = fc
  .tuple(
    messyJson,
    fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(
          '',
          '{',
          '}',
          '[',
          ']',
          '"',
          ',',
          ':',
          '\\',
          '0',
          '1',
          'e',
          '.',
          '-',
          'u',
          '\u0000',
          '\u0001',
          '\n',
          ' ',
          't',
          'null',
          'é',
        ),
        fc.nat(2),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([text, changes]) =>
    changes
      .reduce((changed, [where, insert, remove]) => {
        const at = Math.floor(where * changed.length);
        return changed.slice(0, at) + insert + changed.slice(at + remove);
      }, text)
      .toWellFormed(),
  );
