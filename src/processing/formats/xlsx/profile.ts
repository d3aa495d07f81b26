import type { ByteSource } from '../../byte-source.ts';
import { DatasetError, movedTo } from '../../errors.ts';
import type { ProfileOptions } from '../../profile-options.ts';
import type { Glimpse, Profile, Warning } from '../../profile-types.ts';
import { formatNamed } from '../choose.ts';
import type { Declared } from '../format.ts';
import { hasDecimalComma, innerOptions, rangesOf, SheetSource } from './sheet-source.ts';

/**
 * Reads a sheet of a workbook as the CSV of the same values. Lines are the sheet's rows.
 * @throws DatasetError when it is no workbook, or the sheet is no table
 */
export async function profileXlsx(source: ByteSource, options: ProfileOptions, declared: Declared): Promise<Profile> {
  await using ranges = await rangesOf(source);
  const { signal, rowLimit, budget, maxUnpackedBytes, onProgress } = options;
  const said = declared.options;
  const limits = { rowLimit, budget, maxUnpackedBytes, signal };
  const sheet = await SheetSource.open(ranges, {
    sheet: said?.sheet,
    skipRows: said?.skip_rows,
    comment: said?.comment,
    decimalComma: hasDecimalComma(said),
    ...limits,
  });
  const inner = formatNamed('csv', declared.formats);
  const csv = await inner.load();
  const readOptions = innerOptions(said);
  const text: ByteSource = { [Symbol.asyncIterator]: () => sheet.text() };
  const job: ProfileOptions = {
    ...options,
    format: inner.name,
    readOptions,
    ...(onProgress && { onProgress: ({ rows }) => onProgress({ bytes: sheet.bytesRead, rows }) }),
  };
  try {
    const profile = await csv.profile(text, job, { ...declared, format: inner, options: readOptions });
    return await profileOf(profile, sheet, declared.format.name);
  } catch (error) {
    throw placed(error, sheet);
  }
}

async function profileOf(profile: Profile, source: SheetSource, format: string): Promise<Profile> {
  const { badRows, warnings, glimpse } = profile;
  const rows = await source.rowsOfSheets();
  const line = (each: { line: number }) => source.lines.rowOf(each.line);
  // the text's first line names the delimiter: the sheet has no such row
  const namesDelimiter = warnings.some(({ code }) => code === 'sep_line');
  const rowsOf = (all: Glimpse['first']) =>
    all.filter((each) => !namesDelimiter || each.line > 1).map((each) => ({ ...each, line: line(each) }));
  return {
    ...profile,
    badRows: { ...badRows, examples: badRows.examples.map((each) => ({ ...each, line: line(each) })) },
    file: {
      format,
      sheet: source.sheet.name,
      sheets: source.workbook.sheets.map(({ name, hidden }, i) => ({ name, hidden, rows: rows[i]! })),
      bytes: source.size,
    },
    warnings: [...ownWarnings(source), ...warnings.filter(({ code }) => code !== 'sep_line').map(shown(source))],
    ...(glimpse && {
      glimpse: {
        ...glimpse,
        titleRows: glimpse.titleRows - (namesDelimiter ? 1 : 0),
        first: rowsOf(glimpse.first),
        last: rowsOf(glimpse.last),
      },
    }),
  };
}

/** A warning about the text, whose lines are the sheet's rows. */
const shown =
  ({ lines }: SheetSource) =>
  (warning: Warning): Warning => ({
    ...warning,
    message: warning.message.replace(/\bline (\d+)/, (_, line: string) => `line ${lines.rowOf(Number(line))}`),
  });

function ownWarnings({ hasReplaced, uncalculated: { count, first } }: SheetSource): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) => warnings.push({ code, message });
  if (hasReplaced) warn('replaced_characters', 'U+0000 and lone surrogates are shown as U+FFFD.');
  const stored = 'open the workbook in Excel or LibreOffice and save it.';
  if (count === 1)
    warn('uncalculated_formulas', `1 formula has no stored result and is read as empty (cell ${first}): ${stored}`);
  else if (count > 1)
    warn(
      'uncalculated_formulas',
      `${count.toLocaleString('en')} formulas have no stored result and are read as empty, the first in cell ` +
        `${first}: ${stored}`,
    );
  return warnings;
}

/**
 * A failure of the text as one of the sheet: its lines are rows, and bytes of the text say nothing. One without a byte
 * is of the sheet itself, and has its rows.
 */
export function placed(error: unknown, { lines }: SheetSource): unknown {
  if (!(error instanceof DatasetError) || error.place.byte === undefined) return error;
  const { row, line, column } = error.place;
  return movedTo(error, {
    ...(row !== undefined && { row }),
    ...(line !== undefined && { line: lines.rowOf(line) }),
    ...(column !== undefined && { column }),
  });
}
