import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConditions } from '../../../src/processing/filter/parse-conditions.ts';
import { filterRows } from '../../../src/processing/filter-rows.ts';
import type { RowCondition } from '../../../src/processing/row-conditions.ts';
import { filtered, rowsWhere } from '../../support/filtered.ts';
import { formatOf, generatedTable } from '../../support/generated-table.ts';
import { plainFilter } from '../../support/plain/plain-filter.ts';

const SMALL = { tuning: { blockBytes: 1_024 } };
const SIZES = [1, 7, 64, 1 << 20];

/** The numbers of the rows for which the conditions hold, however the stream is cut. */
async function matching(text: string | Buffer, where: RowCondition | RowCondition[], format = 'csv') {
  const found = [];
  for (const size of SIZES) {
    const dataset = await filtered(text, format, { size });
    const { rows, matched } = await rowsWhere(dataset, where, SMALL);
    expect(matched).toBe(rows.length);
    found.push(rows);
  }
  for (const rows of found) expect(JSON.stringify(rows)).toBe(JSON.stringify(found[0]));
  return found[0]!.map(({ row }) => row);
}

const CITIES =
  'name,people,since\nOslo,700,2001-02-03\n NA ,5,2001-02-04\nBergen ,NA,2001-02-03\nOslo,700,2001-02-03\n';

describe('conditions on the value of a column', () => {
  test.each<[RowCondition, number[]]>([
    [{ column: 'name', in: ['Oslo'] }, [1, 4]],
    [{ column: 'name', in: ['Bergen'] }, []],
    [{ column: 'name', in: ['Bergen ', 'Oslo'] }, [1, 3, 4]],
    [{ column: 'name', not_in: ['Oslo'] }, [3]],
    [{ column: 'name', contains: 'S' }, [1, 4]],
    [{ column: 'name', starts_with: 'Ber' }, [3]],
    [{ column: 'name', starts_with: 'ber' }, []],
    [{ column: 'name', is_null: true }, [2]],
    [{ column: 'people', is_null: false }, [1, 2, 4]],
    [{ column: 'people', gt: 5 }, [1, 4]],
    [{ column: 'people', gte: 5, lte: 5 }, [2]],
    [{ column: 'people', lt: 700 }, [2]],
    [{ column: 'since', gt: '2001-02-03' }, [2]],
    [{ column: 'since', lte: '2001-02-03T00:00Z' }, [1, 3, 4]],
    [{ column: 'name', white_space: true }, [3]],
    [{ column: 'name', min_length: 5 }, [3]],
    [{ column: 'name', max_length: 4 }, [1, 4]],
    [{ duplicate: true }, [4]],
    [{ duplicate: false }, [1, 2, 3]],
    [{ duplicate_of: 4 }, [1, 4]],
    [{ duplicate_of: 2 }, [2]],
    [{ duplicate_of: 9 }, []],
  ])('%j', async (where, rows) => {
    expect(await matching(CITIES, where)).toEqual(rows);
  });

  test('several at once must all hold', async () => {
    expect(await matching(CITIES, [{ column: 'name', in: ['Oslo'] }, { duplicate: true }])).toEqual([4]);
  });
});

test('bad rows are those that the report counts', async () => {
  expect(await matching('a,b\n1,2\n3\n4,5,\n6,7,8\n', { bad: true })).toEqual([2, 4]);
});

const PEOPLE = [
  '{"id": 1, "name": "Å\\u0073a", "born": "1990-05-01T10:00:00+02:00", "tags": ["a", 1.50]}',
  '{"id": 2.50, "name": null, "tags": "[\\"a\\",1.50]"}',
  '{"name": "", "id": "3", "born": "1990-05-01 08:00", "tags": {"b": null}}',
  '{"id": true, "name": " x\\ny ", "born": "1991-01-01"}',
  '{"name": "Åsa", "tags": ["a", 1.50], "id": 1.0, "born": "1990-05-01T10:00:00+02:00"}',
].join('\n');

