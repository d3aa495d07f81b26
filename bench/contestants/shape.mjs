// What the contestants share. Plain JavaScript, so that none of them pays for the stripping of types at its start.
import { createRequire } from 'node:module';
import { extname } from 'node:path';

/** A package of bench/peers. */
export const peer = createRequire(new URL('../peers/package.json', import.meta.url));

export const file = process.argv[2];
/** 'csv', 'ndjson' or 'json' */
export const format = extname(file).slice(1);

/** What the report counts as null in a CSV. */
export const NULLS =
  ',#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,None,n/a,nan,null'.split(',');

export const BINS = 20;
export const fences = (q1, q3) => [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)];

/**
 * Prints the facts for agreement.ts, which has their shape.
 * @param facts {rows, duplicates, columns: [{name, nulls, distinct, top, min, max, mean, std, q1, median, q3, outliers,
 * histogram, length}]}; what is not known is left out
 */
export function print(facts) {
  process.stdout.write(JSON.stringify(facts, (_key, value) => (typeof value === 'bigint' ? Number(value) : value)));
}
