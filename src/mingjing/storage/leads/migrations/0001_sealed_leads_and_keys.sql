-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Salt
--
CREATE TABLE "leads_salt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "value" BLOB NOT NULL);
--
-- Create model Lead
--
CREATE TABLE "leads_lead" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(60) NOT NULL, "mark" varchar(32) NOT NULL UNIQUE, "definition" varchar(140) NOT NULL, "channel" varchar(10) NOT NULL, "named" bool NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "raised" smallint unsigned NOT NULL CHECK ("raised" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "receipt" varchar(64) NOT NULL UNIQUE, "reporter" BLOB NOT NULL, "commitment" varchar(64) NOT NULL, "entry" bigint unsigned NULL CHECK ("entry" >= 0), "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model LeadClock
--
CREATE TABLE "leads_leadclock" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(60) NOT NULL, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "started" date NOT NULL, "due_on" date NULL, "done_on" date NULL, "next_on" date NULL, "refusal" varchar(300) NOT NULL, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model LeadAlert
--
CREATE TABLE "leads_leadalert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rung" smallint unsigned NOT NULL CHECK ("rung" >= 0), "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "tell" varchar(40) NOT NULL, "on" date NOT NULL, "due_on" date NOT NULL, "settled_on" date NULL, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_id" bigint NOT NULL REFERENCES "leads_leadclock" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model LeadLink
--
CREATE TABLE "leads_leadlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "made_on" date NOT NULL, "first_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model LeadMember
--
CREATE TABLE "leads_leadmember" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "capacity" varchar(40) NOT NULL, "since" date NOT NULL, "until" date NULL, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model LeadPart
--
CREATE TABLE "leads_leadpart" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "on" date NOT NULL, "content" BLOB NOT NULL, "stored" varchar(80) NOT NULL, "commitment" varchar(64) NOT NULL, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model LeadMeasure
--
CREATE TABLE "leads_leadmeasure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "person_mark" varchar(32) NOT NULL, "form" varchar(20) NOT NULL, "on" date NOT NULL, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "part_id" bigint NOT NULL REFERENCES "leads_leadpart" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model LeadCheck
--
CREATE TABLE "leads_leadcheck" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "breach_on" date NOT NULL, "concluded_on" date NULL, "accountable" bool NULL, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "finding_id" bigint NULL REFERENCES "leads_leadpart" ("id") DEFERRABLE INITIALLY DEFERRED, "part_id" bigint NOT NULL REFERENCES "leads_leadpart" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model LeadAct
--
CREATE TABLE "leads_leadact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "label" varchar(40) NOT NULL, "on" date NOT NULL, "after" varchar(40) NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "entry" bigint unsigned NULL CHECK ("entry" >= 0), "actor_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "part_id" bigint NULL REFERENCES "leads_leadpart" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SealKey
--
CREATE TABLE "leads_sealkey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public" BLOB NOT NULL, "private" BLOB NOT NULL, "salt" BLOB NOT NULL, "passes" integer unsigned NOT NULL CHECK ("passes" >= 0), "memory" bigint unsigned NOT NULL CHECK ("memory" >= 0), "made_on" date NOT NULL, "retired_on" date NULL, "first_half" BLOB NULL, "second_half" BLOB NULL, "first_officer_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "second_officer_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model PartKey
--
CREATE TABLE "leads_partkey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "box" BLOB NOT NULL, "part_id" bigint NOT NULL REFERENCES "leads_leadpart" ("id") DEFERRABLE INITIALLY DEFERRED, "key_id" bigint NULL REFERENCES "leads_sealkey" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model KeyRecovery
--
CREATE TABLE "leads_keyrecovery" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public" BLOB NOT NULL, "private" BLOB NOT NULL, "salt" BLOB NOT NULL, "passes" integer unsigned NOT NULL CHECK ("passes" >= 0), "memory" bigint unsigned NOT NULL CHECK ("memory" >= 0), "asked_on" date NOT NULL, "first_half" BLOB NULL, "second_half" BLOB NULL, "done_on" date NULL, "key_id" bigint NOT NULL REFERENCES "leads_sealkey" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create index lead_newest on field(s) court, -id of model lead
--
CREATE INDEX "lead_newest" ON "leads_lead" ("court_id", "id" DESC);
--
-- Create constraint lead_number_once on model lead
--
CREATE TABLE "new__leads_lead" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(60) NOT NULL, "mark" varchar(32) NOT NULL UNIQUE, "definition" varchar(140) NOT NULL, "channel" varchar(10) NOT NULL, "named" bool NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "raised" smallint unsigned NOT NULL CHECK ("raised" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "receipt" varchar(64) NOT NULL UNIQUE, "reporter" BLOB NOT NULL, "commitment" varchar(64) NOT NULL, "entry" bigint unsigned NULL CHECK ("entry" >= 0), "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "lead_number_once" UNIQUE ("court_id", "number"));
INSERT INTO "new__leads_lead" ("id", "number", "mark", "definition", "channel", "named", "state", "over", "opened_on", "over_on", "due_on", "colour", "raised", "data", "receipt", "reporter", "commitment", "entry", "revision", "court_id") SELECT "id", "number", "mark", "definition", "channel", "named", "state", "over", "opened_on", "over_on", "due_on", "colour", "raised", "data", "receipt", "reporter", "commitment", "entry", "revision", "court_id" FROM "leads_lead";
DROP TABLE "leads_lead";
ALTER TABLE "new__leads_lead" RENAME TO "leads_lead";
CREATE INDEX "leads_leadclock_lead_id_63eac665" ON "leads_leadclock" ("lead_id");
CREATE INDEX "leads_leadalert_lead_id_b707b52b" ON "leads_leadalert" ("lead_id");
CREATE INDEX "leads_leadalert_person_id_5df1d26f" ON "leads_leadalert" ("person_id");
CREATE INDEX "leads_leadalert_clock_id_abb5b3e3" ON "leads_leadalert" ("clock_id");
CREATE INDEX "leads_leadlink_first_id_d11d98a3" ON "leads_leadlink" ("first_id");
CREATE INDEX "leads_leadlink_second_id_9e4163b5" ON "leads_leadlink" ("second_id");
CREATE INDEX "leads_leadmember_lead_id_eff891f2" ON "leads_leadmember" ("lead_id");
CREATE INDEX "leads_leadmember_person_id_7add33fa" ON "leads_leadmember" ("person_id");
CREATE INDEX "leads_leadpart_lead_id_169749da" ON "leads_leadpart" ("lead_id");
CREATE INDEX "leads_leadmeasure_lead_id_f9b8adee" ON "leads_leadmeasure" ("lead_id");
CREATE INDEX "leads_leadmeasure_part_id_a5abdf48" ON "leads_leadmeasure" ("part_id");
CREATE INDEX "leads_leadcheck_lead_id_4c339d37" ON "leads_leadcheck" ("lead_id");
CREATE INDEX "leads_leadcheck_finding_id_229526b9" ON "leads_leadcheck" ("finding_id");
CREATE INDEX "leads_leadcheck_part_id_b10ca3ba" ON "leads_leadcheck" ("part_id");
CREATE INDEX "leads_leadact_actor_id_8389508c" ON "leads_leadact" ("actor_id");
CREATE INDEX "leads_leadact_lead_id_41bca767" ON "leads_leadact" ("lead_id");
CREATE INDEX "leads_leadact_part_id_61cf682e" ON "leads_leadact" ("part_id");
CREATE INDEX "leads_sealkey_first_officer_id_0268c400" ON "leads_sealkey" ("first_officer_id");
CREATE INDEX "leads_sealkey_person_id_acc42ff0" ON "leads_sealkey" ("person_id");
CREATE INDEX "leads_sealkey_second_officer_id_12a68b94" ON "leads_sealkey" ("second_officer_id");
CREATE INDEX "leads_partkey_part_id_7f693e37" ON "leads_partkey" ("part_id");
CREATE INDEX "leads_partkey_key_id_69c7b0a5" ON "leads_partkey" ("key_id");
CREATE INDEX "leads_keyrecovery_key_id_dea97200" ON "leads_keyrecovery" ("key_id");
CREATE INDEX "leads_lead_court_id_63023112" ON "leads_lead" ("court_id");
CREATE INDEX "lead_newest" ON "leads_lead" ("court_id", "id" DESC);
--
-- Create index lead_clock_next on field(s) next_on of model leadclock
--
CREATE INDEX "lead_clock_next" ON "leads_leadclock" ("next_on") WHERE "next_on" IS NOT NULL;
--
-- Create constraint lead_clock_once on model leadclock
--
CREATE TABLE "new__leads_leadclock" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(60) NOT NULL, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "started" date NOT NULL, "due_on" date NULL, "done_on" date NULL, "next_on" date NULL, "refusal" varchar(300) NOT NULL, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "lead_clock_once" UNIQUE ("lead_id", "label", "turn"));
INSERT INTO "new__leads_leadclock" ("id", "label", "turn", "started", "due_on", "done_on", "next_on", "refusal", "lead_id") SELECT "id", "label", "turn", "started", "due_on", "done_on", "next_on", "refusal", "lead_id" FROM "leads_leadclock";
DROP TABLE "leads_leadclock";
ALTER TABLE "new__leads_leadclock" RENAME TO "leads_leadclock";
CREATE INDEX "leads_leadclock_lead_id_63eac665" ON "leads_leadclock" ("lead_id");
CREATE INDEX "lead_clock_next" ON "leads_leadclock" ("next_on") WHERE "next_on" IS NOT NULL;
--
-- Create index lead_alert_by_person on field(s) person, -on of model leadalert
--
CREATE INDEX "lead_alert_by_person" ON "leads_leadalert" ("person_id", "on" DESC);
--
-- Create constraint lead_alert_once on model leadalert
--
CREATE TABLE "new__leads_leadalert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rung" smallint unsigned NOT NULL CHECK ("rung" >= 0), "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "tell" varchar(40) NOT NULL, "on" date NOT NULL, "due_on" date NOT NULL, "settled_on" date NULL, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_id" bigint NOT NULL REFERENCES "leads_leadclock" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "lead_alert_once" UNIQUE ("clock_id", "due_on", "rung", "person_id"));
INSERT INTO "new__leads_leadalert" ("id", "rung", "colour", "tell", "on", "due_on", "settled_on", "lead_id", "person_id", "clock_id") SELECT "id", "rung", "colour", "tell", "on", "due_on", "settled_on", "lead_id", "person_id", "clock_id" FROM "leads_leadalert";
DROP TABLE "leads_leadalert";
ALTER TABLE "new__leads_leadalert" RENAME TO "leads_leadalert";
CREATE INDEX "leads_leadalert_lead_id_b707b52b" ON "leads_leadalert" ("lead_id");
CREATE INDEX "leads_leadalert_person_id_5df1d26f" ON "leads_leadalert" ("person_id");
CREATE INDEX "leads_leadalert_clock_id_abb5b3e3" ON "leads_leadalert" ("clock_id");
CREATE INDEX "lead_alert_by_person" ON "leads_leadalert" ("person_id", "on" DESC);
--
-- Create constraint lead_link_once on model leadlink
--
CREATE TABLE "new__leads_leadlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "made_on" date NOT NULL, "first_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "lead_link_once" UNIQUE ("first_id", "second_id"));
INSERT INTO "new__leads_leadlink" ("id", "made_on", "first_id", "second_id") SELECT "id", "made_on", "first_id", "second_id" FROM "leads_leadlink";
DROP TABLE "leads_leadlink";
ALTER TABLE "new__leads_leadlink" RENAME TO "leads_leadlink";
CREATE INDEX "leads_leadlink_first_id_d11d98a3" ON "leads_leadlink" ("first_id");
CREATE INDEX "leads_leadlink_second_id_9e4163b5" ON "leads_leadlink" ("second_id");
--
-- Create index lead_of_member on field(s) person, lead of model leadmember
--
CREATE INDEX "lead_of_member" ON "leads_leadmember" ("person_id", "lead_id");
--
-- Create constraint lead_turn_once on model leadact
--
CREATE TABLE "new__leads_leadact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "label" varchar(40) NOT NULL, "on" date NOT NULL, "after" varchar(40) NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "entry" bigint unsigned NULL CHECK ("entry" >= 0), "actor_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "lead_id" bigint NOT NULL REFERENCES "leads_lead" ("id") DEFERRABLE INITIALLY DEFERRED, "part_id" bigint NULL REFERENCES "leads_leadpart" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "lead_turn_once" UNIQUE ("lead_id", "turn"));
INSERT INTO "new__leads_leadact" ("id", "turn", "label", "on", "after", "values", "entry", "actor_id", "lead_id", "part_id") SELECT "id", "turn", "label", "on", "after", "values", "entry", "actor_id", "lead_id", "part_id" FROM "leads_leadact";
DROP TABLE "leads_leadact";
ALTER TABLE "new__leads_leadact" RENAME TO "leads_leadact";
CREATE INDEX "leads_leadact_actor_id_8389508c" ON "leads_leadact" ("actor_id");
CREATE INDEX "leads_leadact_lead_id_41bca767" ON "leads_leadact" ("lead_id");
CREATE INDEX "leads_leadact_part_id_61cf682e" ON "leads_leadact" ("part_id");
--
-- Create constraint one_key_in_use on model sealkey
--
CREATE UNIQUE INDEX "one_key_in_use" ON "leads_sealkey" ("person_id") WHERE "retired_on" IS NULL;
--
-- Create constraint part_key_once on model partkey
--
CREATE TABLE "new__leads_partkey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "box" BLOB NOT NULL, "part_id" bigint NOT NULL REFERENCES "leads_leadpart" ("id") DEFERRABLE INITIALLY DEFERRED, "key_id" bigint NULL REFERENCES "leads_sealkey" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "part_key_once" UNIQUE ("part_id", "key_id"));
INSERT INTO "new__leads_partkey" ("id", "box", "part_id", "key_id") SELECT "id", "box", "part_id", "key_id" FROM "leads_partkey";
DROP TABLE "leads_partkey";
ALTER TABLE "new__leads_partkey" RENAME TO "leads_partkey";
CREATE INDEX "leads_partkey_part_id_7f693e37" ON "leads_partkey" ("part_id");
CREATE INDEX "leads_partkey_key_id_69c7b0a5" ON "leads_partkey" ("key_id");
COMMIT;
