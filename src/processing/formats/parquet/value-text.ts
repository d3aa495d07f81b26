import type { ByteArrays } from './byte-arrays.ts';
import type { Values } from './encodings.ts';
import { dayText, int96Text, timestampText, timeText } from './instants.ts';
import { bigEndian, decimalText, doubleText, float16Of, float16Text, floatText } from './numbers.ts';
import type { Meaning } from './value-type.ts';

const { isUtf8 } = process.getBuiltinModule('node:buffer');

/** The JSON of the value with an index. */
export type TextOf = (index: number) => string;

/**
 * How the stored values of a leaf become JSON: numbers with all their digits, all else as strings. NaN and infinities
 * are written as such, which is no JSON; inside lists and structs they are null, and -0 is 0, as JSON.stringify has
 * them. Bytes of a text that are not UTF-8 become U+FFFD.
 * @param isNested the leaf is below a list or a struct
 * @param onWrongText is called when a text is made that is not UTF-8
 * @throws Error when the values are not stored as their type demands
 */
export function textsOf(
  values: Exclude<Values, { kind: 'indices' }>,
  meaning: Meaning,
  isNested: boolean,
  onWrongText: () => void,
): TextOf {
  if (values.kind === 'bytes') return textsOfBytes(values.values, meaning, isNested, onWrongText);
  if (values.kind === 'FLOAT' || values.kind === 'DOUBLE') {
    const text = values.kind === 'FLOAT' ? floatText : doubleText;
    const numbers = values.values;
    return (i) => finite(numbers[i]!, text, isNested);
  }
  if (values.kind === 'BOOLEAN') {
    const bits = values.values;
    return (i) => (bits[i] === 0 ? 'false' : 'true');
  }
  return values.kind === 'INT32' ? textsOfInt32(values.values, meaning) : textsOfInt64(values.values, meaning);
}

function finite(value: number, text: (value: number) => string, isNested: boolean): string {
  return isNested ? nestedNumber(value, text) : text(value);
}

/** A number inside a list or a struct, as JSON.stringify has it. */
export function nestedNumber(value: number, text: (value: number) => string): string {
  if (!Number.isFinite(value)) return 'null';
  return value === 0 ? '0' : text(value);
}

function textsOfInt32(values: Int32Array, meaning: Meaning): TextOf {
  switch (meaning.kind) {
    case 'unsigned':
      return (i) => `${values[i]! >>> 0}`;
    case 'date':
      return (i) => `"${dayText(values[i]!)}"`;
    case 'decimal':
      return (i) => decimalText(BigInt(values[i]!), meaning.scale);
    case 'time':
      return (i) => `"${timeText(BigInt(values[i]!), meaning.unit)}"`;
    case 'timestamp':
      return (i) => `"${timestampText(BigInt(values[i]!), meaning.unit, meaning.isUtc)}"`;
    default:
      return (i) => `${values[i]!}`;
  }
}

function textsOfInt64(values: BigInt64Array, meaning: Meaning): TextOf {
  switch (meaning.kind) {
    case 'unsigned':
      return (i) => `${BigInt.asUintN(64, values[i]!)}`;
    case 'date':
      return (i) => `"${dayText(Number(values[i]!))}"`;
    case 'decimal':
      return (i) => decimalText(values[i]!, meaning.scale);
    case 'time':
      return (i) => `"${timeText(values[i]!, meaning.unit)}"`;
    case 'timestamp':
      return (i) => `"${timestampText(values[i]!, meaning.unit, meaning.isUtc)}"`;
    default:
      return (i) => `${values[i]!}`;
  }
}

function textsOfBytes(
  { bytes, begin, length }: ByteArrays,
  meaning: Meaning,
  isNested: boolean,
  onWrongText: () => void,
): TextOf {
  const at = (i: number) => bytes.subarray(begin[i]!, begin[i]! + length[i]!);
  switch (meaning.kind) {
    case 'string':
      return (i) => {
        const text = bytes.toString('utf8', begin[i]!, begin[i]! + length[i]!);
        if (text.includes('\ufffd') && !isUtf8(at(i))) onWrongText();
        return JSON.stringify(text);
      };
    case 'decimal':
      return (i) => decimalText(bigEndian(at(i)), meaning.scale);
    case 'uuid':
      return (i) => `"${uuidText(at(i))}"`;
    case 'float16':
      return (i) => finite(float16Of(bytes.readUInt16LE(begin[i]!)), float16Text, isNested);
    case 'int96':
      return (i) => `"${int96Text(bytes.readBigInt64LE(begin[i]!), bytes.readInt32LE(begin[i]! + 8))}"`;
    case 'int128':
      return (i) => `${BigInt.asIntN(128, littleEndian(at(i)))}`;
    case 'uint128':
      return (i) => `${littleEndian(at(i))}`;
    default:
      return (i) => `"${hexText(at(i))}"`;
  }
}

const littleEndian = (bytes: Buffer): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

export const hexText = (bytes: Buffer): string => `0x${bytes.toString('hex')}`;

/** @param bytes 16 of them */
export const uuidText = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
