-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model FilingDay
--
CREATE TABLE "assignment_filingday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "on" date NOT NULL, "turn" smallint unsigned NOT NULL CHECK ("turn" >= 0), "state" varchar(10) NOT NULL, "opened_at" datetime NOT NULL, "locked_at" datetime NULL, "locked_entry" bigint unsigned NULL CHECK ("locked_entry" >= 0), "contributors" text NOT NULL CHECK ((JSON_VALID("contributors") OR "contributors" IS NULL)), "within" integer unsigned NOT NULL CHECK ("within" >= 0), "missing" varchar(10) NOT NULL, "public_source" varchar(200) NOT NULL, "public" varchar(200) NOT NULL, "round" smallint unsigned NOT NULL CHECK ("round" >= 0), "reveal_by" datetime NULL, "seed" varchar(64) NOT NULL, "drawn_at" datetime NULL, "drawn_entry" bigint unsigned NULL CHECK ("drawn_entry" >= 0), "void_why" varchar(400) NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "opened_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Draw
--
CREATE TABLE "assignment_draw" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(40) NOT NULL UNIQUE, "label" varchar(40) NOT NULL, "turn" smallint unsigned NOT NULL CHECK ("turn" >= 0), "state" varchar(10) NOT NULL, "definition" varchar(140) NOT NULL, "pool" text NOT NULL CHECK ((JSON_VALID("pool") OR "pool" IS NULL)), "digest" varchar(64) NOT NULL, "people" text NOT NULL CHECK ((JSON_VALID("people") OR "people" IS NULL)), "details" text NOT NULL CHECK ((JSON_VALID("details") OR "details" IS NULL)), "steps" text NOT NULL CHECK ((JSON_VALID("steps") OR "steps" IS NULL)), "changed" text NOT NULL CHECK ((JSON_VALID("changed") OR "changed" IS NULL)), "roles" text NOT NULL CHECK ((JSON_VALID("roles") OR "roles" IS NULL)), "flags" text NOT NULL CHECK ((JSON_VALID("flags") OR "flags" IS NULL)), "drawn" text NOT NULL CHECK ((JSON_VALID("drawn") OR "drawn" IS NULL)), "places" text NOT NULL CHECK ((JSON_VALID("places") OR "places" IS NULL)), "taken_at" datetime NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "day_id" bigint NOT NULL REFERENCES "assignment_filingday" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Contribution
--
CREATE TABLE "assignment_contribution" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "round" smallint unsigned NOT NULL CHECK ("round" >= 0), "commitment" varchar(64) NOT NULL, "committed_at" datetime NOT NULL, "value" varchar(64) NOT NULL, "revealed_at" datetime NULL, "false_reveals" smallint unsigned NOT NULL CHECK ("false_reveals" >= 0), "silent" bool NOT NULL, "department_id" bigint NOT NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "day_id" bigint NOT NULL REFERENCES "assignment_filingday" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Deviation
--
CREATE TABLE "assignment_deviation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "state" varchar(10) NOT NULL, "definition" varchar(140) NOT NULL, "ground" varchar(60) NOT NULL, "why" varchar(400) NOT NULL, "weight" integer unsigned NULL CHECK ("weight" >= 0), "asked_at" datetime NOT NULL, "decided_at" datetime NULL, "opinion" varchar(400) NOT NULL, "asked_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "draw_id" bigint NULL REFERENCES "assignment_draw" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create constraint filing_day_once on model filingday
--
CREATE TABLE "new__assignment_filingday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "on" date NOT NULL, "turn" smallint unsigned NOT NULL CHECK ("turn" >= 0), "state" varchar(10) NOT NULL, "opened_at" datetime NOT NULL, "locked_at" datetime NULL, "locked_entry" bigint unsigned NULL CHECK ("locked_entry" >= 0), "contributors" text NOT NULL CHECK ((JSON_VALID("contributors") OR "contributors" IS NULL)), "within" integer unsigned NOT NULL CHECK ("within" >= 0), "missing" varchar(10) NOT NULL, "public_source" varchar(200) NOT NULL, "public" varchar(200) NOT NULL, "round" smallint unsigned NOT NULL CHECK ("round" >= 0), "reveal_by" datetime NULL, "seed" varchar(64) NOT NULL, "drawn_at" datetime NULL, "drawn_entry" bigint unsigned NULL CHECK ("drawn_entry" >= 0), "void_why" varchar(400) NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "opened_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "filing_day_once" UNIQUE ("court_id", "on", "turn"));
INSERT INTO "new__assignment_filingday" ("id", "on", "turn", "state", "opened_at", "locked_at", "locked_entry", "contributors", "within", "missing", "public_source", "public", "round", "reveal_by", "seed", "drawn_at", "drawn_entry", "void_why", "court_id", "opened_by_id") SELECT "id", "on", "turn", "state", "opened_at", "locked_at", "locked_entry", "contributors", "within", "missing", "public_source", "public", "round", "reveal_by", "seed", "drawn_at", "drawn_entry", "void_why", "court_id", "opened_by_id" FROM "assignment_filingday";
DROP TABLE "assignment_filingday";
ALTER TABLE "new__assignment_filingday" RENAME TO "assignment_filingday";
CREATE INDEX "assignment_draw_case_id_13b85b8b" ON "assignment_draw" ("case_id");
CREATE INDEX "assignment_draw_day_id_7cc2e7d5" ON "assignment_draw" ("day_id");
CREATE INDEX "assignment_contribution_department_id_f96b1ca1" ON "assignment_contribution" ("department_id");
CREATE INDEX "assignment_contribution_person_id_d82807a9" ON "assignment_contribution" ("person_id");
CREATE INDEX "assignment_contribution_day_id_41a909f7" ON "assignment_contribution" ("day_id");
CREATE INDEX "assignment_deviation_asked_by_id_9dbb65df" ON "assignment_deviation" ("asked_by_id");
CREATE INDEX "assignment_deviation_case_id_7420baf0" ON "assignment_deviation" ("case_id");
CREATE INDEX "assignment_deviation_court_id_f140549d" ON "assignment_deviation" ("court_id");
CREATE INDEX "assignment_deviation_decided_by_id_24d04047" ON "assignment_deviation" ("decided_by_id");
CREATE INDEX "assignment_deviation_person_id_ad5c6a1f" ON "assignment_deviation" ("person_id");
CREATE INDEX "assignment_deviation_draw_id_b453522f" ON "assignment_deviation" ("draw_id");
CREATE INDEX "deviation_by_state" ON "assignment_deviation" ("court_id", "state");
CREATE INDEX "assignment_filingday_court_id_6081536d" ON "assignment_filingday" ("court_id");
CREATE INDEX "assignment_filingday_opened_by_id_3e1d28ef" ON "assignment_filingday" ("opened_by_id");
--
-- Create constraint draw_turn_once on model draw
--
CREATE TABLE "new__assignment_draw" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(40) NOT NULL UNIQUE, "label" varchar(40) NOT NULL, "turn" smallint unsigned NOT NULL CHECK ("turn" >= 0), "state" varchar(10) NOT NULL, "definition" varchar(140) NOT NULL, "pool" text NOT NULL CHECK ((JSON_VALID("pool") OR "pool" IS NULL)), "digest" varchar(64) NOT NULL, "people" text NOT NULL CHECK ((JSON_VALID("people") OR "people" IS NULL)), "details" text NOT NULL CHECK ((JSON_VALID("details") OR "details" IS NULL)), "steps" text NOT NULL CHECK ((JSON_VALID("steps") OR "steps" IS NULL)), "changed" text NOT NULL CHECK ((JSON_VALID("changed") OR "changed" IS NULL)), "roles" text NOT NULL CHECK ((JSON_VALID("roles") OR "roles" IS NULL)), "flags" text NOT NULL CHECK ((JSON_VALID("flags") OR "flags" IS NULL)), "drawn" text NOT NULL CHECK ((JSON_VALID("drawn") OR "drawn" IS NULL)), "places" text NOT NULL CHECK ((JSON_VALID("places") OR "places" IS NULL)), "taken_at" datetime NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "day_id" bigint NOT NULL REFERENCES "assignment_filingday" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "draw_turn_once" UNIQUE ("case_id", "label", "turn"));
INSERT INTO "new__assignment_draw" ("id", "number", "label", "turn", "state", "definition", "pool", "digest", "people", "details", "steps", "changed", "roles", "flags", "drawn", "places", "taken_at", "case_id", "day_id") SELECT "id", "number", "label", "turn", "state", "definition", "pool", "digest", "people", "details", "steps", "changed", "roles", "flags", "drawn", "places", "taken_at", "case_id", "day_id" FROM "assignment_draw";
DROP TABLE "assignment_draw";
ALTER TABLE "new__assignment_draw" RENAME TO "assignment_draw";
CREATE INDEX "assignment_draw_case_id_13b85b8b" ON "assignment_draw" ("case_id");
CREATE INDEX "assignment_draw_day_id_7cc2e7d5" ON "assignment_draw" ("day_id");
--
-- Create constraint contribution_once on model contribution
--
CREATE TABLE "new__assignment_contribution" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "round" smallint unsigned NOT NULL CHECK ("round" >= 0), "commitment" varchar(64) NOT NULL, "committed_at" datetime NOT NULL, "value" varchar(64) NOT NULL, "revealed_at" datetime NULL, "false_reveals" smallint unsigned NOT NULL CHECK ("false_reveals" >= 0), "silent" bool NOT NULL, "department_id" bigint NOT NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "day_id" bigint NOT NULL REFERENCES "assignment_filingday" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "contribution_once" UNIQUE ("day_id", "round", "department_id"));
INSERT INTO "new__assignment_contribution" ("id", "round", "commitment", "committed_at", "value", "revealed_at", "false_reveals", "silent", "department_id", "person_id", "day_id") SELECT "id", "round", "commitment", "committed_at", "value", "revealed_at", "false_reveals", "silent", "department_id", "person_id", "day_id" FROM "assignment_contribution";
DROP TABLE "assignment_contribution";
ALTER TABLE "new__assignment_contribution" RENAME TO "assignment_contribution";
CREATE INDEX "assignment_contribution_department_id_f96b1ca1" ON "assignment_contribution" ("department_id");
CREATE INDEX "assignment_contribution_person_id_d82807a9" ON "assignment_contribution" ("person_id");
CREATE INDEX "assignment_contribution_day_id_41a909f7" ON "assignment_contribution" ("day_id");
COMMIT;