describe('conditions on values of JSON', () => {
  test.each<[RowCondition, number[]]>([
    [{ column: 'name', in: ['Åsa'] }, [1, 5]],
    [{ column: 'name', in: [''] }, [3]],
    [{ column: 'name', is_null: true }, [2]],
    [{ column: 'name', contains: 'SA' }, [1, 5]],
    [{ column: 'name', not_in: ['Åsa'] }, [3, 4]],
    [{ column: 'name', white_space: true }, [4]],
    [{ column: 'name', max_length: 3, min_length: 1 }, [1, 5]],
    [{ column: 'id', in: ['2.50', 'true'] }, [2, 4]],
    [{ column: 'id', in: ['1.0'] }, [5]],
    [{ column: 'born', is_null: true }, [2]],
    [{ column: 'born', lte: '1990-05-01T08:00:00Z' }, [1, 3, 5]],
    [{ column: 'born', gt: '1990-05-01T08:00:00Z' }, [4]],
    [{ column: 'tags', in: ['["a",1.50]'] }, [1, 2, 5]],
    [{ column: 'tags', starts_with: '{"b"' }, [3]],
    [{ duplicate: true }, [5]],
    [{ duplicate_of: 1 }, [1, 5]],
    [{ bad: true }, []],
    [{ bad: false }, [1, 2, 3, 4, 5]],
  ])('%j', async (where, rows) => {
    expect(await matching(PEOPLE, where, 'json')).toEqual(rows);
    expect(await matching(`[${PEOPLE.replaceAll('\n', ',\n')}]`, where, 'json')).toEqual(rows);
  });
});

const many = (value: string, n: number) => Array(n).fill(value);

