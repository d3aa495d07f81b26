#!/usr/bin/env bash
# fastparquet 2026.9.0 (PyPI), writing texts with has_nulls='infer', which "will assume nulls for object columns and
# not otherwise".
# Expected: a schema that says so (OPTIONAL), as with has_nulls=True, and other readers see the texts.
# Happens:  the schema has no repetition type for any column, though the format demands one, and the pages of texts
#           have levels. pyarrow and DuckDB take the levels for the first text and lose the last one, without an error;
#           fastparquet itself reads the file right.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  fastparquet==2026.9.0 pandas==3.1.1 pyarrow==26.0.1 duckdb==2.0.1

cat > probe.py <<'EOF'
import sys
import duckdb
import fastparquet
import pandas as pd
import pyarrow.parquet as pq

texts = ['a', 'b', 'c']
def read(has_nulls):
    fastparquet.write('texts.parquet', pd.DataFrame({'text': pd.Series(texts, dtype=object)}), has_nulls=has_nulls)
    others = [text for (text,) in duckdb.sql("select text from 'texts.parquet'").fetchall()]
    own = fastparquet.ParquetFile('texts.parquet').to_pandas()['text'].tolist()
    return own, pq.read_table('texts.parquet')['text'].to_pylist(), others
print('Version:  fastparquet 2026.9.0, read by pyarrow 26.0.1 and DuckDB 2.0.1')
print(f'Expected: {texts}')
own, arrow, duck = read('infer')
print(f"Seen:     pyarrow {arrow}, DuckDB {duck}, fastparquet {own} with has_nulls='infer'")
same = own == texts and arrow == duck == ['\x06\x01', 'a', 'b'] and read(True) == (texts, texts, texts)
print('As described: other readers see other texts.' if same else 'CHANGED: this is no longer so.')
sys.exit(0 if same else 1)
EOF
venv/bin/python probe.py
