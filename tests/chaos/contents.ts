import type { Random } from '../../bench/generators/random.ts';

/** A file to upload, and what must become of it. */
export interface Content {
  filename: string;
  type: 'text/csv' | 'application/json';
  bytes: Buffer;
  /** Of a file that can be read; undefined: its job must fail. */
  rows: number | undefined;
  /** What the sentence of the failure must speak of. */
  complaint: RegExp | undefined;
}

const KINDS = ['apple', 'pear', 'plum', 'quince', 'medlar'];
const LARGE_SHARE = 0.03;
const BROKEN_SHARE = 0.1;
const CSV_HEADER = 'n,amount,kind,tag\n';

function rowsOf(random: Random, bytes: number, row: (n: number, amount: string, kind: string) => string): string[] {
  const amounts = Array.from({ length: 64 }, () => (random.fraction() * 1_000).toFixed(2));
  const rows: string[] = [];
  for (let size = 0; size < bytes; ) {
    const text = row(rows.length + 1, random.pick(amounts), random.pick(KINDS));
    rows.push(text);
    size += text.length + 1;
  }
  return rows;
}

/** Mostly 1 to 200 KB, as many of each order of magnitude; a few of 5 to 20 MB. */
const goodSize = (random: Random) =>
  random.chance(LARGE_SHARE) ? 5e6 + random.below(15e6) : Math.floor(1_000 * 200 ** random.fraction());

/**
 * A table with the columns `n` (1 to the number of rows), `amount`, `kind` and `tag`; of ten files one is broken.
 * @param tag makes the bytes unlike all others
 */
export function makeContent(random: Random, tag: string): Content {
  const csv = (n: number, amount: string, kind: string) => `${n},${amount},${kind},${tag}`;
  const json = (n: number, amount: string, kind: string) =>
    `{"n":${n},"amount":${Number(amount)},"kind":"${kind}","tag":"${tag}"}`;
  const isJson = random.chance(0.4);
  const file = (text: string, expected: { rows?: number; complaint?: RegExp }): Content => ({
    filename: `${tag}.${isJson ? 'json' : 'csv'}`,
    type: isJson ? 'application/json' : 'text/csv',
    bytes: Buffer.from(text),
    rows: expected.rows,
    complaint: expected.complaint,
  });
  if (random.chance(BROKEN_SHARE)) {
    const rows = rowsOf(random, 1_000 + random.below(50_000), isJson ? json : csv);
    if (isJson) {
      if (random.chance(0.5)) return file(rows[0]!, { complaint: /is one object, not a list of objects/ });
      return file(`[${rows.join(',')}`, { complaint: /line \d+.*byte \d+/s });
    }
    if (random.chance(0.5))
      return file(`${CSV_HEADER}${rows.join('\n')}\n${'x,'.repeat(17_000)}\n`, { complaint: /16,384 columns/ });
    return file(`${CSV_HEADER}${rows.join('\n')}\n"never closed\n`, { complaint: /quote/i });
  }
  const rows = rowsOf(random, goodSize(random), isJson ? json : csv);
  if (!isJson) return file(`${CSV_HEADER}${rows.join('\n')}\n`, { rows: rows.length });
  return file(random.chance(0.5) ? rows.join('\n') : `[${rows.join(',\n')}]`, { rows: rows.length });
}

/** What is wrong with the report of such a file, in a few words; undefined: nothing. */
export function wrongInReport({ rows }: Content, report: unknown): string | undefined {
  const { row_count, numeric } = report as {
    row_count: number;
    numeric: { n?: { min: number; max: number; mean: number } };
  };
  if (rows === undefined) return 'a report of a broken file';
  if (row_count !== rows) return `row_count ${row_count}, not ${rows}`;
  const n = numeric.n;
  if (n?.min !== 1 || n.max !== rows || n.mean !== (rows + 1) / 2)
    return `column n has ${JSON.stringify(n)} over 1 to ${rows}`;
  return undefined;
}
