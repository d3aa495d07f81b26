#!/usr/bin/env bash
# Node 24.21.0, zlib.createZstdDecompress(), on a file of two zstd frames (as two .zst files joined with cat).
# Expected: both contents, as the zstd format asks (RFC 8878, section 3.1: frames are decompressed one by one
#           and their contents joined), as the zstd program does, and as createGunzip() does with two members.
# Happens:  when both frames arrive in one chunk, only the first comes out, without an error; the same bytes
#           fed one at a time give both. So the result depends on how the data is cut into chunks.
# Needs: npm (Node 24.21.0 itself is installed in the temporary folder). Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0

cat > probe.mjs <<'EOF'
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGunzip, createZstdDecompress, gzipSync, zstdCompressSync } from 'node:zlib';
const parts = ['first;1\n', 'second;2\n'];
const read = (chunks, decompress) => text(Readable.from(chunks).pipe(decompress));
const zstd = Buffer.concat(parts.map((part) => zstdCompressSync(part)));
const gzip = Buffer.concat(parts.map((part) => gzipSync(part)));
const one = await read([zstd], createZstdDecompress());
const single = await read([...zstd].map((byte) => Buffer.of(byte)), createZstdDecompress());
const gunzipped = await read([gzip], createGunzip());
console.log(`Version:  Node ${process.version} (zstd ${process.versions.zstd})`);
console.log(`Expected: ${JSON.stringify(parts.join(''))} every time (gzip in one chunk: ${JSON.stringify(gunzipped)})`);
console.log(`Seen:     zstd in one chunk ${JSON.stringify(one)}, byte by byte ${JSON.stringify(single)}`);
const same = one === parts[0] && single === parts.join('') && gunzipped === parts.join('');
console.log(same ? 'As described: the second frame is dropped.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node_modules/.bin/node probe.mjs
