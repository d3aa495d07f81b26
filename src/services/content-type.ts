import { AppError } from '../core/errors.ts';
import { extensionOf, formatOfFilename } from '../processing/formats/choose.ts';
import type { Format } from '../processing/formats/format.ts';
import { FORMATS, TABLE_FORMATS } from '../processing/formats/formats.ts';
import { notOfThese, otherKind } from '../processing/formats/other-kinds.ts';

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

/** The type without its parameters, in lower case. */
const bareType = (declared = '') => declared.split(';')[0]!.trim().toLowerCase();

/**
 * The format by what the client declared, else by the file's extension. A type that is of no format says nothing: many
 * clients declare one for what they do not know.
 */
function formatAsSent(declared: string | undefined, filename: string): Format | undefined {
  const type = bareType(declared);
  const byType = FORMATS.find(({ contentTypes }) => contentTypes.includes(type));
  // an extension that is known for something else decides against a type that fits any text
  const hasNone = extensionOf(filename) === '';
  const byLooseType = FORMATS.find(({ looseContentTypes }) => hasNone && looseContentTypes?.includes(type));
  return byType ?? formatOfFilename(filename) ?? byLooseType;
}

/** Whether only the first bytes can say what a file is: neither its declared type nor its name does. */
export const needsFirstBytes = (declared: string | undefined, filename: string): boolean =>
  !formatAsSent(declared, filename) && !otherKind(filename, FORMAT_LABELS);

/** Bytes that hold every magic number. */
export const MAGIC_BYTES = 4;

/**
 * The dataset's content type, as it is stored, from what the client declared (parameters are ignored), else from the
 * file's extension, else from a magic number.
 * @param head at least MAGIC_BYTES, where the first bytes are needed and there are so many
 * @throws AppError UNSUPPORTED_MEDIA_TYPE when it is that of no format (formats/formats.ts)
 */
export function contentTypeOf(declared: string | undefined, filename: string, head?: Uint8Array): string {
  const bySignature = ({ hasSignature, zipMember, sniff }: Format) =>
    head !== undefined && (hasSignature || zipMember) && sniff(head) === 'certain';
  const format = formatAsSent(declared, filename) ?? FORMATS.find(bySignature);
  if (format) return format.contentTypes[0];
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', refusal(bareType(declared), filename));
}

/** What to do with a file whose name and first bytes say nothing, by its declared type. */
function adviceByType(type: string): string | undefined {
  if (/^(?:image|audio|video)\//.test(type)) return `Choose a ${FORMAT_LABELS} file.`;
  if (/spreadsheet|ms-excel/.test(type)) return 'Save it as .xlsx, or the sheet as CSV.';
  if (/7z|rar|tar|bzip|xz/.test(type)) return 'Unpack it and upload the file in it.';
  return type === 'application/pdf' || /word/.test(type) ? 'Export the table as CSV.' : undefined;
}

function refusal(type: string, filename: string): string {
  const types = listed(TABLE_FORMATS.map(({ contentTypes: [stored] }) => stored));
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
