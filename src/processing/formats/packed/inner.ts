import type { ByteSource } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import { signed, sniff } from '../../first-bytes.ts';
import { certainFormatOfFilename } from '../choose.ts';
import type { Declared, Format } from '../format.ts';
import type { Container } from './container.ts';

/**
 * The format of the file in a container, and its bytes.
 * @param named by the caller, who may know only that the file is compressed
 * @throws DatasetError when it is compressed itself, or of a format that is not read from its first byte to its last
 */
export async function innerFile(
  { name, kind, member }: Container,
  text: ByteSource,
  named: string,
  { formats, options }: Pick<Declared, 'formats' | 'options'>,
): Promise<{ format: Format; bytes: ByteSource }> {
  const { format: ofSignature, head, bytes } = await signed(text, formats);
  if (ofSignature) {
    // a workbook is an archive as well
    const { label, isContainer } =
      formats.find(({ zipMember, sniff }) => zipMember && sniff(head) === 'certain') ?? ofSignature;
    const where =
      member === null ? `The ${kind} data holds` : `The file ${JSON.stringify(member)} in the zip archive is`;
    const what = isContainer
      ? `compressed data again (${label})`
      : `${/^[AEIOU]/.test(label) ? 'an' : 'a'} ${label} file`;
    throw new DatasetError(`${where} ${what}`, {}, 'Unpack it and upload the file itself.');
  }
  return tableFormat(bytes, name, named, { formats, options });
}

/** The format of text, by what the caller names, by its name, by its first bytes. */
export async function tableFormat(
  bytes: ByteSource,
  name: string,
  named: string,
  { formats, options }: Pick<Declared, 'formats' | 'options'>,
): Promise<{ format: Format; bytes: ByteSource }> {
  // the others are read by ranges, which a stream does not have
  const tables = formats.filter(
    ({ isContainer, hasSignature, zipMember }) => !isContainer && !hasSignature && !zipMember,
  );
  const asked = options?.format ?? named;
  const format = tables.find((table) => table.name === asked || table.variants?.includes(asked));
  if (format) return { format, bytes };
  if (options?.format !== undefined)
    throw new DatasetError(
      `There is no ${options.format} file in it, but text`,
      {},
      'Leave the option format out, or name the format of the text.',
    );
  const byName = certainFormatOfFilename(name, tables);
  return byName ? { format: byName, bytes } : sniff(bytes, tables);
}
