import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PostgresConfig } from '../../src/core/config.ts';
import { createLogger } from '../../src/core/log.ts';
import { openDatabase, Prisma, rowsOf } from '../../src/infra/postgres/database.ts';
import { migrate } from '../../src/infra/postgres/migrations.ts';
import { verifyNotifications } from '../../src/infra/postgres/start-checks.ts';
import { selfSigned } from '../support/certificate.ts';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';
import { type PgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { outcomeOf } from '../support/start-outcome.ts';

/** The key of the lock that `prisma migrate deploy` takes. */
const PRISMA_LOCK = 72707369;
const fleet = useFleet();
let session: PgBouncer;
let transaction: PgBouncer;
let database: string;

beforeAll(async () => {
  session = await startPgBouncer(fleet.config.postgres!, 'session');
  transaction = await startPgBouncer(fleet.config.postgres!, 'transaction');
});
afterAll(async () => {
  await session?.stop();
  await transaction?.stop();
});
// one of its own for each test: the first start makes the tables, and no server connection of another test is idle
beforeEach(async () => {
  database = `pooled_${randomBytes(6).toString('hex')}`;
  await fleet.withPostgres((client) => client.query(`CREATE DATABASE ${database}`));
});
afterEach(async () => {
  await fleet.reset();
  await fleet.withPostgres((client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`));
});

const direct = (): PostgresConfig => ({ ...fleet.config.postgres!, database });
const through = ({ port }: PgBouncer): PostgresConfig => ({ ...direct(), host: '127.0.0.1', port });
const settings = ({ port }: PgBouncer) => ({
  POSTGRES_HOST: '127.0.0.1',
  POSTGRES_PORT: String(port),
  POSTGRES_DB: database,
});
const behind = () => ({
  POSTGRES_DIRECT_HOST: fleet.config.postgres!.host,
  POSTGRES_DIRECT_PORT: String(fleet.config.postgres!.port),
});
async function withDirect<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(direct());
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

type Started = Awaited<ReturnType<typeof fleet.start>>;
/** Uploads, processes and follows a dataset to its end. @returns the states that were seen */
async function use({ api }: Started): Promise<string[]> {
  const dataset = await api.upload({ name: 'pooled', content: csvOf(20_000), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  const states: string[] = [];
  for await (const { state } of api.watch(id)) states.push(state);
  expect(await api.job(id)).toMatchObject({ state: 'success', progress: 100 });
  return states;
}

test('session mode: everything works, also after a second start; a dead worker is noticed by its session', async () => {
  const environment = { ...settings(session), LEASE_SECONDS: '3600' };
  const first = await fleet.start('api', environment);
  const dead = await fleet.start('worker', environment);
  expect((await use(first)).at(-1)).toBe('success');
  fleet.proxies.s3.hold(400_000);
  const dataset = await first.api.upload({ name: 'dead', content: csvOf(3_000_000), filename: 'a.csv' });
  const { id } = await first.api.process(dataset.id);
  await until(() => fleet.proxies.s3.held() > 0);
  await dead.kill('SIGKILL');
  fleet.proxies.s3.restore();
  await fleet.start('worker', environment);
  const second = await fleet.start('api', environment);
  // the lease of an hour has not run out: the session of the dead worker is gone from pg_stat_activity
  const job = await until(async () => {
    const now = await second.api.job(id);
    return now && isOver(now) ? now : undefined;
  });
  expect(job).toMatchObject({ state: 'success' });
  expect((await use(second)).at(-1)).toBe('success');
});

test.each([
  'api',
  'worker',
])('transaction mode without another address: the %s says so and ends, each time', async (name) => {
  for (let start = 0; start < 2; start++) {
    const { code, output, sentence } = await outcomeOf(`src/${name}.ts`, settings(transaction));
    expect([code, output]).toEqual([1, '']);
    expect(sentence).toMatch(
      /^POSTGRES_HOST=\S+ is a pooler in transaction mode .*LISTEN.*POSTGRES_DIRECT_HOST.*POSTGRES_DIRECT_PORT/,
    );
    expect(sentence.split('\n')).toHaveLength(1);
  }
});

test('transaction mode is seen, whatever servers are idle and in whichever order they are given out', async () => {
  for (const more of [
    ['default_pool_size = 1'],
    ['server_round_robin = 1', 'min_pool_size = 8'],
    ['default_pool_size = 50'],
  ]) {
    const pooler = await startPgBouncer(fleet.config.postgres!, 'transaction', more);
    try {
      await expect(verifyNotifications(through(pooler), through(pooler))).rejects.toThrow(/transaction mode/);
    } finally {
      await pooler.stop();
    }
  }
  for (const config of [direct(), through(session)]) await verifyNotifications(config, config);
});

test('transaction mode with the direct address: APIs and workers started at once on an empty database', async () => {
  const environment = { ...settings(transaction), ...behind() };
  const started = await Promise.all(
    (['api', 'worker', 'api', 'worker'] as const).map((name) => fleet.start(name, environment)),
  );
  const apis = [started[0]!, started[2]!];
  const seen = await Promise.all(Array.from({ length: 12 }, (_, n) => use(apis[n % 2]!)));
  for (const states of seen) expect(states.at(-1)).toBe('success');
  // the session that stands for a worker is its own
  const { rows } = await withDirect((client) =>
    client.query("SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND application_name LIKE 'worker %'", [database]),
  );
  expect(rows).toHaveLength(2);
  const again = await fleet.start('api', environment);
  expect((await use(again)).at(-1)).toBe('success');
});

test('an address that is not the Postgres behind the pooler is named', async () => {
  const { port } = transaction;
  const { code, sentence } = await outcomeOf('src/api.ts', {
    ...settings(transaction),
    POSTGRES_DIRECT_HOST: '127.0.0.1',
    POSTGRES_DIRECT_PORT: String(port),
  });
  expect([code, sentence]).toEqual([1, expect.stringMatching(/^POSTGRES_DIRECT_HOST=.* transaction mode/)]);
  const other = `${database}_other`;
  await fleet.withPostgres((client) => client.query(`CREATE DATABASE ${other}`));
  try {
    await expect(verifyNotifications(through(transaction), { ...direct(), database: other })).rejects.toThrow(
      /^POSTGRES_DIRECT_HOST=.* is not the Postgres behind POSTGRES_HOST/,
    );
  } finally {
    await fleet.withPostgres((client) => client.query(`DROP DATABASE ${other} WITH (FORCE)`));
  }
});

test('statement mode, which has no transactions, is named', async () => {
  const statement = await startPgBouncer(fleet.config.postgres!, 'statement');
  try {
    const { code, sentence } = await outcomeOf('src/api.ts', { ...settings(statement), ...behind() });
    expect([code, sentence]).toEqual([1, expect.stringMatching(/pool_mode = statement.*POSTGRES_DIRECT_HOST/)]);
  } finally {
    await statement.stop();
  }
});

test('migrations through a pooler in transaction mode, many at once and again, leave no lock behind', async () => {
  const pooled = through(transaction);
  const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(pooled)));
  expect(applied.filter((names) => names.length > 0).length).toBeGreaterThan(0);
  expect(new Set(applied.flat()).size).toBe(applied.flat().length);
  expect(await migrate(pooled)).toEqual([]);
  const { rows } = await fleet.withPostgres((client) =>
    client.query('SELECT pid FROM pg_locks WHERE locktype = $1 AND objid = $2', ['advisory', PRISMA_LOCK]),
  );
  expect(rows).toEqual([]);
});

test('TLS: any certificate, a trusted one, and none where it is asked for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-tls-'));
  const { key, certificate } = selfSigned(folder);
  chmodSync(folder, 0o755);
  chmodSync(key, 0o644); // PgBouncer runs as another user
  const pooler = await startPgBouncer(fleet.config.postgres!, 'session', [
    'client_tls_sslmode = require',
    `client_tls_key_file = ${key}`,
    `client_tls_cert_file = ${certificate}`,
  ]);
  try {
    const environment = settings(pooler);
    expect(await outcomeOf('src/api.ts', environment)).toMatchObject({
      code: 1,
      sentence: expect.stringMatching(/only over TLS: set POSTGRES_SSLMODE/),
    });
    expect(await outcomeOf('src/api.ts', { ...environment, POSTGRES_SSLMODE: 'verify-full' })).toMatchObject({
      code: 1,
      sentence: expect.stringMatching(/certificate of Postgres .* NODE_EXTRA_CA_CERTS/),
    });
    const trusting = { ...environment, POSTGRES_SSLMODE: 'verify-full', NODE_EXTRA_CA_CERTS: certificate };
    const api = await fleet.start('api', { ...environment, POSTGRES_SSLMODE: 'require' });
    await fleet.start('worker', trusting);
    expect((await use(api)).at(-1)).toBe('success');
  } finally {
    await fleet.reset();
    await pooler.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("Prisma's own migrations and ours exclude each other", async () => {
  await withDirect(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    let isDone = false;
    const migrating = migrate(direct()).finally(() => {
      isDone = true;
    });
    await until(async () => (await client.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount);
    expect(isDone).toBe(false);
    await client.query('SELECT pg_advisory_unlock($1)', [PRISMA_LOCK]);
    expect((await migrating).length).toBeGreaterThan(0);
  });
});

test('a lock that a session behind a pooler never releases: the start names the session and ends', async () => {
  await withDirect(async (client) => {
    const { rows } = await client.query('SELECT pg_advisory_lock($1), pg_backend_pid() AS pid', [PRISMA_LOCK]);
    const { code, output, sentence, log } = await outcomeOf('src/api.ts', { ...settings(transaction), ...behind() });
    expect([code, output]).toEqual([1, '']);
    expect(sentence).toContain(`(pid ${rows[0].pid}) has kept the lock of the migrations`);
    expect(log).toEqual([expect.stringMatching(/waiting up to 30 s/)]);
  });
});

test('a prepared statement is named by its text, and has no name where a pooler may change the session', async () => {
  const log = createLogger('silent', 'test');
  const namesOf = async (isPooled: boolean, texts: string[]) => {
    const { database: client, close } = openDatabase(direct(), 1, log, isPooled);
    try {
      for (const text of texts) await rowsOf(client, Prisma.raw(text));
      const rows = await rowsOf<{ name: string; statement: string }>(
        client,
        Prisma.sql`SELECT name, statement FROM pg_prepared_statements WHERE statement LIKE 'SELECT % AS n'`,
      );
      return new Map(rows.map(({ statement, name }) => [statement, name]));
    } finally {
      await close();
    }
  };
  const one = await namesOf(false, ['SELECT 1 AS n', 'SELECT 2 AS n']);
  const other = await namesOf(false, ['SELECT 2 AS n', 'SELECT 3 AS n', 'SELECT 1 AS n']);
  expect(one.size).toBe(2);
  for (const [text, name] of one) expect(other.get(text)).toBe(name);
  expect(new Set(other.values()).size).toBe(3);
  expect(await namesOf(true, ['SELECT 1 AS n', 'SELECT 2 AS n'])).toEqual(new Map());
});
