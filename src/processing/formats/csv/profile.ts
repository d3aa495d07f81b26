import type { ByteSource } from '../../byte-source.ts';
import { PLACES_IN_WARNING } from '../../limits.ts';
import type { ProfileOptions } from '../../profile-options.ts';
import type { Profile, Warning } from '../../profile-types.ts';
import { encodingOf, readingOf } from '../../text/encoding.ts';
import type { TextFacts } from '../../text/text-facts.ts';
import { textOf } from '../../text/text-reading.ts';
import type { WrongBytes } from '../../text/utf8-check.ts';
import { columnNames } from '../column-names.ts';
import { undecodableWarnings } from '../decode-text.ts';
import type { Declared } from '../format.ts';
import type { Dialect } from './dialect.ts';
import { rawNames } from './header.ts';
import { CsvReading } from './reading.ts';
import type { CsvSplitter } from './splitter.ts';

/** @throws DatasetError with row, line and byte when the bytes are not a table */
export async function profileCsv(source: ByteSource, options: ProfileOptions, declared: Declared): Promise<Profile> {
  using reading = new CsvReading(source, options, declared);
  for await (const { facts, splitter } of reading.steps())
    options.onProgress?.({ bytes: facts.bytes, rows: splitter?.rowCount ?? 0 });
  const profile = await profileOf(reading.splitter!, reading.dialect!, reading.facts, declared);
  const read = readingOf(reading.facts);
  const shown = (text: string) => textOf(text, read);
  const above = reading.firstLine - 1;
  const { lines } = reading.splitter!;
  const glimpse = reading.glimpse.rows(reading.dialect!, shown, lines && lines - above);
  for (const row of new Set([...glimpse.first, ...glimpse.last])) row.line += above;
  return { ...profile, glimpse };
}

async function profileOf(
  reader: CsvSplitter,
  dialect: Dialect,
  facts: TextFacts,
  { format, options: { quote } = {} }: Declared,
): Promise<Profile> {
  await reader.job.reached('parsed');
  const reading = readingOf(facts);
  const { top, lineEndings } = reader;
  const warnings = warningsOf(reader, dialect, facts);
  const raw = rawNames(top.header ?? [], dialect, (name) => textOf(name, reading));
  const names = columnNames(raw, warnings);
  const { columns, duplicates } = await reader.job.finish(reading);
  const endings = [null, '\n', '\r\n', 'mixed', '\r', 'mixed', 'mixed', 'mixed'] as const;
  return {
    rowCount: reader.rowCount,
    columns: columns.map((facts, i) => ({ name: names[i]!, ...facts })),
    duplicates,
    badRows: reader.badRows(),
    file: {
      format: format.name,
      encoding: encodingOf(facts),
      bom: facts.bom,
      delimiter: dialect.delimiter,
      quote: quote === undefined ? '"' : quote,
      line_ending: endings[lineEndings]!,
      bytes: facts.bytes,
    },
    warnings,
  };
}

const placesOf = ({ first }: WrongBytes) => {
  const some = first
    .slice(0, PLACES_IN_WARNING)
    .join(', ')
    .replace(/, (\d+)$/, ' and $1');
  return `${first.length === 1 ? 'byte' : 'the first at bytes'} ${some}`.replace(
    /^the first at bytes (\d+)$/,
    'byte $1',
  );
};
const times = (count: number, what: string) => `${count.toLocaleString('en')} ${what}${count === 1 ? ' is' : 's are'}`;

const added = (count: number) => (count === 1 ? '1 column is added' : `${count} columns are added`);

/** What is wrong with the text, and how it was read nevertheless. */
function textWarnings(facts: TextFacts): Warning[] {
  const { encoding, declared, invalidAt, wrong, nuls, replaced, countsAll } = facts;
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) => warnings.push({ code, message });
  if (invalidAt !== undefined && encoding === 'windows-1252') {
    if (!declared) warn('encoding_fallback', `Byte ${invalidAt} is not UTF-8; the file is read as windows-1252.`);
  } else if (invalidAt !== undefined)
    warn(
      'invalid_bytes',
      `${countsAll ? '' : 'At least '}${times(wrong.count, 'character')} not UTF-8 and shown as U+FFFD: ` +
        `${placesOf(wrong)}.`,
    );
  warnings.push(...undecodableWarnings(facts));
  if (nuls.count > 0) warn('invalid_bytes', `${times(nuls.count, 'NUL byte')} shown as U+FFFD: ${placesOf(nuls)}.`);
  if (replaced) warn('replaced_characters', 'U+0000 and lone surrogates are shown as U+FFFD.');
  return warnings;
}

/** What was done to read the file. */
function warningsOf({ top: { titleLine }, emptyRows }: CsvSplitter, dialect: Dialect, facts: TextFacts): Warning[] {
  const { titleRows, namesDelimiter, isNamedInComment, delimiter, columns, headerWidth, header, names } = dialect;
  const { hasRowNames, isMissing } = dialect;
  const warnings = textWarnings(facts);
  const warn = (code: string, message: string) => warnings.push({ code, message });
  if (isMissing)
    warn(
      'delimiter_not_found',
      `The delimiter ${JSON.stringify(delimiter)} is in none of the first rows: every row is one field.`,
    );
  if (names && names.length > columns)
    warn(
      'surplus_names',
      `${names.length} names are given for ${columns} ${columns === 1 ? 'column' : 'columns'}: ` +
        `${JSON.stringify(names[columns])} and those behind it are not used.`,
    );
  if (namesDelimiter || isNamedInComment)
    warn(
      'sep_line',
      isMissing === undefined
        ? `The first line names the delimiter, ${JSON.stringify(delimiter)}, and is not a row.`
        : 'The first line names a delimiter and is not a row.',
    );
  const titles = header ? 0 : titleRows - (namesDelimiter ? 1 : 0);
  if (titles === 1) warn('title_lines', `1 title line above the header is skipped (line ${titleLine}).`);
  else if (titles > 1)
    warn('title_lines', `${titles} title lines above the header are skipped, from line ${titleLine} on.`);
  if (hasRowNames)
    warn(
      'row_names',
      `The rows have ${columns} fields and the header ${headerWidth}: the first column holds row names ` +
        'and has no name of its own.',
    );
  else if (columns > headerWidth && header?.length !== 0)
    warn(
      'columns_added',
      `Most rows have ${columns} fields and the header ${headerWidth}: ${added(columns - headerWidth)}.`,
    );
  const { count: empty, line } = emptyRows;
  if (empty === 1) warn('empty_rows', `1 row without any value is skipped (line ${line}).`);
  else if (empty > 1)
    warn('empty_rows', `${empty.toLocaleString('en')} rows without any value are skipped, the first in line ${line}.`);
  return warnings;
}