describe('conditions on how values are written', () => {
  const dates = ['day', ...many('31.05.2024', 9), '3.7.22', 'soon'].join('\n');
  const amounts = ['amount;note', ...many('1,5;x', 8), '1,234;x', '12;x', 'none;x'].join('\n');
  const groups = ['n;note', ...many('1.200;x', 5), '950;x', '1.234.567;x', 'none;x', '12 k;x'].join('\n');

  test.each<[string, RowCondition, number[]]>([
    [dates, { column: 'day', resembles: false }, [11]],
    [dates, { column: 'day', like: '31.05.2024' }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [amounts, { column: 'amount', like: 'decimal comma' }, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [amounts, { column: 'amount', resembles: false }, [11]],
    [groups, { column: 'n', like: 'thousands' }, [1, 2, 3, 4, 5, 7]],
    [groups, { column: 'n', resembles: false }, [8]],
    ['a,b\nx\u00a0y,1\nxy,2\n\u200bx,3\n', { column: 'a', invisible: 'U+00A0' }, [1]],
    ['a,b\nx\u00a0y,1\nxy,2\n\u200bx,3\n', { column: 'a', invisible: 'U+200B' }, [3]],
    ['a,b\nx\u00a0y,1\nxy,2\n', { column: 'a', invisible: 'U+FEFF' }, []],
    ['a,b,c\n1,2,3\n1,"x,3\n4,5,6\n7,8,9\n1,y",3\n1,z,3\n', { column: 'b', swallowed: true }, [2]],
    ['a,b,c\n1,2,3\n1,"x,3\n4,5,6\n7,8,9\n1,y",3\n1,z,3\n', { column: 'b', swallowed: false }, [1, 3]],
    [`n,m\n${many('5,1', 30).join('\n')}\n6,1\n900,1\n-900,1\nx,1\n`, { column: 'n', outlier: 'high' }, [31, 32]],
    [`n,m\n${many('5,1', 30).join('\n')}\n6,1\n900,1\n-900,1\nx,1\n`, { column: 'n', outlier: 'low' }, [33]],
    [`n,m\n${many('5,1', 30).join('\n')}\n6,1\n900,1\n-900,1\nx,1\n`, { column: 'n', of_type: false }, [34]],
  ])('%#: %j', async (text, where, rows) => {
    expect(await matching(text, where)).toEqual(rows);
  });
});

describe('texts are compared in the encoding of the file', () => {
  const text = 'a,b\ncafé,1\n“x”,2\ncafe,3\n';
  const latin = Buffer.from(text.replace('“', '\x93').replace('”', '\x94'), 'latin1');
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(text)],
    ['windows-1252', latin],
    ['UTF-16, little-endian', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big-endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', async (_name, bytes) => {
    expect(await matching(bytes, { column: 'a', in: ['café'] })).toEqual([1]);
    expect(await matching(bytes, { column: 'a', contains: 'É' })).toEqual([]); // only A to Z have two cases
    expect(await matching(bytes, { column: 'a', contains: 'CAFé' })).toEqual([1]);
    expect(await matching(bytes, { column: 'a', starts_with: '“' })).toEqual([2]);
    expect(await matching(bytes, { column: 'a', max_length: 3 })).toEqual([2]);
    expect(await matching(bytes, { column: 'a', min_length: 4, max_length: 4 })).toEqual([1, 3]);
    expect(await matching(bytes, { column: 'a', in: ['日本'] })).toEqual([]);
    expect(await matching(bytes, { column: 'a', not_in: ['日本', 'cafe'] })).toEqual([1, 2]);
    expect(await matching(bytes, { column: 'a', starts_with: '日本' })).toEqual([]);
  });

  test('U+FFFD stands for what cannot be shown', async () => {
    const right = 'größe,1\n'.repeat(200);
    const bytes = Buffer.concat([
      Buffer.from(`a,b\n${right}gr`),
      Buffer.from([0xf6, 0x9f]),
      Buffer.from('e,2\ngr\0e,3\n'),
    ]);
    expect(await matching(bytes, { column: 'a', in: ['gr\ufffd\ufffde'] })).toEqual([201]);
    expect(await matching(bytes, { column: 'a', in: ['gr\ufffde', 'nothing'] })).toEqual([202]);
    expect(await matching(bytes, { column: 'a', starts_with: 'gr\ufffd' })).toEqual([201, 202]);
    expect(await matching(bytes, { column: 'a', contains: 'R\ufffdE' })).toEqual([202]);
    const json = '{"a":"x\\u0000y"}\n{"a":"x\\ud800y"}\n{"a":"xy"}\n';
    expect(await matching(json, { column: 'a', in: ['x\ufffdy'] }, 'json')).toEqual([1, 2]);
  });
});

test('rows have the lines, values and surplus that single rows have', async () => {
  const text = 'A title\r\n\r\n id ,name\r\n1,a\r\n\r\n2,"b\r\nc"" "x\r\n3,d,e\r\n4\r\n,\r\n 5 , "ü"\r';
  const { rows } = await rowsWhere(await filtered(text, 'csv', { size: 3 }), [], SMALL);
  const fields = (id: string, name: string | null) => [
    ['id', id],
    ['name', name],
  ];
  expect(rows).toEqual([
    { row: 1, line: 4, fields: fields('1', 'a') },
    { row: 2, line: 6, fields: fields('2', 'b\r\nc" x') },
    { row: 3, line: 8, fields: fields('3', 'd'), surplus: ['e'] },
    { row: 4, line: 9, fields: fields('4', null) },
    { row: 5, line: 11, fields: fields(' 5 ', 'ü') },
  ]);
});

test('hashes of rows go to the spill beyond the budget of memory', async () => {
  const pieces: Uint8Array[] = [];
  const spill = {
    write: (bytes: Uint8Array) => pieces.push(Uint8Array.from(bytes)) - 1,
    read: (offset: number, into: Uint8Array) => into.set(pieces[offset]!),
  };
  const dataset = await filtered(`n\n${Array.from({ length: 30_000 }, (_, i) => i % 20_000).join('\n')}\n`, 'csv');
  const options = { first: 1, countsAll: true, spill, memoryBudget: 0, tuning: { chunkBytes: 1_024 } };
  const { rows, matched } = await rowsWhere(dataset, { duplicate: true }, options);
  expect({ row: rows[0]!.row, matched }).toEqual({ row: 20_001, matched: 10_000 });
  expect(pieces.length).toBeGreaterThan(100);
});

