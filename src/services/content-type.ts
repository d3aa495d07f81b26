import { AppError } from '../core/errors.ts';
import { extensionOf, formatOfFilename } from '../processing/formats/choose.ts';
import { FORMATS } from '../processing/formats/formats.ts';

/** "a, b or c" */
const listed = (words: readonly string[], conjunction: 'and' | 'or') =>
  words.join(', ').replace(/, (\S+)$/, ` ${conjunction} $1`);

const LABELS = FORMATS.map(({ label }) => label);
/** The formats as a sentence lists them: "CSV or JSON". */
export const FORMAT_LABELS = listed(LABELS, 'or');
/** The content types that are stored with datasets, one per format. */
export const STORED_TYPES: readonly string[] = FORMATS.map(({ contentTypes: [stored] }) => stored);
/** The extensions that uploads without a specific content type may have, with their dot. */
export const ACCEPTED_EXTENSIONS: readonly string[] = FORMATS.flatMap(({ extensions }) => extensions);
/** The content types that uploads may declare, the stored ones first. */
export const ACCEPTED_TYPES: readonly string[] = [
  ...STORED_TYPES,
  ...FORMATS.flatMap(({ contentTypes: [, ...others] }) => others),
];

/** What clients declare when they do not know: the file's extension decides then. */
const UNDECIDED = new Set(['', 'application/octet-stream', 'application/vnd.ms-excel']);

/**
 * The dataset's content type, as it is stored, from what the client declared (parameters are ignored), else from the
 * file's extension.
 * @throws AppError UNSUPPORTED_MEDIA_TYPE when it is that of no format (formats/formats.ts)
 */
export function contentTypeOf(declared: string | undefined, filename: string): string {
  const type = (declared ?? '').split(';')[0]!.trim().toLowerCase();
  const loose = FORMATS.find(({ looseContentTypes }) => looseContentTypes?.includes(type));
  const byName = loose || UNDECIDED.has(type) ? formatOfFilename(filename) : undefined;
  // an extension that is known for something else decides against a type that fits any text
  const byLooseType = extensionOf(filename) === '' ? loose : undefined;
  const format = FORMATS.find(({ contentTypes }) => contentTypes.includes(type)) ?? byName ?? byLooseType;
  if (format) return format.contentTypes[0];
  const isUnknown = loose !== undefined || UNDECIDED.has(type);
  const seen = isUnknown ? `the file ${JSON.stringify(filename)} without a specific type` : JSON.stringify(type);
  throw new AppError(
    'UNSUPPORTED_MEDIA_TYPE',
    `Only ${listed(LABELS, 'and')} can be processed, not ${seen}. ` +
      `Send ${listed(STORED_TYPES, 'or')}, or a file named ${listed(ACCEPTED_EXTENSIONS, 'or')}.`,
  );
}
const FALLBACK = 'upload';
const MOST_NAME_BYTES = 200;

/**
 * The client's file name made safe as the last part of an object key: no folders, no control characters, at most 200
 * bytes.
 */
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
