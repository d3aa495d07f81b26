#!/usr/bin/env bash
# pyarrow 26.0.1 (PyPI), reading a Parquet file whose column begins with a data page without values, as it writes them
# itself: lists, one row in a row group, and a small data_page_size.
# Expected: the rows that were written, of which the footer has the number; or an error. DuckDB reads them.
# Happens:  the column chunk is taken for empty at that page, and all rows of the file are gone without an error.
#           Beside another column it says "expected length 1 but got length 0". An empty page further behind does no
#           harm; the format does not rule it out anywhere.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyarrow==26.0.1 duckdb==2.0.1

cat > probe.py <<'EOF'
import sys
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

table = pa.table({'list': pa.array([[1], [2, 3], None], pa.list_(pa.int64()))})
pq.write_table(table, 'rows.parquet', row_group_size=1, data_page_size=1)
footer = pq.read_metadata('rows.parquet').num_rows
read = pq.read_table('rows.parquet').num_rows
others = len(duckdb.sql("select * from 'rows.parquet'").fetchall())
print('Version:  pyarrow 26.0.1')
print(f'Expected: {table.num_rows} rows, as they were written; the footer says {footer}, DuckDB 2.0.1 reads {others}')
print(f'Seen:     {read} rows, and no error')
same = footer == 3 and others == 3 and read < 3
print('As described: rows are lost.' if same else 'CHANGED: this is no longer so.')
sys.exit(0 if same else 1)
EOF
venv/bin/python probe.py