describe('how far a file is read', () => {
  const dataset = { file: { format: 'csv', encoding: 'utf-8' }, columns: [{ name: 'id', type: 'integer' as const }] };
  /** Rows without an end, and how many pieces of 10,000 of them were asked for. */
  function endless() {
    const asked = { pieces: 0 };
    async function* open() {
      yield Buffer.from('id\n');
      for (; ; asked.pieces++) yield Buffer.from(Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join(''));
    }
    return { asked, open };
  }

  test('the first rows are given without reading on', async () => {
    const { asked, open } = endless();
    const where = [{ column: 'id', gte: 9_000 }];
    const { rows, matched } = await rowsWhere({ ...dataset, open }, where, { first: 3 });
    expect(rows.map(({ row }) => row)).toEqual([9_001, 9_002, 9_003]);
    expect(matched).toBeGreaterThanOrEqual(3);
    expect(asked.pieces).toBeLessThan(50);
  });

  test('rows after a row number, of which the matches before are counted', async () => {
    const { open } = endless();
    const where = [{ column: 'id', in: ['7'] }];
    const { rows, matched } = await rowsWhere({ ...dataset, open }, where, { first: 2, after: 40_008 });
    expect(rows.map(({ row }) => row)).toEqual([50_008, 60_008]);
    expect(matched).toBeGreaterThanOrEqual(7);
  });

  test('all matches are counted while only the first are made', async () => {
    const small = await filtered(CITIES, 'csv');
    const where = [{ column: 'name', in: ['Oslo'] }];
    expect(await rowsWhere(small, where, { first: 1, countsAll: true })).toMatchObject({
      rows: [{ row: 1, line: 2 }],
      matched: 2,
      read: 4,
    });
    expect(await rowsWhere(small, where, { first: 0, countsAll: true })).toMatchObject({ rows: [], matched: 2 });
    expect(await rowsWhere(small, where, { after: 1 })).toMatchObject({ rows: [{ row: 4 }], matched: 2 });
  });

  test.each<[string, RowCondition]>([
    ['rows are tested', { column: 'id', gt: 100_000 }],
    ['rows are compared first', { duplicate: true }],
    ['a row is looked for', { duplicate_of: 2 ** 31 }],
  ])('ends when the signal is aborted while %s', async (_name, where) => {
    const { open } = endless();
    const ending = new AbortController();
    setTimeout(() => ending.abort(new Error('gone')), 20);
    await expect(rowsWhere({ ...dataset, open }, where, { signal: ending.signal })).rejects.toThrow('gone');
  });

  test('a stream that is not read to its end is closed', async () => {
    let isClosed = false;
    async function* open() {
      try {
        yield* endless().open();
      } finally {
        isClosed = true;
      }
    }
    for await (const { matched } of filterRows({ ...dataset, open }, [{ column: 'id', gt: 5 }])) if (matched > 9) break;
    expect(isClosed).toBe(true);
  });
});

