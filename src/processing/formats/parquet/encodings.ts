// The values of a page from their encoding, https://parquet.apache.org/docs/file-format/data-pages/encodings/

import type { ByteArrays } from './byte-arrays.ts';
import { deltaByteArrays, deltaIntegers, deltaLengthByteArrays } from './delta.ts';
import { decodeHybrid } from './levels.ts';
import type { Encoding } from './pages.ts';

export type PhysicalType =
  | 'BOOLEAN'
  | 'INT32'
  | 'INT64'
  | 'INT96'
  | 'FLOAT'
  | 'DOUBLE'
  | 'BYTE_ARRAY'
  | 'FIXED_LEN_BYTE_ARRAY';

/** The values of a page as they are stored, nulls left out: by the physical type, or indices of the dictionary. */
export type Values =
  | { kind: 'indices'; values: Uint32Array }
  | { kind: 'BOOLEAN'; values: Uint8Array }
  | { kind: 'INT32'; values: Int32Array }
  | { kind: 'INT64'; values: BigInt64Array }
  | { kind: 'FLOAT'; values: Float32Array }
  | { kind: 'DOUBLE'; values: Float64Array }
  | { kind: 'bytes'; values: ByteArrays };

/** What a column's values are stored as. */
export interface Stored {
  physical: PhysicalType;
  /** Bytes of a value of FIXED_LEN_BYTE_ARRAY. */
  width: number;
}

/** @param count values that are not null @throws Error for bytes that are not of the encoding, or too few */
export function decodeValues(bytes: Buffer, encoding: Encoding, stored: Stored, count: number): Values {
  const { physical } = stored;
  if (count === 0) return plain(Buffer.alloc(0), stored, 0); // some writers leave the bytes out, whatever the encoding
  switch (encoding) {
    case 'PLAIN':
      return plain(bytes, stored, count);
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY':
      return { kind: 'indices', values: indices(bytes, count) };
    case 'RLE':
      if (physical !== 'BOOLEAN') throw wrong(encoding, physical);
      return { kind: 'BOOLEAN', values: runsOfBooleans(bytes, count) };
    case 'BIT_PACKED':
      return plain(bytes, stored, count);
    case 'DELTA_BINARY_PACKED': {
      if (physical !== 'INT32' && physical !== 'INT64') throw wrong(encoding, physical);
      const { values } = deltaIntegers(bytes, count);
      return physical === 'INT64'
        ? { kind: 'INT64', values }
        : { kind: 'INT32', values: Int32Array.from(values, (value) => Number(BigInt.asIntN(32, value))) };
    }
    case 'DELTA_LENGTH_BYTE_ARRAY':
      if (physical !== 'BYTE_ARRAY') throw wrong(encoding, physical);
      return { kind: 'bytes', values: deltaLengthByteArrays(bytes, count) };
    case 'DELTA_BYTE_ARRAY':
      if (physical !== 'BYTE_ARRAY' && physical !== 'FIXED_LEN_BYTE_ARRAY') throw wrong(encoding, physical);
      return { kind: 'bytes', values: deltaByteArrays(bytes, count) };
    case 'BYTE_STREAM_SPLIT':
      return plain(joinStreams(bytes, widthOf(stored), count), stored, count);
  }
}

const wrong = (encoding: string, physical: string) => new Error(`The encoding ${encoding} is none of ${physical}`);

const WIDTHS = { BOOLEAN: 0, INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8, BYTE_ARRAY: 0 };

function widthOf({ physical, width }: Stored): number {
  const bytes = physical === 'FIXED_LEN_BYTE_ARRAY' ? width : WIDTHS[physical];
  if (bytes === 0 && physical !== 'FIXED_LEN_BYTE_ARRAY') throw wrong('BYTE_STREAM_SPLIT', physical);
  return bytes;
}

function plain(bytes: Buffer, stored: Stored, count: number): Values {
  const { physical } = stored;
  if (physical === 'BOOLEAN') return { kind: physical, values: bits(bytes, count) };
  if (physical === 'BYTE_ARRAY') return { kind: 'bytes', values: withLengths(bytes, count) };
  const width = widthOf(stored);
  if (count * width > bytes.length) throw new Error('The values end too early');
  if (physical === 'INT96' || physical === 'FIXED_LEN_BYTE_ARRAY')
    return { kind: 'bytes', values: ofWidth(bytes, width, count) };
  const { buffer, byteOffset } = aligned(bytes.subarray(0, count * width), width);
  switch (physical) {
    case 'INT32':
      return { kind: physical, values: new Int32Array(buffer, byteOffset, count) };
    case 'INT64':
      return { kind: physical, values: new BigInt64Array(buffer, byteOffset, count) };
    case 'FLOAT':
      return { kind: physical, values: new Float32Array(buffer, byteOffset, count) };
    case 'DOUBLE':
      return { kind: physical, values: new Float64Array(buffer, byteOffset, count) };
  }
}

/** Typed arrays begin at multiples of their width. */
const aligned = (bytes: Buffer, width: number): Uint8Array =>
  bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);

function bits(bytes: Buffer, count: number): Uint8Array {
  if (Math.ceil(count / 8) > bytes.length) throw new Error('The values end too early');
  return Uint8Array.from({ length: count }, (_, i) => (bytes[i >> 3]! >> (i & 7)) & 1);
}

function withLengths(bytes: Buffer, count: number): ByteArrays {
  const begin = new Uint32Array(count);
  const length = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.length) throw new Error('The values end too early');
    const n = bytes.readUInt32LE(at);
    begin[i] = at + 4;
    length[i] = n;
    at += 4 + n;
  }
  if (at > bytes.length) throw new Error('The values end too early');
  return { bytes, begin, length };
}

const ofWidth = (bytes: Buffer, width: number, count: number): ByteArrays => ({
  bytes,
  begin: Uint32Array.from({ length: count }, (_, i) => i * width),
  length: new Uint32Array(count).fill(width),
});

function indices(bytes: Buffer, count: number): Uint32Array {
  const out = new Uint32Array(count);
  if (count === 0) return out;
  const width = bytes[0];
  if (width === undefined || width > 32) throw new Error('The width of the indices is wrong');
  decodeHybrid(bytes.subarray(1), width, out);
  return out;
}

/** Booleans in runs; their length in bytes stands before them. */
function runsOfBooleans(bytes: Buffer, count: number): Uint8Array {
  const out = new Uint8Array(count);
  if (count === 0) return out;
  if (bytes.length < 4) throw new Error('The values end too early');
  decodeHybrid(bytes.subarray(4), 1, out);
  return out;
}

/** The first bytes of all values, then the second ones, … as whole values. */
function joinStreams(bytes: Buffer, width: number, count: number): Buffer {
  if (bytes.length < count * width) throw new Error('The values end too early');
  const out = Buffer.alloc(count * width);
  for (let k = 0, at = 0; k < width; k++) for (let i = k; i < out.length; i += width) out[i] = bytes[at++]!;
  return out;
}
