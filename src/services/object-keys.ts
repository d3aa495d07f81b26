/** Keys of a dataset's objects in the buckets. Everything that is stored for a dataset lies under `datasets/{id}/`. */

/** The file as it was uploaded: `datasets/{id}/source/{filename}`. */
export const uploadKey = (id: string, filename: string): string => `datasets/${id}/source/${filename}`;

/** What is stored here belongs to the report's row. */
export const reportFolder = (id: string): string => `datasets/${id}/report/`;
export const reportKey = (id: string): string => `${reportFolder(id)}report.json`;
/** The report as a page, beside report.json. */
export const pageKey = (id: string): string => `${reportFolder(id)}report.html`;

const KEY = /^datasets\/([0-9a-f-]{36})\//;

/** The id of the dataset that an object was stored for; undefined for a key of another pattern, which is not ours. */
export const datasetOfKey = (key: string): string | undefined => KEY.exec(key)?.[1];
