import { CsvHead, type Dialect } from './csv-head.ts';
import { CsvKernel } from './csv-kernel.ts';
import { type ByteSource, decode, requireBytes, textOf } from './encoding.ts';
import { columnNames } from './header.ts';
import { trimAscii } from './null-tokens.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { Profile, Warning } from './profile-types.ts';

/** @throws DatasetError with row, line and byte when the bytes are no table */
export async function profileCsv(source: ByteSource, options: ProfileOptions): Promise<Profile> {
  const { chunks, fill, facts } = decode(source, false);
  let head: CsvHead | undefined;
  let place = { origin: 0, utf16: false };
  // bytes of the head, until the dialect is known: at most 128 MiB, as CsvHead bounds it
  let held: Buffer[] = [];
  let reader: CsvKernel | undefined;
  let dialect: Dialect | undefined;

  const begin = async () => {
    dialect = head!.judge();
    reader = new CsvKernel(dialect, place, options, head!.release());
    for (const chunk of held) await reader.push(chunk);
    held = [];
  };
  const openHead = () => {
    const utf16 = facts.encoding.startsWith('utf-16');
    place = { origin: !facts.bom ? 0 : utf16 ? 2 : 3, utf16 };
    return new CsvHead(place, options.spill);
  };
  try {
    for await (const chunk of chunks) {
      options.signal?.throwIfAborted();
      if (reader) await reader.push(chunk);
      else {
        const copy = Buffer.from(chunk); // the source may use its buffer again
        held.push(copy);
        head ??= openHead();
        if (head.push(copy, facts.end)) await begin();
      }
      do {
        options.onProgress?.({ bytes: facts.bytes, rows: reader?.rowCount ?? 0 });
        options.signal?.throwIfAborted();
      } while (await reader?.fill(fill));
    }
    requireBytes(facts.bytes);
    if (!reader) {
      head ??= openHead();
      head.end();
      await begin();
    }
    return await profileOf(reader!, dialect!, facts, options);
  } finally {
    head?.close();
    reader?.job.close();
  }
}

async function profileOf(
  reader: CsvKernel,
  { titleRows, delimiter, headerWidth, columns: width }: Dialect,
  facts: ReturnType<typeof decode>['facts'],
  options: ProfileOptions,
): Promise<Profile> {
  await reader.end();
  const onStage = async (stage: 'parsed' | 'statistics' | 'anomalies') => {
    options.signal?.throwIfAborted();
    await options.onStage?.(stage);
    options.signal?.throwIfAborted();
  };
  await onStage('parsed');
  const { encoding } = facts;
  const { header = [], titleLine, lineEndings } = reader;
  const warnings: Warning[] = [];
  if (facts.invalidAt !== undefined) {
    warnings.push({
      code: 'encoding_fallback',
      message: `Byte ${facts.invalidAt} is not UTF-8; the file is read as windows-1252.`,
    });
  }
  if (facts.replaced)
    warnings.push({ code: 'replaced_characters', message: 'U+0000 and lone surrogates are shown as U+FFFD.' });
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
  const { columns, duplicates } = await reader.job.finish(encoding, onStage);
  const endings = [null, '\n', '\r\n', 'mixed', '\r', 'mixed', 'mixed', 'mixed'] as const;
  return {
    rowCount: reader.rowCount,
    columns: columns.map((facts, i) => ({ name: names[i]!, ...facts })),
    duplicates,
    badRows: reader.badRows(),
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
