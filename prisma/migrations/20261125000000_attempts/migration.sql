-- What an attempt's end needs to know, and what is still to be done for a job by whoever looks after jobs.
ALTER TABLE "jobs"
  ADD COLUMN "faults" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "retry_at" TIMESTAMPTZ(3),
  ADD COLUMN "handed_over_at" TIMESTAMPTZ(3),
  ADD COLUMN "cancel_requested_at" TIMESTAMPTZ(3),
  ADD COLUMN "dead_letter_due" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "rows_processed" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "bytes_processed" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "estimated_finish_at" TIMESTAMPTZ(3);

CREATE TABLE "attempts" (
  "job_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "worker" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),
  "outcome" TEXT,
  "error" TEXT,
  CONSTRAINT "attempts_pkey" PRIMARY KEY ("job_id", "number"),
  CONSTRAINT "attempts_outcome_check" CHECK ("outcome" IN ('success', 'failure', 'fault', 'lost', 'handed_back', 'cancelled'))
);
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_job_id_fkey"
  FOREIGN KEY ("job_id") REFERENCES "jobs" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The few rows that the outbox and the reaper look at every second.
CREATE INDEX "jobs_waiting_idx" ON "jobs" ("retry_at") WHERE "state" IN ('queued', 'retrying');
CREATE INDEX "jobs_leased_until_idx" ON "jobs" ("leased_until") WHERE "state" = 'started';
CREATE INDEX "jobs_dead_letter_due_idx" ON "jobs" ("id") WHERE "dead_letter_due";

DROP TRIGGER "jobs_notify_update" ON "jobs";
CREATE TRIGGER "jobs_notify_update" AFTER UPDATE ON "jobs" FOR EACH ROW
  WHEN (OLD."state" IS DISTINCT FROM NEW."state" OR OLD."progress" IS DISTINCT FROM NEW."progress"
    OR OLD."error" IS DISTINCT FROM NEW."error" OR OLD."bytes_processed" IS DISTINCT FROM NEW."bytes_processed")
  EXECUTE FUNCTION notify_job_progress();

-- Tells the worker that owns a job that somebody wants it cancelled.
CREATE FUNCTION notify_job_cancel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('job_cancel', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "jobs_notify_cancel" AFTER UPDATE ON "jobs" FOR EACH ROW
  WHEN (OLD."cancel_requested_at" IS NULL AND NEW."cancel_requested_at" IS NOT NULL)
  EXECUTE FUNCTION notify_job_cancel();
