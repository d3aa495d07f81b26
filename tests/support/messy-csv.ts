import fc from 'fast-check';

/** Fields as real files have them, and as nobody should write them. */
const field = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -50, max: 50 }).map(String) },
  { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 999 }).map((n) => (n / 100).toFixed(2)) },
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
  fc.constantFrom('', ' ', '\t', 'NA', ' NA ', 'null', 'nan', '-nan', '1.#IND', '#N/A N/A', 'n/a ', '-1.#QNAN', 'NAN'),
  fc.constantFrom(
    '007',
    '-0.0',
    '+5',
    '5.',
    '.5',
    '.',
    '-',
    '1e5',
    '1E-400',
    '1e999',
    '00.5',
    '0x1',
    '1.2.3',
    '--1',
    '0',
  ),
  fc.constantFrom(
    '9007199254740993',
    '9007199254740992',
    '-9007199254740993',
    '12345678901234567890',
    '0.30000000000000004',
  ),
  fc.constantFrom('true', 'FALSE', 'True ', 'truee'),
  fc.constantFrom('2024-02-29', '2023-02-29', ' 2024-01-01', '2024-13-01', '0000-01-01', '9999-12-31'),
  fc.constantFrom(
    '2024-01-01 10:00',
    '2024-01-01T10:00:00Z',
    '2024-01-01 10:00:00+02:00',
    '2024-01-01 08:00:00.5',
    '2024-01-01 24:00:00',
  ),
  fc.constantFrom('2024-01-01 10:00:00', '2024-01-01T23:59:59', '2024-01-01 10:00:60', '2024-1-01 10:00:000'),
  fc.constantFrom(
    'größe',
    'a longer text of some kind',
    'x'.repeat(15),
    'y'.repeat(16),
    'z'.repeat(17),
    'é'.repeat(300),
  ),
  fc.constantFrom(
    '"a,b"',
    '"q""x"',
    '""',
    '" "',
    '"l\n1"',
    '"l\r\n2"',
    '"\r"',
    '"ab"tail',
    ' "sp,ace"',
    '5" pipe',
    'x""y',
    '"a"b"c',
  ),
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[\u0000"\r\n]/g, '')),
  fc
    .string({ maxLength: 40, unit: 'grapheme' })
    .map((text) => `"${text.replaceAll('\u0000', '').replaceAll('"', '""')}"`),
);
const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\r');

/** Text of a CSV with some columns and rows, widths that differ, blank lines and any line ends. */
export const messyCsv = fc
  .record({
    delimiter: fc.constantFrom(',', ',', ';', '\t', '|'),
    columns: fc.integer({ min: 1, max: 6 }),
    rows: fc.array(
      fc.record({
        fields: fc.array(field, { minLength: 6, maxLength: 8 }),
        more: fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1, 2),
        end: lineEnd,
        blank: fc.constantFrom('', '', '', '', '', '\n', '   \n', '\r\n'),
        again: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 40 },
    ),
    last: fc.boolean(),
  })
  .map(({ delimiter, columns, rows, last }) => {
    let text = `${Array.from({ length: columns }, (_, i) => `c${i}`).join(delimiter)}\n`;
    for (const { fields, more, end, blank, again } of rows)
      for (let i = 0; i < again; i++)
        text += blank + fields.slice(0, Math.max(1, columns + more)).join(delimiter) + end;
    return last ? text : text.replace(/[\r\n]+$/, '');
  });
