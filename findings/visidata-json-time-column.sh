#!/usr/bin/env bash
# visidata 3.4 (PyPI), converting a Parquet file with a TIME column to JSON in batch mode.
# Expected: "10:20:30", as the same conversion to CSV gives.
# Happens:  the text "#ERR" stands in the JSON for every value, and vd ends with status 0.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check visidata==3.4 pyarrow==26.0.1

venv/bin/python - <<'EOF'
import datetime
import pyarrow
import pyarrow.parquet

times = pyarrow.array([datetime.time(10, 20, 30)], pyarrow.time64('us'))
pyarrow.parquet.write_table(pyarrow.table({'id': [1], 'opens': times}), 'shops.parquet')
EOF
status=0
HOME="$work" venv/bin/vd -b shops.parquet -o shops.csv </dev/null >/dev/null 2>&1 || status=$?
HOME="$work" venv/bin/vd -b shops.parquet -o shops.json </dev/null >/dev/null 2>&1 || status=$?
csv=$(tail -n 1 shops.csv | tr -d '\r')
json=$(tr -d '\n' <shops.json)
echo "Version:  visidata 3.4"
echo "Expected: {\"id\": 1, \"opens\": \"10:20:30\"} (in CSV it is $csv)"
echo "Seen:     $json, status $status"
if [[ "$csv" == '1,10:20:30' && "$json" == *'"opens": "#ERR"'* && "$status" == 0 ]]; then
  echo 'As described: the times are lost without a failure.'
else
  echo 'CHANGED: this is no longer so.'
  exit 1
fi
