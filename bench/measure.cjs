// Loaded into every process of a contestant (node --require): at its end it writes what the process has used, from its
// start on.
const { appendFileSync, readFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

/** KiB. Linux hands maxRSS down from the process that started this one; VmHWM is this program's own. */
function peak(maxRss) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'))[1]);
  } catch {
    return maxRss;
  }
}

if (isMainThread && process.env.BENCH_USAGE)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMebibytes: peak(maxRSS) / 1024 };
    appendFileSync(process.env.BENCH_USAGE, `${JSON.stringify(usage)}\n`);
  });
