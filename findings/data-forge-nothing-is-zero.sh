#!/usr/bin/env bash
# data-forge 1.10.5 (npm), mean, smallest and largest value of a series without a number (an empty one, or nulls only).
# Expected: undefined, null or NaN, as pandas, DuckDB and polars give: there is no such value. The median of nulls is NaN
#           in data-forge, too, and in a series with some numbers the nulls are left out.
# Happens:  0 for all three, without an error: a column of which every value is missing has the mean 0.
# Needs: npm with Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund data-forge@1.10.5

cat > probe.mjs <<'EOF'
import dataForge from 'data-forge';
const facts = (values) => {
  const series = new dataForge.Series(values);
  return `mean ${series.average()}, min ${series.min()}, max ${series.max()}`;
};
console.log('Version:  data-forge 1.10.5');
console.log(`Expected: no number for a series of nulls (1, null, 3 gives ${facts([1, null, 3])})`);
console.log(`Seen:     nulls: ${facts([null, null])}; empty: ${facts([])}`);
const zero = 'mean 0, min 0, max 0';
const same = facts([null, null]) === zero && facts([]) === zero && facts([1, null, 3]) === 'mean 2, min 1, max 3';
console.log(same ? 'As described: nothing is 0.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
