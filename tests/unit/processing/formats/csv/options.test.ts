import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterRows } from '../../../../../src/processing/filter-rows.ts';
import type { ReadOptions } from '../../../../../src/processing/options/read-options.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import { RowIndex } from '../../../../../src/processing/row-index.ts';
import { readRows } from '../../../../../src/processing/rows.ts';
import { filterColumns } from '../../../../../src/report/filter-columns.ts';
import { readReport } from '../../../../../src/report/report-text.ts';
import { profileText } from '../../../../support/profile-text.ts';

const text = (input: string | Uint8Array, readOptions: ReadOptions, cuts: number[] = []) =>
  profileText(input, 'csv', cuts, { readOptions });
const report = async (input: string | Uint8Array, options: ReadOptions) => JSON.parse(await text(input, options));
const namesOf = ({ columns }: { columns: { name: string }[] }) => columns.map(({ name }) => name);
const messages = ({ warnings }: { warnings: { code: string; message: string }[] }) =>
  warnings.map(({ code, message }) => `${code}: ${message}`);
async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

describe('header', () => {
  test.each<[string, ReadOptions, string[], number]>([
    ['a,b\n1,2\n', { header: true }, ['a', 'b'], 1],
    ['Sales\na,b\n1,2\n', { header: true }, ['a', 'b'], 1],
    ['Sales\na,b\n1,2\n', { header: 1 }, ['Sales', 'column_2'], 2],
    ['a,b\n1,2\n', { header: false }, ['column_1', 'column_2'], 2],
    ['a,b\n1,2\n', { header: 2 }, ['1', '2'], 0],
    ['x\n\ny\na;b\n1;2\n', { header: 3 }, ['a', 'b'], 1],
    ['2024,,2025\nq1,q2,q1\n1,2,3\n', { header: [1, 2] }, ['2024 q1', 'q2', '2025 q1'], 1],
    ['a,b\nx,x\nm,kg\n1,2\n', { header: [1, 3] }, ['a m', 'b kg'], 1],
    ['sep=;\na;b\n1;2\n', { header: 1 }, ['a', 'b'], 1],
    ['x;y\na,b\n1,2\n3,4\n', { header: 2 }, ['a', 'b'], 2],
    ['a\n1\n2\n', { header: false }, ['column_1'], 3],
    ['1;2\n', { header: false, columns: ['x', 'é'] }, ['x', 'é'], 1],
    ['a,b,c\n1,2,3\n', { columns: ['x'] }, ['x', 'b', 'c'], 1],
    ['a,b\n1,2\n', { columns: ['x', 'x'] }, ['x', 'x_2'], 1],
  ])('%j with %j', async (input, options, names, rows) => {
    const found = await report(input, options);
    expect(namesOf(found)).toEqual(names);
    expect(found.row_count).toBe(rows);
  });
  test('a row that is not there', async () => {
    expect(await text('a,b\n1,2\n', { header: 3 })).toBe(
      'The header should be row 3, and the file has 2 rows. Name another row.\n',
    );
    expect(await text('a,b\n'.repeat(5_000), { header: 1_001 })).toBe(
      'The header should be row 1,001, and it has to be among the first 1,000 rows. ' +
        'Pass over lines above it with skip_rows.\n',
    );
    expect((await report('a,b\n'.repeat(5_000), { header: 1_000 })).row_count).toBe(4_000);
    expect((await report('a,b\n'.repeat(5_000), { skip_rows: 1_500, header: 1 })).row_count).toBe(3_499);
  });
  test('a row that is there under another delimiter only', async () => {
    const input = 'c0\tc1\n0\t10\n0\t10\nx\t\nx\t\nx\t';
    expect(await text(input, { quote: '1', header: [2, 4], skip_footer: 2 })).toMatch(
      /^The header should be row 4, and the file has \d rows?\. Name another row\.\n$/,
    );
  });
  test('more names than columns', async () => {
    expect(messages(await report('a,b\n1,2\n', { columns: ['x', 'y', 'z'] }))).toEqual([
      'surplus_names: 3 names are given for 2 columns: "z" and those behind it are not used.',
    ]);
  });
});

