import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatOfFilename, isOfLines } from '../../../src/processing/formats/choose.ts';
import type { ReadOptions } from '../../../src/processing/options/read-options.ts';
import type { ReportDocument } from '../../../src/report/document.ts';
import { GOLDEN_INPUTS } from '../../support/golden-inputs.ts';
import { profileText } from '../../support/profile-text.ts';

// What is proposed for each file of these folders, and what its options then give, as a table that a person has read:
// file, code, options, rows, columns. A suggestion that is not in it fails, and so does one that is no longer made.

const TABLE = readFileSync('tests/suggested-readings.tsv', 'utf8').trimEnd().split('\n').slice(1);
const FILES = globSync([
  'tests/cases/*.*',
  'tests/cases-with-options/*.*',
  'tests/alert-cases/*.*',
  'tests/suggestion-cases/*.*',
])
  .concat(GOLDEN_INPUTS.map(({ file }) => file))
  .filter((file) => !/expected\.json$|README/.test(file));

async function report(file: string, readOptions?: ReadOptions): Promise<ReportDocument | undefined> {
  const { name } = formatOfFilename(file)!;
  const text = await profileText(readFileSync(file), name, [], { isOfLines: isOfLines(file), readOptions });
  return text.startsWith('{') ? (JSON.parse(text) as ReportDocument) : undefined; // else the file is refused
}

async function linesOf(file: string): Promise<string[]> {
  const lines: string[] = [];
  for (const { code, options, alternatives = [] } of (await report(file))?.suggestions ?? [])
    for (const reading of [options, ...alternatives]) {
      const read = await report(file, reading as ReadOptions);
      const columns = read?.columns.map(({ name, type }) => `${name}: ${type}`).join(' | ');
      lines.push([file.slice('tests/'.length), code, JSON.stringify(reading), read?.row_count, columns].join('\t'));
    }
  return lines;
}

describe('what is proposed for a file, and the reading that it gives', () => {
  test.each(FILES)('%s', async (file) => {
    const expected = TABLE.filter((line) => line.startsWith(`${file.slice('tests/'.length)}\t`));
    expect(await linesOf(file)).toEqual(expected);
  });
  test('every line of the table is of a file that is there', () => {
    for (const line of TABLE) expect(FILES).toContain(`tests/${line.split('\t')[0]}`);
  });
});
