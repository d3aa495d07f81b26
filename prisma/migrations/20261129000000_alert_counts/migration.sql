-- Alerts of the report by severity, beside the dataset's row count: lists show them and are sorted by them without
-- reading reports. Null without a report, and for a report that was stored before reports had alerts.
ALTER TABLE "datasets"
  ADD COLUMN "alert_errors" INTEGER,
  ADD COLUMN "alert_warnings" INTEGER,
  ADD COLUMN "alert_infos" INTEGER;

UPDATE "datasets" SET
  "alert_errors" = counted."errors", "alert_warnings" = counted."warnings", "alert_infos" = counted."infos"
FROM (
  SELECT "dataset_id",
    count(*) FILTER (WHERE alert ->> 'severity' = 'error') AS "errors",
    count(*) FILTER (WHERE alert ->> 'severity' = 'warning') AS "warnings",
    count(*) FILTER (WHERE alert ->> 'severity' = 'info') AS "infos"
  FROM "reports" LEFT JOIN LATERAL jsonb_array_elements(
    CASE WHEN jsonb_typeof("report_json" -> 'alerts') = 'array' THEN "report_json" -> 'alerts' END) AS alert ON true
  WHERE jsonb_typeof("report_json" -> 'alerts') = 'array'
  GROUP BY "dataset_id") AS counted
WHERE "datasets"."id" = counted."dataset_id";

-- A page of a list in each order, whatever the number of datasets (infra/postgres/rows/dataset-order.ts has the same
-- expressions): without them, each page reads and sorts all.
CREATE INDEX "datasets_by_name" ON "datasets" (lower("name") COLLATE "C", "id");
CREATE INDEX "datasets_by_size" ON "datasets" ("size_bytes", "id");
CREATE INDEX "datasets_by_rows" ON "datasets" (COALESCE("row_count", -1), "id");
CREATE INDEX "datasets_by_alerts" ON "datasets"
  (COALESCE("alert_errors", -1), COALESCE("alert_warnings", -1), COALESCE("alert_infos", -1), "id");