describe('the delimiter', () => {
  test('one that does not occur is told', async () => {
    expect(messages(await report('a,b\n1,2\n', { delimiter: ';' }))).toEqual([
      'delimiter_not_found: The delimiter ";" is in none of the first rows: every row is one field.',
    ]);
  });
  test('is in the report as it was given, beyond ASCII in windows-1252 too', async () => {
    expect((await report('a¦b\n1¦2\n', { delimiter: '¦' })).file.delimiter).toBe('¦');
    const latin = Buffer.from('a\xa6b\n\xe9\xa62\n', 'latin1');
    const found = await report(latin, { delimiter: '¦', encoding: 'latin1' });
    expect(found.file).toMatchObject({ encoding: 'windows-1252', delimiter: '¦' });
    expect(found.columns[0].top_values[0].value).toBe('é');
  });
  test('wins over the first line that names one', async () => {
    const found = await report('sep=;\na,b;\n1,2;\n', { delimiter: ',' });
    expect(namesOf(found)).toEqual(['a', 'b;']);
    expect(messages(found)).toEqual(['sep_line: The first line names a delimiter and is not a row.']);
    expect(found.row_count).toBe(1);
  });
  test.each([
    [{ delimiter: '"' }, 'The options delimiter and quote are both "\\"". Choose another character'],
    [{ delimiter: '\\', escape: '\\' }, 'The options delimiter and escape are both'],
    [{ quote: '\n' }, 'The option quote cannot be a line end or U+0000.'],
  ] as [ReadOptions, string][])('what cannot be: %j', async (options, message) => {
    expect(await text('a,b\n1,2\n', options)).toContain(message);
  });
});

describe('the first line names the delimiter', () => {
  test.each<ReadOptions>([
    {},
    { comment: 's' },
    { comment: 'sep=' },
    { comment: '#' },
    { skip_footer: 1 },
    { header: 1 },
  ])('it is neither a row nor a comment with %j', async (options) => {
    const found = await report(`sep=^\na^b\n1^2\n${options.skip_footer ? '3^4\n' : ''}`, options);
    expect(namesOf(found)).toEqual(['a', 'b']);
    expect([found.file.delimiter, found.row_count]).toEqual(['^', 1]);
    expect(messages(found)).toEqual(['sep_line: The first line names the delimiter, "^", and is not a row.']);
  });
  test('it is refused where it names the quote, and nothing else is said', async () => {
    expect(await text("sep='\na'b\n1'2\n", { quote: "'" })).toBe(
      'The first line names the delimiter, "\'", which is the option quote (line 1). ' +
        'Give the option delimiter, or another character.\n',
    );
    expect(namesOf(await report("sep='\n'a,b',c\n1,2\n", { quote: "'", delimiter: ',' }))).toEqual(['a,b', 'c']);
  });
});

describe('characters beyond ASCII', () => {
  const latin = (input: string) => Buffer.from(input, 'latin1');
  const CASES: [string, ReadOptions][] = [
    ['a§b\né§2\n', { delimiter: '§' }],
    ['a§b\n1§2\n', { delimiter: '§' }],
    ['a,b\n¤ x,y,z\né,2\n', { comment: '¤' }],
    ['a,b\n«1,é«,2\n', { quote: '«' }],
    ['a,b\n1°,é,2\n', { escape: '°' }],
    [`a,b\n${'1,2\n'.repeat(150_000)}§ é\n`, { comment: '§', encoding: 'windows-1252' }],
    [`a§b\n${'1§2\n'.repeat(300_000)}é§2\n`, { delimiter: '§' }],
  ];
  test.each(CASES)('%.20j in windows-1252 as in UTF-8: %j', async (input, options) => {
    const { encoding, ...others } = options;
    const expected = await report(input, others);
    const found = await report(latin(input), options);
    expect(found.file.encoding).toBe('windows-1252');
    expect([found.columns, found.row_count]).toEqual([expected.columns, expected.row_count]);
    for (const cuts of input.length < 100 ? [1, 2, 3, 5] : [])
      expect(await report(latin(input), options)).toEqual(
        JSON.parse(
          await text(
            latin(input),
            options,
            Array.from({ length: 99 }, (_, i) => i * cuts),
          ),
        ),
      );
    const rows = await Array.fromAsync(readRows(pieces(latin(input), 1 << 16), found.file, [1], options));
    const inUtf8 = await Array.fromAsync(readRows(pieces(Buffer.from(input), 1 << 16), expected.file, [1], others));
    expect(rows).toEqual(inUtf8);
  });
  test.each([
    ['a§b\nім§я\n', 'windows-1251', 'a\xa7b\n\xb3\xec\xa7\xff\n'],
    ['a§b\n表§2\n', 'utf-16le', ''],
  ])('%j in %s', async (input, encoding, cyrillic) => {
    const bytes = cyrillic === '' ? Buffer.from(input, 'utf16le') : Buffer.from(cyrillic, 'latin1');
    const found = await report(bytes, { encoding, delimiter: '§' });
    expect(found.columns).toEqual((await report(input, { delimiter: '§' })).columns);
  });
  test('nothing is guessed where the first MiB does not tell', async () => {
    const ascii = `a,b\n${'1,2\n'.repeat(300_000)}`;
    expect(await text(latin(`${ascii}§ é\n`), { comment: '§' })).toBe(
      'The file is windows-1252, but its first MiB was read as utf-8. ' +
        'Name its encoding with the option encoding: characters beyond ASCII in other options are looked for in it.\n',
    );
    expect((await report(`${ascii}§ é\n`, { comment: '§' })).row_count).toBe(300_000);
  });
});

