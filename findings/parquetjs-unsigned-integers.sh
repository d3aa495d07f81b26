#!/usr/bin/env bash
# @dsnp/parquetjs 1.8.8 (npm), reading unsigned integer columns of a Parquet file.
# Expected: UINT_32 and UINT_64, both in its list of types, give 4294967295 and 18446744073709551615n.
# Happens:  both are -1: the stored bits are taken as signed, although the schema that it prints for the
#           column says UINT_32. The file is written by DuckDB, which reads its own values back as written.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dsnp/parquetjs@1.8.8 @duckdb/node-api@1.5.6-r.1

cat > probe.mjs <<'EOF'
import { DuckDBInstance } from '@duckdb/node-api';
import parquetjs from '@dsnp/parquetjs';
const duckdb = await (await DuckDBInstance.create()).connect();
await duckdb.run(
  "copy (select 4294967295::uinteger as u32, 18446744073709551615::ubigint as u64) to 'unsigned.parquet'",
);
const written = (await duckdb.runAndReadAll("select * from 'unsigned.parquet'")).getRows()[0].map(String);
const reader = await parquetjs.ParquetReader.openFile('unsigned.parquet');
const type = reader.getSchema().fields.u32.originalType;
const row = await reader.getCursor().next();
await reader.close();
console.log('Version:  @dsnp/parquetjs 1.8.8; the file is from @duckdb/node-api 1.5.6-r.1');
console.log(`Expected: ${written.join(' and ')} (so DuckDB), the type of u32 being ${type}`);
console.log(`Seen:     ${row.u32} and ${row.u64}`);
const same = type === 'UINT_32' && row.u32 === -1 && row.u64 === -1n;
console.log(same ? 'As described: unsigned values come out negative.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
