#!/usr/bin/env bash
# datacompy 1.1.0 with pandas 3.0.6 (PyPI), comparing two integer columns with both tolerances 0.
# Expected: 9007199254740992 and 9007199254740993 differ; both columns are int64, which is exact.
# Happens:  matches() is True and the column counts as equal: the comparison goes through float64, where the
#           two are one number. Differences in long identifiers are reported as "no difference".
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check datacompy==1.1.0 pandas==3.0.6

cat > probe.py <<'EOF'
import sys
import datacompy
import pandas as pd

left = pd.DataFrame({'row': [1, 2], 'account': [7, 9007199254740992]})
right = pd.DataFrame({'row': [1, 2], 'account': [7, 9007199254740993]})
assert str(left.account.dtype) == 'int64' and (left.account != right.account).sum() == 1
compare = datacompy.PandasCompare(left, right, join_columns='row', abs_tol=0, rel_tol=0)
seen = compare.matches()
print('Version:  datacompy 1.1.0, pandas 3.0.6')
print('Input:    account 9007199254740992 on the left, 9007199254740993 on the right (pandas says: not equal)')
print('Expected: matches() is False')
print(f'Seen:     matches() is {seen}')
print('As described: a difference is missed.' if seen else 'CHANGED: this is no longer so.')
sys.exit(0 if seen else 1)
EOF
venv/bin/python probe.py