describe('without a delimiter it is found in what is left', () => {
  test.each<[string, ReadOptions, string]>([
    ['#a,b,c\n#a,b,c\n#a,b,c\nx;y\n1;2\n', { comment: '#' }, ';'],
    ['a,b\na,b\na,b\nx;y\n1;2\n', { skip_rows: 3 }, ';'],
    ['x;y\n1;2\na,b,c\na,b,c\na,b,c\na,b,c\n', { skip_footer: 4 }, ';'],
    ["'x, y';z\n'1, 2';3\n'1, 2';3\n", { quote: "'" }, ';'],
  ])('%j with %j', async (input, options, delimiter) => {
    const found = await report(input, options);
    expect(found.file.delimiter).toBe(delimiter);
    expect(found.warnings).toEqual([]);
  });
});

describe('rows at the end', () => {
  test.each<[string, number, number]>([
    ['a,b\n1,2\nTotal,2\n', 1, 1],
    ['a,b\n1,2\nTotal,2', 1, 1],
    ['a,b\n1,2\nTotal,2\n\n  \n,,\n', 1, 1],
    ['a,b\n1,2\n3,"x\ny"\n', 1, 1],
    ['a,b\n1,2\n3,4\n', 2, 0],
  ])('%j without the last %i', async (input, skip_footer, rows) => {
    expect((await report(input, { skip_footer })).row_count).toBe(rows);
  });
  const TOO_MUCH =
    'What skip_footer leaves out, with the blank lines in it and behind it, has more than 16 MiB. ' +
    'Leave out fewer rows, or remove the blank lines.\n';
  test('all of them, and too much to hold', async () => {
    const none = (what: string, options: string) =>
      `${what}: every line is blank or left out by the ${options}. Leave out fewer lines.\n`;
    expect(await text('a,b\n1,2\n', { skip_footer: 9 })).toBe(none('The file has no header', 'option skip_footer'));
    for (const skip_footer of [3, 4])
      expect(await text('sep=;\na;b\n1;2\n', { skip_footer })).toContain('left out by the option skip_footer');
    expect(await text('a,b\n1,2\n', { skip_rows: 9, comment: '#', header: false })).toBe(
      none('The file has no row', 'options skip_rows and comment'),
    );
    const long = `a,b\n${`${'x'.repeat(1_000)},1\n`.repeat(17_000)}`;
    expect(await text(long, { skip_footer: 17_000 })).toBe(TOO_MUCH);
    expect(await text(`a,b\n1,2\n3,4\n${'\n'.repeat(17 << 20)}`, { skip_footer: 1 })).toBe(TOO_MUCH);
    expect((await report(long, { skip_footer: 10_000 })).row_count).toBe(7_000);
  });
});

