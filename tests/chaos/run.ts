// npm run chaos -- --kills 1000 --seed N [--minutes M]: two APIs and three workers on the real services that the
// environment names, load all the time, and everything killed at random. At the end every invariant is checked, and
// what was done and found is printed. CHAOS_SERVICES names the command that understands `start NAME`, `stop NAME` and
// `kill NAME` for postgres, rabbitmq and minio; without it only processes are killed. The broker must be the campaign's
// alone: others' workers would take its messages. Exit code 1 on any violation.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Random } from '../../bench/generators/random.ts';
import { readConfig } from '../../src/core/config.ts';
import { cleanUp } from '../../src/services/cleanup.ts';
import { Client } from './client.ts';
import { causeFaults } from './faults.ts';
import { Fleet } from './fleet.ts';
import { checkInvariants } from './invariants.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { createDatabase, openParts, removeAll } from './stores.ts';
import { campaignTable } from './table.ts';

/** After the last fault every job must be over within this time: some leases, and the longest backoff. */
const SETTLE_MILLISECONDS = 120_000;
/** Settling, subscribers that come back, the end of all processes, and the comparing of every report. */
const CHECKS_MILLISECONDS = 20 * 60_000;
const COMING_BACK_AT_ONCE = 16;
/**
 * Short, so that the dead are found between two kills; more attempts than a job of the campaign is likely to be killed.
 */
const SETTINGS = {
  HOST: '127.0.0.1',
  PORT: '0',
  LEASE_SECONDS: '4',
  MAX_ATTEMPTS: '20',
  SHUTDOWN_GRACE_SECONDS: '2',
  LOG_LEVEL: 'warn',
  ORPHAN_MINUTES: '1',
};

function readArguments() {
  const { values } = parseArgs({
    options: { kills: { type: 'string' }, seed: { type: 'string' }, minutes: { type: 'string' } },
  });
  const whole = (name: 'kills' | 'seed' | 'minutes', fallback: number): number => {
    const value = values[name] === undefined ? fallback : Number(values[name]);
    if (Number.isNaN(value) || value < 0) {
      console.error(`--${name} must be a number, not ${JSON.stringify(values[name])}`);
      process.exit(2);
    }
    return value;
  };
  const seed = whole('seed', Date.now() % 1_000_000);
  return { kills: whole('kills', 100), seed, minutes: whole('minutes', Number.POSITIVE_INFINITY) };
}

const { kills, seed, minutes } = readArguments();
const command = process.env.CHAOS_SERVICES?.trim() || undefined;
const missing = ['POSTGRES_HOST', 'RABBITMQ_HOST', 'S3_HOST'].filter((name) => !process.env[name]);
if (missing.length > 0) {
  console.error(`npm run chaos needs real services: set ${missing.join(', ')} (and their ports).`);
  process.exit(2);
}
if (!command)
  console.log('CHAOS_SERVICES IS NOT SET: Postgres, RabbitMQ and MinIO are left alone, only processes are killed.');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

const tag = `c${seed}-${Date.now().toString(36)}`;
const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-chaos-'));
const env = {
  ...process.env,
  ...SETTINGS,
  DATA_DIR: folder,
  POSTGRES_DB: `chaos_${tag.replaceAll('-', '_')}`,
  S3_BUCKET_UPLOADS: `chaos-${tag}-uploads`,
  S3_BUCKET_REPORTS: `chaos-${tag}-reports`,
};
const server = readConfig(process.env).postgres!;
const config = readConfig(env);
console.log(`seed ${seed}: ${kills} kills, logs in ${folder}, database ${env.POSTGRES_DB}`);
await createDatabase(server, config.postgres!);

const ledger = new Ledger();
const fleet = new Fleet(env, folder, ledger);
const began = performance.now();
await fleet.start();
const load = new Load(fleet, ledger, seed, tag);
await causeFaults({ fleet, ledger }, { kills, seed, command, until: Date.now() + minutes * 60_000 });
const watchdog = setTimeout(() => {
  console.log(
    `VIOLATED, seed ${seed}: the checks had not ended ${CHECKS_MILLISECONDS / 60_000} minutes after the last fault`,
  );
  process.exit(1);
}, CHECKS_MILLISECONDS);
console.log('no more faults: waiting for the jobs that are not over');
if (!(await load.stop(SETTLE_MILLISECONDS)))
  ledger.violate(`not everything was over ${SETTLE_MILLISECONDS / 1_000} s after the last fault`);

const { parts, close } = openParts({ ...config, postgres: config.postgres!, s3: config.s3! });
// also the jobs whose 202 was cut on its way: nobody follows them
for (let n = 0; n < SETTLE_MILLISECONDS / 1_000; n++) {
  if ((await parts.database.job.count({ where: { finishedAt: null } })) === 0) break;
  await sleep(1_000);
}
console.log('subscribers come back, all that is stored is checked');
const over = [...ledger.jobs.values()].filter(({ end, datasetId }) => end && !ledger.deletes.has(datasetId));
const comingBack = Array.from({ length: COMING_BACK_AT_ONCE }, async (_, n) => {
  const client = new Client(fleet, ledger, new Random(seed * 1_000 + 900 + n));
  for (let job = over.pop(); job; job = over.pop()) await client.comeBack(job);
});
await Promise.all(comingBack);
await fleet.stop();
const seconds = (performance.now() - began) / 1_000;
const cleaned = await cleanUp(parts, 0);
ledger.count('orphans swept', cleaned.objects + cleaned.uploads);
await checkInvariants(parts, ledger);

console.log(`\n${campaignTable(ledger, { seed, kills, seconds, withServices: command !== undefined })}`);
if (ledger.violationCount > 0) {
  console.log(`\nVIOLATED, seed ${seed} (logs in ${folder}, database ${env.POSTGRES_DB} and its buckets are kept):`);
  for (const sentence of ledger.violations) console.log(`  ${sentence}`);
} else {
  await removeAll(parts, server);
  rmSync(folder, { recursive: true, force: true });
}
await close();
clearTimeout(watchdog);
process.exit(ledger.violationCount > 0 ? 1 : 0);
