import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../../src/core/log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/infra/postgres/embedded-postgres.ts';
import { migrate } from '../../src/infra/postgres/migrations.ts';
import { removeData } from '../support/embedded-data.ts';

let dataDir: string;
let server: EmbeddedPostgres;
let client: pg.Client;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dataset-reports-test-'));
  server = await startEmbeddedPostgres(dataDir, createLogger('silent', 'test'));
  client = new pg.Client(server.config);
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
  removeData(dataDir);
});

/** A dataset as the previous version stored it, with a report if one is given. */
async function insertDataset(name: string, report?: object): Promise<void> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO datasets (id, name, original_filename, content_type, status, checksum_sha256, size_bytes,
       upload_bucket, upload_key) VALUES ($1, $2, 'a.csv', 'text/csv', 'done', $3, 1, 'uploads', 'x')`,
    [id, name, id],
  );
  if (report)
    await client.query(
      `INSERT INTO reports (dataset_id, report_json, report_bucket, report_key) VALUES ($1, $2, 'reports', 'x')`,
      [id, JSON.stringify(report)],
    );
}

test('datasets that were processed before get the counts of their alerts', async () => {
  await migrate(server.config);
  // back to the schema of the version before
  await client.query(`
    DROP INDEX datasets_by_name, datasets_by_size, datasets_by_rows, datasets_by_alerts;
    ALTER TABLE datasets DROP COLUMN alert_errors, DROP COLUMN alert_warnings, DROP COLUMN alert_infos;
    DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_alert_counts'`);
  const alert = (severity: string) => ({ code: 'x', severity, message: 'x', numbers: {} });
  await insertDataset('all', { alerts: ['warning', 'error', 'warning', 'info', 'info', 'info'].map(alert) });
  await insertDataset('clean', { alerts: [] });
  await insertDataset('first version', { row_count: 4 });
  await insertDataset('no report');

  expect(await migrate(server.config)).toEqual(['20261129000000_alert_counts']);
  const { rows } = await client.query({
    text: 'SELECT name, alert_errors, alert_warnings, alert_infos FROM datasets ORDER BY name',
    rowMode: 'array',
  });
  expect(rows).toEqual([
    ['all', 1, 2, 3],
    ['clean', 0, 0, 0],
    ['first version', null, null, null],
    ['no report', null, null, null],
  ]);
});
