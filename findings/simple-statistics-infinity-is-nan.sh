#!/usr/bin/env bash
# simple-statistics 7.12.1 (npm), sum() and mean() of numbers of which one is infinite (an overflow, a division
# by zero: values that IEEE 754 has so that sums go on with them).
# Expected: Infinity, as adding the numbers gives, and as sumSimple() of the same library does.
# Happens:  NaN: the compensation of the summation subtracts infinity from infinity and is added at the end.
# Needs: npm with Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund simple-statistics@7.12.1

cat > probe.mjs <<'EOF'
import { mean, sum, sumSimple } from 'simple-statistics';
const values = [1, Infinity, 2];
const plain = values.reduce((total, value) => total + value, 0);
console.log('Version:  simple-statistics 7.12.1');
console.log(`Expected: ${plain} for the sum and the mean of 1, Infinity, 2; sumSimple(): ${sumSimple(values)}`);
console.log(`Seen:     sum() ${sum(values)}, mean() ${mean(values)}`);
const same = Number.isNaN(sum(values)) && Number.isNaN(mean(values)) && sumSimple(values) === Infinity;
console.log(same ? 'As described: the sum is NaN.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
