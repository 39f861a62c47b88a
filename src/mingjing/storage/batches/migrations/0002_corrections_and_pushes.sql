-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Add field fixes to batch
--
CREATE TABLE "new__batches_batch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "fixes" text NOT NULL CHECK ((JSON_VALID("fixes") OR "fixes" IS NULL)), "uploaded_at" datetime NOT NULL, "filename" varchar(200) NOT NULL, "sha256" varchar(64) NOT NULL, "stored" varchar(200) NOT NULL, "mapping" text NOT NULL CHECK ((JSON_VALID("mapping") OR "mapping" IS NULL)), "mapping_name" varchar(60) NOT NULL, "encoding" varchar(20) NOT NULL, "state" varchar(10) NOT NULL, "rows" integer unsigned NOT NULL CHECK ("rows" >= 0), "added" integer unsigned NOT NULL CHECK ("added" >= 0), "updated" integer unsigned NOT NULL CHECK ("updated" >= 0), "unchanged" integer unsigned NOT NULL CHECK ("unchanged" >= 0), "refused" integer unsigned NOT NULL CHECK ("refused" >= 0), "skipped" integer unsigned NOT NULL CHECK ("skipped" >= 0), "events" integer unsigned NOT NULL CHECK ("events" >= 0), "events_refused" integer unsigned NOT NULL CHECK ("events_refused" >= 0), "lateness" text NOT NULL CHECK ((JSON_VALID("lateness") OR "lateness" IS NULL)), "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "progress" integer unsigned NOT NULL CHECK ("progress" >= 0), "error" text NOT NULL, "confirmed_at" datetime NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "new__batches_batch" ("id", "uploaded_at", "filename", "sha256", "stored", "mapping", "mapping_name", "encoding", "state", "rows", "added", "updated", "unchanged", "refused", "skipped", "events", "events_refused", "lateness", "notes", "progress", "error", "confirmed_at", "court_id", "uploaded_by_id", "fixes") SELECT "id", "uploaded_at", "filename", "sha256", "stored", "mapping", "mapping_name", "encoding", "state", "rows", "added", "updated", "unchanged", "refused", "skipped", "events", "events_refused", "lateness", "notes", "progress", "error", "confirmed_at", "court_id", "uploaded_by_id", '{}' FROM "batches_batch";
DROP TABLE "batches_batch";
ALTER TABLE "new__batches_batch" RENAME TO "batches_batch";
CREATE INDEX "batches_batch_sha256_21817d3e" ON "batches_batch" ("sha256");
CREATE INDEX "batches_batch_court_id_09ffee8b" ON "batches_batch" ("court_id");
CREATE INDEX "batches_batch_uploaded_by_id_405ef945" ON "batches_batch" ("uploaded_by_id");
--
-- Add field moved_at to batch
--
ALTER TABLE "batches_batch" ADD COLUMN "moved_at" datetime NULL;
--
-- Add field origin to batch
--
CREATE TABLE "new__batches_batch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uploaded_at" datetime NOT NULL, "filename" varchar(200) NOT NULL, "sha256" varchar(64) NOT NULL, "stored" varchar(200) NOT NULL, "mapping" text NOT NULL CHECK ((JSON_VALID("mapping") OR "mapping" IS NULL)), "mapping_name" varchar(60) NOT NULL, "encoding" varchar(20) NOT NULL, "state" varchar(10) NOT NULL, "rows" integer unsigned NOT NULL CHECK ("rows" >= 0), "added" integer unsigned NOT NULL CHECK ("added" >= 0), "updated" integer unsigned NOT NULL CHECK ("updated" >= 0), "unchanged" integer unsigned NOT NULL CHECK ("unchanged" >= 0), "refused" integer unsigned NOT NULL CHECK ("refused" >= 0), "skipped" integer unsigned NOT NULL CHECK ("skipped" >= 0), "events" integer unsigned NOT NULL CHECK ("events" >= 0), "events_refused" integer unsigned NOT NULL CHECK ("events_refused" >= 0), "lateness" text NOT NULL CHECK ((JSON_VALID("lateness") OR "lateness" IS NULL)), "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "progress" integer unsigned NOT NULL CHECK ("progress" >= 0), "error" text NOT NULL, "confirmed_at" datetime NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "fixes" text NOT NULL CHECK ((JSON_VALID("fixes") OR "fixes" IS NULL)), "moved_at" datetime NULL, "origin" varchar(10) NOT NULL);
INSERT INTO "new__batches_batch" ("id", "uploaded_at", "filename", "sha256", "stored", "mapping", "mapping_name", "encoding", "state", "rows", "added", "updated", "unchanged", "refused", "skipped", "events", "events_refused", "lateness", "notes", "progress", "error", "confirmed_at", "court_id", "uploaded_by_id", "fixes", "moved_at", "origin") SELECT "id", "uploaded_at", "filename", "sha256", "stored", "mapping", "mapping_name", "encoding", "state", "rows", "added", "updated", "unchanged", "refused", "skipped", "events", "events_refused", "lateness", "notes", "progress", "error", "confirmed_at", "court_id", "uploaded_by_id", "fixes", "moved_at", '页面' FROM "batches_batch";
DROP TABLE "batches_batch";
ALTER TABLE "new__batches_batch" RENAME TO "batches_batch";
CREATE INDEX "batches_batch_sha256_21817d3e" ON "batches_batch" ("sha256");
CREATE INDEX "batches_batch_court_id_09ffee8b" ON "batches_batch" ("court_id");
CREATE INDEX "batches_batch_uploaded_by_id_405ef945" ON "batches_batch" ("uploaded_by_id");
--
-- Add field push_key to batch
--
CREATE TABLE "new__batches_batch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uploaded_at" datetime NOT NULL, "filename" varchar(200) NOT NULL, "sha256" varchar(64) NOT NULL, "stored" varchar(200) NOT NULL, "mapping" text NOT NULL CHECK ((JSON_VALID("mapping") OR "mapping" IS NULL)), "mapping_name" varchar(60) NOT NULL, "encoding" varchar(20) NOT NULL, "state" varchar(10) NOT NULL, "rows" integer unsigned NOT NULL CHECK ("rows" >= 0), "added" integer unsigned NOT NULL CHECK ("added" >= 0), "updated" integer unsigned NOT NULL CHECK ("updated" >= 0), "unchanged" integer unsigned NOT NULL CHECK ("unchanged" >= 0), "refused" integer unsigned NOT NULL CHECK ("refused" >= 0), "skipped" integer unsigned NOT NULL CHECK ("skipped" >= 0), "events" integer unsigned NOT NULL CHECK ("events" >= 0), "events_refused" integer unsigned NOT NULL CHECK ("events_refused" >= 0), "lateness" text NOT NULL CHECK ((JSON_VALID("lateness") OR "lateness" IS NULL)), "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "progress" integer unsigned NOT NULL CHECK ("progress" >= 0), "error" text NOT NULL, "confirmed_at" datetime NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "fixes" text NOT NULL CHECK ((JSON_VALID("fixes") OR "fixes" IS NULL)), "moved_at" datetime NULL, "origin" varchar(10) NOT NULL, "push_key" varchar(80) NOT NULL);
INSERT INTO "new__batches_batch" ("id", "uploaded_at", "filename", "sha256", "stored", "mapping", "mapping_name", "encoding", "state", "rows", "added", "updated", "unchanged", "refused", "skipped", "events", "events_refused", "lateness", "notes", "progress", "error", "confirmed_at", "court_id", "uploaded_by_id", "fixes", "moved_at", "origin", "push_key") SELECT "id", "uploaded_at", "filename", "sha256", "stored", "mapping", "mapping_name", "encoding", "state", "rows", "added", "updated", "unchanged", "refused", "skipped", "events", "events_refused", "lateness", "notes", "progress", "error", "confirmed_at", "court_id", "uploaded_by_id", "fixes", "moved_at", "origin", '' FROM "batches_batch";
DROP TABLE "batches_batch";
ALTER TABLE "new__batches_batch" RENAME TO "batches_batch";
CREATE INDEX "batches_batch_sha256_21817d3e" ON "batches_batch" ("sha256");
CREATE INDEX "batches_batch_court_id_09ffee8b" ON "batches_batch" ("court_id");
CREATE INDEX "batches_batch_uploaded_by_id_405ef945" ON "batches_batch" ("uploaded_by_id");
--
-- Create constraint push_once on model batch
--
CREATE UNIQUE INDEX "push_once" ON "batches_batch" ("court_id", "push_key") WHERE NOT ("push_key" = '');
COMMIT;
