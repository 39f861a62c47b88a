-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model RecordNotice
--
CREATE TABLE "records_recordnotice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "tell" varchar(40) NOT NULL, "sentence" varchar(400) NOT NULL, "on" date NOT NULL, "seen_on" date NULL);
--
-- Remove constraint record_alert_once_per_rung from model recordalert
--
CREATE TABLE "new__records_recordalert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rung" smallint unsigned NOT NULL CHECK ("rung" >= 0), "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "tell" varchar(40) NOT NULL, "on" date NOT NULL, "due_on" date NOT NULL, "raised_at" datetime NOT NULL, "settled" varchar(10) NOT NULL, "settled_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_id" bigint NOT NULL REFERENCES "records_recordclock" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "new__records_recordalert" ("id", "rung", "colour", "tell", "on", "due_on", "raised_at", "settled", "settled_on", "court_id", "person_id", "record_id", "clock_id") SELECT "id", "rung", "colour", "tell", "on", "due_on", "raised_at", "settled", "settled_on", "court_id", "person_id", "record_id", "clock_id" FROM "records_recordalert";
DROP TABLE "records_recordalert";
ALTER TABLE "new__records_recordalert" RENAME TO "records_recordalert";
CREATE INDEX "records_recordalert_court_id_211b4cc1" ON "records_recordalert" ("court_id");
CREATE INDEX "records_recordalert_person_id_af7e5044" ON "records_recordalert" ("person_id");
CREATE INDEX "records_recordalert_record_id_f50a9138" ON "records_recordalert" ("record_id");
CREATE INDEX "records_recordalert_clock_id_dfaa4c08" ON "records_recordalert" ("clock_id");
CREATE INDEX "record_alert_by_person" ON "records_recordalert" ("person_id", "on" DESC) WHERE "settled" = '';
--
-- Remove index party_by_person from recordparty
--
DROP INDEX "party_by_person";
--
-- Remove index party_by_unit from recordparty
--
DROP INDEX "party_by_unit";
--
-- Add field acted_by to record
--
ALTER TABLE "records_record" ADD COLUMN "acted_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
--
-- Add field likeness to record
--
CREATE TABLE "new__records_record" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "number" varchar(60) NOT NULL, "title" varchar(200) NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "period" varchar(12) NOT NULL, "obligation" varchar(120) NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "inner" text NOT NULL CHECK ((JSON_VALID("inner") OR "inner" IS NULL)), "search" text NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "shredded_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "registered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "subject_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "acted_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "likeness" varchar(64) NOT NULL, "above_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_number_once" UNIQUE ("court_id", "register", "number"));
INSERT INTO "new__records_record" ("id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness") SELECT "id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", '' FROM "records_record";
DROP TABLE "records_record";
ALTER TABLE "new__records_record" RENAME TO "records_record";
CREATE UNIQUE INDEX "obligation_once" ON "records_record" ("court_id", "register", "obligation") WHERE NOT ("obligation" = '');
CREATE INDEX "records_record_court_id_b80fbec5" ON "records_record" ("court_id");
CREATE INDEX "records_record_holder_id_823d40b5" ON "records_record" ("holder_id");
CREATE INDEX "records_record_registered_by_id_30a41827" ON "records_record" ("registered_by_id");
CREATE INDEX "records_record_subject_id_07deca2a" ON "records_record" ("subject_id");
CREATE INDEX "records_record_unit_id_36cc45cd" ON "records_record" ("unit_id");
CREATE INDEX "records_record_acted_by_id_b32042c8" ON "records_record" ("acted_by_id");
CREATE INDEX "records_record_above_id_38650b23" ON "records_record" ("above_id");
CREATE INDEX "record_newest" ON "records_record" ("court_id", "register", "id" DESC);
CREATE INDEX "record_by_due" ON "records_record" ("court_id", "register", "over", "due_on", "id");
CREATE INDEX "record_by_state" ON "records_record" ("court_id", "register", "state", "id" DESC);
CREATE INDEX "record_by_period" ON "records_record" ("court_id", "register", "period");
CREATE INDEX "record_by_holder" ON "records_record" ("holder_id", "over", "due_on");
CREATE INDEX "record_by_unit" ON "records_record" ("unit_id", "register", "id" DESC);
--
-- Add field margin to record
--
CREATE TABLE "new__records_record" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "number" varchar(60) NOT NULL, "title" varchar(200) NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "period" varchar(12) NOT NULL, "obligation" varchar(120) NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "inner" text NOT NULL CHECK ((JSON_VALID("inner") OR "inner" IS NULL)), "search" text NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "shredded_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "registered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "subject_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "acted_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "likeness" varchar(64) NOT NULL, "margin" text NOT NULL CHECK ((JSON_VALID("margin") OR "margin" IS NULL)), "above_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_number_once" UNIQUE ("court_id", "register", "number"));
INSERT INTO "new__records_record" ("id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness", "margin") SELECT "id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness", '{}' FROM "records_record";
DROP TABLE "records_record";
ALTER TABLE "new__records_record" RENAME TO "records_record";
CREATE UNIQUE INDEX "obligation_once" ON "records_record" ("court_id", "register", "obligation") WHERE NOT ("obligation" = '');
CREATE INDEX "records_record_court_id_b80fbec5" ON "records_record" ("court_id");
CREATE INDEX "records_record_holder_id_823d40b5" ON "records_record" ("holder_id");
CREATE INDEX "records_record_registered_by_id_30a41827" ON "records_record" ("registered_by_id");
CREATE INDEX "records_record_subject_id_07deca2a" ON "records_record" ("subject_id");
CREATE INDEX "records_record_unit_id_36cc45cd" ON "records_record" ("unit_id");
CREATE INDEX "records_record_acted_by_id_b32042c8" ON "records_record" ("acted_by_id");
CREATE INDEX "records_record_above_id_38650b23" ON "records_record" ("above_id");
CREATE INDEX "record_newest" ON "records_record" ("court_id", "register", "id" DESC);
CREATE INDEX "record_by_due" ON "records_record" ("court_id", "register", "over", "due_on", "id");
CREATE INDEX "record_by_state" ON "records_record" ("court_id", "register", "state", "id" DESC);
CREATE INDEX "record_by_period" ON "records_record" ("court_id", "register", "period");
CREATE INDEX "record_by_holder" ON "records_record" ("holder_id", "over", "due_on");
CREATE INDEX "record_by_unit" ON "records_record" ("unit_id", "register", "id" DESC);
--
-- Add field once to record
--
CREATE TABLE "new__records_record" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "number" varchar(60) NOT NULL, "title" varchar(200) NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "period" varchar(12) NOT NULL, "obligation" varchar(120) NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "inner" text NOT NULL CHECK ((JSON_VALID("inner") OR "inner" IS NULL)), "search" text NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "shredded_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "registered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "subject_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "acted_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "likeness" varchar(64) NOT NULL, "margin" text NOT NULL CHECK ((JSON_VALID("margin") OR "margin" IS NULL)), "once" varchar(90) NOT NULL, "above_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_number_once" UNIQUE ("court_id", "register", "number"));
INSERT INTO "new__records_record" ("id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness", "margin", "once") SELECT "id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness", "margin", '' FROM "records_record";
DROP TABLE "records_record";
ALTER TABLE "new__records_record" RENAME TO "records_record";
CREATE UNIQUE INDEX "obligation_once" ON "records_record" ("court_id", "register", "obligation") WHERE NOT ("obligation" = '');
CREATE INDEX "records_record_court_id_b80fbec5" ON "records_record" ("court_id");
CREATE INDEX "records_record_holder_id_823d40b5" ON "records_record" ("holder_id");
CREATE INDEX "records_record_registered_by_id_30a41827" ON "records_record" ("registered_by_id");
CREATE INDEX "records_record_subject_id_07deca2a" ON "records_record" ("subject_id");
CREATE INDEX "records_record_unit_id_36cc45cd" ON "records_record" ("unit_id");
CREATE INDEX "records_record_acted_by_id_b32042c8" ON "records_record" ("acted_by_id");
CREATE INDEX "records_record_above_id_38650b23" ON "records_record" ("above_id");
CREATE INDEX "record_newest" ON "records_record" ("court_id", "register", "id" DESC);
CREATE INDEX "record_by_due" ON "records_record" ("court_id", "register", "over", "due_on", "id");
CREATE INDEX "record_by_state" ON "records_record" ("court_id", "register", "state", "id" DESC);
CREATE INDEX "record_by_period" ON "records_record" ("court_id", "register", "period");
CREATE INDEX "record_by_holder" ON "records_record" ("holder_id", "over", "due_on");
CREATE INDEX "record_by_unit" ON "records_record" ("unit_id", "register", "id" DESC);
--
-- Add field returns to record
--
ALTER TABLE "records_record" ADD COLUMN "returns_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED;
--
-- Create index record_likeness on field(s) likeness, -opened_on of model record
--
CREATE INDEX "record_likeness" ON "records_record" ("likeness", "opened_on" DESC) WHERE NOT ("likeness" = '');
--
-- Create index record_to_shred on field(s) register, over_on of model record
--
CREATE INDEX "record_to_shred" ON "records_record" ("register", "over_on") WHERE ("over" AND "shredded_on" IS NULL);
--
-- Create index party_of_person on field(s) person, capacity, record of model recordparty
--
CREATE INDEX "party_of_person" ON "records_recordparty" ("person_id", "capacity", "record_id");
--
-- Create index party_of_unit on field(s) unit, capacity, record of model recordparty
--
CREATE INDEX "party_of_unit" ON "records_recordparty" ("unit_id", "capacity", "record_id");
--
-- Create constraint record_once on model record
--
CREATE UNIQUE INDEX "record_once" ON "records_record" ("court_id", "once") WHERE NOT ("once" = '');
--
-- Create constraint record_alert_once_per_person on model recordalert
--
CREATE TABLE "new__records_recordalert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rung" smallint unsigned NOT NULL CHECK ("rung" >= 0), "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "tell" varchar(40) NOT NULL, "on" date NOT NULL, "due_on" date NOT NULL, "raised_at" datetime NOT NULL, "settled" varchar(10) NOT NULL, "settled_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_id" bigint NOT NULL REFERENCES "records_recordclock" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_alert_once_per_person" UNIQUE ("clock_id", "due_on", "rung", "person_id"));
INSERT INTO "new__records_recordalert" ("id", "rung", "colour", "tell", "on", "due_on", "raised_at", "settled", "settled_on", "court_id", "person_id", "record_id", "clock_id") SELECT "id", "rung", "colour", "tell", "on", "due_on", "raised_at", "settled", "settled_on", "court_id", "person_id", "record_id", "clock_id" FROM "records_recordalert";
DROP TABLE "records_recordalert";
ALTER TABLE "new__records_recordalert" RENAME TO "records_recordalert";
CREATE INDEX "records_record_returns_id_5355e4f1" ON "records_record" ("returns_id");
CREATE INDEX "records_recordalert_court_id_211b4cc1" ON "records_recordalert" ("court_id");
CREATE INDEX "records_recordalert_person_id_af7e5044" ON "records_recordalert" ("person_id");
CREATE INDEX "records_recordalert_record_id_f50a9138" ON "records_recordalert" ("record_id");
CREATE INDEX "records_recordalert_clock_id_dfaa4c08" ON "records_recordalert" ("clock_id");
CREATE INDEX "record_alert_by_person" ON "records_recordalert" ("person_id", "on" DESC) WHERE "settled" = '';
--
-- Create constraint record_alert_once_to_nobody on model recordalert
--
CREATE UNIQUE INDEX "record_alert_once_to_nobody" ON "records_recordalert" ("clock_id", "due_on", "rung") WHERE "person_id" IS NULL;
--
-- Add field person to recordnotice
--
ALTER TABLE "records_recordnotice" ADD COLUMN "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED;
--
-- Add field record to recordnotice
--
CREATE TABLE "new__records_recordnotice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "tell" varchar(40) NOT NULL, "sentence" varchar(400) NOT NULL, "on" date NOT NULL, "seen_on" date NULL, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "new__records_recordnotice" ("id", "turn", "tell", "sentence", "on", "seen_on", "person_id", "record_id") SELECT "id", "turn", "tell", "sentence", "on", "seen_on", "person_id", NULL FROM "records_recordnotice";
DROP TABLE "records_recordnotice";
ALTER TABLE "new__records_recordnotice" RENAME TO "records_recordnotice";
CREATE INDEX "records_recordnotice_person_id_78d88301" ON "records_recordnotice" ("person_id");
CREATE INDEX "records_recordnotice_record_id_3a51c5d2" ON "records_recordnotice" ("record_id");
--
-- Create index record_notice_unseen on field(s) person, -id of model recordnotice
--
CREATE INDEX "record_notice_unseen" ON "records_recordnotice" ("person_id", "id" DESC) WHERE "seen_on" IS NULL;
COMMIT;
