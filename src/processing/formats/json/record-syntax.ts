const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Values as other languages write them, which many programs put into JSON. */
const FOREIGN = /[+-]?(?:NaN|nan|Infinity|inf)\b|(?:None|True|False|undefined)\b/y;
/** Those of them that the option `lenient` reads. */
const LENIENT = /(?:NaN|-?Infinity)\b/y;
const IN_JSON: Record<string, string> = { True: 'true', False: 'false' };
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What to do about a comment. */
export const READ_COMMENTS = 'The option lenient passes over comments.';

/** The first fault of a record, at an index in its text. */
export class JsonSyntaxError extends Error {
  readonly index: number;
  /** What to do, a sentence; empty where there is none. */
  readonly advice: string;
  /** Whether the option `lenient` reads it. */
  readonly isLenient: boolean;
  constructor(what: string, index: number, advice = '', isLenient = false) {
    super(what);
    this.index = index;
    this.advice = advice;
    this.isLenient = isLenient;
  }
}

/**
 * Checks one record, an object that is held as text (at most MAX_RECORD_BYTES): the kernel only knows that something is
 * wrong with it. Recurses: the depth is bounded by the scanner before.
 * @param isLenient NaN and infinities are values
 * @throws JsonSyntaxError for the first fault
 */
export function checkRecordSyntax(text: string, isLenient: boolean): void {
  new RecordSyntax(text, isLenient).check();
}

class RecordSyntax {
  readonly #text: string;
  readonly #isLenient: boolean;
  #at = 0;

  constructor(text: string, isLenient: boolean) {
    this.#text = text;
    this.#isLenient = isLenient;
  }
  check(): void {
    this.#object();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('expected the end of the object');
  }
  #fail(what: string): never {
    if (/^\/[/*]/.test(this.#text.slice(this.#at, this.#at + 2)))
      throw new JsonSyntaxError('comments are not JSON', this.#at, READ_COMMENTS, true);
    throw new JsonSyntaxError(what, this.#at);
  }
  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }
  #object(): void {
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return;
    }
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('expected a key in double quotes');
      this.#string();
      this.#space();
      if (this.#text[this.#at] !== ':') this.#fail('expected a colon after the key');
      this.#at++;
      this.#value();
      this.#space();
      const next = this.#text[this.#at];
      if (next !== ',' && next !== '}') this.#fail('expected a comma or the end of the object');
      this.#at++;
      if (next === '}') return;
    }
  }
  #array(): void {
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return;
    }
    for (;;) {
      this.#value();
      this.#space();
      const next = this.#text[this.#at];
      if (next !== ',' && next !== ']') this.#fail('expected a comma or the end of the list');
      this.#at++;
      if (next === ']') return;
    }
  }
  #value(): void {
    this.#space();
    const start = this.#text[this.#at];
    if (start === '"') this.#string();
    else if (start === '{') this.#object();
    else if (start === '[') this.#array();
    else this.#plainValue();
  }
  #plainValue(): void {
    for (const word of ['null', 'true', 'false']) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return;
      }
    }
    const value = this.#match(NUMBER) ?? (this.#isLenient ? this.#match(LENIENT) : undefined);
    if (value === undefined) this.#noValue();
    this.#at += value.length;
  }
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }
  #noValue(): never {
    const lenient = this.#match(LENIENT);
    if (lenient !== undefined)
      throw new JsonSyntaxError(`${lenient} is not a JSON value`, this.#at, 'The option lenient reads it.', true);
    const word = this.#match(FOREIGN);
    if (word === undefined) this.#fail('expected a value');
    throw new JsonSyntaxError(`${word} is not a JSON value`, this.#at, `Write ${IN_JSON[word] ?? 'null'} instead.`);
  }
  #string(): void {
    this.#at++;
    for (;;) {
      PLAIN.lastIndex = this.#at;
      this.#at += PLAIN.exec(this.#text)![0].length;
      const next = this.#text[this.#at];
      if (next === '"') {
        this.#at++;
        return;
      }
      if (next !== '\\') this.#fail('a control character in a string must be escaped');
      ESCAPE.lastIndex = this.#at;
      const escaped = ESCAPE.exec(this.#text)?.[0];
      if (escaped === undefined) this.#fail('unknown escape in a string');
      this.#at += escaped.length;
    }
  }
}
