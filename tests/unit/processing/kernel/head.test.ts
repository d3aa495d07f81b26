import { describe, expect, test } from 'vitest';
import { profileText } from '../../../support/profile-text.ts';

/**
 * What holds for the whole file is decided on its head: the first 1,000 rows that end in the first 1 MiB, the first row
 * in any case, header and title lines among them.
 */
const MIB = 1 << 20;
const report = async (input: string | Uint8Array) => JSON.parse(await profileText(input, 'csv'));
const codes = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);
const times = (row: string, count: number) => `${row}\n`.repeat(count);

describe('the delimiter', () => {
  test.each([
    ['501 of the first 1,000 rows', times('a;b', 501) + times('a,b', 5_499), ';'],
    [
      '500 of the first 1,000 rows: the order decides',
      times('a;b', 500) + times('a,b', 500) + times('a;b', 5_000),
      ',',
    ],
    ['row 1,000 counts', times('a,b', 499) + times('x', 500) + times('a|b', 1) + times('a|b', 9_000), ','],
    ['rows after the thousandth do not', times('x', 1_000) + times('a;b', 5_000), ','],
    ['blank lines are no rows', times('', 3_000) + times('a;b', 3) + times('  ', 2_000) + times('a,b', 2), ';'],
  ])('%s', async (_name, text, delimiter) => {
    expect((await report(text)).file.delimiter).toBe(delimiter);
  });

  test('only rows that end in the first 1 MiB', async () => {
    const long = 'x'.repeat(MIB / 8 - 100);
    // the first eight rows end in it, no other does
    expect((await report(times(`${long};b`, 5) + times(`${long},b`, 3) + times(`${long},b`, 40))).file.delimiter).toBe(
      ';',
    );
    expect((await report(times(`${long};b`, 3) + times(`${long},b`, 5) + times(`${long};b`, 40))).file.delimiter).toBe(
      ',',
    );
  });

  test('the first row in any case', async () => {
    const first = `${'x'.repeat(MIB * 1.5)}|b|c\n`;
    const found = await report(first + times('a,b', 100) + times('1|2|3', 10));
    expect(found.file.delimiter).toBe('|');
    expect(Object.keys(found.null_counts)).toHaveLength(3);
  });

  test('a quoted first row that is longer than the head', async () => {
    const found = await report(`"${'x,\n'.repeat(MIB / 2)}";b\n1;2\n`);
    expect(found.file.delimiter).toBe(';');
    expect(found.row_count).toBe(1);
  });
});

describe('columns that are added', () => {
  // with one title line and the header the head has 998 rows below the header
  const top = 'Sales\na,b\n';
  test.each([
    ['499 of 998 longer rows are not more than half', 499, false],
    ['500 of 998 are', 500, true],
  ])('%s', async (_name, count, added) => {
    const found = await report(
      top + times('1,2,3', count) + times('1,2', 998 - count) + times(added ? '1,2' : '1,2,3', 4_000),
    );
    expect(found.row_count).toBe(4_998);
    expect(codes(found)).toEqual(expect.arrayContaining(added ? ['title_lines', 'columns_added'] : ['title_lines']));
    expect(Object.keys(found.null_counts)).toEqual(added ? ['a', 'b', 'column_3'] : ['a', 'b']);
    expect(found.bad_rows.count).toBe(added ? 498 + 4_000 : 499 + 4_000);
  });

  test('the width is the most frequent of the head', async () => {
    const found = await report(`a\n${times('1,2,3', 600)}${times('1,2', 399)}${times('1,2,3,4,5', 5_000)}`);
    expect(Object.keys(found.null_counts)).toHaveLength(3);
  });
});

describe('title lines', () => {
  test('all rows of the head are like titles: the first is the header', async () => {
    const found = await report(times('word,', 1_000) + times('a,b', 1_000));
    expect(Object.keys(found.null_counts)[0]).toBe('word');
    expect(found.row_count).toBe(1_999);
    expect(codes(found)).not.toContain('title_lines');
  });
  test('999 titles, then a header in row 1,000', async () => {
    const found = await report(times('word,', 999) + times('a,b', 3));
    expect(Object.keys(found.null_counts)).toEqual(['a', 'b']);
    expect(found.row_count).toBe(2);
    expect(codes(found)).toContain('title_lines');
  });
  test('more rows of one field than of several in the head: no titles, whatever follows', async () => {
    const found = await report(`title\n${times('x', 500)}${times('a,b', 499)}${times('a,b', 5_000)}`);
    expect(Object.keys(found.null_counts)[0]).toBe('title');
  });
});

describe('what is not decided on the head', () => {
  test('one byte that is not UTF-8 after 2 MiB, few characters that are: the file is windows-1252', async () => {
    const text = Buffer.from(`é,b\n${times('ä,1', 7)}${times('a,1', MIB / 2)}`);
    const found = await report(Buffer.concat([text, Buffer.from([0xff, 0x0a])]));
    expect(Object.keys(found.null_counts)).toEqual(['Ã©', 'b']);
    expect(found.columns[0].top_values[1].value).toBe('Ã¤');
    expect(found.file.encoding).toBe('windows-1252');
    expect(found.warnings).toEqual([
      { code: 'encoding_fallback', message: `Byte ${text.length} is not UTF-8; the file is read as windows-1252.` },
    ]);
  });
  test('a line ending after 2 MiB that is another: mixed', async () => {
    expect((await report(`a,b\n${times('1,2', MIB / 2)}3,4\r\n`)).file.line_ending).toBe('mixed');
  });
  test('the type of a column: a last value can change it', async () => {
    const found = await report(`a,b\n${times('1,2', 100_000)}01,2.5\n`);
    expect(found.columns.map(({ type }: { type: string }) => type)).toEqual(['text', 'decimal']);
  });
  test('a NUL byte and an open quote after 2 MiB, with their places', async () => {
    const text = `a,b\n${times('1,2', MIB / 2)}`;
    const at = text.length;
    const row = MIB / 2 + 1;
    const found = await report(`${text}3,\u0000\n4,x\u0000\u0000\n`);
    expect(found.warnings).toEqual([
      {
        code: 'invalid_bytes',
        message: `3 NUL bytes are shown as U+FFFD: the first at bytes ${at + 2}, ${at + 7} and ${at + 8}.`,
      },
    ]);
    expect(found.columns[1].evidence.examples).toEqual([
      { row, value: '\ufffd' },
      { row: row + 1, value: 'x\ufffd\ufffd' },
    ]);
    expect(await profileText(`${text}3,"x\n\n`, 'csv')).toContain(
      `(row ${row}, line ${row + 1}, byte ${text.length + 2})`,
    );
  });
});
