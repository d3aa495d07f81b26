#!/usr/bin/env bash
# csv-parse 7.0.3 (npm), option `cast: true`, on codes such as 0x10.
# Expected: a field that looks like a hexadecimal, octal or binary number becomes that number (0x10 = 16),
#           or stays the text that it is.
# Happens:  it becomes the number 0. The test for "is it a number" takes the prefix, the conversion
#           (parseFloat) stops at the letter, so the value is lost without an error.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts csv-parse@7.0.3

cat > probe.mjs <<'EOF'
import { parse } from 'csv-parse/sync';
const text = 'device,address\nlamp,0x10\ndoor,0b11\nbell,0o17\nfan,16\n';
const seen = parse(text, { columns: true, cast: true }).map((row) => row.address);
console.log('Version:  csv-parse 7.0.3');
console.log('Input:    address = 0x10, 0b11, 0o17, 16');
console.log('Expected: [16,3,15,16], or the first three as text');
console.log(`Seen:     ${JSON.stringify(seen)}`);
const same = JSON.stringify(seen) === '[0,0,0,16]';
console.log(same ? 'As described: prefixed numbers become 0.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
