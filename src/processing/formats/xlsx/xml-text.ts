const AMPERSAND = 38;
const LOW_LINE = 95;
const CR = 13;

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** How XML of Office writes characters that XML cannot have: `_x000D_` (ECMA-376, ST_Xstring). */
const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;

/** Whether text has to be decoded: references, and line ends that are not LF. */
export function isPlainText(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === AMPERSAND || byte === CR) return false;
  }
  return true;
}

/** A reference of XML as its character; undefined for one that is not declared, as none can be. */
function character(reference: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(reference) ?? [];
  const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
  if (code === undefined) return NAMED[reference];
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined;
}

/**
 * Text with its references resolved and its line ends as LF.
 * @param isCdata there are no references in it
 * @param unknown makes the error of a reference that is not known
 */
export function decodeXmlText(text: string, isCdata: boolean, unknown: (reference: string) => Error): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (isCdata || !lines.includes('&')) return lines;
  return lines.replace(/&([^&;]{0,12});?/g, (all, reference: string) => {
    const found = all.endsWith(';') ? character(reference) : undefined;
    if (found === undefined) throw unknown(all);
    return found;
  });
}

/** Whether a text may have escapes such as `_x000D_`. */
export function mayBeEscaped(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i + 6 < to; i++) if (bytes[i] === LOW_LINE && bytes[i + 6] === LOW_LINE) return true;
  return false;
}

/**
 * A text with its escapes resolved. What no database can hold, U+0000 and half of a surrogate pair, is U+FFFD.
 * @returns whether anything was replaced so
 */
export function resolveEscapes(text: string): { text: string; isReplaced: boolean } {
  const resolved = text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const shown = resolved.replaceAll('\0', '\ufffd').toWellFormed();
  return { text: shown, isReplaced: shown !== resolved };
}
