/** The facts that contestants are compared by; what one of them does not compute is missing. */
export interface Facts {
  rows: number;
  duplicates?: number;
  columns?: ColumnFacts[];
}
interface ColumnFacts {
  name: string;
  nulls: number;
  distinct?: number;
  /** Counts of the ten most frequent values. */
  top?: number[];
  min?: number;
  max?: number;
  mean?: number;
  std?: number | null;
  q1?: number;
  median?: number;
  q3?: number;
  outliers?: number;
  length?: { min: number; max: number; mean: number };
}

interface ReportLike {
  row_count: number;
  anomalies: { duplicates: { count: number }; outliers: Record<string, { count: number }> };
  columns: {
    name: string;
    null_count: number;
    distinct: { count: number; exact: boolean };
    top_values: { count: number }[];
    min?: number | string;
    max?: number | string;
    mean?: number;
    std?: number | null;
    quartiles?: { q1: number; median: number; q3: number };
    length?: { min: number; max: number; mean: number };
  }[];
}

/** The facts of the project's own report.json. */
export function factsOfReport(text: string): Facts {
  const report = JSON.parse(text) as ReportLike;
  return {
    rows: report.row_count,
    duplicates: report.anomalies.duplicates.count,
    columns: report.columns.map((column) => ({
      name: column.name,
      nulls: column.null_count,
      ...(column.distinct.exact && {
        distinct: column.distinct.count,
        top: column.top_values.map(({ count }) => count),
      }),
      ...(column.quartiles && {
        min: Number(column.min),
        max: Number(column.max),
        mean: column.mean!,
        std: column.std!,
        ...column.quartiles,
        outliers: report.anomalies.outliers[column.name]!.count,
      }),
      ...(column.length && { length: column.length }),
    })),
  };
}

/** Libraries add up in different orders: of a mean near zero only what lies within the spread of the values counts. */
const TOLERANCE = 1e-9;

/** @returns how many facts both have and agree on, and a sentence for each on which they do not */
export function compareFacts(ours: Facts, theirs: Facts): { equal: number; differing: string[] } {
  let equal = 0;
  const differing: string[] = [];
  const compare = (what: string, a: unknown, b: unknown, spread = 0) => {
    if (a === undefined || b === undefined) return;
    const close =
      typeof a === 'number' && typeof b === 'number'
        ? Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b), spread)
        : JSON.stringify(a) === JSON.stringify(b);
    if (close) equal++;
    else differing.push(`${what}: ours ${JSON.stringify(a)}, theirs ${JSON.stringify(b)}`);
  };
  compare('rows', ours.rows, theirs.rows);
  compare('duplicate rows', ours.duplicates, theirs.duplicates);
  if (!ours.columns || !theirs.columns) return { equal, differing };
  compare('columns', ours.columns.length, theirs.columns.length);
  for (const [i, a] of ours.columns.entries()) {
    const b = theirs.columns[i];
    if (!b) break;
    const spread = a.std ?? 0;
    compare(`name of column ${i + 1}`, a.name, b.name);
    compare(`${a.name} is of numbers`, a.q1 !== undefined, b.q1 !== undefined);
    for (const fact of ['nulls', 'distinct', 'top', 'outliers'] as const)
      compare(`${a.name} ${fact}`, a[fact], b[fact]);
    for (const fact of ['min', 'max', 'mean', 'std', 'q1', 'median', 'q3'] as const)
      compare(`${a.name} ${fact}`, a[fact], b[fact], spread);
    for (const fact of ['min', 'max', 'mean'] as const)
      compare(`${a.name} length ${fact}`, a.length?.[fact], b.length?.[fact]);
  }
  return { equal, differing };
}
