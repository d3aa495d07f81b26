import { SaxesParser } from 'saxes';
import { mebibytes } from '../../limits.ts';
import { damagedPart } from './xml-scanner.ts';

/** Bytes of a part that describes the workbook: its styles are the largest. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Elements within elements, and characters of a name: of both some 30 are usual. */
const MOST_DEPTH = 100;
const MOST_NAME_CHARACTERS = 255;

/** An element's name and attributes, without prefixes but for those of attributes. */
export type TakeElement = (path: string, attributes: Readonly<Record<string, string>>) => void;

/**
 * Reads a part that describes the workbook: not one of its tables, which are too large for a general parser.
 * @param take called for each element with the names down to it: `workbook/sheets/sheet`
 * @throws DatasetError when it is no XML, or unusually large
 */
export async function readXmlPart(pieces: AsyncIterable<Uint8Array>, part: string, take: TakeElement): Promise<void> {
  const parser = new SaxesParser();
  const paths: string[] = [];
  parser.on('error', (error) => {
    throw damagedPart(part, `is no XML (${error.message})`);
  });
  parser.on('doctype', () => {
    throw damagedPart(part, 'declares a document type, which workbooks do not have');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name.length > MOST_NAME_CHARACTERS)
      throw damagedPart(part, `has an element whose name is longer than ${MOST_NAME_CHARACTERS} characters`);
    if (paths.length === MOST_DEPTH) throw damagedPart(part, `has more than ${MOST_DEPTH} elements within each other`);
    const own = name.slice(name.indexOf(':') + 1);
    const path = paths.length === 0 ? own : `${paths.at(-1)}/${own}`;
    paths.push(path);
    take(path, attributes);
  });
  parser.on('closetag', () => void paths.pop());
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw damagedPart(part, `has more than ${mebibytes(MOST_BYTES)}`);
    parser.write(decoded(part, () => decoder.decode(piece, { stream: true })));
  }
  parser.write(decoded(part, () => decoder.decode()));
  parser.close();
}

function decoded(part: string, decode: () => string): string {
  try {
    return decode();
  } catch {
    throw damagedPart(part, 'has bytes that are not UTF-8');
  }
}
