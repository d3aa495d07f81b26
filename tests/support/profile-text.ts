import { DatasetError } from '../../src/processing/errors.ts';
import { profileDataset } from '../../src/processing/profile.ts';
import type { ProfileOptions } from '../../src/processing/profile-options.ts';
import { buildReport, reportText } from '../../src/report/report.ts';

/** The bytes as a stream cut at the given offsets. */
async function* cut(bytes: Uint8Array, offsets: number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const to of [...new Set(offsets)].sort((a, b) => a - b)) {
    if (to > from && to < bytes.length) {
      yield bytes.slice(from, to);
      from = to;
    }
  }
  yield bytes.slice(from);
}

/** The text of the report, or of the error that a user reads. */
export async function profileText(
  input: Uint8Array | string,
  format: 'csv' | 'json',
  offsets: number[] = [],
  options: Partial<ProfileOptions> = {},
): Promise<string> {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  try {
    return reportText(buildReport(await profileDataset(cut(bytes, offsets), { format, ...options })));
  } catch (error) {
    if (error instanceof DatasetError) return `${error.message}\n`;
    throw error;
  }
}
