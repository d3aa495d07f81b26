#!/usr/bin/env bash
# hyparquet-writer 0.17.0 (npm), writing a column of doubles that has both 0 and -0, each several times.
# Expected: -0 is read back as -0: a double of Parquet has its sign, and of different values it keeps it.
# Happens:  all zeros get the sign of the first one. Columns whose values come again are written with a
#           dictionary, and its Map takes 0 and -0 for one key; without a dictionary the same values keep
#           their signs. DuckDB reads the file the same way, so it is the bytes.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hyparquet-writer@0.17.0 @duckdb/node-api@1.5.6-r.1

cat > probe.mjs <<'EOF'
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetWriteBuffer } from 'hyparquet-writer';
const duckdb = await (await DuckDBInstance.create()).connect();
const data = Array.from({ length: 60 }, (_, i) => (i % 2 ? -0 : 0));
async function signs(name, column) {
  const bytes = parquetWriteBuffer({ columnData: [{ name: 'x', type: 'DOUBLE', data, ...column }] });
  writeFileSync(name, new Uint8Array(bytes));
  const rows = (await duckdb.runAndReadAll(`select x from '${name}'`)).getRows();
  return rows.filter(([x]) => Object.is(x, -0)).length;
}
const dictionary = await signs('dictionary.parquet', {});
const plain = await signs('plain.parquet', { encoding: 'PLAIN' });
console.log('Version:  hyparquet-writer 0.17.0, read by @duckdb/node-api 1.5.6-r.1');
console.log('Expected: 30 values of 60 are -0, as they were given');
console.log(`Seen:     ${dictionary} with a dictionary, which is the default; ${plain} without one`);
const same = dictionary === 0 && plain === 30;
console.log(same ? 'As described: the dictionary loses the sign of zero.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
