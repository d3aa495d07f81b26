import type { Format, Sniffed } from './format.ts';
import { FORMATS } from './formats.ts';

/**
 * The extension of a file's name with its dot, in lower case; empty without one. As `extname` of node:path, which the
 * engine does not import.
 */
export function extensionOf(filename: string): string {
  const name = filename.slice(filename.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 && name !== '..' ? name.slice(dot).toLowerCase() : '';
}

/** By its name, or that of a variant, as options and reports have it. @throws Error for an unknown one */
export function formatNamed(name: string, formats: readonly Format[] = FORMATS): Format {
  const found = formats.find((format) => format.name === name || format.variants?.includes(name));
  if (!found) throw new Error(`There is no format ${JSON.stringify(name)}`);
  return found;
}

/** By the content type that is stored with a dataset. @throws Error for an unknown one */
export function formatOfContentType(contentType: string, formats: readonly Format[] = FORMATS): Format {
  const found = formats.find(({ contentTypes }) => contentTypes.includes(contentType));
  if (!found) throw new Error(`There is no format of the content type ${JSON.stringify(contentType)}`);
  return found;
}

/** By a file's extension; undefined for one that decides nothing. */
export function formatOfFilename(filename: string, formats: readonly Format[] = FORMATS): Format | undefined {
  const extension = extensionOf(filename);
  return formats.find(({ extensions }) => extensions.includes(extension));
}

/**
 * As formatOfFilename, but undefined for extensions that files of any format have: for callers that can look at the
 * bytes.
 */
export function certainFormatOfFilename(filename: string, formats: readonly Format[] = FORMATS): Format | undefined {
  const format = formatOfFilename(filename, formats);
  return format?.looseExtensions?.includes(extensionOf(filename)) ? undefined : format;
}

/** Whether files of this extension hold a record on each line: one alone is a table then. */
export const isOfLines = (filename: string, formats: readonly Format[] = FORMATS): boolean =>
  formats.some(({ lineExtensions }) => lineExtensions?.includes(extensionOf(filename)));

/**
 * By the first bytes.
 * @param isWhole no more bytes will come
 * @returns undefined when more bytes are needed
 */
export function sniffFormat(
  head: Uint8Array,
  isWhole: boolean,
  formats: readonly Format[] = FORMATS,
): Format | undefined {
  const answers = new Map<Sniffed, Format>(); // the first format of each answer
  for (const format of formats) {
    const answer = format.sniff(head);
    if (!answers.has(answer)) answers.set(answer, format);
  }
  const found = answers.get('certain') ?? answers.get('likely');
  return found ?? (isWhole || !answers.has('more') ? answers.get('possible') : undefined);
}
