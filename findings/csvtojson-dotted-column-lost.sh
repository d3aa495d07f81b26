#!/usr/bin/env bash
# csvtojson 2.0.14 (npm), a column whose name has a dot beside one that is called as the part before the dot.
# Expected: the values of both columns. Names with a dot are documented to become nested objects; of v1.0 and v1
#           that cannot be, so an error or a flat name (the option flatKeys) would do.
# Happens:  the values of v1.0 are dropped silently when v1 comes after it; the order of the columns decides.
# Needs: npm with Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund csvtojson@2.0.14

cat > probe.mjs <<'EOF'
import csvtojson from 'csvtojson';
const read = async (text, options) => JSON.stringify(await csvtojson(options).fromString(text));
const lost = await read('id,v1.0,v1\n1,old,new\n');
const flat = await read('id,v1.0,v1\n1,old,new\n', { flatKeys: true });
console.log('Version:  csvtojson 2.0.14');
console.log(`Expected: both "old" and "new", as with flatKeys: ${flat}`);
console.log(`Seen:     ${lost}`);
const same = lost === '[{"id":"1","v1":"new"}]' && flat.includes('old');
console.log(same ? 'As described: a column is lost.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
