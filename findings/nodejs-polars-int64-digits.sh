#!/usr/bin/env bash
# nodejs-polars 0.26.1 (npm), reading values beyond 2^53 out of an Int64 column, as of identifiers in a CSV.
# Expected: BigInts, as the same library gives for a UInt64 column, or an error; writeCSV of the same frame
#           shows that the column holds every digit.
# Happens:  toRecords(), getColumn().toArray() and rows() give JavaScript numbers: the last digits change, and
#           two different identifiers become equal.
# Needs: npm with Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund nodejs-polars@0.26.1

cat > probe.mjs <<'EOF'
import pl from 'nodejs-polars';
const csv = 'id\n9007199254740992\n9007199254740993\n';
const frame = pl.readCSV(Buffer.from(csv));
const records = frame.toRecords().map(({ id }) => `${id} (${typeof id})`);
const unsigned = pl.DataFrame({ id: [9007199254740993n] }).toRecords()[0].id;
console.log('Version:  nodejs-polars 0.26.1');
console.log('Expected: 9007199254740992 and 9007199254740993');
console.log(`Seen:     ${records.join(' and ')}; a UInt64 column gives ${unsigned} (${typeof unsigned})`);
console.log(`          writeCSV: ${JSON.stringify(frame.writeCSV().toString())}, distinct: ${frame.nUnique()}`);
const same =
  records.every((text) => text === '9007199254740992 (number)') &&
  unsigned === 9007199254740993n &&
  frame.writeCSV().toString() === csv;
console.log(same ? 'As described: the last digit is lost.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
