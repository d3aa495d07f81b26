#!/usr/bin/env bash
# exceljs 4.4.0 (npm), streaming reader, on a formula whose stored result is an error or a truth value.
# Expected: the results that Workbook.xlsx.readFile() of the same version gives: #DIV/0! and true. The
#           streaming reader does give the error of a cell that has no formula.
# Happens:  the error is lost (there is no result at all, as if the formula had never been calculated) and true
#           becomes the number 1: every stored result that is no text is read as a number.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0

cat > probe.mjs <<'EOF'
import { inspect } from 'node:util';
import ExcelJS from 'exceljs';
const show = (values) => inspect(values.slice(1), { breakLength: Infinity });
const made = new ExcelJS.Workbook();
made.addWorksheet('results').addRow([
  { formula: '1/0', result: { error: '#DIV/0!' } },
  { formula: '1=1', result: true },
  { error: '#N/A' },
]);
await made.xlsx.writeFile('results.xlsx');
const whole = new ExcelJS.Workbook();
await whole.xlsx.readFile('results.xlsx');
const expected = show(whole.worksheets[0].getRow(1).values);
let row;
for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader('results.xlsx', {}))
  for await (const next of sheet) row = next.values;
console.log('Version:  exceljs 4.4.0');
console.log(`Expected: ${expected} (so readFile)`);
console.log(`Seen:     ${show(row)} (so the streaming reader)`);
const same =
  expected.includes('#DIV/0!') && !('result' in JSON.parse(JSON.stringify(row[1]))) && row[2].result === 1 && row[3].error === '#N/A';
console.log(same ? 'As described: the results differ.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
