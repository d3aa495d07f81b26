import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstInvalid, isUtf8 } from '../../../../src/processing/text/utf8.ts';
import { Utf16 } from '../../../../src/processing/text/utf16.ts';

test('the first invalid sequence is where the valid part ends', () => {
  const bytes = fc.uint8Array({ maxLength: 12 });
  const nearText = fc
    .tuple(fc.string({ unit: 'binary', maxLength: 8 }), bytes)
    .map(([text, noise]) => Buffer.concat([Buffer.from(text), noise]));
  fc.assert(
    fc.property(fc.oneof(bytes, nearText), (sample) => {
      const at = firstInvalid(sample);
      expect(at === sample.length).toBe(isUtf8(sample));
      expect(isUtf8(sample.subarray(0, at))).toBe(true);
      for (let end = at + 1; end <= Math.min(at + 4, sample.length); end++)
        expect(isUtf8(sample.subarray(at, end))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('UTF-16 in pieces is what it is in one piece, and what Buffer makes of well-formed text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), fc.array(fc.nat(60)), (text, littleEndian, cuts) => {
      const bytes = Buffer.from(text, 'utf16le');
      if (!littleEndian) bytes.swap16();
      const converter = new Utf16(littleEndian);
      const parts: Buffer[] = [];
      let from = 0;
      for (const to of cuts.sort((a, b) => a - b)) {
        parts.push(converter.convert(bytes.subarray(from, to)));
        from = Math.min(to, bytes.length);
      }
      parts.push(converter.convert(bytes.subarray(from)), converter.end());
      const kept = Buffer.concat(parts).toString('latin1').replaceAll('\xc0\x80', '\0'); // U+0000 is no byte 0
      expect(Buffer.from(kept, 'latin1').toString()).toBe(text);
      expect(converter.replaced).toBe(text.includes('\u0000'));
    }),
    { numRuns: 500 },
  );
});
