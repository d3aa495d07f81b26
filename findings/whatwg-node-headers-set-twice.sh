#!/usr/bin/env bash
# @whatwg-node/fetch 0.10.13 (npm, the fetch of GraphQL Yoga), Headers made from an object, then set().
# Expected: names of headers have no case, so set() replaces the value; that is what Headers of Node gives.
# Happens:  get() returns the new value, but going over the headers gives both, the old one under the name as
#           first written. Code that copies them to a response sends the old value too.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @whatwg-node/fetch@0.10.13

cat > probe.mjs <<'EOF'
import { Headers as Ponyfill } from '@whatwg-node/fetch';
const entries = (Kind) => {
  const headers = new Kind({ 'Cache-Control': 'no-cache' });
  headers.set('cache-control', 'no-store');
  return JSON.stringify([...headers]);
};
const seen = entries(Ponyfill);
console.log('Version:  @whatwg-node/fetch 0.10.13');
console.log("Input:    new Headers({ 'Cache-Control': 'no-cache' }), then set('cache-control', 'no-store')");
console.log(`Expected: ${entries(Headers)} (Headers of Node)`);
console.log(`Seen:     ${seen}`);
const same = seen === '[["Cache-Control","no-cache"],["cache-control","no-store"]]';
console.log(same ? 'As described: the replaced value is still there.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
