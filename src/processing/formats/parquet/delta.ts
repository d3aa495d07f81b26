// The delta encodings, https://parquet.apache.org/docs/file-format/data-pages/encodings/

import type { ByteArrays } from './byte-arrays.ts';

/** Bytes of a page of byte arrays whose beginnings were left out: what they unfold to. */
const MAX_UNFOLDED_BYTES = 256 * 1024 * 1024;

/**
 * DELTA_BINARY_PACKED: integers as differences, packed block by block. Sums wrap at 64 bits, as the format says.
 * @returns the values, and where the bytes behind them begin
 * @throws Error for wrong bytes
 */
export function deltaIntegers(bytes: Buffer, count: number): { values: BigInt64Array; end: number } {
  const values = new BigInt64Array(count);
  const reader = new BitReader(bytes);
  const blockValues = Number(reader.varint());
  const miniblocks = Number(reader.varint());
  const total = Number(reader.varint());
  let value = reader.zigzag();
  const perMiniblock = blockValues / miniblocks;
  if (!(miniblocks > 0) || perMiniblock % 8 !== 0)
    // of a single value there are no blocks behind
    throw new Error('The blocks of the differences have a wrong size');
  if (total < count) throw new Error('The values end too early');
  if (total > count) throw new Error('There are more values than the page states');
  if (count > 0) values[0] = value;
  let filled = 1;
  while (filled < total) {
    const least = reader.zigzag();
    const widths = reader.take(miniblocks);
    for (let k = 0; k < miniblocks && filled < total; k++) {
      const width = widths[k]!;
      if (width > 64) throw new Error('The differences are too wide');
      const packed = reader.take((perMiniblock * width) / 8);
      const n = Math.min(perMiniblock, total - filled);
      for (let i = 0; i < n; i++) {
        value = BigInt.asIntN(64, value + least + packedAt(packed, i, width));
        if (filled < count) values[filled] = value;
        filled++;
      }
    }
  }
  return { values, end: reader.at };
}

/** The value of `width` bits with index i, the lowest bit first. */
function packedAt(packed: Buffer, i: number, width: number): bigint {
  if (width === 0) return 0n;
  const bit = i * width;
  const from = bit >> 3;
  const shift = bit & 7;
  const end = (bit + width + 7) >> 3;
  if (width + shift <= 48) {
    const bits = packed.readUIntLE(from, end - from);
    return BigInt(Math.floor(bits / 2 ** shift) % 2 ** width);
  }
  let bits = 0n;
  for (let at = end - 1; at >= from; at--) bits = (bits << 8n) | BigInt(packed[at]!);
  return BigInt.asUintN(width, bits >> BigInt(shift));
}

class BitReader {
  readonly #bytes: Buffer;
  at = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined || shift > 63n) throw new Error('The values end too early');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
  }
  zigzag(): bigint {
    const value = this.varint();
    return (value >> 1n) ^ -(value & 1n);
  }
  take(length: number): Buffer {
    const bytes = this.#bytes.subarray(this.at, this.at + length);
    if (bytes.length < length) throw new Error('The values end too early');
    this.at += length;
    return bytes;
  }
}

/** Lengths as integers of DELTA_BINARY_PACKED. @throws Error for a negative one, or one beyond a page */
function lengths(bytes: Buffer, count: number): { values: Uint32Array; end: number } {
  const { values, end } = deltaIntegers(bytes, count);
  const out = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const length = Number(values[i]);
    if (length < 0 || length > MAX_UNFOLDED_BYTES) throw new Error('A value has a wrong length');
    out[i] = length;
  }
  return { values: out, end };
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
export function deltaLengthByteArrays(bytes: Buffer, count: number): ByteArrays {
  const { values: length, end } = lengths(bytes, count);
  const begin = new Uint32Array(count);
  let at = end;
  for (let i = 0; i < count; i++) {
    begin[i] = at;
    at += length[i]!;
  }
  if (at > bytes.length) throw new Error('The values end too early');
  return { bytes, begin, length };
}

/** DELTA_BYTE_ARRAY: how much each value has in common with the one before, and what comes behind that. */
export function deltaByteArrays(bytes: Buffer, count: number): ByteArrays {
  const prefixes = lengths(bytes, count);
  const suffixes = deltaLengthByteArrays(bytes.subarray(prefixes.end), count);
  const begin = new Uint32Array(count);
  const length = new Uint32Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    length[i] = prefixes.values[i]! + suffixes.length[i]!;
    begin[i] = total;
    total += length[i]!;
    if (total > MAX_UNFOLDED_BYTES) throw new Error('The values are too large');
  }
  const out = Buffer.alloc(total);
  for (let i = 0; i < count; i++) {
    const prefix = prefixes.values[i]!;
    if (prefix > (i === 0 ? 0 : length[i - 1]!)) throw new Error('A value is longer than the one before');
    if (prefix > 0) out.copy(out, begin[i]!, begin[i - 1]!, begin[i - 1]! + prefix);
    const from = suffixes.begin[i]!;
    suffixes.bytes.copy(out, begin[i]! + prefix, from, from + suffixes.length[i]!);
  }
  return { bytes: out, begin, length };
}
