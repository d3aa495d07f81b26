#!/usr/bin/env bash
# apache-arrow 21.2.0 (npm), the text of a decimal value read from Arrow IPC.
# Expected: 123.45 for a value of decimal(10,2), the number that the column stands for.
# Happens:  String(value) and a template text give 12345: the scale of the column is left out, so an amount
#           shows a hundred times too large without an error.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts apache-arrow@21.2.0

cat > probe.mjs <<'EOF'
import { Decimal, makeData, makeVector, Table, tableFromIPC, tableToIPC } from 'apache-arrow';
const type = new Decimal(2, 10, 128);
const amount = makeVector(makeData({ type, length: 1, data: new Uint32Array([12345, 0, 0, 0]) }));
const column = tableFromIPC(tableToIPC(new Table({ amount }), 'stream')).getChild('amount');
const value = column.get(0);
const seen = [String(value), `${value}`];
console.log('Version:  apache-arrow 21.2.0');
console.log(`Input:    decimal of precision ${column.type.precision} and scale ${column.type.scale}, stored 12345`);
console.log('Expected: 123.45');
console.log(`Seen:     ${seen[0]} by String(), ${seen[1]} in a template`);
const same = column.type.scale === 2 && seen.join(' ') === '12345 12345';
console.log(same ? 'As described: the scale is left out.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
