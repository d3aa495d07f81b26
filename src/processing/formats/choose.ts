import type { Format, KnownFile, Sniffed } from './format.ts';
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

/** The format of this name, or with a variant of this name, as options and reports have it. @throws Error for none */
export function formatNamed(name: string, formats: readonly Format[] = FORMATS): Format {
  const found = formats.find((format) => format.name === name || format.variants?.includes(name));
  if (!found) throw new Error(`There is no format ${JSON.stringify(name)}`);
  return found;
}

/** The format by which a file is read again: that of the container when it is compressed. */
export function formatOfFile({ format, compression }: KnownFile, formats: readonly Format[] = FORMATS): Format {
  const { kind } = (compression ?? {}) as { kind?: string };
  return formatNamed(kind ?? format, formats);
}

/** The format of the content type that is stored with a dataset. @throws Error for none */
export function formatOfContentType(contentType: string, formats: readonly Format[] = FORMATS): Format {
  const found = formats.find(({ contentTypes }) => contentTypes.includes(contentType));
  if (!found) throw new Error(`There is no format of the content type ${JSON.stringify(contentType)}`);
  return found;
}

/** The format by a file's extension; undefined for an extension of no format. */
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
 * The format by the first bytes.
 * @param isWhole no more bytes will come
 * @returns undefined when more bytes are needed
 */
export function sniffFormat(
  head: Uint8Array,
  isWhole: boolean,
  formats: readonly Format[] = FORMATS,
): Format | undefined {
  const found = new Map<Sniffed, Format>(); // the first format of each result
  for (const format of formats) {
    const result = format.sniff(head);
    if (!found.has(result)) found.set(result, format);
  }
  const best = found.get('certain') ?? found.get('likely');
  return best ?? (isWhole || !found.has('more') ? found.get('possible') : undefined);
}
