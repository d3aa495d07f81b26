import { DatasetError } from '../errors.ts';
import type { Declared } from './format.ts';

const UNPACK = 'Unpack it and upload the file in it.';
const EXPORT = 'Export the table as CSV.';
const CHOOSE = 'Choose a file with a table, such as a CSV.';
const LEAVE_OUT = 'Leave the option format out.';
const SHEET = 'Save it as .xlsx, or the sheet as CSV.';
/** What files of other kinds begin with, as one character per byte: magic numbers of their specifications. */
const SIGNATURES: [begin: RegExp, name: string, advice: string][] = [
  [/^\x1f\x8b/, 'a gzip file', 'Unpack it (gunzip) and upload the file in it.'],
  [/^\x28\xb5\x2f\xfd/, 'a Zstandard file', 'Unpack it (unzstd) and upload the file in it.'],
  [/^BZh[1-9]1AY&SY/, 'a bzip2 file', UNPACK],
  [/^\xfd7zXZ\0/, 'an xz file', UNPACK],
  [/^7z\xbc\xaf\x27\x1c/, 'a 7-Zip archive', UNPACK],
  [/^Rar!\x1a\x07/, 'a RAR archive', UNPACK],
  [/^PK\x03\x04.*xl\//s, 'an Excel workbook (.xlsx)', UNPACK],
  [/^PK\x03\x04.*word\//s, 'a Word document (.docx)', EXPORT],
  [/^PK\x03\x04.*ppt\//s, 'a PowerPoint presentation (.pptx)', EXPORT],
  [/^PK\x03\x04.*\[Content_Types\]\.xml/s, 'an Excel workbook or another Office document', UNPACK],
  [/^PK\x03\x04.{26}mimetypeapplication\/vnd\.oasis\.opendocument/s, 'an OpenDocument file', SHEET],
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, 'a zip archive', UNPACK],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'an Excel workbook of an older version (.xls)', SHEET],
  [/^PAR1/, 'a Parquet file', UNPACK],
  [/^Obj\x01/, 'an Avro file', EXPORT],
  [/^ORC[\x00-\x1f]/, 'an ORC file', EXPORT],
  [/^(?:ARROW1|FEA1)/, 'an Arrow or Feather file', EXPORT],
  [/^SQLite format 3\0/, 'an SQLite database', EXPORT],
  [/^%PDF-/, 'a PDF document', EXPORT],
  [/^\{\\rtf/, 'an RTF document', 'Save it as plain text.'],
  [/^\x89PNG\r\n\x1a\n/, 'a PNG image', CHOOSE],
  [/^\xff\xd8\xff/, 'a JPEG image', CHOOSE],
  [/^GIF8[79]a/, 'a GIF image', CHOOSE],
  [/^RIFF.{4}WEBP/s, 'a WebP image', CHOOSE],
  [/^(?:II\x2a\0|MM\0\x2a)/, 'a TIFF image', CHOOSE],
  [/^\0\0\0.ftyp(?:heic|avif|mif1)/s, 'an HEIC or AVIF image', CHOOSE],
  [/^\x89HDF\r\n\x1a\n/, 'an HDF5 file', EXPORT],
  [/^\x93NUMPY/, 'a NumPy array (.npy)', EXPORT],
  [/^\x80[\x02-\x05](?:\x95|c|\}|\])/, 'a Python pickle', EXPORT],
  [/^(?=.{0,256}\0).{257}ustar[\0 ]/s, 'a tar archive', UNPACK],
];

const HTML = /^<(?:!doctype\s+html|html|head|body|table|script|meta|title)[\s>]/i;
const PAGE_ADVICE = 'It may be a login or error page: open it in a browser, and download the data itself.';

/**
 * Refuses what is another kind of file under this name, by its first bytes.
 * @param first KIND_BYTES (limits.ts) of the file behind a byte order mark, or all there are
 * @param declared the format that the file should have, and those that it may have instead
 * @throws DatasetError that names what it is and what to do
 */
export function refuseForeign(first: Buffer, declared: Declared): void {
  const { format } = declared;
  const text = first.toString('latin1');
  const signature = SIGNATURES.find(([begin]) => begin.test(text));
  const [, name, advice] = signature ?? markup(text) ?? otherFormat(first, declared) ?? [];
  if (name === undefined) return;
  const isRead = declared.options?.format !== undefined && isOfOther(first, declared);
  throw new DatasetError(`This looks like ${name}, not a ${format.label} file`, {}, isRead ? LEAVE_OUT : advice);
}
/** It is certainly of another format of the list: what a person has said of it is all that is wrong. */
const isOfOther = (first: Buffer, { format, formats }: Declared) =>
  formats.some(({ name, sniff }) => name !== format.name && sniff(first) === 'certain');
type Found = [begin: unknown, name: string, advice: string] | undefined;

function markup(text: string): Found {
  const begin = text.trimStart();
  if (!begin.startsWith('<')) return undefined;
  if (HTML.test(begin)) return [0, 'an HTML page', PAGE_ADVICE];
  if (/^<\?xml\s/.test(begin) && HTML.test(begin.replace(/^<\?xml[^>]*>\s*/, '')))
    return [0, 'an HTML page', PAGE_ADVICE];
  if (/^<(?:\?xml|!doctype)\s/i.test(begin)) return [0, 'an XML document', EXPORT];
  return undefined;
}

/** A file that is certainly of another format of the list. */
function otherFormat(first: Buffer, { format, formats }: Declared): Found {
  for (const { name, label, misnamedAdvice, sniff } of formats)
    if (name !== format.name && misnamedAdvice !== undefined && sniff(first) === 'certain')
      return [0, label, misnamedAdvice];
  return undefined;
}
