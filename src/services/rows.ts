import { AppError } from '../core/errors.ts';
import { readRows, type WholeRow } from '../processing/rows.ts';
import type { Deps } from './deps.ts';
import { loadReport } from './stored-report.ts';

/** Most rows of one request. */
export const MAX_ROWS = 1_000;

/** Row numbers as far as a pattern can check them: numbers from 1 and ranges of them, with spaces around. */
export const ROW_NUMBERS = /^ *[1-9]\d{0,14}(-[1-9]\d{0,14})? *(, *[1-9]\d{0,14}(-[1-9]\d{0,14})? *)*$/;

/** @throws AppError BAD_REQUEST for anything but numbers and ranges, at most 1,000 rows: `17,204` or `10-40` */
export function parseRowNumbers(text: string | undefined): number[] {
  if (!text) throw new AppError('BAD_REQUEST', 'Name the rows: ?rows=17,204 or ?rows=10-40.');
  if (!ROW_NUMBERS.test(text)) throw invalidRows();
  const rows = new Set<number>(); // at most MAX_ROWS
  for (const part of text.split(',', MAX_ROWS + 1)) {
    const [from, to = from] = part.split('-').map(Number) as [number, number?];
    if (to < from) throw invalidRows();
    for (let row = from; row <= to; row++) {
      rows.add(row);
      if (rows.size > MAX_ROWS)
        throw new AppError('BAD_REQUEST', `At most ${MAX_ROWS.toLocaleString('en')} rows can be asked for at once.`);
    }
  }
  return [...rows].sort((a, b) => a - b);
}

const invalidRows = () =>
  new AppError('BAD_REQUEST', '"rows" takes row numbers from 1 and ascending ranges: 17,204 or 10-40.');

export interface RowsOfDataset {
  /** Of the report, in its order. */
  columns: string[];
  rows: AsyncIterable<{ row: number; line: number; values: Record<string, unknown>; surplus?: string[] }>;
  name: string;
}

/**
 * Whole rows of a processed dataset, read from its file as it was uploaded. Row numbers are the report's; rows beyond
 * the end are left out. A CSV's values are its fields as text, a missing one null; a JSON record's are as they are
 * written.
 * @throws AppError NOT_FOUND without a report: it has the encoding and the columns
 */
export async function openRows(parts: Deps, id: string, wanted: number[], signal: AbortSignal): Promise<RowsOfDataset> {
  const { dataset, report } = await loadReport(parts, id);
  const columns = report.columns.map(({ name }) => name);
  const file = { ...report.file, format: String(report.file.format) };
  const source = await parts.storage.get(dataset.uploadBucket, dataset.uploadKey, signal);
  async function* rows(): AsyncGenerator<Awaited<ReturnType<typeof whole>>> {
    try {
      for await (const found of readRows(source, file, wanted)) yield whole(found);
    } finally {
      source.destroy();
    }
  }
  const whole = ({ row, line, fields, surplus }: WholeRow) => {
    const values: Record<string, unknown> = Object.create(null); // `__proto__` is a name like any other
    for (const [name, value] of fields) values[name] = value;
    return { row, line, values, ...(surplus ? { surplus } : {}) };
  };
  return { columns, rows: rows(), name: dataset.name };
}
