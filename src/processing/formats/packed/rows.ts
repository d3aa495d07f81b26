import type { ByteSource } from '../../byte-source.ts';
import { formatNamed } from '../choose.ts';
import type { Declared, FilterReader, KnownFile, TakeRow } from '../format.ts';
import { type Container, openContainer } from './container.ts';

/** A file that was profiled is opened again, by what its report states. */
async function reopen(source: ByteSource, { formats }: Declared, file: KnownFile, signal?: AbortSignal) {
  const { kind, member } = file.compression as unknown as Pick<Container, 'kind' | 'member'>;
  const container = await openContainer(kind, source, { member: member ?? undefined, formats: [], signal });
  if ('format' in container) throw new Error('A compressed file has become one of another format');
  return { container, format: formatNamed(file.format, formats) };
}

/** Gives every data row to `take` (see FormatReader), as the reader of the file inside does. */
export async function* packedRows(
  source: ByteSource,
  file: KnownFile,
  take: TakeRow,
  declared: Declared,
): AsyncGenerator<void> {
  const { container, format } = await reopen(source, declared, file, declared.limits?.signal);
  await using _closed = container;
  const reader = await format.load();
  const text = declared.limits?.budget?.unpacked(container.text) ?? container.text;
  yield* reader.rows(text, file, take, { ...declared, format });
}

/**
 * Tests every data row (see FormatReader). Without an index: a reading cannot begin in the middle of compressed data.
 */
export const filterPacked: FilterReader = async function* (source, query, { index: _, ...options }, declared) {
  const { container, format } = await reopen(source, declared, declared.file!, options.signal);
  await using _closed = container;
  const reader = await format.load();
  yield* reader.filter(container.text, query, options, { ...declared, format });
};
