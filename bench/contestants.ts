import { fileURLToPath } from 'node:url';
import type { Format } from './recipes.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The engine as its user runs it: arguments of node. */
const oursOf = (file: string): string[] => [here('../bin/dataset-reports.mjs'), 'profile', file, '--output', 'json'];

export interface Contestant {
  name: string;
  /** The package of bench/peers that it needs. */
  peer?: string;
  formats: Format[];
  /** What it computes: letters of FACTS, small ones in part. */
  facts: string;
  args: (file: string) => string[];
}

export const FACTS = {
  N: 'nulls',
  M: 'min, max, mean, std',
  Q: 'exact quartiles',
  O: 'outliers counted',
  D: 'exact distinct',
  T: 'exact top 10',
  H: 'histogram',
  L: 'text lengths',
  U: 'duplicate rows',
  A: 'dates as dates',
  W: 'types that hold for the whole file',
  E: 'rows as evidence',
} as const;
const ALL = Object.keys(FACTS).join('');

const script = (name: string) => (file: string) => [here(`contestants/${name}.mjs`), file];

export const CONTESTANTS: Contestant[] = [
  // distinct and top 10 are exact up to a bound of distinct values
  { name: 'ours', formats: ['csv', 'ndjson', 'json'], facts: ALL.replace('DT', 'dt'), args: oursOf },
  {
    name: 'polars',
    peer: 'nodejs-polars',
    formats: ['csv', 'ndjson', 'json'],
    facts: ALL.replace('E', ''),
    args: script('polars'),
  },
  {
    name: 'duckdb',
    peer: '@duckdb/node-api',
    formats: ['csv', 'ndjson', 'json'],
    facts: ALL.replace('E', ''),
    args: script('duckdb'),
  },
  { name: 'papaparse', peer: 'papaparse', formats: ['csv'], facts: '', args: script('papaparse') },
  { name: 'fast-csv', peer: 'fast-csv', formats: ['csv'], facts: '', args: script('fast-csv') },
  { name: 'json-parse', formats: ['ndjson', 'json'], facts: '', args: script('json-parse') },
];
