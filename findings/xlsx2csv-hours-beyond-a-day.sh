#!/usr/bin/env bash
# xlsx2csv 0.8.6 (PyPI), a duration of more than a day in a cell with the format [h]:mm:ss (elapsed hours).
# Expected: 60:00:00 for two and a half days, as the cell shows in a spreadsheet; the brackets of the format say
#           that hours go on beyond 24 (ECMA-376 part 1, 18.8.31).
# Happens:  12:00: the whole days are dropped, and so are the seconds; two different durations become the same text.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 xlsxwriter==3.3.1

venv/bin/python - <<'EOF'
import xlsxwriter
book = xlsxwriter.Workbook('hours.xlsx')
elapsed = book.add_format({'num_format': '[h]:mm:ss'})
sheet = book.add_worksheet()
sheet.write_row(0, 0, ['worker', 'hours'])
for row, days in enumerate([0.5, 2.5, 4.5], start=1):
    sheet.write_number(row, 0, row)
    sheet.write_number(row, 1, days, elapsed)
book.close()
EOF
seen=$(venv/bin/xlsx2csv hours.xlsx | tail -n 3 | cut -d, -f2 | tr '\n' ' ')
echo "Version:  xlsx2csv 0.8.6"
echo "Expected: 12:00:00 60:00:00 108:00:00"
echo "Seen:     $seen"
if [[ "$seen" == '12:00 12:00 12:00 ' ]]; then
  echo 'As described: whole days are dropped.'
else
  echo 'CHANGED: this is no longer so.'
  exit 1
fi
