import { CSV } from './csv/format.ts';
import type { Format } from './format.ts';
import { JSON_FORMAT } from './json/format.ts';
import { PARQUET } from './parquet/format.ts';
import { XLSX } from './xlsx/format.ts';

const LIST = [CSV, JSON_FORMAT, PARQUET, XLSX] as const;

/** The formats that can be read; of several that may fit by the first bytes, the first one does. */
export const FORMATS: readonly Format[] = LIST;

export type FormatName = (typeof LIST)[number]['name'];
