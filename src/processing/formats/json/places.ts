import type { RecordPlace } from './scanner.ts';

const LF = 10;

/** @param place where the bytes begin @returns where they end */
export function placeBehind(bytes: Buffer, { line, column, byte }: RecordPlace): RecordPlace {
  let lines = 0;
  let begin = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, begin)) {
    lines++;
    begin = at + 1;
  }
  let characters = 0;
  for (let i = begin; i < bytes.length; i++) if ((bytes[i]! & 0xc0) !== 0x80) characters++;
  return {
    line: line + lines,
    column: lines > 0 ? characters + 1 : column + characters,
    byte: byte + bytes.length,
  };
}
