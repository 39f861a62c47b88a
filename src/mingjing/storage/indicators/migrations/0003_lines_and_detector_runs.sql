-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Add field target to referencerange
--
ALTER TABLE "indicators_referencerange" ADD COLUMN "target" decimal NULL;
--
-- Add field warning to referencerange
--
ALTER TABLE "indicators_referencerange" ADD COLUMN "warning" decimal NULL;
--
-- Create model DetectorRun
--
CREATE TABLE "indicators_detectorrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "detector" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "first" date NOT NULL, "last" date NOT NULL, "looked" integer unsigned NOT NULL CHECK ("looked" >= 0), "found" integer unsigned NOT NULL CHECK ("found" >= 0), "missing" integer unsigned NOT NULL CHECK ("missing" >= 0), "ran_at" datetime NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "detector_run_once" UNIQUE ("court_id", "detector"));
COMMIT;
