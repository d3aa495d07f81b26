import { AppError } from '../core/errors.ts';
import { extensionOf, formatOfFilename } from '../processing/formats/choose.ts';
import { FORMATS, TABLE_FORMATS } from '../processing/formats/formats.ts';
import { notOfThese, otherKind } from '../processing/formats/other-kinds.ts';
import { cut } from '../processing/text/trim.ts';

/** "a, b or c" */
const listed = (words: readonly string[]) => words.join(', ').replace(/, (\S+)$/, ' or $1');

/** The formats as a sentence lists them: "CSV or JSON". */
export const FORMAT_LABELS = listed(TABLE_FORMATS.map(({ label }) => label));
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
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', refusal(type, filename));
}

/** Code points of a file's name, or of the type that it was declared as, in a sentence. */
const SAID_CODE_POINTS = 80;

/** What to do with a file whose name says nothing, by its declared type. */
function adviceByType(type: string): string | undefined {
  if (/^(?:image|audio|video)\//.test(type)) return `Choose a ${FORMAT_LABELS} file.`;
  if (/spreadsheet|ms-excel/.test(type)) return 'Save the sheet as CSV.';
  if (/zip|compressed/.test(type)) return 'Unpack it and upload the file in it.';
  return type === 'application/pdf' || /word|parquet/.test(type) ? 'Export the table as CSV.' : undefined;
}

function refusal(type: string, filename: string): string {
  const types = listed(TABLE_FORMATS.map(({ contentTypes: [stored] }) => stored));
  if (formatOfFilename(filename)) {
    const name = cut(filename, SAID_CODE_POINTS);
    return `${name} was sent as ${cut(type, SAID_CODE_POINTS)}, not as ${FORMAT_LABELS}. Send it as ${types}.`;
  }
  const kind = otherKind(filename, FORMAT_LABELS);
  if (kind) return kind;
  // a program that sends no name has only the type to say what it sends
  const or = extensionOf(filename) === '' ? `, or are sent as ${types}` : '';
  const endings = `Such files end in ${listed(ACCEPTED_EXTENSIONS)}${or}.`;
  return notOfThese(filename, FORMAT_LABELS, adviceByType(type) ?? endings);
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
