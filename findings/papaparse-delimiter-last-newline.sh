#!/usr/bin/env bash
# papaparse 5.7.1 (npm), guessing the delimiter of a short file of two columns.
# Expected: a file that ends with a newline is read like the same file without it.
# Happens:  with the last newline the semicolon (or tab) is not found and every record has one field.
#           The empty line after the last newline counts as a record of one field, so the mean number of
#           fields falls under the bound of the guess. Three columns, or many rows, hide this.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts papaparse@5.7.1

cat > probe.mjs <<'EOF'
import Papa from 'papaparse';
const without = 'city;people\nBern;134591\nBasel;173863\nGenf;203856';
const fields = (text) => Papa.parse(text).data[1];
const seen = { without: fields(without), with: fields(`${without}\n`) };
console.log('Version:  papaparse 5.7.1');
console.log('Input:    city;people and three rows, without and with a newline at the end');
console.log('Expected: the first row is ["Bern","134591"] both times');
console.log(`Seen:     without ${JSON.stringify(seen.without)}, with ${JSON.stringify(seen.with)}`);
const same = seen.without.length === 2 && seen.with.length === 1;
console.log(same ? 'As described: the last newline decides.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
