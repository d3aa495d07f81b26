import { DatasetError } from '../../errors.ts';
import type { ReadOptions } from '../../options/read-options.ts';
import { textBytes } from '../../text/text-bytes.ts';
import type { Encoding } from '../../text/text-reading.ts';
import { CsvRewriter } from './rewriter.ts';

/** What a person has said of a CSV. */
export interface CsvRules {
  /** Undefined: it is found. */
  delimiter: string | undefined;
  /** Rows of the header, from 0 and rising; none: there is no header. Undefined: it is found. */
  header: readonly number[] | undefined;
  /** Names instead of the header's, from the first column on. */
  names: readonly string[];
  /** Bytes are rewritten whatever the delimiter is. */
  isRewritten: boolean;
  /** A character among them is written in other bytes in UTF-8 than in windows-1252. */
  isBeyondAscii: boolean;
  written: Pick<ReadOptions, 'quote' | 'escape' | 'comment' | 'skip_rows' | 'skip_footer'>;
}

/** Stands for a delimiter that the scanner and the kernel do not read: ASCII's unit separator. */
const SEPARATOR = '\x1f';
const NONE = Buffer.alloc(0);

/** @throws DatasetError for characters that cannot be what they are said to be */
export function csvRules(options: ReadOptions = {}): CsvRules {
  const { delimiter, header, columns = [], quote, comment, skip_rows, skip_footer } = options;
  refuse(options);
  const isDoubled = options.escape === (quote ?? '"'); // as without the option
  const written = { quote, escape: isDoubled ? undefined : options.escape, comment, skip_rows, skip_footer };
  const isQuoted = quote === undefined || quote === '"';
  return {
    delimiter,
    header: headerRows(header),
    names: columns,
    isRewritten: !isQuoted || !!written.escape || !!comment || !!skip_footer,
    isBeyondAscii: [delimiter, quote, written.escape, comment].some((text) => /[^\0-\x7f]/.test(text ?? '')),
    written,
  };
}
function refuse({ delimiter, quote, escape: escaping }: ReadOptions): void {
  for (const [name, value] of Object.entries({ delimiter, quote, escape: escaping }))
    if (value === '\n' || value === '\r' || value === '\0')
      throw new DatasetError(`The option ${name} cannot be a line end or U+0000`, {}, 'Choose another character.');
  if (delimiter !== undefined && (delimiter === (quote === undefined ? '"' : quote) || delimiter === escaping))
    throw new DatasetError(
      `The options delimiter and ${delimiter === escaping ? 'escape' : 'quote'} are both ${JSON.stringify(delimiter)}`,
      {},
      'Choose another character, or "quote": null where no character quotes.',
    );
}
function headerRows(header: ReadOptions['header']): number[] | undefined {
  if (header === undefined || header === true) return undefined;
  if (header === false) return [];
  return [...new Set([header].flat())].sort((a, b) => a - b).map((row) => row - 1);
}

/** The character that ends fields in the text that is split; '\0' where a row is one field. */
export function separatorOf(delimiter: string): string {
  const isOwn = delimiter !== ' ' && delimiter !== '"' && delimiter.length === 1 && delimiter < '\x80';
  return isOwn ? delimiter : SEPARATOR;
}

/**
 * What rewrites the file's text for a delimiter; undefined when nothing need be.
 * @param delimiter '\0' where a row is one field
 * @param encoding of the bytes
 */
export function rewriterOf(rules: CsvRules, delimiter: string, encoding: Encoding): CsvRewriter | undefined {
  const separator = separatorOf(delimiter);
  if (!rules.isRewritten && separator === delimiter) return undefined;
  const { quote, comment, skip_footer } = rules.written;
  const bytes = (text: string | null | undefined) => (text ? (textBytes(text, encoding) ?? Buffer.from(text)) : NONE);
  return new CsvRewriter({
    delimiter: delimiter === '\0' ? NONE : bytes(delimiter),
    quote: quote === undefined ? Buffer.from('"') : bytes(quote),
    escaping: bytes(rules.written.escape),
    comment: bytes(comment),
    skipFooter: skip_footer ?? 0,
    separator: separator.charCodeAt(0),
  });
}
