import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { PostgresConfig } from '../../core/config.ts';
import { SettingError } from '../../core/errors.ts';

const FOLDER = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;
/** The key of the advisory lock that Prisma's own engine takes, so that both exclude each other. */
const LOCK = 72707369;

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * How long the lock is waited for: another process may be migrating. A lock that is never released, as by a session
 * that a pooler keeps open, ends the start.
 */
const LOCK_SECONDS = 30;
/** A wait that is not logged: processes that start together wait for each other for a moment. */
const SILENT_MILLISECONDS = 1_000;

/**
 * Applies prisma/migrations in order, each in a transaction, in the ledger of `prisma migrate deploy`. Any number of
 * processes may start at once: one works, the others wait for it. The lock ends with its transaction: behind a pooler,
 * a lock of a session would stay with the pooler's connection when its client has gone.
 * @param onWait called when another session has had the lock for more than a moment
 * @returns the names of the migrations that were applied by this call
 * @throws Error when a migration fails (nothing of it is kept) or was edited after it had been applied; SettingError
 *   when another session keeps the lock for longer than half a minute
 */
export async function migrate(config: PostgresConfig, onWait: (seconds: number) => void = () => {}): Promise<string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  names.sort();
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // the query under way rejects as well
  await client.connect();
  try {
    const applied: string[] = [];
    for (;;) {
      const name = await applyNext(client, names, onWait);
      if (name === undefined) return applied;
      applied.push(name);
    }
  } finally {
    await client.end();
  }
}

/** Applies the first migration that is missing. @returns its name; `undefined` when none is */
async function applyNext(
  client: pg.Client,
  names: string[],
  onWait: (seconds: number) => void,
): Promise<string | undefined> {
  await client.query('BEGIN');
  try {
    await lock(client, onWait);
    await client.query(LEDGER);
    const { rows } = await client.query<Applied>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    );
    const next = await firstMissing(names, rows);
    if (next) await apply(client, next);
    await client.query('COMMIT');
    return next?.name;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function lock(client: pg.Client, onWait: (seconds: number) => void): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = '${LOCK_SECONDS}s'`);
  const timer = setTimeout(() => onWait(LOCK_SECONDS), SILENT_MILLISECONDS);
  const locked = client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]).finally(() => clearTimeout(timer));
  await locked.catch(async (error) => {
    if (error.code !== '55P03') throw error;
    await client.query('ROLLBACK');
    const { rows: holders } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [LOCK],
    );
    const who = holders.length > 0 ? ` (pid ${holders.map(({ pid }) => pid).join(', ')})` : '';
    throw new SettingError(
      `Another session of Postgres${who} has kept the lock of the migrations for ${LOCK_SECONDS} s. ` +
        'Start this again when it has ended; if nothing is being migrated, end it by pg_terminate_backend.',
    );
  });
  await client.query('SET LOCAL lock_timeout = DEFAULT'); // statements of a migration may wait for as long as they must
}

interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of its text, as Prisma stores it. */
  checksum: string;
}

async function firstMissing(names: string[], rows: Applied[]): Promise<Migration | undefined> {
  for (const name of names) {
    const sql = await readFile(join(FOLDER, name, 'migration.sql'), 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    const seen = rows.find((row) => row.migration_name === name);
    if (!seen) return { name, sql, checksum };
    if (!seen.finished_at) throw new Error(`Migration ${name} failed earlier; resolve it in _prisma_migrations first.`);
    if (seen.checksum !== checksum) throw new Error(`Migration ${name} was edited after it had been applied.`);
  }
  return undefined;
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
  } catch (error) {
    throw new Error(`Migration ${name} failed; nothing of it was kept.`, { cause: error });
  }
}
