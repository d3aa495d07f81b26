import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { type XmlHandler, XmlScanner } from '../../../../../src/processing/formats/xlsx/xml-scanner.ts';
import { decodeXmlText } from '../../../../../src/processing/formats/xlsx/xml-text.ts';
import { escaped } from '../../../../support/workbook.ts';

/** What a document holds, in order: names, texts, ends. Neighbouring texts are joined. */
function scanned(xml: Buffer, size: number, isStopping = false): string[] {
  const events: string[] = [];
  let isWaiting = false;
  let text = '';
  const flush = () => {
    if (text !== '') events.push(`text ${text}`);
    text = '';
  };
  const handler: XmlHandler = {
    get isWaiting() {
      return isWaiting;
    },
    open(bytes, name, nameEnd, end, depth) {
      isWaiting = isStopping;
      flush();
      events.push(
        `open ${depth} ${bytes.toString('utf8', name, nameEnd)}${bytes.toString('utf8', nameEnd, end).trim() && ' …'}`,
      );
    },
    close(depth) {
      flush();
      events.push(`close ${depth}`);
    },
    text(bytes, from, to, isCdata) {
      text += decodeXmlText(bytes.toString('utf8', from, to), isCdata, () => new Error('unknown'));
    },
  };
  const scanner = new XmlScanner('part', handler);
  for (let at = 0; at < xml.length; at += size) {
    scanner.push(Buffer.from(xml.subarray(at, at + size)));
    while (isWaiting) {
      isWaiting = false;
      scanner.push(Buffer.alloc(0));
    }
  }
  scanner.end();
  return events;
}
function parsed(xml: string): string[] {
  const events: string[] = [];
  const parser = new SaxesParser();
  let depth = 0;
  let text = '';
  const flush = () => {
    if (text !== '' && depth > 0) events.push(`text ${text}`);
    text = '';
  };
  const take = (more: string) => {
    text += more;
  };
  parser.on('opentag', ({ name, attributes }) => {
    flush();
    events.push(`open ${depth++} ${name.split(':').at(-1)}${Object.keys(attributes).length > 0 ? ' …' : ''}`);
  });
  parser.on('closetag', () => {
    flush();
    events.push(`close ${--depth}`);
  });
  parser.on('text', take);
  parser.on('cdata', take);
  parser.write(xml).close();
  return events;
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,4}$/);
const name = fc.oneof(
  word,
  fc.tuple(word, word).map((parts) => parts.join(':')),
);
const characters = fc.string({ unit: fc.constantFrom('a', '<', '&', '>', '"', '\n', '\r', ' ', 'é', '😀', ']', '-') });
const text = fc.oneof(
  characters.map(escaped),
  characters.filter((each) => !/\]\]>|\]$/.test(each)).map((each) => `<![CDATA[${each}]]>`),
  fc.constantFrom('<!-- a > b -->', '<?pi a > b?>', '&#65;', '&#x1F600;', '\r\n'),
);
const attribute = fc
  .tuple(word, characters)
  .map(([key, value]) => ` ${key} = "${escaped(value).replaceAll('&gt;', '>')}"`);
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      name,
      fc.option(attribute, { nil: '' }),
      fc.array(fc.oneof({ maxDepth: 4 }, text, tie('element')), { maxLength: 4 }),
    )
    .map(([tag, key, inner]) => (inner.length === 0 ? `<${tag}${key}/>` : `<${tag}${key}>${inner.join('')}</${tag} >`)),
}));

test('it finds what a general parser finds, however the bytes are cut', () => {
  fc.assert(
    fc.property(element, fc.integer({ min: 1, max: 40 }), fc.boolean(), (root, size, isStopping) => {
      const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
      expect(scanned(Buffer.from(xml), size, isStopping)).toEqual(parsed(xml));
    }),
    { numRuns: 1_000 },
  );
});
