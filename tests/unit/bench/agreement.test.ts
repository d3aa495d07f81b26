import { expect, test } from 'vitest';
import { compareFacts, type Facts, factsOfReport } from '../../../bench/agreement.ts';
import { profileText } from '../../support/profile-text.ts';

const facts = async () => factsOfReport(await profileText('a,b\n1,x\n2,yy\n2,yy\n,z\n', 'csv'));

test('the facts of a report', async () => {
  const { rows, duplicates, columns } = await facts();
  expect({ rows, duplicates }).toEqual({ rows: 4, duplicates: 1 });
  expect(columns![0]).toMatchObject({
    name: 'a',
    nulls: 1,
    distinct: 2,
    top: [2, 1],
    min: 1,
    max: 2,
    median: 2,
    outliers: 0,
  });
  expect(columns![1]).toMatchObject({ name: 'b', nulls: 0, distinct: 3, length: { min: 1, max: 2, mean: 1.5 } });
});

test('what differs is named; the last digits of a sum and what one does not compute are not', async () => {
  const ours = await facts();
  expect(compareFacts(ours, ours).differing).toEqual([]);
  expect(compareFacts(ours, { rows: 4 })).toEqual({ equal: 1, differing: [] });
  const changed = (change: (theirs: Facts) => void) => {
    const theirs = structuredClone(ours);
    change(theirs);
    return compareFacts(ours, theirs).differing;
  };
  expect(changed(({ columns }) => (columns![0]!.mean! += 1e-13))).toEqual([]);
  expect(changed((theirs) => (theirs.duplicates = 2))).toEqual(['duplicate rows: ours 1, theirs 2']);
  expect(changed(({ columns }) => (columns![0]!.mean! += 1e-3))).toHaveLength(1);
  expect(changed(({ columns }) => (columns![1]!.nulls = 1))).toEqual(['b nulls: ours 0, theirs 1']);
  expect(changed(({ columns }) => delete columns![0]!.q1)).toEqual(['a is of numbers: ours true, theirs false']);
  expect(changed(({ columns }) => columns!.pop())).toEqual(['columns: ours 2, theirs 1']);
});
