-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Followed
--
CREATE TABLE "indicators_followed" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "seen" bigint NOT NULL);
--
-- Create model StaleCase
--
CREATE TABLE "indicators_stalecase" ("case_id" bigint NOT NULL PRIMARY KEY REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Tally
--
CREATE TABLE "indicators_tally" ("court_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "definitions" varchar(64) NOT NULL, "last_case" bigint NOT NULL, "done" integer unsigned NOT NULL CHECK ("done" >= 0), "total" integer unsigned NOT NULL CHECK ("total" >= 0), "ready" text NOT NULL CHECK ((JSON_VALID("ready") OR "ready" IS NULL)), "fresh_at" datetime NULL);
--
-- Create model Share
--
CREATE TABLE "indicators_share" ("case_id" bigint NOT NULL PRIMARY KEY REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "given" text NOT NULL, "read_at" datetime NOT NULL, "next_on" date NULL);
--
-- Create model Cell
--
CREATE TABLE "indicators_cell" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "axis" smallint unsigned NOT NULL CHECK ("axis" >= 0), "member" varchar(300) NOT NULL, "grain" smallint unsigned NOT NULL CHECK ("grain" >= 0), "first" date NOT NULL, "flows" text NOT NULL, "stocks" text NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "cell_once" UNIQUE ("court_id", "axis", "grain", "member", "first"));
--
-- Create model KeptFigure
--
CREATE TABLE "indicators_keptfigure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" varchar(24) NOT NULL UNIQUE, "indicator" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "label" varchar(120) NOT NULL, "scope" text NOT NULL CHECK ((JSON_VALID("scope") OR "scope" IS NULL)), "place" varchar(400) NOT NULL, "reach" text NOT NULL CHECK ((JSON_VALID("reach") OR "reach" IS NULL)), "first" date NOT NULL, "last" date NOT NULL, "value" decimal NULL, "shown" varchar(60) NOT NULL, "working" text NOT NULL CHECK ((JSON_VALID("working") OR "working" IS NULL)), "missing" integer unsigned NOT NULL CHECK ("missing" >= 0), "cases" text NOT NULL CHECK ((JSON_VALID("cases") OR "cases" IS NULL)), "truncated" bool NOT NULL, "query" varchar(600) NOT NULL, "cut_off" datetime NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "kept_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model ReferenceRange
--
CREATE TABLE "indicators_referencerange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "indicator" varchar(80) NOT NULL, "low" decimal NULL, "high" decimal NULL, "document" varchar(120) NOT NULL, "since" date NOT NULL, "until" date NULL, "entered_at" datetime NOT NULL, "struck_at" datetime NULL, "struck_reason" varchar(200) NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "entered_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "share_by_next_day" ON "indicators_share" ("next_on") WHERE "next_on" IS NOT NULL;
CREATE INDEX "indicators_keptfigure_court_id_4ec44b37" ON "indicators_keptfigure" ("court_id");
CREATE INDEX "indicators_keptfigure_kept_by_id_04236ea8" ON "indicators_keptfigure" ("kept_by_id");
CREATE INDEX "kept_figure_newest" ON "indicators_keptfigure" ("kept_by_id", "cut_off" DESC);
CREATE INDEX "indicators_referencerange_court_id_392354ab" ON "indicators_referencerange" ("court_id");
CREATE INDEX "indicators_referencerange_entered_by_id_b6781b00" ON "indicators_referencerange" ("entered_by_id");
CREATE INDEX "range_in_force" ON "indicators_referencerange" ("court_id", "indicator", "since" DESC);
COMMIT;
