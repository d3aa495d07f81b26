import type { ByteSource } from '../../byte-source.ts';
import type { FoundRows } from '../../filter/row-query.ts';
import type { PreviewLimits } from '../../profile-options.ts';
import type { WholeRow } from '../../whole-row.ts';
import { formatNamed } from '../choose.ts';
import type { Declared, FilterReader, KnownFile, TakeRow } from '../format.ts';
import { placed } from './profile.ts';
import { hasDecimalComma, innerOptions, rangesOf, SheetSource } from './sheet-source.ts';

/** Gives every data row to `take` (see FormatReader), its fields as text. */
export async function* xlsxRows(
  source: ByteSource,
  file: KnownFile,
  take: TakeRow,
  declared: Declared,
): AsyncGenerator<void> {
  await using ranges = await rangesOf(source);
  const { sheet, inner } = await opened(ranges, file, declared, declared.limits);
  const csv = await inner.format.load();
  try {
    yield* csv.rows(sheet.source, { format: 'csv' }, (line, read) => take(sheet.rowOf(line), read), inner);
  } catch (error) {
    throw placed(error, sheet.from);
  }
}

/** Tests the rows of a sheet: see FormatReader. It is read from its beginning: it is one compressed stream. */
export const filterXlsx: FilterReader = async function* (source, query, { index: _, ...options }, declared) {
  await using ranges = await rangesOf(source);
  const { sheet, inner } = await opened(ranges, { format: 'xlsx' }, declared, options);
  const csv = await inner.format.load();
  try {
    for await (const found of csv.filter(sheet.source, query, options, inner)) yield new SheetRows(found, sheet.rowOf);
  } catch (error) {
    throw placed(error, sheet.from);
  }
};

async function opened(
  ranges: Parameters<typeof SheetSource.open>[0],
  file: KnownFile,
  declared: Declared,
  { rowLimit, budget, signal }: PreviewLimits = {},
) {
  const said = declared.options;
  const name = typeof file.sheet === 'string' ? file.sheet : said?.sheet;
  const from = await SheetSource.open(ranges, {
    sheet: name,
    skipRows: said?.skip_rows,
    comment: said?.comment,
    decimalComma: hasDecimalComma(said),
    rowLimit,
    budget,
    signal,
  });
  const source: ByteSource = { [Symbol.asyncIterator]: () => from.text() };
  const rowOf = (line: number) => from.lines.rowOf(line);
  const format = formatNamed('csv', declared.formats);
  return { sheet: { from, source, rowOf }, inner: { ...declared, format, options: innerOptions(said) } };
}

/** Found rows with the sheet's rows as their lines. */
class SheetRows implements FoundRows {
  readonly #found: FoundRows;
  readonly #rowOf: (line: number) => number;
  constructor(found: FoundRows, rowOf: (line: number) => number) {
    this.#found = found;
    this.#rowOf = rowOf;
  }
  take(): WholeRow[] {
    const taken = this.#found.take();
    for (const row of taken) row.line = this.#rowOf(row.line);
    return taken;
  }
  get matched(): number {
    return this.#found.matched;
  }
  get read(): number {
    return this.#found.read;
  }
  get hash(): Buffer | undefined {
    return this.#found.hash;
  }
  get classCounts(): Float64Array {
    return this.#found.classCounts;
  }
}
