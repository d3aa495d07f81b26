// Parquet files byte by byte, for what no writer makes: headers and footers are structures of Thrift's compact
// protocol, https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift

/** A value of a structure: numbers are of 32 bits, bigints of 64. */
export type Value = number | bigint | string | Buffer | boolean | Value[] | { [id: number]: Value };

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}
const zigzag = (value: bigint) => varint(value < 0n ? -2n * value - 1n : 2n * value);

const typeOf = (value: Value): number => {
  if (typeof value === 'boolean') return value ? 1 : 2;
  if (typeof value === 'number') return 5;
  if (typeof value === 'bigint') return 6;
  if (typeof value === 'string' || Buffer.isBuffer(value)) return 8;
  return Array.isArray(value) ? 9 : 12;
};
function bytesOf(value: Value): Buffer {
  if (typeof value === 'boolean') return Buffer.alloc(0);
  if (typeof value === 'number' || typeof value === 'bigint') return zigzag(BigInt(value));
  if (typeof value === 'string') return bytesOf(Buffer.from(value));
  if (Buffer.isBuffer(value)) return Buffer.concat([varint(BigInt(value.length)), value]);
  if (!Array.isArray(value)) return struct(value);
  const head = Buffer.concat([Buffer.from([0xf0 | typeOf(value[0] ?? 0)]), varint(BigInt(value.length))]);
  return Buffer.concat([head, ...value.map(bytesOf)]);
}
/** A structure: field 2 is `fields[2]`. */
const struct = (fields: { [id: number]: Value }): Buffer =>
  Buffer.concat([
    ...Object.entries(fields).flatMap(([id, value]) => [
      Buffer.from([typeOf(value)]),
      zigzag(BigInt(id)),
      bytesOf(value),
    ]),
    Buffer.from([0]),
  ]);

/** Numbers of physical types, repetitions, converted types. */
export const INT32 = 1;
export const BYTE_ARRAY = 6;
export const REQUIRED = 0;
export const OPTIONAL = 1;
export const REPEATED = 2;
export const UTF8 = 0;
const PLAIN = 0;
const RLE = 3;
export const RLE_DICTIONARY = 8;

/** A data page of version 1. */
export const dataPage = (count: number, body: Buffer, encoding = PLAIN): Buffer =>
  Buffer.concat([struct({ 1: 0, 2: body.length, 3: body.length, 5: { 1: count, 2: encoding, 3: RLE, 4: RLE } }), body]);
export const dictionaryPage = (count: number, body: Buffer): Buffer =>
  Buffer.concat([struct({ 1: 2, 2: body.length, 3: body.length, 7: { 1: count, 2: PLAIN } }), body]);

/** Numbers of 32 bits one after another. */
export const int32s = (...values: number[]): Buffer => Buffer.from(Int32Array.from(values).buffer);

/** A column: its element of the schema, and the pages of its one chunk. */
export interface Column {
  element: { [id: number]: Value };
  pages: Buffer;
  /** Of the chunk's metadata, in place of what is right. */
  facts?: { [id: number]: Value };
}
/** @param changes fields of the footer in place of those that are right */
export function parquetFile(rows: number, columns: Column[], changes: { [id: number]: Value } = {}): Buffer {
  let at = 4;
  const chunks = columns.map(({ element, pages, facts }) => {
    const begin = at;
    at += pages.length;
    const size = BigInt(pages.length);
    const name = (element[4] ?? '') as string;
    const right = { 1: element[1]!, 2: [PLAIN], 3: [name], 4: 0, 5: BigInt(rows), 6: size, 7: size, 9: BigInt(begin) };
    return { 2: BigInt(begin), 3: { ...right, ...facts } };
  });
  const footer = struct({
    1: 1,
    2: [{ 4: 'schema', 5: columns.length }, ...columns.map(({ element }) => element)],
    3: BigInt(rows),
    4: rows === 0 ? [] : [{ 1: chunks, 2: 0n, 3: BigInt(rows) }],
    ...changes,
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([
    Buffer.from('PAR1'),
    ...columns.map(({ pages }) => pages),
    footer,
    length,
    Buffer.from('PAR1'),
  ]);
}
