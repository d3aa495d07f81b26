import { profileCsv } from './csv.ts';
import { profileJson } from './json.ts';
import type { Profile } from './profile-types.ts';

export type ProfileStage = 'parsed' | 'statistics' | 'anomalies';

export interface ProfileOptions {
  /** `json` is a list of objects or an object a line: which of the two is found from the bytes. */
  format: 'csv' | 'json';
  /** Checked between chunks: the profile then rejects with its reason. */
  signal?: AbortSignal;
  onProgress?: (progress: { bytes: number; rows: number }) => void;
  /** Awaited: after the last byte, when types and statistics are settled, after duplicates and outliers. */
  onStage?: (stage: ProfileStage) => void | Promise<void>;
}

/**
 * Reads the bytes once and gives all facts of the dataset. How the bytes are cut does not matter.
 * @throws DatasetError when they are no table
 */
export function profileDataset(source: AsyncIterable<Uint8Array>, options: ProfileOptions): Promise<Profile> {
  return options.format === 'csv' ? profileCsv(source, options) : profileJson(source, options);
}
