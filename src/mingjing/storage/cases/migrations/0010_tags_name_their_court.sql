-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Remove index tag_to_case from casetag
--
DROP INDEX "tag_to_case";
--
-- Add field court to casetag
--
ALTER TABLE "cases_casetag" ADD COLUMN "court_id" bigint NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED;
--
-- Raw SQL operation
--
UPDATE cases_casetag SET court_id = (SELECT c.court_id FROM cases_case c WHERE c.id = case_id);
--
-- Custom state/database change combination
--
-- (no-op)
--
-- Create index tag_to_case on field(s) tag, court, case of model casetag
--
CREATE INDEX "tag_to_case" ON "cases_casetag" ("tag", "court_id", "case_id");
COMMIT;
