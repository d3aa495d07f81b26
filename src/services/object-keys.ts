import { UUID_PATTERN } from '../core/uuid.ts';

/** Keys of a dataset's objects in the buckets. Everything that is stored for a dataset lies under `datasets/{id}/`. */

/** The file as it was uploaded: `datasets/{id}/source/{filename}`. */
export const uploadKey = (id: string, filename: string): string => `datasets/${id}/source/${filename}`;

/** The folder of a dataset's report: what is stored in it belongs to the report's row. */
export const reportFolder = (id: string): string => `datasets/${id}/report/`;
/** The report as JSON, in the bytes in which it is served. */
export const reportKey = (id: string): string => `${reportFolder(id)}report.json`;
/** The report as a page, beside report.json. */
export const pageKey = (id: string): string => `${reportFolder(id)}report.html`;

const KEY = new RegExp(`^datasets/(${UUID_PATTERN})/`);

/** The id of the dataset that an object was stored for; undefined for a key of another pattern, which is not ours. */
export const datasetOfKey = (key: string): string | undefined => KEY.exec(key)?.[1];
