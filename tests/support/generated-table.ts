/** Kinds of files that meet different ways through the engine. */
export type TableKind = 'narrow CSV' | 'wide CSV' | 'CSV of one column' | 'JSON list' | 'JSON lines';
export const formatOf = (kind: TableKind): 'csv' | 'json' => (kind.startsWith('JSON') ? 'json' : 'csv');

/**
 * Whole numbers below a bound, always the same for a seed: a linear congruence modulo 2^32, of which the upper bits are
 * taken.
 */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Values of every type, few or many different ones, with nulls and exceptions among them. */
const VALUES: ((row: number, next: (below: number) => number) => string)[] = [
  (row) => String(row),
  (_, next) => (next(200_000) / 100 - 500).toFixed(2),
  (_, next) => `word ${next(40)}`,
  (row, next) => `a text of its own, ${row} ${next(1_000)}`,
  (row) => `2024-0${(row % 9) + 1}-${10 + (row % 18)} 10:${10 + (row % 50)}:00`,
  (_, next) => (next(20) === 0 ? '' : String(next(7))),
  (_, next) => ['true', 'false', 'NA', ' null '][next(4)]!,
  (_, next) => (next(50) === 0 ? 'größe "x"\nline' : String(next(1_000_000) * 1e9)),
  (_, next) => ['007', '12345678901234567890', '-0.0', '1e300'][next(30)] ?? String(next(9)),
];

/** Bytes of a table with so many rows, some of them repeated, short or long. */
export function generatedTable(kind: TableKind, rows: number, seed: number): Buffer {
  const next = numbersFrom(seed);
  const columns = kind === 'wide CSV' ? 200 : kind === 'CSV of one column' ? 1 : 9;
  const first = next(VALUES.length);
  const cells = (row: number) => Array.from({ length: columns }, (_, i) => VALUES[(i + first) % 9]!(row, next));
  const made: string[] = [];
  for (let row = 0; row < rows; row++) {
    if (row > 0 && next(30) === 0) made.push(made[next(row)]!);
    else made.push(formatOf(kind) === 'csv' ? csvRow(cells(row), next) : jsonRecord(cells(row), next));
  }
  if (kind === 'JSON lines') return Buffer.from(made.join('\n'));
  if (kind === 'JSON list') return Buffer.from(`[${made.join(',\n')}]`);
  const header = Array.from({ length: columns }, (_, i) => `c${i}`).join();
  return Buffer.from(`${header}\n${made.map((row) => `${row}\n`).join('')}`);
}

function csvRow(cells: string[], next: (below: number) => number): string {
  const fields = cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  const odd = fields.length > 1 ? next(100) : 0;
  if (odd === 1) fields.pop();
  if (odd === 2) fields.push('surplus');
  return fields.join();
}
function jsonRecord(cells: string[], next: (below: number) => number): string {
  const members = cells.flatMap((cell, i) => {
    const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(cell);
    const value = isNumber ? cell : cell === '' ? 'null' : next(40) === 0 ? `[${i},{"k":"v"}]` : JSON.stringify(cell);
    return next(60) === 0 ? [] : [`"c${i}":${value}`];
  });
  return `{${members.join()}}`;
}
