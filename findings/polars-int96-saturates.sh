#!/usr/bin/env bash
# polars 2.1.0 (PyPI), read_parquet and scan_parquet, on timestamps of type INT96 before 1677 or after 2262, as Spark
# and Hive write them.
# Expected: the instant, as DuckDB reads it, null, or an error: nanoseconds in 64 bits end in 2262.
# Happens:  every instant that does not fit becomes 2262-04-11T23:47:16.854775807 without an error, those of the year
#           1500, too: a date of 1500 is later than one of 2020.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0 pyarrow==26.0.1 duckdb==2.0.1

cat > probe.py <<'EOF'
import datetime as dt
import sys
import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

written = [dt.datetime(1500, 6, 1, 12), dt.datetime(2020, 1, 1), dt.datetime(3000, 1, 1)]
table = pa.table({'t': pa.array(written, pa.timestamp('us'))})
# without the schema of Arrow, which no other writer leaves in the file
pq.write_table(table, 'int96.parquet', use_deprecated_int96_timestamps=True, store_schema=False)
other = [t for (t,) in duckdb.sql("select t from 'int96.parquet'").fetchall()]
read = pl.read_parquet('int96.parquet')['t'].dt.to_string('%Y-%m-%d').to_list()
scanned = pl.scan_parquet('int96.parquet').collect()['t'].dt.to_string('%Y-%m-%d').to_list()
print('Version:  polars 2.1.0; the file is from pyarrow 26.0.1')
print(f'Written:  {[str(t.date()) for t in written]} (DuckDB 2.0.1 reads {[str(t.date()) for t in other]})')
print('Expected: the same, or an error')
print(f'Seen:     read_parquet {read}, scan_parquet {scanned}')
same = other == written and read == scanned == ['2262-04-11', '2020-01-01', '2262-04-11']
print('As described: instants that do not fit are all one in 2262.' if same else 'CHANGED: this is no longer so.')
sys.exit(0 if same else 1)
EOF
venv/bin/python probe.py
