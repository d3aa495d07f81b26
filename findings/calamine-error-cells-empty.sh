#!/usr/bin/env bash
# python-calamine 0.9.1 (PyPI), cells of an Excel workbook that hold an error, such as #DIV/0! of a formula.
# Expected: the error, as openpyxl gives it ('#DIV/0!'), or a value that differs from that of an empty text.
# Happens:  an empty text, so a broken formula, a cell with an empty text and a cell with nothing are the same;
#           whoever counts what is missing or wrong counts the errors among the empty cells.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5 xlsxwriter==3.3.1

cat > probe.py <<'EOF'
import sys
import openpyxl, python_calamine, xlsxwriter
book = xlsxwriter.Workbook('prices.xlsx')
sheet = book.add_worksheet()
sheet.write_row(0, 0, ['item', 'price'])
sheet.write_row(1, 0, ['a', 10])
sheet.write_string(2, 0, 'b')
sheet.write_formula(2, 1, '=1/0', None, '#DIV/0!')
sheet.write_string(3, 0, 'c')
book.close()
calamine = python_calamine.CalamineWorkbook.from_path('prices.xlsx').get_sheet_by_index(0).to_python()
other = openpyxl.load_workbook('prices.xlsx', data_only=True).active
print('Version:  python-calamine 0.9.1')
print('Expected: the price of b is #DIV/0!, that of c is missing; openpyxl:', [row[1] for row in other.values])
print('Seen:    ', [row[1] for row in calamine])
same = calamine[2][1] == '' and calamine[3][1] == '' and other['B3'].value == '#DIV/0!'
print('As described: the error is an empty text.' if same else 'CHANGED: this is no longer so.')
sys.exit(0 if same else 1)
EOF
venv/bin/python probe.py
