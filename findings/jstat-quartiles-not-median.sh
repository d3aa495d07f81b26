#!/usr/bin/env bash
# jstat 1.9.6 (npm), quartiles() of an even number of values.
# Expected: the second quartile is the median, as jStat.median() and jStat.quantiles() of the same library give it;
#           the first is not the smallest value of four.
# Happens:  the three are the values at rounded positions: of 1, 2, 3, 4 they are 1, 2, 3, so half of the values lie
#           above the "median" and a box plot or fences made of them are wrong. Of a single value the first is undefined.
# Needs: npm with Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jstat@1.9.6

cat > probe.mjs <<'EOF'
import jstat from 'jstat';
const { jStat } = jstat;
const values = [1, 2, 3, 4];
const quartiles = jStat.quartiles(values);
const quantiles = jStat.quantiles(values, [0.25, 0.5, 0.75]);
console.log('Version:  jstat 1.9.6');
console.log(`Expected: a second quartile of ${jStat.median(values)} for ${values}; quantiles(): ${quantiles}`);
console.log(`Seen:     quartiles() ${quartiles}; of the value 7 alone ${JSON.stringify(jStat.quartiles([7]))}`);
const same = `${quartiles}` === '1,2,3' && jStat.median(values) === 2.5 && jStat.quartiles([7])[0] === undefined;
console.log(same ? 'As described: the second quartile is not the median.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
