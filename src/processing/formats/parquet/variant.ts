// Values of the type VARIANT as JSON, https://github.com/apache/parquet-format/blob/master/VariantEncoding.md

import { dayText, timestampText, timeText } from './instants.ts';
import { decimalText, doubleText, floatText } from './numbers.ts';
import { hexText, nestedNumber, uuidText } from './value-text.ts';

/** Levels of nesting: JSON with more is refused. */
const MAX_LEVELS = 512;

/** Values that a variant can still have: each takes a byte or more, unless their places lie over each other. */
interface Room {
  values: number;
}

/** The names of a variant's members, by number. @throws Error for bytes that are none */
export function variantNames(metadata: Buffer): string[] {
  const head = metadata.readUInt8(0);
  if ((head & 0x0f) !== 1) throw new Error('The variant is of an unknown version');
  const width = (head >> 6) + 1;
  const count = metadata.readUIntLE(1, width);
  if (count > metadata.length) throw new Error('The variant has wrong names');
  const texts = 1 + width * (count + 2);
  const offset = (i: number) => texts + metadata.readUIntLE(1 + width * (i + 1), width);
  return Array.from({ length: count }, (_, i) => metadata.toString('utf8', offset(i), offset(i + 1)));
}

/** The JSON of a value. @throws Error for bytes that are none */
export function variantJson(
  bytes: Buffer,
  names: readonly string[],
  level = 0,
  room: Room = { values: bytes.length },
): string {
  if (room.values-- <= 0) throw new Error('The values of the variant lie over each other');
  if (level > MAX_LEVELS) throw new Error('The variant is nested too deeply');
  const head = bytes.readUInt8(0);
  const basic = head & 3;
  if (basic === 0) return primitive(head >> 2, bytes.subarray(1));
  if (basic === 1) return JSON.stringify(taken(bytes, 1, head >> 2).toString('utf8'));
  if (basic === 3) {
    const items = elements(bytes, ((head >> 2) & 3) + 1, (head & 0x10) !== 0, 0);
    return `[${items.map(({ value }) => variantJson(value, names, level + 1, room)).join(',')}]`;
  }
  return `{${variantMembers(bytes, names, level, room)
    .map(({ name, text }) => `${JSON.stringify(name)}:${text}`)
    .join(',')}}`;
}

/** The members of an object; none of another value. */
export function variantMembers(
  bytes: Buffer,
  names: readonly string[],
  level = 0,
  room: Room = { values: bytes.length },
): { name: string; text: string }[] {
  const head = bytes.readUInt8(0);
  if ((head & 3) !== 2) return [];
  const members = elements(bytes, ((head >> 2) & 3) + 1, (head & 0x40) !== 0, ((head >> 4) & 3) + 1);
  return members.map(({ id, value }) => {
    const name = names[id];
    if (name === undefined) throw new Error('The variant has a member without a name');
    return { name, text: variantJson(value, names, level + 1, room) };
  });
}

/** @param idWidth bytes of a member's name; 0 for a list */
function elements(bytes: Buffer, width: number, isLarge: boolean, idWidth: number): { id: number; value: Buffer }[] {
  const count = isLarge ? bytes.readUInt32LE(1) : bytes.readUInt8(1);
  const ids = isLarge ? 5 : 2;
  const offsets = ids + count * idWidth;
  const values = offsets + (count + 1) * width;
  if (values > bytes.length) throw new Error('The variant ends too early');
  return Array.from({ length: count }, (_, i) => ({
    id: idWidth === 0 ? i : bytes.readUIntLE(ids + i * idWidth, idWidth),
    value: bytes.subarray(values + bytes.readUIntLE(offsets + i * width, width)),
  }));
}

function taken(bytes: Buffer, from: number, length: number): Buffer {
  if (from + length > bytes.length) throw new Error('The variant ends too early');
  return bytes.subarray(from, from + length);
}
const text = (value: string) => JSON.stringify(value);
const int128 = (bytes: Buffer) => (bytes.readBigInt64LE(8) << 64n) | bytes.readBigUInt64LE(0);

/** By the number of the type; the bytes begin behind it. */
const PRIMITIVES: Record<number, (bytes: Buffer) => string> = {
  0: () => 'null',
  1: () => 'true',
  2: () => 'false',
  3: (bytes) => `${bytes.readInt8(0)}`,
  4: (bytes) => `${bytes.readInt16LE(0)}`,
  5: (bytes) => `${bytes.readInt32LE(0)}`,
  6: (bytes) => `${bytes.readBigInt64LE(0)}`,
  7: (bytes) => nestedNumber(bytes.readDoubleLE(0), doubleText),
  8: (bytes) => decimalText(BigInt(bytes.readInt32LE(1)), bytes.readUInt8(0)),
  9: (bytes) => decimalText(bytes.readBigInt64LE(1), bytes.readUInt8(0)),
  10: (bytes) => decimalText(int128(bytes.subarray(1)), bytes.readUInt8(0)),
  11: (bytes) => text(dayText(bytes.readInt32LE(0))),
  12: (bytes) => text(timestampText(bytes.readBigInt64LE(0), 'MICROS', true)),
  13: (bytes) => text(timestampText(bytes.readBigInt64LE(0), 'MICROS', false)),
  14: (bytes) => nestedNumber(bytes.readFloatLE(0), floatText),
  15: (bytes) => text(hexText(taken(bytes, 4, bytes.readUInt32LE(0)))),
  16: (bytes) => text(taken(bytes, 4, bytes.readUInt32LE(0)).toString('utf8')),
  17: (bytes) => text(timeText(bytes.readBigInt64LE(0), 'MICROS')),
  18: (bytes) => text(timestampText(bytes.readBigInt64LE(0), 'NANOS', true)),
  19: (bytes) => text(timestampText(bytes.readBigInt64LE(0), 'NANOS', false)),
  20: (bytes) => text(uuidText(taken(bytes, 0, 16))),
};
function primitive(type: number, bytes: Buffer): string {
  const read = PRIMITIVES[type];
  if (!read) throw new Error(`The variant has a value of the unknown type ${type}`);
  return read(bytes);
}
