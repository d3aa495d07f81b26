import { DatasetError } from '../errors.ts';
import { SUBSTITUTE } from './text-reading.ts';
import { noteWrong, type WrongBytes } from './utf8-check.ts';

/** A file with at least this many NUL bytes in its first MiB, and at least this share of them, is binary. */
const BINARY_NULS = 10;
const BINARY_SHARE = 0.01;
/**
 * It looks like UTF-16 when at least this share of the NUL bytes is at offsets of one parity, even or odd, and at least
 * this share of those offsets has one: the high bytes of ASCII characters.
 */
const UTF16_SHARE = 0.9;
const UTF16_FILL = 0.5;

/** Bytes of which it is looked whether they are text of another script, whose high bytes are no NULs. */
const READABLE_BYTES = 64 * 1024;
const READABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\t\r\n]+$/u;

/** Whether it is lines of assigned characters in UTF-16; the last one may be cut off. */
function isReadable(bytes: Buffer, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, READABLE_BYTES)).slice(0, -1);
  return text.includes('\n') && !text.includes('\ufffd') && READABLE.test(text);
}

/** Replaces every NUL byte by SUBSTITUTE. @param at offset in the file of the first byte */
export function replaceNuls(bytes: Buffer, at: number, found: WrongBytes): void {
  for (let i = bytes.indexOf(0); i >= 0; i = bytes.indexOf(0, i + 1)) {
    noteWrong(found, at + i);
    bytes[i] = SUBSTITUTE;
  }
}

/**
 * Refuses a file whose NUL bytes are too many for a text.
 * @param bytes its first MiB, or all there are, a byte order mark included
 * @param label of the format that it should be: "CSV"
 * @throws DatasetError with what it looks like and what to do
 */
export function refuseBinary(bytes: Buffer, label: string): void {
  const nuls = [0, 0] as [even: number, odd: number];
  let last = 0;
  for (let i = bytes.indexOf(0); i >= 0; i = bytes.indexOf(0, i + 1)) {
    nuls[i % 2]!++;
    last = i;
  }
  const count = nuls[0] + nuls[1];
  if (count < BINARY_NULS || count < bytes.length * BINARY_SHARE) return;
  const first = bytes.indexOf(0);
  const place = { line: lineOf(bytes, first), byte: first };
  const most = Math.max(...nuls);
  const [order, encoding] = nuls[1] > nuls[0] ? ['little', 'utf-16le'] : ['big', 'utf-16be'];
  if (most >= count * UTF16_SHARE && (most >= (bytes.length / 2) * UTF16_FILL || isReadable(bytes, encoding)))
    throw new DatasetError(
      `This looks like UTF-16 (${order}-endian) without a byte order mark`,
      place,
      `Save it as UTF-8, or give the option encoding: ${encoding}.`,
      [{ encoding }],
    );
  if (last === bytes.length - 1 && count === bytes.length - first && first > 0)
    throw new DatasetError(
      'From here to the end the file is only NUL bytes: it was not completely written or copied',
      place,
      'Export or copy it again, or remove these bytes.',
    );
  throw new DatasetError(
    `This looks like a binary file, not a ${label} file: ${count.toLocaleString('en')} of its first ` +
      `${bytes.length.toLocaleString('en')} bytes are NUL`,
    place,
    'Export the table as CSV.',
  );
}
/** Lines from 1; CRLF is one line end. */
function lineOf(bytes: Buffer, at: number): number {
  let line = 1;
  for (let i = 0; i < at; i++) {
    if (bytes[i] === 13 || (bytes[i] === 10 && bytes[i - 1] !== 13)) line++;
  }
  return line;
}
