#!/usr/bin/env bash
# pyarrow 26.0.1 (PyPI), timestamps of microseconds that it writes to Parquet as INT96, the type of Spark and Hive, and
# reads again. pandas reads by it.
# Expected: the same instants, or an error: its casts from microseconds to nanoseconds refuse what does not fit
#           ("would result in out of bounds timestamp").
# Happens:  years before 1677 and after 2262 come back as others without an error: 3000-01-01 as 1830-11-23.
#           Its coerce_int96_timestamp_unit='us' reads them right; nothing says that it is needed.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyarrow==26.0.1

cat > probe.py <<'EOF'
import datetime as dt
import sys
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

written = [dt.datetime(1500, 6, 1, 12), dt.datetime(2020, 1, 1), dt.datetime(3000, 1, 1)]
table = pa.table({'t': pa.array(written, pa.timestamp('us'))})
try:
    cast = str(table['t'].cast(pa.timestamp('ns')))
except pa.ArrowInvalid as error:
    cast = f'error: {error}'
pq.write_table(table, 'int96.parquet', use_deprecated_int96_timestamps=True)
days = lambda column: pc.strftime(column, format='%Y-%m-%d').to_pylist()
read = days(pq.read_table('int96.parquet')['t'])
right = pq.read_table('int96.parquet', coerce_int96_timestamp_unit='us')['t'].to_pylist()
print('Version:  pyarrow 26.0.1')
print(f'Written:  {[str(t.date()) for t in written]}')
print(f'Expected: the same, or an error as the cast to nanoseconds gives ({cast})')
print(f"Seen:     {read}; with coerce_int96_timestamp_unit='us' {[str(t.date()) for t in right]}")
same = cast.startswith('error') and right == written and read == ['2084-12-19', '2020-01-01', '1830-11-23']
print('As described: instants that do not fit become others.' if same else 'CHANGED: this is no longer so.')
sys.exit(0 if same else 1)
EOF
venv/bin/python probe.py
