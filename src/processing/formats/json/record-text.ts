import type { ByteSource } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import { MAX_RECORD_BYTES } from '../../limits.ts';
import type { Warning } from '../../profile-types.ts';
import type { TextFacts } from '../../text/text-facts.ts';
import { decodeText } from '../decode-text.ts';
import type { Declared } from '../format.ts';
import { withoutComments } from './comments.ts';
import { placeBehind } from './places.ts';
import { pointerParts } from './pointer.ts';
import type { RecordPlace } from './scanner.ts';
import { loneObject, noList, repeatedTarget, severalValues, wrappedWarning } from './wrapped-records.ts';
import { WrapperScanner } from './wrapper-scanner.ts';

const LF = 10;
const SPACE = 32;
const OPEN_LIST = 91;
const OPEN = 123;
const isBlank = (byte: number) => byte === SPACE || byte === LF || byte === 13 || byte === 9;

/** The text of a JSON file as records in a list, or one after another. */
export interface RecordText {
  chunks: AsyncIterable<Buffer>;
  facts: TextFacts;
  /** The records are a list inside the value that the file is. */
  readonly isWrapped: boolean;
}

/** Which lone objects are records; those that are not wrap them, or are refused. */
export type LoneRecord = 'any' | 'on one line' | 'none';

/**
 * Gives the text of JSON so that records are all that is in it: the byte and the line of each stay what they are, and
 * what stands around a list of records, and comments of lenient JSON, become spaces. An object that the file begins
 * with is held until it is known whether others follow it: at most MAX_RECORD_BYTES, beyond which it is no record.
 */
export function recordText(
  source: ByteSource,
  declared: Declared,
  lone: LoneRecord,
  warnings: Warning[] = [],
): RecordText {
  const { chunks, facts } = decodeText(source, declared, true);
  const { records, lenient = false } = declared.options ?? {};
  const pointer = records === undefined ? undefined : pointerParts(records);
  if (records !== undefined && !pointer)
    throw new DatasetError(`The option records, ${JSON.stringify(records)}, is no JSON Pointer`, {}, 'One is /data.');
  const text = lenient ? withoutComments(chunks, facts) : chunks;
  if (lone === 'any' && !pointer) return { chunks: text, facts, isWrapped: false };
  const unwrapped = new Unwrapping(text, facts, pointer, lenient, lone, warnings);
  return {
    chunks: unwrapped.chunks(),
    facts,
    get isWrapped() {
      return unwrapped.isWrapped;
    },
  };
}

/** The same from the middle of a list of records, without the place before it. */
export async function* listRest(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const scanner = WrapperScanner.inRecords();
  let from = 0;
  for await (const chunk of chunks) {
    if (scanner.end === undefined) scanner.push(chunk);
    yield withoutRest(chunk, from, scanner);
    from += chunk.length;
  }
}

/**
 * Spaces instead of all that is not in the list; line feeds stay.
 * @param from the chunk's place in the value @returns the chunk itself where it is wholly inside
 */
function withoutRest(chunk: Buffer, from: number, { begin, end }: WrapperScanner): Buffer {
  const inChunk = (at = Number.POSITIVE_INFINITY) => Math.min(Math.max(at - from, 0), chunk.length);
  const first = inChunk(begin);
  const last = inChunk(end);
  if (first === 0 && last === chunk.length) return chunk;
  const bytes = Buffer.alloc(chunk.length, SPACE);
  for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) bytes[at] = LF;
  chunk.copy(bytes, first, first, last);
  return bytes;
}

class Unwrapping {
  isWrapped = false;
  readonly #chunks: AsyncIterable<Buffer>;
  readonly #facts: TextFacts;
  readonly #scanner: WrapperScanner;
  readonly #pointer: readonly string[] | undefined;
  readonly #lone: LoneRecord;
  readonly #warnings: Warning[];
  /** Where the value begins, and where in it the next chunk does. */
  #begin: RecordPlace;
  #next: RecordPlace;
  #from = 0;

  constructor(
    chunks: AsyncIterable<Buffer>,
    facts: TextFacts,
    pointer: readonly string[] | undefined,
    isLenient: boolean,
    lone: LoneRecord,
    warnings: Warning[],
  ) {
    this.#chunks = chunks;
    this.#facts = facts;
    this.#pointer = pointer;
    this.#lone = lone;
    this.#warnings = warnings;
    this.#scanner = new WrapperScanner(pointer, isLenient);
    this.#begin = this.#next = { line: 1, column: 1, byte: 0 };
  }

