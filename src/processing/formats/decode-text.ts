import type { ByteSource } from '../byte-source.ts';
import type { Warning } from '../profile-types.ts';
import { type DecodedSource, decode } from '../text/encoding.ts';
import type { TextFacts } from '../text/text-facts.ts';
import { refuseForeign } from './file-kind.ts';
import type { Declared } from './format.ts';

/**
 * The bytes of a file as the text of its format.
 * @param declared as the reader was given it
 * @param isStrict whole, valid UTF-8 only, as JSON must be
 * @throws DatasetError, from the chunks, for a file that is binary or of another kind
 */
export const decodeText = (source: ByteSource, declared: Declared, isStrict: boolean): DecodedSource =>
  decode(source, {
    label: declared.format.label,
    isStrict,
    encoding: declared.options?.encoding,
    refuseForeign: (first) => refuseForeign(first, declared),
  });

/** Characters that the encoding does not have which a person has named. */
export function undecodableWarnings({ undecodable, declared }: TextFacts): Warning[] {
  if (undecodable === 0) return [];
  const count = `${undecodable.toLocaleString('en')} character${undecodable === 1 ? ' is' : 's are'}`;
  return [{ code: 'invalid_bytes', message: `${count} not ${declared} and shown as U+FFFD.` }];
}
