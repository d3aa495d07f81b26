#!/usr/bin/env bash
# nodejs-polars 0.26.1 (npm), a data frame or series made from BigInts of which one is negative.
# Expected: a column of Int64 with the values as they are, or an error.
# Happens:  the column is UInt64 and holds the absolute values: -1n becomes 1n, without an error, in a DataFrame
#           as in a Series. With the type given as Int64 the same BigInts become nulls.
# Needs: npm with Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund nodejs-polars@0.26.1

cat > probe.mjs <<'EOF'
import pl from 'nodejs-polars';
const values = [5n, -1n, -7n];
const show = (list) => list.map((value) => `${value}`).join(' ');
const frame = pl.DataFrame({ balance: values });
const type = frame.schema.balance.variant;
const seen = show(frame.toRecords().map(({ balance }) => balance));
const series = show([...pl.Series('balance', values)]);
const typed = show([...pl.Series('balance', values, pl.Int64)]);
console.log('Version:  nodejs-polars 0.26.1');
console.log(`Expected: ${show(values)}`);
console.log(`Seen:     DataFrame ${seen} (${type}); Series ${series}; Series with type Int64 ${typed}`);
const same = seen === '5 1 7' && series === '5 1 7' && type === 'UInt64' && typed === 'null null null';
console.log(same ? 'As described: the signs are lost.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
