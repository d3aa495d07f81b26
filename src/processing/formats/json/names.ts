import { MAX_NAME_CODE_POINTS } from '../../limits.ts';
import type { Warning } from '../../profile-types.ts';
import { cut } from '../../text/trim.ts';
import { shownKey, UniqueNames } from '../column-names.ts';

/** The names of the columns as they are shown: no U+0000, no lone surrogates, not too long, each once. */
export function jsonNames(keys: string[], warnings: Warning[]): { names: string[]; replaced: boolean } {
  const taken = new UniqueNames();
  let replaced = false;
  const names = keys.map((key) => {
    const storable = shownKey(key);
    replaced ||= storable !== key;
    const name = cut(storable, MAX_NAME_CODE_POINTS);
    if (name !== storable)
      warnings.push({
        code: 'name_cut',
        message: `A key is longer than ${MAX_NAME_CODE_POINTS.toLocaleString('en')} characters; it is cut there.`,
        column: name,
      });
    return taken.take(name); // two keys may be shown alike
  });
  return { names, replaced };
}

/** The key that a kernel hands over: UTF-8, but U+0000 is C0 80 and a lone surrogate its three bytes. */
export function decodeKey(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  if (!/[\xc0\xed]/.test(text)) return bytes.toString();
  return text
    .split(/(\xc0\x80|\xed[\xa0-\xbf][\x80-\xbf])/)
    .map((part, i) => {
      if (i % 2 === 0) return Buffer.from(part, 'latin1').toString();
      if (part.length === 2) return '\u0000';
      return String.fromCharCode(0xd000 | ((part.charCodeAt(1) & 0x3f) << 6) | (part.charCodeAt(2) & 0x3f));
    })
    .join('');
}
