import { CsvHead, type Dialect } from './csv-head.ts';
import { CsvKernel } from './csv-kernel.ts';
import { type CsvReader, CsvTable } from './csv-table.ts';
import { decode, requireBytes, textOf } from './encoding.ts';
import { columnNames } from './header.ts';
import { trimAscii } from './null-tokens.ts';
import type { ColumnFacts, Profile, ProfileOptions, Warning } from './profile-types.ts';

/** @throws DatasetError with row, line and byte when the bytes are no table */
export async function profileCsv(source: AsyncIterable<Uint8Array>, options: ProfileOptions): Promise<Profile> {
  const { chunks, facts } = decode(source, false);
  let head: CsvHead | undefined;
  let place = { origin: 0, utf16: false };
  // bytes of the head, until the dialect is known: at most 128 MiB, as CsvHead bounds it
  let held: Buffer[] | undefined = [];
  let reader: CsvReader | undefined;
  let dialect: Dialect | undefined;

  const begin = () => {
    dialect = head!.judge();
    reader =
      place.utf16 || options.kernel === false
        ? new CsvTable(dialect, place, facts, options.distinctBound)
        : new CsvKernel(dialect, place.origin, facts, options);
    for (const chunk of held!) reader.push(chunk);
    held = undefined;
  };
  const openHead = () => {
    const utf16 = facts.encoding.startsWith('utf-16');
    place = { origin: !facts.bom ? 0 : utf16 ? 2 : 3, utf16 };
    return new CsvHead(place);
  };
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    if (reader) reader.push(chunk);
    else {
      held!.push(Buffer.from(chunk)); // a copy: the source may use its buffer again
      head ??= openHead();
      if (head.push(chunk, facts.end)) begin();
    }
    options.onProgress?.({ bytes: facts.bytes, rows: reader?.rowCount ?? 0 });
  }
  requireBytes(facts.bytes);
  if (!reader) {
    head ??= openHead();
    head.end();
    begin();
  }
  reader!.end();
  await options.onStage?.('parsed');
  options.signal?.throwIfAborted();

  const { encoding } = facts;
  const { header = [], rowCount, badRows, titleLine, lineEndings } = reader!;
  const warnings: Warning[] = [];
  if (facts.invalidAt !== undefined) {
    warnings.push({
      code: 'encoding_fallback',
      message: `Byte ${facts.invalidAt} is not UTF-8; the file is read as windows-1252.`,
    });
  }
  if (facts.replaced)
    warnings.push({ code: 'replaced_characters', message: 'U+0000 and lone surrogates are shown as U+FFFD.' });
  const { titleRows, delimiter, headerWidth, columns: width } = dialect!;
  if (titleRows > 0)
    warnings.push({
      code: 'title_lines',
      message: `${titleRows} title ${titleRows === 1 ? 'line' : 'lines'} before the header, from line ${titleLine} on, skipped.`,
    });
  if (width > headerWidth) {
    warnings.push({
      code: 'columns_added',
      message: `Most rows have ${width} fields, the header ${headerWidth}; columns are added.`,
    });
  }
  const raw = Array.from({ length: width }, (_, i) =>
    i < header.length ? textOf(trimAscii(header[i]!), encoding) : `column_${i + 1}`,
  );
  const names = columnNames(raw, warnings);
  await options.onStage?.('statistics');
  const columns: ColumnFacts[] = [];
  for (const [i, name] of names.entries()) {
    // columns of a large file take seconds together: whoever waits has a turn, and an abort is heard
    if (i % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
    columns.push(reader!.column(i, name));
  }
  await options.onStage?.('anomalies');
  const endings = [null, '\n', '\r\n', 'mixed', '\r', 'mixed', 'mixed', 'mixed'] as const;
  return {
    rowCount,
    columns,
    duplicates: reader!.duplicates(),
    badRows,
    file: {
      format: 'csv',
      encoding,
      bom: facts.bom,
      delimiter,
      quote: '"',
      lineEnding: endings[lineEndings]!,
      bytes: facts.bytes,
    },
    warnings,
  };
}
