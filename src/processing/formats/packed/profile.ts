import type { ByteSource } from '../../byte-source.ts';
import { signed } from '../../first-bytes.ts';
import type { ProfileOptions } from '../../profile-options.ts';
import type { Profile } from '../../profile-types.ts';
import { isOfLines } from '../choose.ts';
import type { Declared } from '../format.ts';
import { openContainer, withoutExtension } from './container.ts';
import { innerFile, tableFormat } from './inner.ts';
import { bounded } from './unpacked.ts';

/**
 * Profiles the table in a compressed file: the same facts as of the table alone, and `compression`. Progress is in
 * bytes of the compressed file.
 * @throws DatasetError with the place in the text, or with the byte of the compressed file where that is damaged
 */
export async function profilePacked(source: ByteSource, options: ProfileOptions, declared: Declared): Promise<Profile> {
  const { filename, maxUnpackedBytes, budget, onProgress, signal } = options;
  const { format, formats } = declared;
  const { format: found, bytes: packed } = await signed(source, [format]);
  if (!found) {
    // programs that download a file often unpack it and keep its name
    const name = withoutExtension(filename ?? '');
    const plain = await tableFormat(packed, name, options.format, declared);
    const reader = await plain.format.load();
    const asPlain = { ...options, format: plain.format.name, isOfLines: isOfLines(name, formats) };
    return reader.profile(plain.bytes, asPlain, { ...declared, format: plain.format });
  }
  const member = declared.options?.member;
  const container = await openContainer(format.name, packed, { filename, member, formats, signal });
  if ('format' in container) {
    const reader = await container.format.load();
    return reader.profile(container.source, options, { ...declared, format: container.format });
  }
  await using _closed = container;
  const text = bounded(budget?.unpacked(container.text) ?? container.text, maxUnpackedBytes, signal);
  const inner = await innerFile(container, text, options.format, declared);
  const reader = await inner.format.load();
  const profile = await reader.profile(
    inner.bytes,
    {
      ...options,
      format: inner.format.name,
      isOfLines: container.name === '' ? options.isOfLines : isOfLines(container.name, formats),
      onProgress: onProgress && (({ rows }) => onProgress({ bytes: container.bytes, rows })),
    },
    { ...declared, format: inner.format },
  );
  const { kind, bytes } = container;
  const compression = { kind, bytes, member: container.member };
  return { ...profile, file: { ...profile.file, compression } };
}
