-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model RecordTally
--
CREATE TABLE "indicators_recordtally" ("court_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "definitions" varchar(64) NOT NULL, "last_record" bigint NOT NULL, "done" integer unsigned NOT NULL CHECK ("done" >= 0), "total" integer unsigned NOT NULL CHECK ("total" >= 0), "ready" text NOT NULL CHECK ((JSON_VALID("ready") OR "ready" IS NULL)));
--
-- Create model StaleRecord
--
CREATE TABLE "indicators_stalerecord" ("record_id" bigint NOT NULL PRIMARY KEY REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Add field over to keptfigure
--
CREATE TABLE "new__indicators_keptfigure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" varchar(24) NOT NULL UNIQUE, "indicator" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "label" varchar(120) NOT NULL, "scope" text NOT NULL CHECK ((JSON_VALID("scope") OR "scope" IS NULL)), "place" varchar(400) NOT NULL, "reach" text NOT NULL CHECK ((JSON_VALID("reach") OR "reach" IS NULL)), "first" date NOT NULL, "last" date NOT NULL, "value" decimal NULL, "shown" varchar(60) NOT NULL, "working" text NOT NULL CHECK ((JSON_VALID("working") OR "working" IS NULL)), "missing" integer unsigned NOT NULL CHECK ("missing" >= 0), "cases" text NOT NULL CHECK ((JSON_VALID("cases") OR "cases" IS NULL)), "truncated" bool NOT NULL, "query" varchar(600) NOT NULL, "cut_off" datetime NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "kept_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "over" text NOT NULL CHECK ((JSON_VALID("over") OR "over" IS NULL)));
INSERT INTO "new__indicators_keptfigure" ("id", "token", "indicator", "definition", "label", "scope", "place", "reach", "first", "last", "value", "shown", "working", "missing", "cases", "truncated", "query", "cut_off", "court_id", "kept_by_id", "over") SELECT "id", "token", "indicator", "definition", "label", "scope", "place", "reach", "first", "last", "value", "shown", "working", "missing", "cases", "truncated", "query", "cut_off", "court_id", "kept_by_id", '{}' FROM "indicators_keptfigure";
DROP TABLE "indicators_keptfigure";
ALTER TABLE "new__indicators_keptfigure" RENAME TO "indicators_keptfigure";
CREATE INDEX "indicators_keptfigure_court_id_4ec44b37" ON "indicators_keptfigure" ("court_id");
CREATE INDEX "indicators_keptfigure_kept_by_id_04236ea8" ON "indicators_keptfigure" ("kept_by_id");
CREATE INDEX "kept_figure_newest" ON "indicators_keptfigure" ("kept_by_id", "cut_off" DESC);
--
-- Add field registered to tally
--
CREATE TABLE "new__indicators_tally" ("court_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "definitions" varchar(64) NOT NULL, "last_case" bigint NOT NULL, "done" integer unsigned NOT NULL CHECK ("done" >= 0), "total" integer unsigned NOT NULL CHECK ("total" >= 0), "ready" text NOT NULL CHECK ((JSON_VALID("ready") OR "ready" IS NULL)), "fresh_at" datetime NULL, "registered" text NOT NULL CHECK ((JSON_VALID("registered") OR "registered" IS NULL)));
INSERT INTO "new__indicators_tally" ("court_id", "definitions", "last_case", "done", "total", "ready", "fresh_at", "registered") SELECT "court_id", "definitions", "last_case", "done", "total", "ready", "fresh_at", '[]' FROM "indicators_tally";
DROP TABLE "indicators_tally";
ALTER TABLE "new__indicators_tally" RENAME TO "indicators_tally";
--
-- Alter field axis on cell
--
-- (no-op)
--
-- Create model RecordShare
--
CREATE TABLE "indicators_recordshare" ("record_id" bigint NOT NULL PRIMARY KEY REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "given" text NOT NULL, "read_at" datetime NOT NULL, "next_on" date NULL);
CREATE INDEX "record_share_by_next_day" ON "indicators_recordshare" ("next_on") WHERE "next_on" IS NOT NULL;
COMMIT;
