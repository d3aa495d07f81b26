import { DatasetError } from '../errors.ts';

/** Bytes from the beginning by which a file is known. */
export const KIND_BYTES = 4_096;

type Format = 'csv' | 'json';

const UNPACK = 'Unpack it and upload what is in it.';
const EXPORT = 'Export the table as CSV.';
/** What files of other kinds begin with, as one character a byte: magic numbers of their specifications. */
const SIGNATURES: [begin: RegExp, name: string, advice: string][] = [
  [/^\x1f\x8b/, 'a gzip file', 'Unpack it (gunzip) and upload what is in it.'],
  [/^\x28\xb5\x2f\xfd/, 'a Zstandard file', 'Unpack it (unzstd) and upload what is in it.'],
  [/^BZh[1-9]1AY&SY/, 'a bzip2 file', UNPACK],
  [/^\xfd7zXZ\0/, 'an xz file', UNPACK],
  [/^7z\xbc\xaf\x27\x1c/, 'a 7-Zip archive', UNPACK],
  [/^Rar!\x1a\x07/, 'a RAR archive', UNPACK],
  [/^PK\x03\x04.*(?:xl\/|\[Content_Types\]\.xml)/s, 'an Excel workbook (.xlsx)', 'Save the sheet as CSV.'],
  [/^PK\x03\x04.{26}mimetypeapplication\/vnd\.oasis\.opendocument/s, 'an OpenDocument file', 'Save the sheet as CSV.'],
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, 'a zip archive', UNPACK],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'an old Excel or Office file (.xls)', 'Save the sheet as CSV.'],
  [/^PAR1/, 'a Parquet file', EXPORT],
  [/^Obj\x01/, 'an Avro file', EXPORT],
  [/^ORC[\x00-\x1f]/, 'an ORC file', EXPORT],
  [/^(?:ARROW1|FEA1)/, 'an Arrow or Feather file', EXPORT],
  [/^SQLite format 3\0/, 'an SQLite database', EXPORT],
  [/^%PDF-/, 'a PDF document', 'Export the table behind it as CSV.'],
  [/^\{\\rtf/, 'an RTF document', 'Save it as plain text.'],
  [/^\x89PNG\r\n\x1a\n/, 'a PNG image', EXPORT],
  [/^(?:\xff\xd8\xff|GIF8[79]a)/, 'an image', EXPORT],
];

const HTML = /^<(?:!doctype\s+html|html|head|body|table|script|meta|title)[\s>]/i;
const PAGE_ADVICE = 'It may be the page of a login or an error: open it in a browser, and download the data itself.';

/**
 * Refuses what is another kind of file under this name, by its first bytes.
 * @param first KIND_BYTES of the file behind a byte order mark, or all there are
 * @throws DatasetError that names what it is and what to do
 */
export function refuseForeign(first: Buffer, format: Format): void {
  const text = first.toString('latin1');
  const [, name, advice] = SIGNATURES.find(([begin]) => begin.test(text)) ?? markup(text) ?? json(text, format) ?? [];
  if (name === undefined) return;
  const place = format === 'csv' ? { line: 1, byte: 0 } : { line: 1, column: 1, byte: 0 };
  throw new DatasetError(`This looks like ${name}, not a ${format === 'csv' ? 'CSV' : 'JSON'} file`, place, advice);
}
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

/** JSON under the name of a CSV: a list of objects, or an object that has its line for itself. */
function json(text: string, format: Format): Found {
  if (format === 'json') return undefined;
  const begin = text.trimStart();
  const isJson =
    /^\[\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})/.test(begin) ||
    (/^\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(begin) && /^\s*?(?:[\r\n]|$)/.test(begin.slice(objectEnd(begin))));
  if (!isJson) return undefined;
  return [0, 'JSON', 'Send it as application/json, or name it .json (.ndjson with an object a line).'];
}
/** Index behind the object that the text begins with; the length when it goes on beyond. */
function objectEnd(text: string): number {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '\\' && isInString) i++;
    else if (character === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return i + 1;
  }
  return text.length;
}
