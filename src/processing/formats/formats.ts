import { CSV } from './csv/format.ts';
import type { Format } from './format.ts';
import { JSON_FORMAT } from './json/format.ts';
import { GZIP, ZIP, ZSTD } from './packed/format.ts';
import { PARQUET } from './parquet/format.ts';
import { XLSX } from './xlsx/format.ts';

const TABLES = [CSV, JSON_FORMAT, PARQUET, XLSX] as const;
const CONTAINERS = [GZIP, ZSTD, ZIP] as const;

/** The formats that can be read; of several that may fit by the first bytes, the first one does. */
export const FORMATS: readonly Format[] = [...TABLES, ...CONTAINERS];

/** Those of them that a file, or the file in a container, can have. */
export const TABLE_FORMATS: readonly Format[] = TABLES;

export type FormatName = (typeof TABLES)[number]['name'];
