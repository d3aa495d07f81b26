import type { Format } from '../format.ts';

/** What one thread takes for a byte of text, in nanoseconds, and how many bytes of text one of a file stands for. */
const TEXT_BYTE = 3;
const RATIO = 5;

const begins = (head: Uint8Array, ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);

const packed = <Name extends string>(
  name: Name,
  contentTypes: Format['contentTypes'],
  extensions: readonly string[],
  isSigned: (head: Uint8Array) => boolean,
): Format<Name> => ({
  name,
  label: name,
  isContainer: true,
  hasSignature: true,
  contentTypes,
  extensions,
  sniff: (head) => (isSigned(head) ? 'certain' : 'no'),
  workEstimate: (size) => size * RATIO * TEXT_BYTE,
  load: () => import('./reader.ts'),
});

export const GZIP: Format<'gzip'> = packed(
  'gzip',
  ['application/gzip', 'application/x-gzip'],
  ['.gz', '.bgz'],
  (head) => begins(head, 0x1f, 0x8b),
);
/** A skippable frame may come first, as pzstd writes it. */
export const ZSTD: Format<'zstd'> = packed(
  'zstd',
  ['application/zstd'],
  ['.zst'],
  (head) =>
    begins(head, 0x28, 0xb5, 0x2f, 0xfd) ||
    (head.length > 0 && head[0]! >> 4 === 5 && begins(head.subarray(1), 0x2a, 0x4d, 0x18)),
);
/** Also an archive without any file, or with something before its first one. */
export const ZIP: Format<'zip'> = packed('zip', ['application/zip', 'application/x-zip-compressed'], ['.zip'], (head) =>
  [
    [3, 4],
    [5, 6],
    [7, 8],
  ].some((kind) => begins(head, 0x50, 0x4b, ...kind)),
);
