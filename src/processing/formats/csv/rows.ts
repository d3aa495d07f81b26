import type { ByteSource } from '../../byte-source.ts';
import { readingOf } from '../../text/encoding.ts';
import { type Encoding, textOf } from '../../text/text-reading.ts';
import { columnNames } from '../column-names.ts';
import { decodeText } from '../decode-text.ts';
import type { Declared, KnownFile, TakeRow } from '../format.ts';
import { type DetectedTable, HeadCollector } from './head-collector.ts';
import { rawNames } from './header.ts';
import { rowContent } from './row-content.ts';
import { CsvScanner } from './scanner.ts';

/** Gives every data row to `take` (see FormatReader), its fields as text. */
export async function* csvRows(
  source: ByteSource,
  file: KnownFile,
  take: TakeRow,
  declared: Declared,
): AsyncGenerator<void> {
  const { chunks, facts } = decodeText(source, declared, false);
  const encoding = (file.encoding ?? 'utf-8') as Encoding;
  const shown = (text: string) => textOf(text, { ...readingOf(facts), encoding });
  const head = new HeadCollector(facts);
  let scanner: CsvScanner | undefined;
  const begin = () => {
    const table = head.detect();
    head.close(); // readers are slow, and there may be many
    scanner = rowScanner(table, shown, take);
    for (const chunk of table.held) scanner.push(chunk);
  };
  try {
    for await (const chunk of chunks) {
      if (scanner) scanner.push(chunk);
      else if (head.push(chunk)) begin();
      yield;
    }
    if (!scanner) {
      head.end();
      begin();
    }
    scanner!.end();
  } finally {
    head.close();
  }
}

function rowScanner({ dialect, place }: DetectedTable, shown: (text: string) => string, take: TakeRow): CsvScanner {
  const { separator, titleRows } = dialect;
  let above = titleRows + 1;
  let names: string[] = [];
  const scanner = new CsvScanner(
    separator,
    ({ fields, width, line }) => {
      if (above === 0) return take(line, () => rowContent(names, fields.slice(0, width).map(shown)));
      if (--above === 0) names = columnNames(rawNames(fields, dialect).map(shown), []);
      return undefined;
    },
    place,
  );
  scanner.rowsBefore = titleRows + 1;
  return scanner;
}
