import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { readConfig } from '../../src/core/config.ts';

/**
 * Where a data folder's cluster of the embedded Postgres is: with root it lies elsewhere
 * (src/infra/postgres/embedded-postgres.ts).
 */
function clusterHome(dataDir: string): string {
  const pointer = join(dataDir, 'postgres', 'location');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8') : join(dataDir, 'postgres');
}

/** Removes a data folder with its cluster. */
export function removeData(dataDir: string): void {
  for (const folder of [clusterHome(dataDir), dataDir]) rmSync(folder, { recursive: true, force: true });
}

function embeddedPostgres(dataDir: string): pg.ClientConfig {
  const home = clusterHome(dataDir);
  const port = Number(readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8').split('\n')[3]);
  const password = readFileSync(join(home, 'password'), 'utf8');
  return { host: '127.0.0.1', port, user: 'dataset', database: 'dataset', password };
}

/**
 * Holds every job back from its success, by a lock on the table of reports, so that a click on a running job cannot
 * come too late however fast the engine is. Hold for less than the 15 seconds that a statement may take.
 */
export async function holdSuccess(dataDir: string) {
  const services = process.env.STACK === 'services' ? readConfig(process.env).postgres : undefined;
  const client = new pg.Client(services ?? embeddedPostgres(dataDir));
  client.on('error', () => {}); // a server that ends takes the lock with it
  await client.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE reports IN SHARE MODE');
  let end: Promise<void> | undefined;
  const letGo = () => {
    end ??= client.end();
    return end;
  };
  onTestFinished(letGo); // a test that fails must not hold the next ones
  return {
    letGo,
    /** Until the server has heard that somebody wants a running job cancelled. */
    async untilCancelIsAsked(): Promise<void> {
      const asked = "SELECT FROM jobs WHERE state = 'started' AND cancel_requested_at IS NOT NULL";
      while ((await client.query(asked)).rowCount === 0) await sleep(20);
    },
  };
}
