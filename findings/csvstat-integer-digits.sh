#!/usr/bin/env bash
# csvkit 2.2.0 (PyPI), the smallest and largest value that csvstat names for a column of identifiers.
# Expected: values that stand in the file. csvkit reads numbers as decimals, and csvsort and csvlook of the
#           same version keep every digit.
# Happens:  csvstat names two numbers that are not in the file: integers above 2^53 lose their last digits.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2

printf 'id,name\n9007199254740993,first\n9007199254740995,second\n' > ids.csv
sorted=$(venv/bin/csvsort -c id ids.csv | cut -d, -f1 | tail -n +2 | paste -sd' ')
least=$(venv/bin/csvstat -c id --min ids.csv)
most=$(venv/bin/csvstat -c id --max ids.csv)
report=$(venv/bin/csvstat -c id ids.csv | grep -E 'Smallest|Largest')
echo "Version:  csvkit 2.2.0"
echo "Expected: smallest 9007199254740993, largest 9007199254740995 (csvsort says: $sorted)"
echo "Seen:     --min $least, --max $most; the report:"
echo "$report"
if [[ "$sorted" == '9007199254740993 9007199254740995' && "$report" == *9007199254740992*9007199254740996* ]]; then
  echo 'As described: csvstat rounds what csvsort keeps.'
else
  echo 'CHANGED: this is no longer so.'
  exit 1
fi
