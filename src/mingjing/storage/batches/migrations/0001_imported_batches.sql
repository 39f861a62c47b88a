-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Batch
--
CREATE TABLE "batches_batch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uploaded_at" datetime NOT NULL, "filename" varchar(200) NOT NULL, "sha256" varchar(64) NOT NULL, "stored" varchar(200) NOT NULL, "mapping" text NOT NULL CHECK ((JSON_VALID("mapping") OR "mapping" IS NULL)), "mapping_name" varchar(60) NOT NULL, "encoding" varchar(20) NOT NULL, "state" varchar(10) NOT NULL, "rows" integer unsigned NOT NULL CHECK ("rows" >= 0), "added" integer unsigned NOT NULL CHECK ("added" >= 0), "updated" integer unsigned NOT NULL CHECK ("updated" >= 0), "unchanged" integer unsigned NOT NULL CHECK ("unchanged" >= 0), "refused" integer unsigned NOT NULL CHECK ("refused" >= 0), "skipped" integer unsigned NOT NULL CHECK ("skipped" >= 0), "events" integer unsigned NOT NULL CHECK ("events" >= 0), "events_refused" integer unsigned NOT NULL CHECK ("events_refused" >= 0), "lateness" text NOT NULL CHECK ((JSON_VALID("lateness") OR "lateness" IS NULL)), "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "progress" integer unsigned NOT NULL CHECK ("progress" >= 0), "error" text NOT NULL, "confirmed_at" datetime NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model PreviewRow
--
CREATE TABLE "batches_previewrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "number" varchar(100) NOT NULL, "effect" varchar(10) NOT NULL, "changes" text NOT NULL CHECK ((JSON_VALID("changes") OR "changes" IS NULL)), "batch_id" bigint NOT NULL REFERENCES "batches_batch" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model RefusedRow
--
CREATE TABLE "batches_refusedrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "column" varchar(120) NOT NULL, "value" varchar(200) NOT NULL, "reason" varchar(300) NOT NULL, "allowed" varchar(300) NOT NULL, "example" varchar(120) NOT NULL, "batch_id" bigint NOT NULL REFERENCES "batches_batch" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SavedMapping
--
CREATE TABLE "batches_savedmapping" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "mapping_once" UNIQUE ("court_id", "name"));
CREATE INDEX "batches_batch_sha256_21817d3e" ON "batches_batch" ("sha256");
CREATE INDEX "batches_batch_court_id_09ffee8b" ON "batches_batch" ("court_id");
CREATE INDEX "batches_batch_uploaded_by_id_405ef945" ON "batches_batch" ("uploaded_by_id");
CREATE INDEX "batches_previewrow_batch_id_db9b9057" ON "batches_previewrow" ("batch_id");
CREATE INDEX "batches_refusedrow_batch_id_5fd6812c" ON "batches_refusedrow" ("batch_id");
CREATE INDEX "batches_savedmapping_court_id_ab214cbe" ON "batches_savedmapping" ("court_id");
COMMIT;
