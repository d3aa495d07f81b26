import type { Format } from '../format.ts';

/** What one thread takes for a byte, in nanoseconds; measured on the benchmark's files. */
const BYTE = 2;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const isBlank = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** JSON: a list of objects, or an object a line. */
export const JSON_FORMAT: Format = {
  name: 'json',
  variants: ['ndjson'],
  label: 'JSON',
  contentTypes: ['application/json', 'application/x-ndjson', 'application/ndjson', 'application/jsonl'],
  looseContentTypes: ['text/json'],
  extensions: ['.json', '.ndjson', '.jsonl', '.geojson'],
  lineExtensions: ['.ndjson', '.jsonl'],
  firstPlace: { line: 1, column: 1, byte: 0 },
  /** `[` or `{` after white space and a byte order mark. */
  sniff(head) {
    const from = BYTE_ORDER_MARK.every((byte, i) => head[i] === byte) ? BYTE_ORDER_MARK.length : 0;
    const first = head.subarray(from).find((byte) => !isBlank(byte));
    if (first === undefined) return 'more';
    return first === 0x5b || first === 0x7b ? 'yes' : 'no';
  },
  /** A list of objects, or an object that has its line for itself. */
  foreignAdvice(head) {
    const begin = head.trimStart();
    const isJson =
      /^\[\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})/.test(begin) ||
      (/^\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(begin) && /^\s*?(?:[\r\n]|$)/.test(begin.slice(objectEnd(begin))));
    return isJson ? 'Send it as application/json, or name it .json (.ndjson with an object a line).' : undefined;
  },
  workEstimate: (size) => size * BYTE,
  load: () => import('./reader.ts'),
};

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
