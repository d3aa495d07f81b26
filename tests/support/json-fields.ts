import { expect } from 'vitest';
import { DatasetError } from '../../src/processing/errors.ts';
import { checkRecord } from '../../src/processing/formats/json/fault-finder.ts';
import { decodeKey } from '../../src/processing/formats/json/names.ts';
import { JsonScanner } from '../../src/processing/formats/json/scanner.ts';
import { JsonWalker } from '../../src/processing/formats/json/walker.ts';
import { type KernelExports, useKernelCode } from '../../src/processing/host/kernel-module.ts';
import { kernelWith } from './kernel-with.ts';
import { membersOf, nestedText } from './plain/nested-text.ts';
import { RecordParser } from './plain/record-parser.ts';

/** tests/support/kernel/unit-fields.ts. */
interface UnitFields {
  touchedColumns(): number;
  touchedColumnCount(): number;
  isTouched(column: number): number;
  fieldBegins(column: number): number;
  fieldEnds(column: number): number;
  fieldKinds(column: number): number;
}
useKernelCode(await kernelWith('tests/support/kernel/unit-fields.ts'));

/** A field that is not null: its kind, its text, and its canonical form in the reader's own way. */
interface Field {
  kind: 'string' | 'number' | 'boolean' | 'nested';
  text: string;
  canonical: string;
}
/** What a reader makes of a file: its records, or the words of the error. */
export interface JsonFile {
  error?: string;
  keys: string[];
  records: Map<string, Field>[];
  /** Row and key that are repeated first. */
  repeated: string | undefined;
  format?: string;
}
const KINDS = ['null', 'string', 'number', 'boolean', 'nested', 'number'] as const;

/** By the scanner and the parser in TypeScript. */
export function plainJson(bytes: Buffer, { origin = 0, notUtf8 = false } = {}): JsonFile {
  const file: JsonFile = { keys: [], records: [], repeated: undefined };
  const parser = new RecordParser();
  const scanner = new JsonScanner(origin, (record, place) => {
    checkRecord(record, scanner.records, place);
    const fields = parser.parse(record.toString());
    if (parser.repeatedKey !== undefined) file.repeated ??= `${scanner.records} ${parser.repeatedKey}`;
    const texts = new Map(membersOf(record.toString()));
    for (const key of fields.keys()) if (!file.keys.includes(key)) file.keys.push(key);
    file.records.push(
      new Map(
        [...fields].flatMap(([key, { kind, text, canonical }]) =>
          kind === 'null'
            ? []
            : [[key, { kind, text: kind === 'nested' ? nestedText(texts.get(key)!) : text, canonical }]],
        ),
      ),
    );
  });
  try {
    scanner.push(bytes);
    if (notUtf8) scanner.notUtf8();
    scanner.end();
    file.format = scanner.format;
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    file.error = error.message;
  }
  return file;
}

interface KernelJson {
  blockBytes?: number;
  batchRows?: number;
  cells?: number;
  /** How the bytes are cut. */
  chunkBytes?: number;
  /** The file's offset of the first byte. */
  origin?: number;
  /** More bytes come, and they are not UTF-8. */
  notUtf8?: boolean;
}
/** By the kernel. */
export async function kernelJson(bytes: Buffer, options: KernelJson = {}): Promise<JsonFile> {
  const file: JsonFile = { keys: [], records: [], repeated: undefined };
  const { chunkBytes = bytes.length, notUtf8, origin = 0, blockBytes, batchRows, cells } = options;
  const tuning = { blockBytes, unitRows: batchRows, unitCells: cells };
  const reader = new JsonWalker(origin, { format: 'json', tuning });
  const { job } = reader;
  const readUnit = (rows: number) => {
    const { keys } = reader;
    const kernel = job.kernel as KernelExports & UnitFields;
    const text = (from: number, to: number) => decodeKey(job.view(from, to - from));
    const records = Array.from({ length: rows }, () => new Map<string, Field>());
    const touched = job.thread.words(kernel.touchedColumns(), kernel.touchedColumnCount());
    expect([...touched].sort((a, b) => a - b)).toEqual(
      [...keys.keys()].filter((column) => kernel.isTouched(column) !== 0),
    );
    touched.forEach((column) => {
      const key = keys[column]!;
      records.forEach((record, row) => {
        const code = job.view(kernel.fieldKinds(column) + row, 1)[0]!;
        const kind = KINDS[code]!;
        if (kind === 'null') return;
        const from = job.view(kernel.fieldBegins(column) + row * 4, 4).readUInt32LE() + 1;
        const to = job.view(kernel.fieldEnds(column) + row * 4, 4).readUInt32LE();
        const own = code < 4 ? { at: from, length: to - from } : undefined;
        const other = job.view(from - 8, 8);
        const { at, length } = own ?? { at: other.readUInt32LE(0), length: other.readUInt32LE(4) };
        const canonical = text(at, at + length);
        record.set(key, { kind, text: text(from, to), canonical: `${kind} ${canonical}` });
      });
    });
    file.records.push(...records);
  };
  const emit = job.emit.bind(job);
  // a unit is read before it is handed on: afterwards its memory serves the next one
  job.emit = (rows, ...rest) => {
    if (rows > 0) readUnit(rows);
    return emit(rows, ...rest);
  };
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) await reader.push(bytes.subarray(at, at + chunkBytes));
    if (notUtf8) await reader.notUtf8();
    await reader.end();
    file.format = reader.format;
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    file.error = error.message;
  }
  file.keys = reader.keys;
  const repeated = reader.warnings.find(({ code }) => code === 'repeated_key');
  if (repeated) file.repeated = /^Row (\d+) has the key "(.*)" more/s.exec(repeated.message)!.slice(1).join(' ');
  return file;
}
