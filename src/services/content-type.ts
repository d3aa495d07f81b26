import { AppError } from '../core/errors.ts';
import { extensionOf, formatOfFilename } from '../processing/formats/choose.ts';
import { FORMATS, TABLE_FORMATS } from '../processing/formats/formats.ts';
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

/** Code points of a file's name in a sentence. */
const NAME_CODE_POINTS = 80;

const SHEET = 'Save the sheet as CSV.';
const EXPORT = 'Export the table as CSV.';
const UNPACK = 'Unpack it and upload the file in it.';
const CHOOSE = `Choose a ${FORMAT_LABELS} file.`;
/** What to do with a file of another kind, by its extension. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ...['.numbers'].map((each) => [each, SHEET] as const),
  ...['.pdf', '.doc', '.docx', '.odt', '.rtf', '.htm', '.html', '.xml'].map((each) => [each, EXPORT] as const),
  ...['.sqlite', '.db', '.rds', '.sav', '.dta', '.sas7bdat'].map((each) => [each, EXPORT] as const),
  ...['.tgz', '.bz2', '.xz', '.7z', '.rar', '.tar'].map((each) => [each, UNPACK] as const),
  ...['.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg', '.bmp', '.tif', '.tiff', '.heic', '.avif'].map(
    (each) => [each, CHOOSE] as const,
  ),
]);

const WORKBOOK = 'Save it as .xlsx, or the sheet as CSV.';
const COLUMNS = 'Export the table as Parquet or CSV.';
/** Kinds of tables that are not read: what they are, and what to do with them. */
const UNREAD: ReadonlyMap<string, readonly [kind: string, advice: string]> = new Map([
  ['.xls', ['an Excel workbook of an older version', WORKBOOK]],
  ['.xlsb', ['an Excel binary workbook', WORKBOOK]],
  ['.ods', ['an OpenDocument spreadsheet', WORKBOOK]],
  ['.avro', ['an Avro file', COLUMNS]],
  ['.orc', ['an ORC file', COLUMNS]],
  ['.feather', ['a Feather file', COLUMNS]],
  ['.arrow', ['an Arrow file', COLUMNS]],
]);

/** The same by the type that was declared, for a file whose name says nothing. */
function adviceByType(type: string): string | undefined {
  if (/^(?:image|audio|video)\//.test(type)) return CHOOSE;
  if (/spreadsheet|ms-excel/.test(type)) return SHEET;
  if (/zip|compressed/.test(type)) return UNPACK;
  return type === 'application/pdf' || /word|parquet/.test(type) ? EXPORT : undefined;
}

function refusal(type: string, filename: string): string {
  const name = cut(filename, NAME_CODE_POINTS);
  const types = listed(TABLE_FORMATS.map(({ contentTypes: [stored] }) => stored));
  if (formatOfFilename(filename))
    return `${name} was sent as ${cut(type, NAME_CODE_POINTS)}, not as ${FORMAT_LABELS}. Send it as ${types}.`;
  const extension = extensionOf(filename);
  const unread = UNREAD.get(extension);
  if (unread) return `${name} is ${unread[0]}, which is not read. ${unread[1]}`;
  const is = `${name} is not a ${FORMAT_LABELS} file.`;
  const advice = ADVICE.get(extension) ?? adviceByType(type);
  if (advice !== undefined) return `${is} ${advice}`;
  // a program that sends no name has only the type to say what it sends
  const or = extension === '' ? `, or are sent as ${types}` : '';
  return `${is} Such files end in ${listed(ACCEPTED_EXTENSIONS)}${or}.`;
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
