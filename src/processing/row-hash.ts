/**
 * A 128-bit hash of a row: MurmurHash3 x86_128 (Appleby, public domain) over two UTF-16 units a word, with the length of
 * each field, so that neighbours cannot run into each other. 96 bits of it are kept.
 */
export class RowHash {
  readonly h = new Int32Array(4);
  #lane = 0;

  reset(): void {
    this.h.fill(0);
    this.#lane = 0;
  }
  addWord(word: number): void {
    const { h } = this;
    const lane = this.#lane;
    this.#lane = (lane + 1) & 3;
    let k = Math.imul(word, lane === 0 ? 0x239b961b : lane === 1 ? 0xab0e9789 : lane === 2 ? 0x38b34ae5 : 0xa1e38b93);
    k = (k << 15) | (k >>> 17);
    k = Math.imul(k, lane === 0 ? 0xab0e9789 : lane === 1 ? 0x38b34ae5 : lane === 2 ? 0xa1e38b93 : 0x239b961b);
    let x = h[lane]! ^ k;
    x = ((x << 19) | (x >>> 13)) + h[(lane + 1) & 3]!;
    h[lane] = Math.imul(x, 5) + 0x561ccd1b;
  }
  addText(text: string): void {
    const { length } = text;
    this.addWord(length);
    let i = 0;
    for (; i + 1 < length; i += 2) this.addWord(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
    if (i < length) this.addWord(text.charCodeAt(i));
  }
  /** Mixes all lanes; the hash is in `h` until the next reset. */
  finish(): void {
    const { h } = this;
    for (let round = 0; round < 2; round++) {
      h[0] = h[0]! + h[1]! + h[2]! + h[3]!;
      for (let i = 1; i < 4; i++) h[i] = h[i]! + h[0]!;
      for (let i = 0; i < 4; i++) {
        let x = h[i]!;
        x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
        x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
        h[i] = x ^ (x >>> 16);
      }
    }
  }
}
