import { DatasetError } from '../errors.ts';
import type { TextFacts } from './text-facts.ts';

/** U+FFFD in UTF-8. */
const REPLACEMENT = Buffer.from('\ufffd');
/** What stands for U+0000: no byte of text is 0, which the kernel takes for the end of a short one. */
const NUL = Buffer.from([0xc0, 0x80]);

/** The name of an encoding by one of its labels. @throws DatasetError for none that can be read */
export function encodingName(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new DatasetError(
      `There is no encoding ${JSON.stringify(label)}`,
      {},
      'Use a label of the WHATWG Encoding Standard, such as windows-1251, shift_jis or utf-16le.',
    );
  }
}

/**
 * Text in an encoding that a person has named, to UTF-8, by the runtime's decoder. Offsets in what comes out are not
 * those of the file. Memory: the block, and the bytes of an unfinished character.
 */
export class DeclaredBlocks {
  readonly #facts: TextFacts;
  readonly #decoder: TextDecoder;

  /** @param name of encodingName */
  constructor(facts: TextFacts, name: string) {
    this.#facts = facts;
    this.#decoder = new TextDecoder(name, { ignoreBOM: true });
  }
  get next(): number {
    return this.#facts.end;
  }
  *pass(block: Buffer): Generator<Buffer> {
    this.#facts.end += block.length;
    yield this.#shown(this.#decoder.decode(block, { stream: true }));
  }
  *end(): Generator<Buffer> {
    yield this.#shown(this.#decoder.decode());
  }

  #shown(text: string): Buffer {
    const bytes = Buffer.from(text);
    for (let i = bytes.indexOf(REPLACEMENT); i >= 0; i = bytes.indexOf(REPLACEMENT, i + REPLACEMENT.length))
      this.#facts.undecodable++;
    if (!bytes.includes(0)) return bytes;
    this.#facts.replaced = true;
    const parts: Buffer[] = [];
    let from = 0;
    for (let i = bytes.indexOf(0); i >= 0; i = bytes.indexOf(0, from)) {
      parts.push(bytes.subarray(from, i), NUL);
      from = i + 1;
    }
    return Buffer.concat([...parts, bytes.subarray(from)]);
  }
}
