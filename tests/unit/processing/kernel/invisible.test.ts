import { expect, test } from 'vitest';
import { profileDataset } from '../../../../src/processing/profile.ts';
import { invisibleCharacters } from '../../../../src/processing/text/invisible.ts';

// The characters that do not show are in three lists: by their bytes in the kernel (kernel/values/invisible.ts), by
// their marks in the host (host/column-notes.ts), and as a regular expression (text/invisible.ts), by which the report
// makes them visible. A character that only some of them had would be warned of and not shown, or the other way round.

const name = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
const codes = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** At the beginning of a text: joiners and U+3000 are noted there, and marks of direction without Hebrew or Arabic. */
const listed = (all: number[]) =>
  all
    .map((code) => [code, `${String.fromCharCode(code)}a`] as const)
    .filter(([, text]) => invisibleCharacters.show(text) !== text)
    .map(([code]) => name(code));
const noted = async (values: Buffer[]) => {
  const rows = values.map((value, i) => Buffer.concat([Buffer.from(`${i + 1},`), value, Buffer.from('a\n')]));
  const source = async function* () {
    yield Buffer.concat([Buffer.from('id,v\n'), ...rows]);
  };
  const { columns } = await profileDataset(source(), { format: 'csv' });
  return columns[1]!.invisible?.map(({ codePoint, count }) => `${codePoint}${count === 1 ? '' : ` x${count}`}`).sort();
};

test.each([
  ['counted by value', codes(0x80, 0x3ff)],
  ['counted by value', codes(0x2000, 0x30ff)],
  ['counted by value', codes(0xf900, 0xffff)],
  ['past the bound', [...codes(0x80, 0xd7ff), ...codes(0xe000, 0xffff)]],
])('the kernel notes the characters that a report makes visible, and no others: %s', async (_, all) => {
  const values = all.map((code) => Buffer.from(String.fromCharCode(code)));
  expect(await noted(values)).toEqual(listed(all));
});

test('windows-1252: its two bytes for such characters, and no others', async () => {
  const all = codes(0x80, 0xff);
  expect(await noted(all.map((byte) => Buffer.from([byte])))).toEqual(listed(all));
});
