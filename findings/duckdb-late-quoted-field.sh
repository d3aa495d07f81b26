#!/usr/bin/env bash
# duckdb 2.0.1 (PyPI), read_csv with its defaults, when the first quoted field is far down the file.
# Expected: the quotes are read as in RFC 4180 (the documented default of the option `quote` is "), or an error.
# Happens:  the dialect is guessed from a sample; with no quote in it, quoting is switched off for the whole
#           file. The field keeps its quotes, doubled ones stay doubled, and a line break inside quotes makes
#           two records out of one, without an error where the number of fields happens to fit.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1

cat > probe.py <<'EOF'
import csv
import sys
import duckdb

rows = [[str(i), 'plain'] for i in range(60000)] + [['a', 'said "yes"'], ['b', 'one\nthen, two']]
with open('late.csv', 'w', newline='') as file:
    csv.writer(file, lineterminator='\n').writerows([['id', 'note'], *rows[:-1]])
    file.write('b,"one\nthen,two"\n')
with open('late.csv', newline='') as file:
    expected = [tuple(row) for row in csv.reader(file)][60001:]
source = "read_csv('late.csv', all_varchar = true{})"
seen = duckdb.sql(f"from {source.format('')} offset 60000").fetchall()
explicit = duckdb.sql(f"from {source.format(', quote = chr(34)')} offset 60000").fetchall()
print('Version:  duckdb 2.0.1')
print(f'Expected: {expected} (as the csv module of Python reads it; with quote set explicitly DuckDB gives {explicit})')
print(f'Seen:     {seen}')
same = explicit == expected and seen == [('a', '"said ""yes"""'), ('b', '"one'), ('then', 'two"')]
print('As described: the quotes are data.' if same else 'CHANGED: this is no longer so.')
sys.exit(0 if same else 1)
EOF
venv/bin/python probe.py
