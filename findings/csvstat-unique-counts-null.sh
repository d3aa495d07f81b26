#!/usr/bin/env bash
# csvkit 2.2.0 (PyPI), "Unique values" of csvstat for a column with empty cells.
# Expected: the number of different values, at most the "Non-null values" beside it, as COUNT(DISTINCT) gives.
# Happens:  the empty cell counts as one more value, so a column of 4 values has 5 unique ones, in the text
#           report and in --csv, although the same report says that nulls are excluded from calculations.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2

printf 'row,value\na,3\nb,1\nc,\nd,2\ne,10\n' > values.csv
report=$(venv/bin/csvstat -c value values.csv | grep -E 'null|Unique')
unique=$(venv/bin/csvstat -c value --csv values.csv | venv/bin/csvcut -c nonnulls,unique | tail -n 1)
echo "Version:  csvkit 2.2.0"
echo "Input:    3, 1, empty, 2, 10"
echo "Expected: 4 non-null values, 4 unique values"
echo "Seen:     nonnulls,unique = $unique; the report:"
echo "$report"
if [[ "$unique" == '4,5' ]]; then
  echo 'As described: the null is one of the unique values.'
else
  echo 'CHANGED: this is no longer so.'
  exit 1
fi
