#!/usr/bin/env bash
# hyparquet 1.33.0 (npm), reading a DECIMAL(38,2) column of a Parquet file.
# Expected: the exact amount 12345678901234567.89, in a type that can hold it (text or bigint with a scale),
#           as hyparquet gives 64-bit integers as bigint.
# Happens:  a number, 12345678901234568: the cents and the last digit are gone without an error.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hyparquet@1.33.0 @duckdb/node-api@1.5.6-r.1

cat > probe.mjs <<'EOF'
import { DuckDBInstance } from '@duckdb/node-api';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
const duckdb = await (await DuckDBInstance.create()).connect();
await duckdb.run(
  "copy (select 12345678901234567.89::decimal(38,2) as amount, 9007199254740993::bigint as id) to 'amounts.parquet'",
);
const written = String((await duckdb.runAndReadAll("select amount from 'amounts.parquet'")).getRows()[0][0]);
const [row] = await parquetReadObjects({ file: await asyncBufferFromFile('amounts.parquet') });
console.log('Version:  hyparquet 1.33.0; the file is from @duckdb/node-api 1.5.6-r.1');
console.log(`Expected: the amount ${written} (so DuckDB), exact as the bigint column beside it (${row.id})`);
console.log(`Seen:     ${row.amount}, a ${typeof row.amount}`);
const same = row.amount === 12345678901234568 && row.id === 9007199254740993n;
console.log(same ? 'As described: the digits of a DECIMAL are lost.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
