import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import { buildReport } from '../../../../../src/report/build-report.ts';
import { reportText } from '../../../../../src/report/report-text.ts';

// written by openpyxl 3.1, XlsxWriter 3.2 (in its two modes) and ExcelJS 4.4; the CSV beside has the same values

async function reportOf(path: string, format: string): Promise<Record<string, unknown>> {
  const profile = await profileDataset(sourceOfBytes(readFileSync(path)).bytes, { format });
  // texts of several lines put the lines of a CSV apart from the rows of a sheet
  const { file: _, ...report } = JSON.parse(reportText(buildReport(profile)).replaceAll(/\bline \d+/g, 'line N'));
  return report;
}

test.each(globSync('tests/xlsx/*.xlsx').sort())('%s has the report of the CSV beside it', async (path) => {
  const csv = path.replace(/\.[a-z-]+\.xlsx$/, '.csv');
  expect(await reportOf(path, 'xlsx')).toEqual(await reportOf(csv, 'csv'));
});
