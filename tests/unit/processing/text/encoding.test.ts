import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CSV } from '../../../../src/processing/formats/csv/format.ts';
import { decodeText } from '../../../../src/processing/formats/decode-text.ts';
import { FORMATS } from '../../../../src/processing/formats/formats.ts';
import { JSON_FORMAT } from '../../../../src/processing/formats/json/format.ts';
import { profileText } from '../../../support/profile-text.ts';

async function decoded(bytes: Buffer, strict: boolean, cuts: number[] = []) {
  const at = [0, ...[...new Set(cuts)].filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let i = 1; i < at.length; i++) yield Uint8Array.from(bytes.subarray(at[i - 1], at[i]));
  }
  const { chunks, facts } = decodeText(source(), { format: strict ? JSON_FORMAT : CSV, formats: FORMATS }, strict);
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return { text: Buffer.concat(parts), facts };
}
/**
 * By Node's decoder: 99 % are right, or 90 % where fewer than five are wrong; a U+FFFD for each wrong character; one
 * that the end cuts off says nothing.
 */
function isNearlyUtf8(bytes: Buffer): boolean {
  const shown = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!shown.includes('\ufffd')) return true;
  const cut = Array.from({ length: Math.min(3, bytes.length) }, (_, i) => bytes.length - 1 - i).find((at) => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return !decoder.decode(bytes.subarray(at), { stream: true }).length && decoder.decode() === '\ufffd';
  });
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, cut));
  const beyond = [...whole].filter((character) => character > '\x7f');
  const wrong = beyond.filter((character) => character === '\ufffd').length;
  return beyond.length > wrong && wrong < 100 && (beyond.length - wrong) / beyond.length >= (wrong < 5 ? 0.9 : 0.99);
}
const everyCut = (bytes: Buffer) => Array.from({ length: bytes.length }, (_, i) => i);

const character = fc.constantFrom('a', ',', '\n', '"', 'é', 'ß', '€', '日', '\ufeff', '\uffff', '😀', '\u{10ffff}');
const text = fc.array(character, { maxLength: 30 }).map((characters) => characters.join(''));
/** Units of UTF-16, halves of pairs and U+0000 among them. */
const units = fc.array(fc.constantFrom(0x61, 0x2c, 0x0a, 0xe9, 0x20ac, 0xd83d, 0xde00, 0xdbff, 0xdc00, 0, 0xfeff), {
  maxLength: 30,
});
/** Bytes that are UTF-8 nearly everywhere. */
const nearly = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: character.map((c) => Buffer.from(c)) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom('ff', 'c3', 'e282', 'f09f98', '80', 'c080', 'eda080', 'f4908080', 'e0808a')
          .map((hex) => Buffer.from(hex, 'hex')),
      },
    ),
    { maxLength: 20 },
  )
  .map((parts) => Buffer.concat(parts));
const offsets = fc.array(fc.nat(100), { maxLength: 8 });

