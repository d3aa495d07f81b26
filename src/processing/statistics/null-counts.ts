/**
 * The nulls of a column: empty and missing fields and the null tokens of a CSV (text/null-tokens.ts); `null` and
 * missing keys of JSON.
 *
 * - Recognised by the kernel with the class of a value: kernel/values/value-class.ts.
 * - Counted with the other values: kernel/columns/counting.ts, kernel/columns/past-bound.ts,
 *   kernel/end/entry-totals.ts.
 * - Assembled in host/column-facts.ts.
 */
export interface NullCounts {
  nullCount: number;
  /** How often each token occurs, "" for empty and missing; sorted by bytes. */
  nullTokens: Map<string, number>;
}

/** @param counts of each token, in the order of `tokens` */
export function nullCounts(tokens: readonly string[], counts: Float64Array): NullCounts {
  const total = new Map<string, number>(); // the string "null" of JSON may be a token beside its null
  tokens.forEach((token, i) => {
    if (counts[i]! > 0) total.set(token, (total.get(token) ?? 0) + counts[i]!);
  });
  return {
    nullCount: counts.reduce((a, b) => a + b, 0),
    nullTokens: new Map([...total].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
