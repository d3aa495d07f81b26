/** The bytes end in the middle of a structure. */
export class EndOfBytes extends Error {}

/** Fields of a structure by their number. */
export interface Fields {
  readonly [id: number]: ThriftValue | undefined;
}
type ThriftValue = boolean | number | Buffer | Fields | ThriftValue[];

const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const STRUCT = 12;
/** Structures in structures; Parquet's page headers have four. */
const MAX_LEVELS = 16;
/** Bytes of a number of 64 bits: others would take a reader of exact numbers long. */
const MAX_VARINT_BYTES = 10;

/**
 * Reads one structure of Thrift's compact protocol, as page headers are: field 2 of `struct` is `fields[2]`. Integers
 * are numbers, exact up to 2^53; texts are their bytes.
 */
export class ThriftReader {
  readonly #bytes: Buffer;
  /** Where the next byte is read. */
  at: number;
  #left: number;

  /** @param mostValues fields and elements together: each is an object in memory, and may be one byte of the file */
  constructor(bytes: Buffer, mostValues: number, at = 0) {
    this.#bytes = bytes;
    this.#left = mostValues;
    this.at = at;
  }
  /** @throws EndOfBytes; Error for what is not of the protocol */
  struct(level = 0): Fields {
    if (level > MAX_LEVELS) throw new Error('The structures are nested too deeply');
    const fields: Record<number, ThriftValue> = {};
    let id = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === STOP) return fields;
      id = head >> 4 === 0 ? this.#zigzag() : id + (head >> 4);
      fields[id] = this.#value(type, level);
    }
  }
  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new EndOfBytes();
    this.at++;
    return byte;
  }
  #varint(): number {
    let value = 0;
    for (let factor = 1, n = 1; n <= MAX_VARINT_BYTES; factor *= 128, n++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new Error('A number has too many bytes');
  }
  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  #value(type: number, level: number): ThriftValue {
    if (--this.#left < 0) throw new Error('There are too many values');
    if (type === TRUE || type === FALSE) return type === TRUE;
    if (type === BYTE) return (this.#byte() << 24) >> 24;
    if (type === I16 || type === I32 || type === I64) return this.#zigzag();
    if (type === STRUCT) return this.struct(level + 1);
    if (type === DOUBLE) return this.#take(8).readDoubleLE();
    if (type === BINARY) return this.#take(this.#varint());
    if (type === LIST || type === SET) return this.#list(level);
    throw new Error(`There is no type ${type}`);
  }
  #take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.#bytes.length) throw new EndOfBytes();
    const bytes = this.#bytes.subarray(this.at, end);
    this.at = end;
    return bytes;
  }
  #list(level: number): ThriftValue[] {
    const head = this.#byte();
    const type = head & 0x0f;
    const length = head >> 4 === 15 ? this.#varint() : head >> 4;
    const list: ThriftValue[] = []; // each takes a byte or more
    for (let i = 0; i < length; i++)
      list.push(type === TRUE || type === FALSE ? this.#byte() === 1 : this.#value(type, level + 1));
    return list;
  }
}

/** Bytes in memory, about: of a field or element, and of a structure beside, an object with all its members. */
export const VALUE_BYTES = 32;
export const STRUCT_BYTES = 256;

/**
 * How many bytes the structure at the beginning of the bytes takes as objects, about. Nothing is kept: a list may claim
 * more elements than there are bytes, and structures without fields are one byte each.
 * @throws Error for bytes that are none
 */
export function bytesInMemory(bytes: Buffer): number {
  const walker = new ThriftWalker(bytes);
  walker.struct(0);
  return walker.values * VALUE_BYTES + walker.structs * STRUCT_BYTES;
}

/** Passes over a structure. */
class ThriftWalker {
  readonly #bytes: Buffer;
  #at = 0;
  values = 0;
  structs = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  struct(level: number): void {
    if (level > MAX_LEVELS) throw new Error('The structures are nested too deeply');
    this.structs++;
    for (;;) {
      const head = this.#byte();
      if ((head & 0x0f) === STOP) return;
      if (head >> 4 === 0) this.#varint();
      this.#value(head & 0x0f, level, false);
    }
  }
  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new EndOfBytes();
    return byte;
  }
  #varint(): number {
    let value = 0;
    for (let factor = 1, n = 1; n <= MAX_VARINT_BYTES; factor *= 128, n++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new Error('A number has too many bytes');
  }
  #skip(bytes: number): void {
    this.#at += bytes;
    if (this.#at > this.#bytes.length) throw new EndOfBytes();
  }
  #value(type: number, level: number, isElement: boolean): void {
    this.values++;
    if (type === TRUE || type === FALSE) this.#skip(isElement ? 1 : 0);
    else if (type === BYTE) this.#skip(1);
    else if (type === I16 || type === I32 || type === I64) this.#varint();
    else if (type === DOUBLE) this.#skip(8);
    else if (type === BINARY) this.#skip(this.#varint());
    else if (type === STRUCT) this.struct(level + 1);
    else if (type === LIST || type === SET) this.#list(level + 1);
    else throw new Error(`There is no type ${type}`);
  }
  #list(level: number): void {
    if (level > MAX_LEVELS) throw new Error('The lists are nested too deeply');
    const head = this.#byte();
    const length = head >> 4 === 15 ? this.#varint() : head >> 4;
    for (let i = 0; i < length; i++) this.#value(head & 0x0f, level, true);
  }
}
