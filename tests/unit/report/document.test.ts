import { expect, test } from 'vitest';
import { profileDataset } from '../../../src/processing/profile.ts';
import { buildReport, reportText } from '../../../src/report/build-report.ts';
import { readReport } from '../../../src/report/document.ts';

/** The names of the columns as a report that is read back has them. */
async function namesOf(header: string): Promise<string[]> {
  const profile = await profileDataset(
    (async function* () {
      yield Buffer.from(`${header}\n1,2\n`);
    })(),
    { format: 'csv' },
  );
  return Object.keys(readReport(reportText(buildReport(profile))).null_counts);
}

test('names of columns are read back as they were', async () => {
  expect(await namesOf('x,__proto__')).toEqual(['x', '__proto__']);
  expect(await namesOf('"x""","\u{1d11e}\u001b"')).toEqual(['x"', '\u{1d11e}\u001b']);
});

// wrong: JSON.parse of V8 takes the key "size \"" for "size \\" once it has read that (nodejs/node#63785)
test.fails('a name with an escape after one with a backslash', async () => {
  expect(await namesOf('a,size \\')).toEqual(['a', 'size \\']);
  expect(await namesOf('a,"size """')).toEqual(['a', 'size "']);
});
