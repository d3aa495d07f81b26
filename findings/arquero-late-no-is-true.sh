#!/usr/bin/env bash
# arquero 8.0.1 (npm), `fromCSV` with its default type inference, on a column whose first 1,000 values are "true".
# Expected: a later value that is no "true" or "false" makes the column text, is null, or raises; "FALSE" is false.
# Happens:  whatever comes after the rows that the type is inferred from is compared with "false" alone: "no", "FALSE"
#           and "0" are read as true, without an error. The same values among the first rows make the column text, so
#           what a cell means depends on how far down it stands.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts arquero@8.0.1

cat > probe.mjs <<'PROBE'
import { fromCSV } from 'arquero';
const read = (rows) => fromCSV(`paid\n${rows.join('\n')}\n`).array('paid');
const answers = ['no', 'FALSE', '0'];
const late = read([...Array(1_000).fill('true'), ...answers]).slice(-3);
const early = read([...answers, ...Array(1_000).fill('true')]).slice(0, 3);
console.log('Version:  arquero 8.0.1');
console.log('Input:    a column of 1,000 times "true", and "no", "FALSE", "0" behind them or before them');
console.log('Expected: text, null or false, and the same wherever they stand');
console.log(`Seen:     behind: ${JSON.stringify(late)}, before: ${JSON.stringify(early)}`);
const same =
  JSON.stringify(late) === '[true,true,true]' && JSON.stringify(early) === JSON.stringify(answers);
console.log(same ? 'As described: late values are read as true.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
PROBE
node probe.mjs