describe('lines at the beginning', () => {
  const ends = fc.constantFrom('\n', '\r', '\r\n');
  const line = fc.constantFrom('', 'x', '"', 'a,"b', 'é\u0000', 'sep=;', '𝄞');
  test('are left out whatever is in them; places stay those of the file, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(line, ends), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('utf8', 'utf16le'),
        fc.array(fc.nat(60), { maxLength: 6 }),
        async (above, encoding, cuts) => {
          // a line feed behind a carriage return is its line's
          const skipped = above.map(([text, end], i) =>
            end === '\r' && above[i + 1]?.[0] === '' ? `${text}\n` : text + end,
          );
          const bytes = (text: string) => Buffer.from(encoding === 'utf8' ? text : `\ufeff${text}`, encoding as 'utf8');
          const options = { skip_rows: skipped.length, delimiter: ',' };
          const table = 'a,b\n1,"x\ny"\n2,z\n';
          const whole = skipped.join('').replace(/\r$/, '\r\n') + table;
          const found = await report(bytes(whole), options);
          const alone = await report(bytes(table), { delimiter: ',' });
          expect([found.columns, found.file.line_ending]).toEqual([alone.columns, '\n']);
          expect(await text(bytes(whole), options, cuts)).toBe(await text(bytes(whole), options));
          const rows = await Array.fromAsync(readRows(pieces(bytes(whole), 7), found.file, [1, 2], options));
          expect(rows.map(({ line }) => line)).toEqual([2, 4].map((line) => line + skipped.length));
          const open = `${whole}3,"`;
          const byte = bytes(open).length - (encoding === 'utf8' ? 1 : 2);
          expect(await text(bytes(open), options, cuts)).toContain(`(row 3, line ${5 + skipped.length}, byte ${byte})`);
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });
  test('may be any number of any length: nothing of them is kept, and the rest has a head of its own', async () => {
    async function* input() {
      for (let i = 0; i < 600; i++) yield Buffer.alloc(1 << 18, i % 2 ? 'x\n' : 'long line;');
      yield Buffer.from('\na|b\n1|2\n');
    }
    const options = { format: 'csv', readOptions: { skip_rows: 300 * 2 ** 17 + 1 } };
    const { columns, glimpse, file } = await profileDataset(input(), options);
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'integer'],
      ['b', 'integer'],
    ]);
    expect(file.delimiter).toBe('|');
    expect(glimpse!.first.map(({ line }) => line)).toEqual([2, 3].map((line) => line + 300 * 2 ** 17));
    const late = `x\n${'y,z\n'.repeat(200_000)}`;
    const tail = `a;b\n${'1;2\n'.repeat(300_000)}1;"x"\n`;
    expect((await report(late + tail, { skip_rows: 200_001 })).columns).toEqual((await report(tail, {})).columns);
  });
  test('comments above the first row have to end in time', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(1 << 18, '# no row\n');
    }
    const read = profileDataset(endless(), { format: 'csv', readOptions: { comment: '#' } });
    await expect(read).rejects.toThrow(
      'No row begins within 128 MiB of lines that the option comment leaves out. Leave them out with skip_rows.',
    );
  });
  test('rows behind a place of the index', async () => {
    const input = `not "read\nsep=,\n${'a;b\n'}${Array.from({ length: 3_000 }, (_, i) => `${i};x${i}`).join('\n')}\n`;
    const readOptions = { skip_rows: 2 };
    const document = readReport(await text(input, readOptions));
    const file = { ...document.file, format: 'csv' };
    const index = new RowIndex(100);
    const open = (at: number) => pieces(Buffer.from(input).subarray(at), 64);
    const dataset = { open, file, columns: filterColumns(document), readOptions };
    const from = async (after: number) => {
      const rows = [];
      for await (const step of filterRows(dataset, [], { after, index, tuning: { blockBytes: 256 } }))
        rows.push(...step.rows.map(({ row, line, fields }) => [row, line, fields[0]![1]]));
      return rows;
    };
    const all = await from(0);
    expect(all).toEqual(Array.from({ length: 3_000 }, (_, i) => [i + 1, i + 4, String(i)]));
    expect(index.before(2_500)).toBeDefined();
    expect(await from(2_500)).toEqual(all.slice(2_500));
  });
});

describe('places', () => {
  test('failures name row and line, and a byte only where it is one of the file', async () => {
    const input = `# x\n"a",b\n1,"2\n`;
    expect(await text(input, { delimiter: ',' })).toContain('(row 2, line 3, byte 12)');
    expect(await text(input, { comment: '#' })).toContain('(row 1, line 3)');
    expect(await text(Buffer.from(input), { encoding: 'windows-1251', header: 2 })).toContain('(row 1, line 3)');
  });
});

