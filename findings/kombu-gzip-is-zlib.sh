#!/usr/bin/env bash
# kombu 5.7.0 (PyPI, the messaging of Celery), compression='gzip'.
# Expected: a body in the gzip format (RFC 1952, first bytes 1f 8b), as the header "compression:
#           application/x-gzip" of the message says to a consumer in another language.
# Happens:  the header is that, the bytes are of the zlib format (RFC 1950, first byte 78): gunzip refuses them,
#           and kombu does not read a body in real gzip under its own header.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check kombu==5.7.0

cat > probe.py <<'EOF'
import gzip
import sys
import zlib
from kombu.compression import compress, decompress

TEXT = b'{"rows": 3}'


def outcome(read):
    try:
        return read().decode()
    except Exception as error:
        return type(error).__name__


body, label = compress(TEXT, 'gzip')
unzipped = outcome(lambda: gzip.decompress(body))
inflated = outcome(lambda: zlib.decompress(body))
genuine = outcome(lambda: decompress(gzip.compress(TEXT), label))
print('Version:  kombu 5.7.0')
print(f'Input:    {TEXT.decode()} with compression gzip, labelled {label}')
print('Expected: first bytes 1f8b, readable as gzip')
print(f'Seen:     first bytes {body[:2].hex()}, as gzip {unzipped}, as zlib {inflated}; a real gzip body in kombu {genuine}')
same = label == 'application/x-gzip' and body[:1] == b'\x78' and unzipped == 'BadGzipFile' and inflated == TEXT.decode() and genuine == 'error'
print('As described: the label says gzip, the bytes are zlib.' if same else 'CHANGED: this is no longer so.')
sys.exit(0 if same else 1)
EOF
venv/bin/python probe.py
