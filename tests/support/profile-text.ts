import { rangesOfBytes } from '../../src/infra/engine/ranges.ts';
import type { ByteSource } from '../../src/processing/byte-source.ts';
import { DatasetError } from '../../src/processing/errors.ts';
import { profileDataset } from '../../src/processing/profile.ts';
import type { ProfileOptions } from '../../src/processing/profile-options.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { reportText } from '../../src/report/report-text.ts';

/** The bytes as a stream cut at the given offsets. */
function cut(bytes: Uint8Array, offsets: number[]): ByteSource & { readInto: (place: Uint8Array) => number } {
  const ends = [...new Set(offsets)].filter((to) => to > 0 && to < bytes.length).sort((a, b) => a - b);
  ends.push(bytes.length);
  let at = 0;
  const next = (most: number) => {
    const to = Math.min(ends[0]!, at + most);
    if (to === ends[0] && ends.length > 1) ends.shift();
    const piece = bytes.slice(at, to);
    at = to;
    return piece;
  };
  return {
    ranges: async () => rangesOfBytes(bytes),
    async *[Symbol.asyncIterator]() {
      do yield next(bytes.length);
      while (at < bytes.length);
    },
    readInto(place) {
      const piece = next(place.length);
      place.set(piece);
      return piece.length;
    },
  };
}

/** The text of the report, or of the error that a user reads. */
export async function profileText(
  input: Uint8Array | string,
  format: string,
  offsets: number[] = [],
  options: Partial<ProfileOptions> = {},
  readsInto = false,
): Promise<string> {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const { readInto, ...source } = cut(bytes, offsets);
  try {
    return reportText(
      buildReport(await profileDataset(readsInto ? { ...source, readInto } : source, { format, ...options })),
    );
  } catch (error) {
    if (error instanceof DatasetError) return `${error.message}\n`;
    throw error;
  }
}
