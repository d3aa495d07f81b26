import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import pg from 'pg';
import type { Config, PostgresConfig } from '../../src/core/config.ts';
import { createLogger } from '../../src/core/log.ts';
import { openDatabase } from '../../src/infra/postgres/database.ts';
import { migrate } from '../../src/infra/postgres/migrations.ts';
import { openS3Storage } from '../../src/infra/storage/s3.ts';

/**
 * Notes what happens to jobs in the transaction in which it happens: rows alone cannot tell that they were changed
 * after their end. The campaign's own table; the product does not know it.
 */
const AUDIT = `
  CREATE TABLE chaos_audit (job_id uuid, what text, detail text, at timestamptz DEFAULT clock_timestamp());
  CREATE FUNCTION chaos_note() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO chaos_audit VALUES (NEW.id, 'created', NEW.state);
    ELSIF TG_OP = 'DELETE' THEN
      INSERT INTO chaos_audit VALUES (OLD.id, 'deleted', OLD.state);
    ELSE
      IF OLD.state IN ('success', 'failure') THEN
        IF (NEW.state, NEW.error, NEW.progress, NEW.finished_at, NEW.attempt) IS DISTINCT FROM
           (OLD.state, OLD.error, OLD.progress, OLD.finished_at, OLD.attempt) THEN
          INSERT INTO chaos_audit VALUES (NEW.id, 'changed', OLD.state || ' to ' || NEW.state);
        END IF;
      ELSIF NEW.state IN ('success', 'failure') THEN
        INSERT INTO chaos_audit VALUES (NEW.id, 'ended', NEW.state);
      END IF;
      IF (NEW.state, NEW.celery_task_id, NEW.handed_over_at)
        IS DISTINCT FROM (OLD.state, OLD.celery_task_id, OLD.handed_over_at) THEN
        INSERT INTO chaos_audit VALUES (NEW.id, 'moved', format('%s%s%s', NEW.state,
          ' message ' || left(NEW.celery_task_id, 4),
          CASE WHEN NEW.celery_task_id IS NULL AND NEW.handed_over_at IS NOT NULL THEN ' handing over' END));
      END IF;
      IF NEW.progress < OLD.progress OR NEW.rows_processed < OLD.rows_processed
        OR NEW.bytes_processed < OLD.bytes_processed THEN
        INSERT INTO chaos_audit VALUES (NEW.id, 'went back', format('%s %% %s rows %s bytes to %s %% %s rows %s bytes',
          OLD.progress, OLD.rows_processed, OLD.bytes_processed,
          NEW.progress, NEW.rows_processed, NEW.bytes_processed));
      END IF;
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER chaos_audit AFTER INSERT OR UPDATE OR DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION chaos_note();`;

async function withClient(config: PostgresConfig, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // the query under way rejects as well
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/**
 * The campaign's own database, with the product's tables and an audit of its jobs.
 * @param server names a database to connect to first
 */
export async function createDatabase(server: PostgresConfig, own: PostgresConfig): Promise<void> {
  await withClient(server, (client) => client.query(`CREATE DATABASE ${own.database}`));
  await migrate(own);
  await withClient(own, (client) => client.query(AUDIT));
}

/** Opens what the invariants are checked on: the product's own parts, on the campaign's database and buckets. */
export function openParts(config: Config & { postgres: PostgresConfig; s3: NonNullable<Config['s3']> }) {
  const log = createLogger('error', 'chaos');
  const { database, close } = openDatabase(config.postgres, 2, log);
  const storage = openS3Storage(config.s3, [config.uploadsBucket, config.reportsBucket]);
  const parts = { config, database, storage, log };
  return { parts, close: () => Promise.all([close(), storage.close()]) };
}
export type ChaosParts = ReturnType<typeof openParts>['parts'];

/** Removes the campaign's database and buckets with all that is in them. */
export async function removeAll({ config, storage }: ChaosParts, server: PostgresConfig): Promise<void> {
  const { endpoint, region, accessKey, secretKey } = config.s3;
  const credentials = { accessKeyId: accessKey, secretAccessKey: secretKey };
  const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials });
  for (const bucket of [config.uploadsBucket, config.reportsBucket]) {
    for await (const { key } of storage.list(bucket)) await storage.remove(bucket, key);
    await client.send(new DeleteBucketCommand({ Bucket: bucket }));
  }
  client.destroy();
  await withClient(server, (admin) => admin.query(`DROP DATABASE ${config.postgres.database} WITH (FORCE)`));
}
