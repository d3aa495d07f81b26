import { type Database, Prisma, rowsOf } from '../database.ts';
import type { Owned } from './attempts.ts';
import { STARTED } from './sql.ts';

/** Leases: renewed by heartbeats of living workers, and searched for those of dead ones. */

/** What a heartbeat finds: the attempt owns its job, is asked to cancel it, or has lost it. */
export type Lease = 'renewed' | 'cancel requested' | 'gone';

/** Renews the lease, to `leaseSeconds` from now. */
export async function renewLease(database: Database, { jobId, attempt }: Owned, leaseSeconds: number): Promise<Lease> {
  const [row] = await rowsOf<{ isCancelRequested: boolean }>(
    database,
    Prisma.sql`
    UPDATE jobs SET leased_until = now() + make_interval(secs => ${leaseSeconds}::float8)
    WHERE id = ${jobId}::uuid AND attempt = ${attempt} AND ${STARTED}
    RETURNING cancel_requested_at IS NOT NULL AS "isCancelRequested"`,
  );
  if (!row) return 'gone';
  return row.isCancelRequested ? 'cancel requested' : 'renewed';
}

/** An attempt whose owner is dead, as the reaper finds it. */
export interface DeadAttempt extends Owned {
  faults: number;
  leasedUntil: Date;
  isCancelRequested: boolean;
}

/** When a worker counts as dead. */
export interface DeathRule {
  /** What the names of the workers' sessions begin with. */
  sessionPrefix: string;
  leaseSeconds: number;
  /** A worker without a session is dead once it has not renewed its lease for this time. */
  silentSeconds: number;
  /** Seconds after a start of the database in which a missing session means nothing. */
  settledSeconds: number;
}

/**
 * Attempts whose owner is dead: the lease has run out, by the database's clock; or the owner is silent and the session
 * that its worker keeps open is gone, which the operating system closes as soon as a process is killed.
 */
export function findDeadAttempts(database: Database, rule: DeathRule, limit: number): Promise<DeadAttempt[]> {
  const { sessionPrefix, leaseSeconds, silentSeconds, settledSeconds } = rule;
  return rowsOf<DeadAttempt>(
    database,
    Prisma.sql`
    SELECT id AS "jobId", dataset_id AS "datasetId", attempt, faults, leased_until AS "leasedUntil",
      cancel_requested_at IS NOT NULL AS "isCancelRequested"
    FROM jobs WHERE ${STARTED} AND (leased_until < now() OR (
      leased_until < now() + make_interval(secs => ${leaseSeconds - silentSeconds}::float8)
      AND pg_postmaster_start_time() < now() - make_interval(secs => ${settledSeconds}::float8)
      AND NOT EXISTS (
        SELECT 1 FROM attempts JOIN pg_stat_activity ON application_name = ${sessionPrefix}::text || worker
        WHERE job_id = jobs.id AND number = jobs.attempt)))
    ORDER BY leased_until LIMIT ${limit}`,
  );
}
