/**
 * A value of a record: its kind, its text (a string's content, a number as written), and its canonical form for
 * comparing.
 */
export interface JsonValue {
  kind: 'null' | 'string' | 'number' | 'boolean' | 'nested';
  text: string;
  canonical: string;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Record<string, string> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * A number by its exact value: digits without zeros at either end, and an exponent: `1`, `1.0` and `10e-1` are equal.
 */
function canonicalNumber(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)!;
  const fraction = match[3] ?? '';
  const digits = `${match[2]}${fraction}`;
  let from = 0;
  let to = digits.length; // by hand: /0+$/ takes n² steps on zeros that are followed by something
  while (from < to && digits.charCodeAt(from) === 48) from++;
  while (to > from && digits.charCodeAt(to - 1) === 48) to--;
  if (from === to) return 'n0';
  const written = match[4] ?? '0';
  const shift = digits.length - to - fraction.length;
  // an exponent of more digits than any record has is compared as written: BigInt would take minutes over megabytes
  const exponent = written.length > 1_000 ? `${written}+${shift}` : String(BigInt(written) + BigInt(shift));
  return `n${match[1]}${digits.slice(from, to)}e${exponent}`;
}

/** Parses one record that is well-formed (`checkRecord` of src). */
export class RecordParser {
  #text = '';
  #at = 0;
  repeatedKey: string | undefined;

  /** The fields of an object in order of appearance; of a repeated key the last value counts. */
  parse(text: string): Map<string, JsonValue> {
    this.#text = text;
    this.#at = 0;
    this.repeatedKey = undefined;
    return this.#object();
  }
  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }
  #object(): Map<string, JsonValue> {
    const fields = new Map<string, JsonValue>(); // as many as a record of 16 MiB holds
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return fields;
    }
    for (;;) {
      this.#space();
      const key = this.#string();
      this.#space();
      this.#at++;
      const value = this.#value();
      if (fields.has(key)) this.repeatedKey ??= key;
      fields.set(key, value);
      this.#space();
      const next = this.#text[this.#at];
      this.#at++;
      if (next === '}') return fields;
    }
  }
  #array(): JsonValue[] {
    const items: JsonValue[] = [];
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return items;
    }
    for (;;) {
      items.push(this.#value());
      this.#space();
      const next = this.#text[this.#at];
      this.#at++;
      if (next === ']') return items;
    }
  }
  #value(): JsonValue {
    this.#space();
    const start = this.#text[this.#at];
    if (start === '"') {
      const text = this.#string();
      return { kind: 'string', text, canonical: `s${JSON.stringify(text)}` };
    }
    if (start === '{') {
      const fields = [...this.#object()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      return {
        kind: 'nested',
        text: '',
        canonical: `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value.canonical}`).join(',')}}`,
      };
    }
    if (start === '[') {
      return {
        kind: 'nested',
        text: '',
        canonical: `[${this.#array()
          .map(({ canonical }) => canonical)
          .join(',')}]`,
      };
    }
    for (const word of ['null', 'true', 'false']) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return { kind: word === 'null' ? 'null' : 'boolean', text: word, canonical: word };
      }
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text)![0];
    this.#at += number.length;
    return { kind: 'number', text: number, canonical: canonicalNumber(number) };
  }
  #string(): string {
    let text = '';
    this.#at++;
    for (;;) {
      PLAIN.lastIndex = this.#at;
      const plain = PLAIN.exec(this.#text)![0];
      text += plain;
      this.#at += plain.length;
      const next = this.#text[this.#at];
      if (next === '"') {
        this.#at++;
        return text;
      }
      const escaped = this.#text[this.#at + 1] ?? '';
      const hex = this.#text.slice(this.#at + 2, this.#at + 6);
      if (escaped === 'u') {
        text += String.fromCharCode(Number.parseInt(hex, 16));
        this.#at += 6;
      } else {
        text += ESCAPES[escaped];
        this.#at += 2;
      }
    }
  }
}
