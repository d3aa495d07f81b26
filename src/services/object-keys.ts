import { createHash } from 'node:crypto';
import { UUID_PATTERN } from '../core/uuid.ts';

/** Keys of a dataset's objects in the buckets. Everything that is stored for a dataset lies under `datasets/{id}/`. */

/** The file as it was uploaded: `datasets/{id}/source/{filename}`. */
export const uploadKey = (id: string, filename: string): string => `datasets/${id}/source/${filename}`;

/** Characters of a digest of options: as many as no two options of one dataset ever share. */
const DIGEST = 16;

/**
 * The report as JSON, in the bytes in which it is served: `datasets/{id}/report/report.json`. One that was made with
 * options has a folder of its own below: so a key always stands for the same bytes, and an attempt that stores its
 * report too late, or for nothing, overwrites no report of other options.
 * @param options those of the report; undefined or null for none
 */
export function reportKey(id: string, options?: unknown): string {
  return `datasets/${id}/report/${options ? `${digestOf(options)}/` : ''}report.json`;
}

/** Whatever the order of the members: a row does not keep it. */
function digestOf(options: unknown): string {
  const sorted = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(options, sorted)).digest('hex').slice(0, DIGEST);
}

/** The report as a page, beside its report.json. @param report key of that */
export const pageKey = (report: string): string => report.replace(/json$/, 'html');

const KEY = new RegExp(`^datasets/(${UUID_PATTERN})/`);

/** The id of the dataset that an object was stored for; undefined for a key of another pattern, which is not ours. */
export const datasetOfKey = (key: string): string | undefined => KEY.exec(key)?.[1];

/** The key of the report that an object is, or that it is the page of; undefined for another object. */
export const reportOfKey = (key: string): string | undefined =>
  /^[^/]+\/[^/]+\/report\/.*report\.(?:json|html)$/.test(key) ? key.replace(/html$/, 'json') : undefined;