  async *chunks(): AsyncGenerator<Buffer> {
    const scanner = this.#scanner;
    let state: 'blank' | 'held' | 'records' | 'wrapped' = 'blank';
    let held: Buffer[] = [];
    let heldBytes = 0;
    for await (let chunk of this.#chunks) {
      if (state === 'records') {
        yield chunk;
        continue;
      }
      if (state === 'blank') {
        this.#next = { ...this.#next, byte: Math.max(this.#next.byte, this.#facts.start) };
        const first = chunk.findIndex((byte) => !isBlank(byte));
        const blanks = chunk.subarray(0, first < 0 ? chunk.length : first);
        if (blanks.length > 0) yield blanks;
        this.#next = placeBehind(blanks, this.#next);
        if (first < 0) continue;
        chunk = chunk.subarray(first);
        this.#begin = this.#next;
        if (this.#pointer) {
          state = 'wrapped';
          this.isWrapped = true;
        } else state = chunk[0] === OPEN ? 'held' : 'records';
      }
      if (state === 'records') {
        yield chunk;
        continue;
      }
      scanner.push(chunk);
      if (state === 'wrapped') {
        yield this.#unwrap(chunk);
        continue;
      }
      if (scanner.fault || scanner.moreAt !== undefined) {
        state = 'records'; // of objects one after another; or what is wrong is told by the reader of records
        yield* held;
        held = [];
        yield chunk;
        continue;
      }
      held.push(Buffer.from(chunk));
      heldBytes += chunk.length;
      if (heldBytes <= MAX_RECORD_BYTES) continue;
      state = 'wrapped';
      this.isWrapped = true;
      for (const bytes of held) yield this.#unwrap(bytes);
      held = [];
    }
    if (this.#facts.invalidAt !== undefined || state === 'blank' || state === 'records') {
      yield* held;
      return;
    }
    const isRecord = scanner.ended === undefined || (this.#lone === 'on one line' && !scanner.spansLines);
    if (state === 'held' && isRecord) yield* held;
    else yield* this.#last(held);
  }
  /** The value has ended, or the file in the middle of it. */
  *#last(held: Buffer[]): Generator<Buffer> {
    const scanner = this.#scanner;
    this.isWrapped = true;
    if (scanner.ended === undefined)
      throw new DatasetError(
        'The file ends in the middle of a value',
        this.#begin,
        'It may have been cut off: upload the whole file.',
      );
    if (!this.#pointer && scanner.candidates !== 1) throw loneObject(scanner, this.#begin);
    if (scanner.isRepeated) throw repeatedTarget(this.#pointer!, this.#begin);
    if (scanner.begin === undefined) throw noList(scanner, this.#pointer!, this.#begin);
    for (const bytes of held) yield this.#unwrap(bytes);
    if (!this.#pointer) this.#warnings.push(wrappedWarning(scanner));
  }
  /** @throws DatasetError for what is wrong around the list so far */
  #unwrap(chunk: Buffer): Buffer {
    const scanner = this.#scanner;
    if (scanner.fault) {
      const { what, at } = scanner.fault;
      throw new DatasetError(`The JSON is not valid: ${what}`, this.#placeOf(chunk, at));
    }
    if (scanner.isRepeated) throw repeatedTarget(this.#pointer!, this.#begin);
    if (scanner.moreAt !== undefined && this.#pointer && chunk[scanner.moreAt - this.#from] === OPEN)
      throw severalValues(this.#pointer, this.#placeOf(chunk, scanner.moreAt));
    if (scanner.moreAt !== undefined)
      throw new DatasetError('There is text after the end of the value', this.#placeOf(chunk, scanner.moreAt));
    if (!this.#pointer && scanner.candidates > 1) throw loneObject(scanner, this.#begin);
    if (scanner.wrongTarget) throw noList(scanner, this.#pointer!, this.#begin);
    const bytes = withoutRest(chunk, this.#from, scanner);
    if (this.#from === 0) bytes[0] = OPEN_LIST;
    this.#from += chunk.length;
    this.#next = placeBehind(chunk, this.#next);
    return bytes;
  }
  #placeOf(chunk: Buffer, at: number): RecordPlace {
    return placeBehind(chunk.subarray(0, Math.max(at - this.#from, 0)), this.#next);
  }
}
