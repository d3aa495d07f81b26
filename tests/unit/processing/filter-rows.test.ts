import { describe, expect, test } from 'vitest';
import { parseConditions } from '../../../src/processing/filter/parse-conditions.ts';
import { filterRows } from '../../../src/processing/filter-rows.ts';
import { profileDataset } from '../../../src/processing/profile.ts';
import type { RowCondition } from '../../../src/processing/row-conditions.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import { filterColumns } from '../../../src/report/filter-columns.ts';

async function* chunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function datasetOf(text: string | Buffer, format = 'csv') {
  const bytes = Buffer.from(text as string);
  const report = buildReport(await profileDataset(chunks(bytes, bytes.length), { format, isOfLines: true }));
  const { file } = report;
  return { open: () => chunks(bytes, 11), file, columns: filterColumns(report) };
}
/** The numbers of the rows for which the conditions hold. */
async function matching(text: string | Buffer, where: RowCondition | RowCondition[], format = 'csv') {
  const steps = await Array.fromAsync(filterRows(await datasetOf(text, format), [where].flat()));
  const rows = steps.flatMap((step) => step.rows.map(({ row }) => row));
  expect(steps.at(-1)!.matched).toBe(rows.length);
  return rows;
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

test('rows come with their values, up to the number that is wanted', async () => {
  const dataset = await datasetOf(CITIES);
  const where = [{ column: 'name', in: ['Oslo'] }];
  const first = await Array.fromAsync(filterRows(dataset, where, { first: 1 }));
  expect(first.flatMap(({ rows }) => rows)).toMatchObject([{ row: 1, line: 2 }]);
  const counted = await Array.fromAsync(filterRows(dataset, where, { first: 1, after: 1, countsAll: true }));
  expect(counted.flatMap(({ rows }) => rows)).toEqual([
    {
      row: 4,
      line: 5,
      fields: [
        ['name', 'Oslo'],
        ['people', '700'],
        ['since', '2001-02-03'],
      ],
    },
  ]);
  expect(counted.at(-1)).toMatchObject({ matched: 2, read: 4 });
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
    [{ column: 'a', is_nul: true }, 'A condition has no member "is_nul"'],
    [{ column: 'a', in: [] }, '"in" must be a list of 1 to 1,000 texts'],
    [{ duplicate_of: 0 }, '"duplicate_of" must be a row number from 1.'],
    [Array(21).fill({ bad: true }), 'At most 20 conditions can be combined.'],
  ])('%j', (value, message) => {
    expect(() => parseConditions(value)).toThrow(message);
  });
});
