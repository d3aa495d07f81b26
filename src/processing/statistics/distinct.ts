/**
 * How many different values a column has, nulls aside.
 *
 * - Exact up to a bound (MAX_DISTINCT in limits.ts): every value is counted in kernel/columns/value-table.ts.
 * - Past it estimated by `estimatedDistinct`, from registers that kernel/columns/hyperloglog.ts keeps.
 * - Assembled in host/column-facts.ts.
 */
export type Distinct = { count: number; exact: true } | { count: number; exact: false; method: string };

const METHOD = 'HyperLogLog, 4,096 registers, standard error 1.6 %';

/** 2^-r. */
const POWERS = Float64Array.from({ length: 64 }, (_, r) => 2 ** -r);

/**
 * @param registers of the column
 * @param bound of exact counting: more distinct values than this were counted
 * @param all values of the column, nulls aside
 */
export function estimatedDistinct(registers: Uint8Array, bound: number, all: number): Distinct {
  // more than were counted, and not more than there are
  return { count: Math.min(cardinality(registers, bound + 1), all), exact: false, method: METHOD };
}

/**
 * The estimate of a HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007): the harmonic mean of the registers, and
 * linear counting of empty registers where few values were seen. Never below what was counted.
 */
function cardinality(registers: Uint8Array, counted: number): number {
  const m = registers.length;
  let empty = 0;
  let inverse = 0;
  for (let i = 0; i < m; i++) {
    const register = registers[i]!;
    if (register === 0) empty++;
    inverse += POWERS[register]!;
  }
  const raw = ((0.7213 / (1 + 1.079 / m)) * m * m) / inverse;
  const estimate = raw <= 2.5 * m && empty > 0 ? m * Math.log(m / empty) : raw;
  return Math.max(Math.round(estimate), counted);
}
