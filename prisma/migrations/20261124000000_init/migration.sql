CREATE TABLE "datasets" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "name" TEXT NOT NULL,
  "original_filename" TEXT NOT NULL,
  "content_type" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "checksum_sha256" TEXT NOT NULL,
  "size_bytes" BIGINT NOT NULL,
  "uploaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "processed_at" TIMESTAMPTZ(3),
  "row_count" INTEGER,
  "error" TEXT,
  "upload_bucket" TEXT NOT NULL,
  "upload_key" TEXT NOT NULL,
  "upload_etag" TEXT,
  CONSTRAINT "datasets_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "datasets_status_check" CHECK ("status" IN ('uploaded', 'processing', 'done', 'failed'))
);

CREATE TABLE "jobs" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "dataset_id" UUID NOT NULL,
  "celery_task_id" TEXT,
  "state" TEXT NOT NULL DEFAULT 'queued',
  "progress" INTEGER NOT NULL DEFAULT 0,
  "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  "error" TEXT,
  "attempt" INTEGER NOT NULL DEFAULT 0,
  "leased_until" TIMESTAMPTZ(3),
  CONSTRAINT "jobs_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "jobs_state_check" CHECK ("state" IN ('queued', 'started', 'retrying', 'success', 'failure')),
  CONSTRAINT "jobs_progress_check" CHECK ("progress" BETWEEN 0 AND 100)
);

CREATE TABLE "reports" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "dataset_id" UUID NOT NULL,
  "report_json" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "report_bucket" TEXT NOT NULL,
  "report_key" TEXT NOT NULL,
  "report_etag" TEXT,
  CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "datasets_checksum_sha256_key" ON "datasets" ("checksum_sha256");
CREATE INDEX "datasets_status_idx" ON "datasets" ("status");
CREATE INDEX "datasets_uploaded_at_idx" ON "datasets" ("uploaded_at");
CREATE INDEX "jobs_dataset_id_idx" ON "jobs" ("dataset_id");
CREATE INDEX "jobs_state_idx" ON "jobs" ("state");
CREATE INDEX "jobs_queued_at_idx" ON "jobs" ("queued_at");
CREATE UNIQUE INDEX "reports_dataset_id_key" ON "reports" ("dataset_id");
CREATE INDEX "reports_created_at_idx" ON "reports" ("created_at");

ALTER TABLE "jobs" ADD CONSTRAINT "jobs_dataset_id_fkey"
  FOREIGN KEY ("dataset_id") REFERENCES "datasets" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "reports" ADD CONSTRAINT "reports_dataset_id_fkey"
  FOREIGN KEY ("dataset_id") REFERENCES "datasets" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- At most one active job a dataset, held by the database: two requests at the same moment cannot both insert one.
CREATE UNIQUE INDEX "jobs_one_active_per_dataset" ON "jobs" ("dataset_id")
  WHERE "state" IN ('queued', 'started', 'retrying');

-- Tells every API process that a job changed what a watcher may see. The id only: the row is the truth, and it is read
-- again; the same id twice in a transaction is sent once.
CREATE FUNCTION notify_job_progress() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('job_progress', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "jobs_notify_insert" AFTER INSERT ON "jobs" FOR EACH ROW EXECUTE FUNCTION notify_job_progress();
CREATE TRIGGER "jobs_notify_update" AFTER UPDATE ON "jobs" FOR EACH ROW
  WHEN (OLD."state" IS DISTINCT FROM NEW."state" OR OLD."progress" IS DISTINCT FROM NEW."progress"
    OR OLD."error" IS DISTINCT FROM NEW."error")
  EXECUTE FUNCTION notify_job_progress();