describe.each([false, true])('strict: %s', (strict) => {
  test('UTF-8, with a byte order mark or without, comes through as it is', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), offsets, async (content, bom, cuts) => {
        fc.pre(!/^[\ufeff<[{%]/.test(content));
        const bytes = Buffer.from(`${bom ? '\ufeff' : ''}${content}`);
        for (const cut of [[], cuts, everyCut(bytes)]) {
          const { text, facts } = await decoded(bytes, strict, cut);
          expect(text.toString()).toBe(content);
          expect(facts).toEqual({
            encoding: 'utf-8',
            bom,
            start: bom ? 3 : 0,
            bytes: bytes.length,
            end: bytes.length,
            invalidAt: undefined,
            wrong: { count: 0, first: [] },
            nuls: { count: 0, first: [] },
            replaced: false,
            declared: undefined,
            isConverted: false,
            undecodable: 0,
            countsAll: true,
          });
        }
      }),
      { numRuns: 300, seed: 61 },
    );
  });

  test('what is not UTF-8 is reported with its place, wherever the stream is cut', async () => {
    let wrong = 0;
    await fc.assert(
      fc.asyncProperty(nearly, offsets, async (bytes, cuts) => {
        fc.pre(bytes[0] !== 0xef);
        const { text, facts } = await decoded(bytes, strict);
        const { invalidAt } = facts;
        expect(invalidAt === undefined).toBe(isUtf8(bytes));
        if (!strict) expect(facts.encoding).toBe(isNearlyUtf8(bytes) ? 'utf-8' : 'windows-1252');
        if (invalidAt !== undefined) {
          wrong++;
          // all before it is text, and no character begins there
          expect(isUtf8(bytes.subarray(0, invalidAt))).toBe(true);
          for (let n = 1; n <= Math.min(4, bytes.length - invalidAt); n++)
            expect(isUtf8(bytes.subarray(0, invalidAt + n))).toBe(false);
        }
        expect(text).toEqual(strict ? bytes.subarray(0, invalidAt) : bytes);
        for (const cut of [cuts, everyCut(bytes)]) {
          const again = await decoded(bytes, strict, cut);
          expect(again.text).toEqual(text);
          expect(again.facts.invalidAt).toBe(invalidAt);
          if (!strict) expect(again.facts.encoding).toBe(facts.encoding);
        }
      }),
      { numRuns: 500, seed: 62 },
    );
    expect(wrong).toBeGreaterThan(100);
  });
});

test.each(['utf-16le', 'utf-16be'] as const)('%s becomes UTF-8, wherever the stream is cut', async (encoding) => {
  const written = (list: number[], odd: boolean) => {
    const bytes = Buffer.alloc(list.length * 2 + 2 + (odd ? 1 : 0), 0x41);
    [0xfeff, ...list].forEach((unit, i) => {
      if (encoding === 'utf-16le') bytes.writeUInt16LE(unit, i * 2);
      else bytes.writeUInt16BE(unit, i * 2);
    });
    return bytes;
  };
  let unshowable = 0;
  await fc.assert(
    fc.asyncProperty(units, fc.boolean(), offsets, async (list, odd, cuts) => {
      const bytes = written(list, odd);
      const content = `${String.fromCharCode(...list)}${odd ? '\ufffd' : ''}`;
      const isShowable = content.isWellFormed() && !content.includes('\u0000') && !odd;
      fc.pre(list[0] !== 0xfeff);
      const whole = await decoded(bytes, false);
      expect(whole.facts).toMatchObject({ encoding, bom: true, bytes: bytes.length, replaced: !isShowable });
      if (isShowable) expect(whole.text.toString()).toBe(content);
      else unshowable++;
      // what cannot be shown is kept apart: the text says which units there were
      const units = whole.text
        .toString('latin1')
        .replaceAll('\xc0\x80', '\0')
        .replace(/\xed([\xa0-\xbf])([\x80-\xbf])|[\xc2-\xf4][\x80-\xbf]+/g, (bytes, high, low) =>
          high
            ? String.fromCharCode(0xd000 | ((high.charCodeAt(0) & 0x3f) << 6) | (low.charCodeAt(0) & 0x3f))
            : Buffer.from(bytes, 'latin1').toString(),
        );
      expect(units).toBe(content);
      for (const cut of [cuts, everyCut(bytes)]) {
        const again = await decoded(bytes, false, cut);
        expect(again.text).toEqual(whole.text);
        expect(again.facts).toEqual(whole.facts);
      }
    }),
    { numRuns: 400, seed: 63 },
  );
  expect(unshowable).toBeGreaterThan(100);
});

test('eight byte order marks are skipped, however the file is cut; more are text', async () => {
  for (const [marks, text] of [
    [8, 'a,b'],
    [2_000, `${'\ufeff'.repeat(1_992)}a,b`],
  ] as const) {
    const bytes = Buffer.from(`${'\ufeff'.repeat(marks)}a,b`);
    for (const cuts of [[], [4_096, 4_100], everyCut(bytes)]) {
      const found = await decoded(bytes, false, cuts);
      expect([found.facts.start, found.text.toString()]).toEqual([24, text]);
    }
  }
});