test.each(["'", null])('a field that is too long, with the quote %j', async (quote) => {
  const long = 'x'.repeat(40 << 20);
  const input = `a,b\n1,${quote ?? '"'}${long}`;
  expect(await text(input, { quote })).toBe(
    'A field is longer than 16 MiB (row 1, line 2). Check the quotes around it.\n',
  );
});

test('a limit of rows ends the reading', async () => {
  let read = 0;
  async function* endless() {
    yield Buffer.from('id;name\n');
    for (; ; read++) yield Buffer.from('1;x\n'.repeat(10_000));
  }
  const found = await profileDataset(endless(), { format: 'csv', rowLimit: 1_000, readOptions: { skip_rows: 1 } });
  expect(found.rowCount).toBeGreaterThanOrEqual(1_000);
  expect(found.rowCount).toBeLessThan(500_000);
  expect(read).toBeLessThan(100);
});

/** As the runtime decodes them at once. */
test('any encoding, wherever the stream is cut', async () => {
  const labels = ['windows-1251', 'windows-1254', 'shift_jis', 'gb18030', 'euc-kr', 'big5', 'iso-2022-jp', 'koi8-r'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...labels),
      fc.uint8Array({ maxLength: 40 }),
      fc.array(fc.nat(60), { maxLength: 6 }),
      async (encoding, value, cuts) => {
        const inner = Buffer.from(value).filter((byte) => ![0, 10, 13, 34].includes(byte));
        const bytes = Buffer.concat([Buffer.from('v,w\n"'), inner, Buffer.from('",1\n')]);
        const decoded = Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes));
        const readOptions = { encoding, header: 1, delimiter: ',' };
        const found = await text(bytes, readOptions, cuts);
        expect(await text(bytes, readOptions)).toBe(found);
        const utf8 = await text(decoded, { header: 1, delimiter: ',' });
        if (!found.startsWith('{')) return;
        const { file, warnings, alerts, options, suggestions, ...rest } = JSON.parse(found);
        const { file: _, warnings: __, alerts: ___, options: ____, suggestions: _____, ...expected } = JSON.parse(utf8);
        expect(rest).toEqual(expected);
        expect([file.encoding, options]).toEqual([encoding, readOptions]);
      },
    ),
    { numRuns: 400, seed: 5 },
  );
});
test('characters that an encoding does not have are told', async () => {
  expect(messages(await report(Buffer.from('a,b\n\x81,2\n', 'latin1'), { encoding: 'shift_jis' }))).toEqual([
    'invalid_bytes: 1 character is not shift_jis and shown as U+FFFD.',
  ]);
  expect(await text('a,b\n1,2\n', { encoding: 'klingon' })).toContain('There is no encoding "klingon"');
});
test('UTF-8 that it is not: it is read so nevertheless', async () => {
  const found = await report(Buffer.from(`a,b\n${'\xe9\xe8,2\n'.repeat(500)}`, 'latin1'), { encoding: 'utf-8' });
  expect(found.file.encoding).toBe('utf-8');
  expect(messages(found)[0]).toMatch(/^invalid_bytes: (At least )?[\d,]+ characters are not UTF-8/);
});

test.each<ReadOptions>([
  { header: false },
  { delimiter: ';', header: 2 },
  { comment: '#' },
  { delimiter: '¦' },
  { encoding: 'windows-1251' },
])('rows behind a place of the index: %j', async (readOptions) => {
  const input = `a;b\n${Array.from({ length: 400 }, (_, i) => `${i};"x\n${i}"`).join('\n')}\n`;
  const bytes = Buffer.from(input);
  const document = readReport(await text(bytes, readOptions));
  const file = { ...document.file, format: 'csv' };
  const index = new RowIndex(100);
  const tuning = { blockBytes: 256 };
  const from = async (after: number) => {
    const dataset = { open: (at: number) => pieces(bytes.subarray(at), 64), file, columns: filterColumns(document) };
    const rows = [];
    for await (const step of filterRows({ ...dataset, readOptions }, [], { after, index, tuning }))
      rows.push(...step.rows.map(({ row, line, fields }) => ({ row, line, fields })));
    return rows;
  };
  const all = await from(0);
  expect(all).toHaveLength(document.row_count);
  expect(await from(300)).toEqual(all.slice(300));
  const wanted = all.map(({ row }) => row);
  expect(await Array.fromAsync(readRows(pieces(bytes, 33), file, wanted, readOptions))).toEqual(all);
});
