import { sourceOfBytes } from '../../src/infra/engine/source.ts';
import { profileDataset } from '../../src/processing/profile.ts';
import type { ProfileOptions } from '../../src/processing/profile-options.ts';
import type { Profile } from '../../src/processing/profile-types.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { ReportDocument } from '../../src/report/document.ts';

const FLOATS = new Set(['FLOAT16', 'FLOAT', 'DOUBLE']);

export const profileParquet = (bytes: Uint8Array, options: Partial<ProfileOptions> = {}): Promise<Profile> =>
  profileDataset(sourceOfBytes(bytes).bytes, { format: 'parquet', ...options });

/** The report of a Parquet file, without what only such a report has. */
export async function parquetReport(bytes: Uint8Array): Promise<{ facts: object; storedTypes: string[] }> {
  const report = buildReport(await profileParquet(bytes));
  const storedTypes = report.columns.map(({ stored_type }) => stored_type!);
  return { facts: comparable(report), storedTypes };
}

/** The report of the same values as NDJSON: floating-point numbers are decimals, all whole ones too. */
export async function ndjsonReport(text: string | Uint8Array, storedTypes: string[]): Promise<object> {
  const bytes = Buffer.from(text);
  const profile = await profileDataset(sourceOfBytes(bytes).bytes, { format: 'json', isOfLines: true });
  profile.columns.forEach((column, i) => {
    if (column.type !== 'integer' || !FLOATS.has(storedTypes[i]!)) return;
    column.type = 'decimal';
    column.numeric = { ...column.numeric!, valueHistogram: undefined };
  });
  return comparable(buildReport(profile));
}

function comparable({ file: _, columns, ...others }: ReportDocument): object {
  return { ...others, columns: columns.map(({ stored_type: _, ...column }) => column) };
}
