#!/usr/bin/env bash
# Node 24.21.0 (V8 13.6), JSON.parse(), on two objects one after the other.
# Expected: each object has the names that its own text has: what was parsed before has no effect. Node 22 does so.
# Happens:  when an object with a backslash in a name was parsed before, {"\\": 1}, a name at the same place of a later
#           object that is written with an escape gets that name: {"\n": 2} and {"\u0061": 2} come out as {"\\": 2}.
#           Nothing fails. So a name of JSON, which files and requests bring, depends on what the process parsed before.
# Needs: npm (both versions of Node are installed in the temporary folder). Fails (exit 1) when it is no longer so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node24@npm:node@24.21.0 node22@npm:node@22.21.0

cat > probe.mjs <<'EOF'
const named = (text) => JSON.stringify(Object.keys(JSON.parse(text)));
const before = String.raw`{"row": 0, "\\": 1}`;
const texts = [String.raw`{"row": 0, "\n": 2}`, String.raw`{"row": 0, "\u0061": 2}`];
const alone = texts.map(named);
const first = named(before);
const after = texts.map(named);
console.log(`${process.version}: alone ${alone.join(' ')}, after ${first}: ${after.join(' ')}`);
process.exit(JSON.stringify(after) === JSON.stringify(alone) ? 0 : 3);
EOF
echo 'Expected: ["row","\n"] ["row","a"] in every case'
node_modules/node22/bin/node probe.mjs || { echo 'CHANGED: Node 22 has it as well.'; exit 1; }
status=0
node_modules/node24/bin/node probe.mjs || status=$?
if [ "$status" = 3 ]; then echo 'As described: names of one object come out of another.'; exit 0; fi
echo 'CHANGED: this is no longer so.'
exit 1
