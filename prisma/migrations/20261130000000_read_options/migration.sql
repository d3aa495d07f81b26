-- What somebody has said about how the file is read, and what was said when the stored report was made: where the two
-- differ, processing makes a new job although the dataset is done. Null where nothing was said.
ALTER TABLE "datasets"
  ADD COLUMN "options" JSONB,
  ADD COLUMN "report_options" JSONB;
