-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Evidence
--
CREATE TABLE "records_evidence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "size" bigint unsigned NOT NULL CHECK ("size" >= 0), "media_type" varchar(80) NOT NULL, "stored" varchar(200) NOT NULL, "received_at" datetime NOT NULL);
--
-- Create model Delegation
--
CREATE TABLE "records_delegation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "registers" text NOT NULL CHECK ((JSON_VALID("registers") OR "registers" IS NULL)), "reason" varchar(200) NOT NULL, "since" date NOT NULL, "until" date NOT NULL, "revoked_on" date NULL, "giver_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "taker_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Record
--
CREATE TABLE "records_record" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "number" varchar(60) NOT NULL, "title" varchar(200) NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "period" varchar(12) NOT NULL, "obligation" varchar(120) NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "inner" text NOT NULL CHECK ((JSON_VALID("inner") OR "inner" IS NULL)), "search" text NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "shredded_on" date NULL, "above_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "registered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "subject_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Look
--
CREATE TABLE "records_look" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "on" date NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Attachment
--
CREATE TABLE "records_attachment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(40) NOT NULL, "name" varchar(200) NOT NULL, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "evidence_id" bigint NOT NULL REFERENCES "records_evidence" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model RecordAct
--
CREATE TABLE "records_recordact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "label" varchar(40) NOT NULL, "on" date NOT NULL, "at" datetime NOT NULL, "before" varchar(40) NOT NULL, "after" varchar(40) NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "target" text NOT NULL CHECK ((JSON_VALID("target") OR "target" IS NULL)), "why" varchar(400) NOT NULL, "flags" text NOT NULL CHECK ((JSON_VALID("flags") OR "flags" IS NULL)), "entry" bigint unsigned NULL CHECK ("entry" >= 0), "actor_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model RecordClock
--
CREATE TABLE "records_recordclock" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(60) NOT NULL, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "started" date NOT NULL, "due_on" date NULL, "done_on" date NULL, "refusal" varchar(300) NOT NULL, "provisional" bool NOT NULL, "next_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model RecordAlert
--
CREATE TABLE "records_recordalert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rung" smallint unsigned NOT NULL CHECK ("rung" >= 0), "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "tell" varchar(40) NOT NULL, "on" date NOT NULL, "due_on" date NOT NULL, "raised_at" datetime NOT NULL, "settled" varchar(10) NOT NULL, "settled_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_id" bigint NOT NULL REFERENCES "records_recordclock" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model RecordLink
--
CREATE TABLE "records_recordlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(40) NOT NULL, "made_on" date NOT NULL, "made_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "target_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model RecordParty
--
CREATE TABLE "records_recordparty" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "capacity" varchar(40) NOT NULL, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Serial
--
CREATE TABLE "records_serial" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "last" integer unsigned NOT NULL CHECK ("last" >= 0), "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Obligation
--
CREATE TABLE "records_obligation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "period" varchar(12) NOT NULL, "label" varchar(80) NOT NULL, "first_day" date NOT NULL, "last_day" date NOT NULL, "due_on" date NOT NULL, "counted_on" date NOT NULL, "roster" text NOT NULL CHECK ((JSON_VALID("roster") OR "roster" IS NULL)), "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "opened_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "period_once" UNIQUE ("court_id", "register", "period"));
--
-- Create index record_newest on field(s) court, register, -id of model record
--
CREATE INDEX "record_newest" ON "records_record" ("court_id", "register", "id" DESC);
--
-- Create index record_by_due on field(s) court, register, over, due_on, id of model record
--
CREATE INDEX "record_by_due" ON "records_record" ("court_id", "register", "over", "due_on", "id");
--
-- Create index record_by_state on field(s) court, register, state, -id of model record
--
CREATE INDEX "record_by_state" ON "records_record" ("court_id", "register", "state", "id" DESC);
--
-- Create index record_by_period on field(s) court, register, period of model record
--
CREATE INDEX "record_by_period" ON "records_record" ("court_id", "register", "period");
--
-- Create index record_by_holder on field(s) holder, over, due_on of model record
--
CREATE INDEX "record_by_holder" ON "records_record" ("holder_id", "over", "due_on");
--
-- Create index record_by_unit on field(s) unit, register, -id of model record
--
CREATE INDEX "record_by_unit" ON "records_record" ("unit_id", "register", "id" DESC);
--
-- Create constraint record_number_once on model record
--
CREATE TABLE "new__records_record" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "number" varchar(60) NOT NULL, "title" varchar(200) NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "period" varchar(12) NOT NULL, "obligation" varchar(120) NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "inner" text NOT NULL CHECK ((JSON_VALID("inner") OR "inner" IS NULL)), "search" text NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "shredded_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "registered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "subject_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "above_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_number_once" UNIQUE ("court_id", "register", "number"));
INSERT INTO "new__records_record" ("id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id") SELECT "id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id" FROM "records_record";
DROP TABLE "records_record";
ALTER TABLE "new__records_record" RENAME TO "records_record";
CREATE INDEX "records_delegation_giver_id_0bbeabc1" ON "records_delegation" ("giver_id");
CREATE INDEX "records_delegation_taker_id_41f11e5b" ON "records_delegation" ("taker_id");
CREATE INDEX "records_look_person_id_8d23b3c5" ON "records_look" ("person_id");
CREATE INDEX "records_look_record_id_0d566ec3" ON "records_look" ("record_id");
CREATE INDEX "records_attachment_evidence_id_ede07af6" ON "records_attachment" ("evidence_id");
CREATE INDEX "records_attachment_record_id_ae0a0556" ON "records_attachment" ("record_id");
CREATE INDEX "records_recordact_actor_id_34c35043" ON "records_recordact" ("actor_id");
CREATE INDEX "records_recordact_record_id_1fcb2442" ON "records_recordact" ("record_id");
CREATE INDEX "records_recordclock_record_id_a10734df" ON "records_recordclock" ("record_id");
CREATE INDEX "records_recordalert_court_id_211b4cc1" ON "records_recordalert" ("court_id");
CREATE INDEX "records_recordalert_person_id_af7e5044" ON "records_recordalert" ("person_id");
CREATE INDEX "records_recordalert_record_id_f50a9138" ON "records_recordalert" ("record_id");
CREATE INDEX "records_recordalert_clock_id_dfaa4c08" ON "records_recordalert" ("clock_id");
CREATE INDEX "records_recordlink_made_by_id_86b0713d" ON "records_recordlink" ("made_by_id");
CREATE INDEX "records_recordlink_source_id_a5b35a2e" ON "records_recordlink" ("source_id");
CREATE INDEX "records_recordlink_target_id_c91902d2" ON "records_recordlink" ("target_id");
CREATE INDEX "records_recordparty_person_id_99bf6b03" ON "records_recordparty" ("person_id");
CREATE INDEX "records_recordparty_record_id_fe285119" ON "records_recordparty" ("record_id");
CREATE INDEX "records_recordparty_unit_id_dfa1efdd" ON "records_recordparty" ("unit_id");
CREATE INDEX "records_serial_court_id_8a64fe19" ON "records_serial" ("court_id");
CREATE INDEX "records_obligation_court_id_bdacc77a" ON "records_obligation" ("court_id");
CREATE INDEX "records_obligation_opened_by_id_f8a9b9f7" ON "records_obligation" ("opened_by_id");
CREATE INDEX "records_record_court_id_b80fbec5" ON "records_record" ("court_id");
CREATE INDEX "records_record_holder_id_823d40b5" ON "records_record" ("holder_id");
CREATE INDEX "records_record_registered_by_id_30a41827" ON "records_record" ("registered_by_id");
CREATE INDEX "records_record_subject_id_07deca2a" ON "records_record" ("subject_id");
CREATE INDEX "records_record_unit_id_36cc45cd" ON "records_record" ("unit_id");
CREATE INDEX "records_record_above_id_38650b23" ON "records_record" ("above_id");
CREATE INDEX "record_newest" ON "records_record" ("court_id", "register", "id" DESC);
CREATE INDEX "record_by_due" ON "records_record" ("court_id", "register", "over", "due_on", "id");
CREATE INDEX "record_by_state" ON "records_record" ("court_id", "register", "state", "id" DESC);
CREATE INDEX "record_by_period" ON "records_record" ("court_id", "register", "period");
CREATE INDEX "record_by_holder" ON "records_record" ("holder_id", "over", "due_on");
CREATE INDEX "record_by_unit" ON "records_record" ("unit_id", "register", "id" DESC);
--
-- Create constraint obligation_once on model record
--
CREATE UNIQUE INDEX "obligation_once" ON "records_record" ("court_id", "register", "obligation") WHERE NOT ("obligation" = '');
--
-- Create constraint look_once_a_day on model look
--
CREATE TABLE "new__records_look" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "on" date NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "look_once_a_day" UNIQUE ("record_id", "person_id", "on"));
INSERT INTO "new__records_look" ("id", "on", "person_id", "record_id") SELECT "id", "on", "person_id", "record_id" FROM "records_look";
DROP TABLE "records_look";
ALTER TABLE "new__records_look" RENAME TO "records_look";
CREATE INDEX "records_look_person_id_8d23b3c5" ON "records_look" ("person_id");
CREATE INDEX "records_look_record_id_0d566ec3" ON "records_look" ("record_id");
--
-- Create constraint attachment_once on model attachment
--
CREATE TABLE "new__records_attachment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(40) NOT NULL, "name" varchar(200) NOT NULL, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "evidence_id" bigint NOT NULL REFERENCES "records_evidence" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "attachment_once" UNIQUE ("record_id", "evidence_id", "field"));
INSERT INTO "new__records_attachment" ("id", "field", "name", "turn", "evidence_id", "record_id") SELECT "id", "field", "name", "turn", "evidence_id", "record_id" FROM "records_attachment";
DROP TABLE "records_attachment";
ALTER TABLE "new__records_attachment" RENAME TO "records_attachment";
CREATE INDEX "records_attachment_evidence_id_ede07af6" ON "records_attachment" ("evidence_id");
CREATE INDEX "records_attachment_record_id_ae0a0556" ON "records_attachment" ("record_id");
--
-- Create index record_act_by_actor on field(s) actor, -id of model recordact
--
CREATE INDEX "record_act_by_actor" ON "records_recordact" ("actor_id", "id" DESC);
--
-- Create constraint act_turn_once on model recordact
--
CREATE TABLE "new__records_recordact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "label" varchar(40) NOT NULL, "on" date NOT NULL, "at" datetime NOT NULL, "before" varchar(40) NOT NULL, "after" varchar(40) NOT NULL, "values" text NOT NULL CHECK ((JSON_VALID("values") OR "values" IS NULL)), "target" text NOT NULL CHECK ((JSON_VALID("target") OR "target" IS NULL)), "why" varchar(400) NOT NULL, "flags" text NOT NULL CHECK ((JSON_VALID("flags") OR "flags" IS NULL)), "entry" bigint unsigned NULL CHECK ("entry" >= 0), "actor_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "act_turn_once" UNIQUE ("record_id", "turn"));
INSERT INTO "new__records_recordact" ("id", "turn", "label", "on", "at", "before", "after", "values", "target", "why", "flags", "entry", "actor_id", "record_id") SELECT "id", "turn", "label", "on", "at", "before", "after", "values", "target", "why", "flags", "entry", "actor_id", "record_id" FROM "records_recordact";
DROP TABLE "records_recordact";
ALTER TABLE "new__records_recordact" RENAME TO "records_recordact";
CREATE INDEX "records_recordact_actor_id_34c35043" ON "records_recordact" ("actor_id");
CREATE INDEX "records_recordact_record_id_1fcb2442" ON "records_recordact" ("record_id");
CREATE INDEX "record_act_by_actor" ON "records_recordact" ("actor_id", "id" DESC);
--
-- Create index record_clock_next on field(s) next_on, id of model recordclock
--
CREATE INDEX "record_clock_next" ON "records_recordclock" ("next_on", "id") WHERE "next_on" IS NOT NULL;
--
-- Create constraint record_clock_once on model recordclock
--
CREATE TABLE "new__records_recordclock" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(60) NOT NULL, "turn" integer unsigned NOT NULL CHECK ("turn" >= 0), "started" date NOT NULL, "due_on" date NULL, "done_on" date NULL, "refusal" varchar(300) NOT NULL, "provisional" bool NOT NULL, "next_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_clock_once" UNIQUE ("record_id", "label", "turn"));
INSERT INTO "new__records_recordclock" ("id", "label", "turn", "started", "due_on", "done_on", "refusal", "provisional", "next_on", "colour", "record_id") SELECT "id", "label", "turn", "started", "due_on", "done_on", "refusal", "provisional", "next_on", "colour", "record_id" FROM "records_recordclock";
DROP TABLE "records_recordclock";
ALTER TABLE "new__records_recordclock" RENAME TO "records_recordclock";
CREATE INDEX "records_recordclock_record_id_a10734df" ON "records_recordclock" ("record_id");
CREATE INDEX "record_clock_next" ON "records_recordclock" ("next_on", "id") WHERE "next_on" IS NOT NULL;
--
-- Create index record_alert_by_person on field(s) person, -on of model recordalert
--
CREATE INDEX "record_alert_by_person" ON "records_recordalert" ("person_id", "on" DESC) WHERE "settled" = '';
--
-- Create constraint record_alert_once_per_rung on model recordalert
--
CREATE TABLE "new__records_recordalert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rung" smallint unsigned NOT NULL CHECK ("rung" >= 0), "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "tell" varchar(40) NOT NULL, "on" date NOT NULL, "due_on" date NOT NULL, "raised_at" datetime NOT NULL, "settled" varchar(10) NOT NULL, "settled_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_id" bigint NOT NULL REFERENCES "records_recordclock" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_alert_once_per_rung" UNIQUE ("clock_id", "due_on", "rung"));
INSERT INTO "new__records_recordalert" ("id", "rung", "colour", "tell", "on", "due_on", "raised_at", "settled", "settled_on", "court_id", "person_id", "record_id", "clock_id") SELECT "id", "rung", "colour", "tell", "on", "due_on", "raised_at", "settled", "settled_on", "court_id", "person_id", "record_id", "clock_id" FROM "records_recordalert";
DROP TABLE "records_recordalert";
ALTER TABLE "new__records_recordalert" RENAME TO "records_recordalert";
CREATE INDEX "records_recordalert_court_id_211b4cc1" ON "records_recordalert" ("court_id");
CREATE INDEX "records_recordalert_person_id_af7e5044" ON "records_recordalert" ("person_id");
CREATE INDEX "records_recordalert_record_id_f50a9138" ON "records_recordalert" ("record_id");
CREATE INDEX "records_recordalert_clock_id_dfaa4c08" ON "records_recordalert" ("clock_id");
CREATE INDEX "record_alert_by_person" ON "records_recordalert" ("person_id", "on" DESC) WHERE "settled" = '';
--
-- Create constraint record_link_once on model recordlink
--
CREATE TABLE "new__records_recordlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(40) NOT NULL, "made_on" date NOT NULL, "made_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "target_id" bigint NOT NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_link_once" UNIQUE ("source_id", "target_id", "label"));
INSERT INTO "new__records_recordlink" ("id", "label", "made_on", "made_by_id", "source_id", "target_id") SELECT "id", "label", "made_on", "made_by_id", "source_id", "target_id" FROM "records_recordlink";
DROP TABLE "records_recordlink";
ALTER TABLE "new__records_recordlink" RENAME TO "records_recordlink";
CREATE INDEX "records_recordlink_made_by_id_86b0713d" ON "records_recordlink" ("made_by_id");
CREATE INDEX "records_recordlink_source_id_a5b35a2e" ON "records_recordlink" ("source_id");
CREATE INDEX "records_recordlink_target_id_c91902d2" ON "records_recordlink" ("target_id");
--
-- Create index party_by_person on field(s) person, record of model recordparty
--
CREATE INDEX "party_by_person" ON "records_recordparty" ("person_id", "record_id");
--
-- Create index party_by_unit on field(s) unit, record of model recordparty
--
CREATE INDEX "party_by_unit" ON "records_recordparty" ("unit_id", "record_id");
--
-- Create constraint serial_once on model serial
--
CREATE TABLE "new__records_serial" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "last" integer unsigned NOT NULL CHECK ("last" >= 0), "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "serial_once" UNIQUE ("court_id", "register", "year"));
INSERT INTO "new__records_serial" ("id", "register", "year", "last", "court_id") SELECT "id", "register", "year", "last", "court_id" FROM "records_serial";
DROP TABLE "records_serial";
ALTER TABLE "new__records_serial" RENAME TO "records_serial";
CREATE INDEX "records_serial_court_id_8a64fe19" ON "records_serial" ("court_id");
COMMIT;
