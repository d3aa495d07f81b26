import { KIND_BYTES } from '../../limits.ts';
import type { Format } from '../format.ts';

/** What one thread takes for a byte, in nanoseconds; measured on the benchmark's files. */
const BYTE = 2;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const isBlank = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** JSON: a list of objects, or one object per line. */
export const JSON_FORMAT: Format<'json'> = {
  name: 'json',
  variants: ['ndjson'],
  label: 'JSON',
  contentTypes: [
    'application/json',
    'application/x-ndjson',
    'application/ndjson',
    'application/jsonl',
    'application/geo+json',
  ],
  looseContentTypes: ['text/json'],
  extensions: ['.json', '.ndjson', '.jsonl', '.geojson'],
  lineExtensions: ['.ndjson', '.jsonl'],
  misnamedAdvice: 'Name it .json (.ndjson with one object per line), or send it as application/json.',
  /** Likely with `[` or `{` after white space and a byte order mark; certain where a table cannot look like it. */
  sniff(head) {
    const from = BYTE_ORDER_MARK.every((byte, i) => head[i] === byte) ? BYTE_ORDER_MARK.length : 0;
    const first = head.findIndex((byte, i) => i >= from && !isBlank(byte));
    if (first < 0) return 'more';
    if (head[first] !== OPEN_BRACKET && head[first] !== OPEN_BRACE) return 'no';
    return hasRecord(latin1(head.subarray(first, first + KIND_BYTES))) ? 'certain' : 'likely';
  },
  workEstimate: (size) => size * BYTE,
  load: () => import('./reader.ts'),
};

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** Whether it begins with a list of objects, or an object on a line of its own. */
function hasRecord(text: string): boolean {
  if (/^\[\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})/.test(text)) return true;
  return /^\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(text) && /^\s*?(?:[\r\n]|$)/.test(text.slice(objectEnd(text)));
}
/** Index behind the object that the text begins with; the length when it goes on beyond. */
function objectEnd(text: string): number {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '\\' && isInString) i++;
    else if (character === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return i + 1;
  }
  return text.length;
}