/** Conditions that may hold for values of generatedTable. */
const text = fc.constantFrom(
  'word 7',
  'word 1',
  'true',
  '',
  '3',
  'null',
  'größe "x"\nline',
  '007',
  '1e300',
  'a text',
  '[4,{"k":"v"}]',
);
const onColumn = fc.oneof(
  fc.array(text, { minLength: 1, maxLength: 30 }).map((texts) => ({ in: texts })),
  fc.array(text, { minLength: 1, maxLength: 30 }).map((texts) => ({ not_in: texts })),
  fc.constantFrom('WORD', 'Ö', 'ö', '0', '"', 'ine', 'text of its own, 1').map((contains) => ({ contains })),
  fc.constantFrom('word 1', '2024-', '"', 'a').map((starts_with) => ({ starts_with })),
  fc.boolean().map((is_null) => ({ is_null })),
  fc.boolean().map((of_type) => ({ of_type })),
  fc.boolean().map((white_space) => ({ white_space })),
  fc.tuple(fc.nat(12), fc.nat(12)).map(([min_length, more]) => ({ min_length, max_length: min_length + more })),
  fc.constantFrom('low' as const, 'high' as const, 'any' as const).map((outlier) => ({ outlier })),
  fc.tuple(fc.integer({ min: -500, max: 900 }), fc.nat(500)).map(([gte, more]) => ({ gte, lt: gte + more })),
  fc.integer({ min: 0, max: 9 }).map((gt) => ({ gt })),
  fc.constantFrom('2024-03-11', '2024-05-20T10:30:00Z').map((lte) => ({ lte })),
);
const condition: fc.Arbitrary<RowCondition> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.nat(8), onColumn).map(([i, rest]) => ({ column: `c${i}`, ...rest })) },
  { weight: 1, arbitrary: fc.boolean().map((duplicate) => ({ duplicate })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }).map((duplicate_of) => ({ duplicate_of })) },
);

test('the kernel finds the rows that a plain filter finds, at every boundary of pieces and blocks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('narrow CSV', 'JSON list', 'JSON lines'),
      fc.integer({ min: 2, max: 120 }),
      fc.nat(),
      fc.array(condition, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(1, 5, 63, 1_000, 65_536),
      fc.constantFrom(1_024, 4_096, 262_144),
      fc.constantFrom(16, 100, 2_048),
      async (kind, count, seed, where, size, blockBytes, unitRows) => {
        const dataset = await filtered(generatedTable(kind, count, seed), formatOf(kind), { size });
        const plain = await plainFilter(dataset, where).catch((error: Error) => error.message);
        const fast = await rowsWhere(dataset, where, { tuning: { blockBytes, unitRows } }).catch(
          (error: Error) => error.message,
        );
        expect(JSON.stringify(typeof fast === 'string' ? fast : fast.rows)).toBe(JSON.stringify(plain));
      },
    ),
    { numRuns: 150 },
  );
});

describe('what cannot be answered is refused with a sentence', () => {
  test.each<[RowCondition, string]>([
    [{ column: 'pols', is_null: true }, 'There is no column "pols".'],
    [{ is_null: true }, '"is_null" needs a "column".'],
    [
      { column: 'name', outlier: 'any' },
      '"outlier" cannot be asked of column "name", which holds text: only numbers have outliers.',
    ],
    [{ column: 'people', gte: 'many' }, '"gte" of column "people" must be a number.'],
    [{ column: 'since', lt: 3 }, '"lt" of column "since" must be a date or datetime such as 2024-05-31.'],
    [
      { column: 'name', resembles: true },
      '"resembles" cannot be asked of column "name", which holds text: it resembles no other type.',
    ],
    [{}, 'A condition is empty.'],
  ])('%j', async (where, message) => {
    await expect(matching(CITIES, where)).rejects.toThrow(message);
  });

  test.each<[unknown, string]>([
    [7, 'A condition is an object such as {"column": "fare", "is_null": true}.'],
    [{ column: 'a', is_nul: true }, 'Unknown condition "is_nul". Did you mean "is_null"? All: column, in, not_in,'],
    [{ column: 'a', eq: 'x' }, 'Unknown condition "eq". Did you mean "in"?'],
    [{ column: 'a', startsWith: 'x' }, 'Unknown condition "startsWith". Did you mean "starts_with"?'],
    [{ column: 'a', between: [1, 2] }, 'Unknown condition "between". All: column,'],
    [{ column: 'a', in: [] }, '"in" must be a list of 1 to 1,000 texts'],
    [{ duplicate_of: 0 }, '"duplicate_of" must be a row number from 1.'],
    [Array(21).fill({ bad: true }), 'At most 20 conditions can be combined.'],
  ])('%j', (value, message) => {
    expect(() => parseConditions(value)).toThrow(message);
  });
});
