import type { ByteSource } from '../../byte-source.ts';
import { readingOf } from '../../text/encoding.ts';
import { type Encoding, textOf } from '../../text/text-reading.ts';
import { columnNames } from '../column-names.ts';
import { decodeText } from '../decode-text.ts';
import type { Declared, KnownFile, TakeRow } from '../format.ts';
import { type DetectedTable, HeadCollector } from './head-collector.ts';
import { rawNames, rowsAbove, TableTop } from './header.ts';
import type { CsvRewriter } from './rewriter.ts';
import { rowContent } from './row-content.ts';
import { csvRules } from './rules.ts';
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
  const rules = csvRules(declared.options);
  const head = new HeadCollector(facts, rules, file.encoding);
  let rewriter: CsvRewriter | undefined;
  let scanner: CsvScanner | undefined;
  const begin = () => {
    const table = head.detect();
    head.close(); // readers are slow, and there may be many
    scanner = rowScanner(table, shown, take);
    rewriter = table.rewriter;
    for (const chunk of table.held) scanner.push(rewriter?.push(chunk) ?? chunk);
  };
  try {
    for await (const chunk of chunks) {
      if (scanner) scanner.push(rewriter?.push(chunk) ?? chunk);
      else if (head.push(chunk)) begin();
      yield;
    }
    if (!scanner) {
      head.end();
      begin();
    }
    if (rewriter) scanner!.push(rewriter.end());
    scanner!.end();
  } finally {
    head.close();
  }
}

function rowScanner({ dialect, place }: DetectedTable, shown: (text: string) => string, take: TakeRow): CsvScanner {
  const top = new TableTop(dialect);
  const namesOf = () => columnNames(rawNames(top.header ?? [], dialect, shown), []);
  let names = top.isComplete ? namesOf() : [];
  const scanner = new CsvScanner(
    dialect.separator,
    (row) => {
      if (top.isComplete) return take(row.line, () => rowContent(names, row.fields.slice(0, row.width).map(shown)));
      if (top.take(row)) names = namesOf();
      return undefined;
    },
    place,
  );
  scanner.rowsBefore = rowsAbove(dialect);
  return scanner;
}
