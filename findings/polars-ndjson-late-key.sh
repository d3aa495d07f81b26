#!/usr/bin/env bash
# polars 2.1.0 (PyPI), read_ndjson and scan_ndjson, on a key that first comes up after 100 records.
# Expected: a column for it, or an error: the same records as a JSON array make read_json fail with "extra
#           field", and a late value of another type makes read_ndjson fail.
# Happens:  the value is dropped without an error; there is no such column.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0

cat > probe.py <<'EOF'
import json
import sys
import polars as pl

records = [{'id': i} for i in range(200)] + [{'id': 200, 'refund': 15}]
with open('late.ndjson', 'w') as file:
    file.writelines(json.dumps(record) + '\n' for record in records)
with open('late.json', 'w') as file:
    json.dump(records, file)
try:
    array = f"columns {pl.read_json('late.json').columns}"
except pl.exceptions.ComputeError as error:
    array = f'error: {str(error).split(",")[0]}'
read = pl.read_ndjson('late.ndjson')
scanned = pl.scan_ndjson('late.ndjson').collect()
print('Version:  polars 2.1.0')
print("Input:    200 records {'id': ...}, then {'id': 200, 'refund': 15}")
print(f'Expected: a column refund, or an error as for the same records in an array ({array})')
print(f'Seen:     read_ndjson {read.shape} {read.columns}, scan_ndjson {scanned.shape} {scanned.columns}')
same = array.startswith('error') and read.columns == scanned.columns == ['id'] and read.height == 201
print('As described: the late key is dropped.' if same else 'CHANGED: this is no longer so.')
sys.exit(0 if same else 1)
EOF
venv/bin/python probe.py
