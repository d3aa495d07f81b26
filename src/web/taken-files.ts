/** The extensions that the service takes; a test holds them equal to its own list. */
export const TAKEN_EXTENSIONS = [
  '.csv',
  '.tsv',
  '.tab',
  '.psv',
  '.txt',
  '.json',
  '.ndjson',
  '.jsonl',
  '.geojson',
  '.parquet',
  '.pq',
  '.xlsx',
  '.xlsm',
  '.gz',
  '.bgz',
  '.zst',
  '.zip',
];

/** Whether a file of this name may be a table. */
export const isTakenFile = (name: string): boolean =>
  TAKEN_EXTENSIONS.some((extension) => name.toLowerCase().endsWith(extension));
