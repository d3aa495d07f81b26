import { extname } from 'node:path';
import { AppError } from '../core/errors.ts';

export type ContentType = 'text/csv' | 'application/json';

const DECLARED = new Map<string, ContentType>([
  ['text/csv', 'text/csv'],
  ['text/tab-separated-values', 'text/csv'],
  ['application/json', 'application/json'],
  ['application/x-ndjson', 'application/json'],
  ['application/ndjson', 'application/json'],
  ['application/jsonl', 'application/json'],
]);
/** What clients say when they do not know: then the file's extension decides. */
const UNTOLD = new Set(['', 'application/octet-stream', 'application/vnd.ms-excel']);
/** Names that clients have for text: the extension decides too, and without one they are what stands here. */
const LOOSE = new Map<string, ContentType>([
  ['text/plain', 'text/csv'],
  ['application/csv', 'text/csv'],
  ['text/x-csv', 'text/csv'],
  ['text/comma-separated-values', 'text/csv'],
  ['text/json', 'application/json'],
]);
const EXTENSIONS = new Map<string, ContentType>([
  ...['.csv', '.tsv', '.tab', '.psv', '.txt'].map((extension) => [extension, 'text/csv'] as const),
  ...['.json', '.ndjson', '.jsonl', '.geojson'].map((extension) => [extension, 'application/json'] as const),
]);
const LINES = new Set(['.ndjson', '.jsonl']);
const NAMES = [...EXTENSIONS.keys()].join(', ').replace(/, (\S+)$/, ' or $1');

/** What a file of that name holds, by its extension; `undefined` for one that says nothing. */
export const contentTypeOfName = (filename: string): ContentType | undefined =>
  EXTENSIONS.get(extname(filename).toLowerCase());

/** Whether a file of that name holds an object a line: one alone is then a row. */
export const isOfLines = (filename: string): boolean => LINES.has(extname(filename).toLowerCase());

/**
 * The dataset's content type, from what the client declared (parameters do no harm), else from the file's extension.
 * @throws AppError UNSUPPORTED_MEDIA_TYPE when it is neither CSV nor JSON
 */
export function contentTypeOf(declared: string | undefined, filename: string): ContentType {
  const type = (declared ?? '').split(';')[0]!.trim().toLowerCase();
  const isLoose = LOOSE.has(type) || UNTOLD.has(type);
  const found = DECLARED.get(type) ?? (isLoose ? contentTypeOfName(filename) : undefined);
  if (found) return found;
  // an extension that is known for something else says more than a name that fits any text
  if (LOOSE.has(type) && extname(filename) === '') return LOOSE.get(type)!;
  const seen = isLoose ? `the file ${JSON.stringify(filename)} without a telling type` : JSON.stringify(type);
  throw new AppError(
    'UNSUPPORTED_MEDIA_TYPE',
    `Only CSV and JSON can be processed, not ${seen}. Send text/csv or application/json, or a file named ${NAMES}.`,
  );
}

const FALLBACK = 'upload';
const MOST_NAME_BYTES = 200;

/** The client's file name made safe as the last part of an object key: no folders, no control characters, at most 200 bytes. */
export function safeFilename(filename: string | undefined): string {
  const last = (filename ?? '').split(/[/\\]/).at(-1)!;
  let safe = last
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim();
  // the extension, at the end, is kept; a name may come with 16 KiB
  safe = [...safe].slice(-MOST_NAME_BYTES).join('');
  while (Buffer.byteLength(safe) > MOST_NAME_BYTES) safe = [...safe].slice(1).join('');
  return safe === '' || safe === '.' || safe === '..' ? FALLBACK : safe;
}
