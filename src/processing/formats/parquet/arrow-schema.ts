// The schema of Arrow that its writers leave in the footer: the one place that says that 16 bytes are an integer.

import type { FileMetaData } from 'hyparquet';

const KEY = 'ARROW:schema';
/** Numbers of Arrow's Schema.fbs and Message.fbs, and the places of their fields in a table of FlatBuffers. */
const MESSAGE_HEADER = 2;
const SCHEMA_FIELDS = 1;
const FIELD = { name: 0, kind: 2, type: 3 };
const INT = { bitWidth: 0, isSigned: 1 };
const KIND_INT = 2;

/** Integers of 128 bits by the name of their column: whether they are signed. Empty where nothing is known. */
export function wideIntegers({ key_value_metadata: pairs }: FileMetaData): Map<string, boolean> {
  const value = pairs?.find(({ key }) => key === KEY)?.value;
  try {
    return value === undefined ? new Map() : read(Buffer.from(value, 'base64'));
  } catch (error) {
    if (error instanceof RangeError) return new Map(); // not what it should be: the bytes stay bytes
    throw error;
  }
}

function read(bytes: Buffer): Map<string, boolean> {
  const found = new Map<string, boolean>();
  const flat = new FlatBuffer(bytes.readUInt32LE(0) === 0xffffffff ? bytes.subarray(8) : bytes.subarray(4));
  const schema = flat.table(flat.table(0), MESSAGE_HEADER);
  for (const field of flat.tables(schema, SCHEMA_FIELDS)) {
    if (flat.byte(field, FIELD.kind) !== KIND_INT) continue;
    const type = flat.table(field, FIELD.type);
    if (flat.integer(type, INT.bitWidth) === 128)
      found.set(flat.text(field, FIELD.name), flat.byte(type, INT.isSigned) !== 0);
  }
  return found;
}

/** Reads tables of FlatBuffers, https://flatbuffers.dev/internals/; a table is its offset. @throws RangeError */
class FlatBuffer {
  readonly #bytes: Buffer;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  /** Where a table's field is; 0 where it is not set. */
  #field(table: number, index: number): number {
    const descriptor = table - this.#bytes.readInt32LE(table);
    const at = 4 + index * 2;
    const offset = at < this.#bytes.readUInt16LE(descriptor) ? this.#bytes.readUInt16LE(descriptor + at) : 0;
    return offset === 0 ? 0 : table + offset;
  }
  #follow(at: number): number {
    return at + this.#bytes.readUInt32LE(at);
  }
  #required(table: number, index: number): number {
    const at = this.#field(table, index);
    if (at === 0) throw new RangeError('A field is missing');
    return at;
  }
  /** The root table of 0, or the table in a field of another. */
  table(from: number, index?: number): number {
    return this.#follow(index === undefined ? from : this.#required(from, index));
  }
  *tables(table: number, index: number): Generator<number> {
    const list = this.#follow(this.#required(table, index));
    const count = this.#bytes.readUInt32LE(list);
    for (let i = 0; i < count; i++) yield this.#follow(list + 4 + i * 4);
  }
  byte(table: number, index: number): number {
    const at = this.#field(table, index);
    return at === 0 ? 0 : this.#bytes.readUInt8(at);
  }
  integer(table: number, index: number): number {
    const at = this.#field(table, index);
    return at === 0 ? 0 : this.#bytes.readInt32LE(at);
  }
  text(table: number, index: number): string {
    const at = this.#follow(this.#required(table, index));
    return this.#bytes.toString('utf8', at + 4, at + 4 + this.#bytes.readUInt32LE(at));
  }
}
