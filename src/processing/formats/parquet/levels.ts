// Levels and indices of dictionaries: small unsigned integers in the hybrid of runs and packed bits (RLE), or in the
// older packed bits (BIT_PACKED), https://parquet.apache.org/docs/file-format/data-pages/encodings/

/** The levels of a page as they stand in it. */
export interface Levels {
  /** The greatest level that there can be. */
  max: number;
  encoding: 'RLE' | 'BIT_PACKED';
  bytes: Buffer;
}

/** Bits that a level up to `max` takes. */
export const bitsOf = (max: number): number => 32 - Math.clz32(max);

/** @returns the level of each of `count` entries; all `max` where a page has none @throws Error for wrong bytes */
export function decodeLevels(levels: Levels | undefined, max: number, count: number): Uint8Array {
  const out = new Uint8Array(count);
  if (!levels) return max === 0 ? out : out.fill(max);
  if (levels.encoding === 'RLE') decodeHybrid(levels.bytes, bitsOf(max), out);
  else unpackBigEndian(levels.bytes, bitsOf(max), out);
  return out;
}

/**
 * Fills `out` from runs and packed bits.
 * @param width bits of a value, up to 32
 * @returns bytes of what filled it
 * @throws Error when the bytes end before it is full
 */
export function decodeHybrid(bytes: Buffer, width: number, out: Uint8Array | Uint32Array): number {
  const wholeBytes = (width + 7) >> 3;
  let at = 0;
  for (let filled = 0; filled < out.length; ) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new Error('The runs end too early');
      head |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    head >>>= 0;
    if ((head & 1) === 0) {
      if (at + wholeBytes > bytes.length) throw new Error('The runs end too early');
      const value = wholeBytes === 0 ? 0 : bytes.readUIntLE(at, wholeBytes);
      at += wholeBytes;
      const end = Math.min(out.length, filled + head / 2);
      out.fill(value, filled, end);
      if (end === filled) continue; // an empty run, as some writers have it
      filled = end;
    } else {
      const groups = (head - 1) / 2;
      const count = Math.min(out.length - filled, groups * 8);
      unpack(bytes, at, width, out, filled, count);
      at += groups * width;
      filled += count;
    }
  }
  return at;
}

/** Whether a page of version 1 begins with definition levels up to 1, of `count` entries. */
export function hasLevels(page: Buffer, count: number): boolean {
  const length = page.length < 4 ? 0 : page.readUInt32LE();
  if (length === 0 || 4 + length > page.length) return false;
  const levels = new Uint8Array(count);
  try {
    return decodeHybrid(page.subarray(4, 4 + length), 1, levels) === length && levels.every((level) => level <= 1);
  } catch {
    return false;
  }
}

/** Values of `width` bits, the lowest bit first. */
function unpack(bytes: Buffer, from: number, width: number, out: Uint8Array | Uint32Array, to: number, count: number) {
  if (width === 0) {
    out.fill(0, to, to + count);
    return;
  }
  if (from + Math.ceil((count * width) / 8) > bytes.length) throw new Error('The packed bits end too early');
  let at = from;
  let have = 0;
  let bits = 0; // as a double: up to 39 bits
  const modulus = 2 ** width;
  for (let i = to; i < to + count; i++) {
    while (have < width) {
      bits += bytes[at++]! * 2 ** have;
      have += 8;
    }
    const value = bits % modulus;
    out[i] = value;
    bits = (bits - value) / modulus;
    have -= width;
  }
}

/** Values of `width` bits, the highest bit first. */
function unpackBigEndian(bytes: Buffer, width: number, out: Uint8Array): void {
  if (Math.ceil((out.length * width) / 8) > bytes.length) throw new Error('The packed bits end too early');
  let bit = 0;
  for (let i = 0; i < out.length; i++) {
    let value = 0;
    for (let k = 0; k < width; k++, bit++) value = (value << 1) | ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1);
    out[i] = value;
  }
}
