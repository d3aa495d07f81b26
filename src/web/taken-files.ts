import { otherKind } from '../processing/formats/other-kinds.ts';

export { OTHER_KINDS } from '../processing/formats/other-kinds.ts';

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

/** The formats as the service's sentences list them; a test holds them equal. */
export const TAKEN_FORMATS = 'CSV, JSON, Parquet or Excel';

/** What to do with a file of a kind that the service refuses by its name: it need not be sent. */
export const refusedKind = (name: string): string | undefined => otherKind(name, TAKEN_FORMATS);