test('no block lies across the end of the first MiB, however the file is cut', async () => {
  const bytes = Buffer.alloc((1 << 20) * 2 + 12_345, 'a');
  for (const size of [1_000_000, 65_536, 700_001, bytes.length]) {
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    const { chunks, facts } = decodeText(source(), { format: CSV, formats: FORMATS }, false);
    const ends: number[] = [];
    for await (const chunk of chunks) {
      expect(chunk.length).toBeLessThanOrEqual(1 << 18);
      ends.push(facts.end);
    }
    expect(ends).toContain(1 << 20);
    expect(ends.at(-1)).toBe(bytes.length);
  }
});

describe('UTF-8 with a few wrong bytes', () => {
  const report = async (bytes: Buffer, cuts: number[] = []) => JSON.parse(await profileText(bytes, 'csv', cuts));
  const codes = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);
  const file = (right: number, wrong: number) =>
    Buffer.concat([Buffer.from(`a,b\n${'é,1\n'.repeat(right)}`), Buffer.from('x\xe9x,2\n'.repeat(wrong), 'latin1')]);

  test.each([
    [9, 1, 'utf-8'],
    [8, 1, 'windows-1252'],
    [36, 4, 'utf-8'],
    [35, 4, 'windows-1252'],
    [99 * 5, 5, 'utf-8'],
    [99 * 5 - 1, 5, 'windows-1252'],
    [99 * 99, 99, 'utf-8'],
    [99 * 99 - 1, 99, 'windows-1252'],
    [100_000, 100, 'windows-1252'],
    [0, 1, 'windows-1252'],
  ])('%i right characters and %i wrong ones: %s', async (right, wrong, encoding) => {
    const found = await report(file(right, wrong));
    expect(found.file.encoding).toBe(encoding);
    expect(codes(found)).toContain(encoding === 'utf-8' ? 'invalid_bytes' : 'encoding_fallback');
  });
  test('the wrong ones are shown as U+FFFD and reported with their places, however the file is cut', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`n,text\n${'1,aé\n'.repeat(600)}`),
      Buffer.from('2,it\x92s\n3,\xe2\x82 \n4,\xf0\x9d\x84,x\n5,\xe0\x80\n', 'latin1'),
    ]);
    const whole = await report(bytes);
    expect(whole.warnings).toEqual([
      {
        code: 'invalid_bytes',
        message: '5 characters are not UTF-8 and shown as U+FFFD: the first at bytes 3611, 3616 and 3622.',
      },
    ]);
    const { length, top_values } = whole.columns[1];
    expect(top_values.map(({ value }: { value: string }) => value)).toEqual([
      'aé',
      'it\ufffds',
      '\ufffd\ufffd',
      '\ufffd ',
      '\ufffd',
    ]);
    expect([length.min, length.max]).toEqual([1, 4]);
    for (const cuts of [[3_611, 3_612], [3_617, 3_618, 3_623, 3_624], [...bytes.keys()].slice(3_590)])
      expect(await report(bytes, cuts)).toEqual(whole);
  });
  test('after 16 MiB nothing is decided any more: right characters before them are enough, ASCII is not', async () => {
    const ascii = Buffer.alloc(17 << 20, 'a,1\n');
    const wrong = Buffer.from('\xe9,2\n', 'latin1');
    const late = await report(Buffer.concat([Buffer.from('é,b\n'), ascii, ...Array(200).fill(wrong)]));
    expect([late.file.encoding, codes(late)]).toEqual(['utf-8', ['invalid_bytes']]);
    expect(late.warnings[0].message).toMatch(/^200 characters/);
    const never = await report(Buffer.concat([Buffer.from('a,b\n'), ascii, Buffer.from('é,1\n'.repeat(200)), wrong]));
    expect([never.file.encoding, codes(never)]).toEqual(['windows-1252', ['encoding_fallback']]);
  });
  test('a character that the end cuts off is wrong, and no evidence against UTF-8', async () => {
    const cut = await report(Buffer.concat([file(2, 0), Buffer.from([0x78, 0xe2, 0x82])]));
    expect([cut.file.encoding, codes(cut)]).toEqual(['utf-8', ['invalid_bytes']]);
  });
});
