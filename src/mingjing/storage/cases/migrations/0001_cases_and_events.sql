-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Case
--
CREATE TABLE "cases_case" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(100) NOT NULL, "number_year" smallint unsigned NULL CHECK ("number_year" >= 0), "serial" integer unsigned NULL CHECK ("serial" >= 0), "type_code" varchar(20) NOT NULL, "kind" varchar(40) NOT NULL, "procedure" varchar(40) NOT NULL, "cause" varchar(120) NOT NULL, "filed_on" date NULL, "original_filed_on" date NULL, "closed_on" date NULL, "closing_approved_on" date NULL, "outcome" varchar(60) NOT NULL, "handler_name" varchar(60) NOT NULL, "amount" decimal NULL, "in_custody" bool NOT NULL, "party_count" integer unsigned NOT NULL CHECK ("party_count" >= 0), "parties_text" varchar(200) NOT NULL, "facts" text NOT NULL CHECK ((JSON_VALID("facts") OR "facts" IS NULL)), "milestones" text NOT NULL CHECK ((JSON_VALID("milestones") OR "milestones" IS NULL)), "known_since" date NULL, "track" varchar(20) NOT NULL, "stage" varchar(30) NOT NULL, "due_on" date NULL, "due_state" varchar(10) NOT NULL, "next_due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "updated_at" datetime NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "department_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "handler_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model CaseEvent
--
CREATE TABLE "cases_caseevent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(120) NOT NULL, "happened" date NOT NULL, "moment" datetime NULL, "until" date NULL, "recorded_at" datetime NULL, "due" date NULL, "finished" date NULL, "note" varchar(400) NOT NULL, "attributes" text NOT NULL CHECK ((JSON_VALID("attributes") OR "attributes" IS NULL)), "source_key" varchar(80) NOT NULL, "struck_at" datetime NULL, "struck_reason" varchar(200) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "recorded_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model CaseLink
--
CREATE TABLE "cases_caselink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "relation" varchar(20) NOT NULL, "earlier_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "later_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model CaseTag
--
CREATE TABLE "cases_casetag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "tag" varchar(40) NOT NULL, "confirmed" bool NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "tagged_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Exclusion
--
CREATE TABLE "cases_exclusion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(40) NOT NULL, "first" date NOT NULL, "last" date NULL, "start_document" varchar(120) NOT NULL, "end_document" varchar(120) NOT NULL, "recorded_at" datetime NULL, "struck_at" datetime NULL, "struck_reason" varchar(200) NOT NULL, "approver_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model GrantedExtension
--
CREATE TABLE "cases_grantedextension" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "clock" varchar(40) NOT NULL, "length" varchar(20) NOT NULL, "approved_on" date NOT NULL, "approver" varchar(60) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model PanelMember
--
CREATE TABLE "cases_panelmember" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Party
--
CREATE TABLE "cases_party" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL, "name" varchar(120) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create index case_by_filing on field(s) court, -filed_on, -id of model case
--
CREATE INDEX "case_by_filing" ON "cases_case" ("court_id", "filed_on" DESC, "id" DESC);
--
-- Create index case_open_by_due on field(s) court, due_on, id of model case
--
CREATE INDEX "case_open_by_due" ON "cases_case" ("court_id", "due_on", "id") WHERE "closed_on" IS NULL;
--
-- Create index case_open_by_stage on field(s) court, stage of model case
--
CREATE INDEX "case_open_by_stage" ON "cases_case" ("court_id", "stage") WHERE "closed_on" IS NULL;
--
-- Create index case_open_by_age on field(s) court, original_filed_on, id of model case
--
CREATE INDEX "case_open_by_age" ON "cases_case" ("court_id", "original_filed_on", "id") WHERE "closed_on" IS NULL;
--
-- Create index case_open_by_handler on field(s) handler, due_on, id of model case
--
CREATE INDEX "case_open_by_handler" ON "cases_case" ("handler_id", "due_on", "id") WHERE "closed_on" IS NULL;
--
-- Create index case_open_by_department on field(s) department, due_on, id of model case
--
CREATE INDEX "case_open_by_department" ON "cases_case" ("department_id", "due_on", "id") WHERE "closed_on" IS NULL;
--
-- Create index case_open_by_colour on field(s) court, -colour, next_due_on, id of model case
--
CREATE INDEX "case_open_by_colour" ON "cases_case" ("court_id", "colour" DESC, "next_due_on", "id") WHERE "closed_on" IS NULL;
--
-- Create index case_by_number on field(s) number of model case
--
CREATE INDEX "case_by_number" ON "cases_case" ("number");
--
-- Create index case_all_by_due on field(s) due_on, id of model case
--
CREATE INDEX "case_all_by_due" ON "cases_case" ("due_on", "id") WHERE "closed_on" IS NULL;
--
-- Create index case_all_by_age on field(s) original_filed_on, id of model case
--
CREATE INDEX "case_all_by_age" ON "cases_case" ("original_filed_on", "id") WHERE "closed_on" IS NULL;
--
-- Create index case_all_by_colour on field(s) -colour, next_due_on, id of model case
--
CREATE INDEX "case_all_by_colour" ON "cases_case" ("colour" DESC, "next_due_on", "id") WHERE "closed_on" IS NULL;
--
-- Create index case_all_by_filing on field(s) -filed_on, -id of model case
--
CREATE INDEX "case_all_by_filing" ON "cases_case" ("filed_on" DESC, "id" DESC);
--
-- Create constraint case_number_once on model case
--
CREATE TABLE "new__cases_case" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(100) NOT NULL, "number_year" smallint unsigned NULL CHECK ("number_year" >= 0), "serial" integer unsigned NULL CHECK ("serial" >= 0), "type_code" varchar(20) NOT NULL, "kind" varchar(40) NOT NULL, "procedure" varchar(40) NOT NULL, "cause" varchar(120) NOT NULL, "filed_on" date NULL, "original_filed_on" date NULL, "closed_on" date NULL, "closing_approved_on" date NULL, "outcome" varchar(60) NOT NULL, "handler_name" varchar(60) NOT NULL, "amount" decimal NULL, "in_custody" bool NOT NULL, "party_count" integer unsigned NOT NULL CHECK ("party_count" >= 0), "parties_text" varchar(200) NOT NULL, "facts" text NOT NULL CHECK ((JSON_VALID("facts") OR "facts" IS NULL)), "milestones" text NOT NULL CHECK ((JSON_VALID("milestones") OR "milestones" IS NULL)), "known_since" date NULL, "track" varchar(20) NOT NULL, "stage" varchar(30) NOT NULL, "due_on" date NULL, "due_state" varchar(10) NOT NULL, "next_due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "updated_at" datetime NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "department_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "handler_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_number_once" UNIQUE ("court_id", "number"));
INSERT INTO "new__cases_case" ("id", "number", "number_year", "serial", "type_code", "kind", "procedure", "cause", "filed_on", "original_filed_on", "closed_on", "closing_approved_on", "outcome", "handler_name", "amount", "in_custody", "party_count", "parties_text", "facts", "milestones", "known_since", "track", "stage", "due_on", "due_state", "next_due_on", "colour", "updated_at", "court_id", "department_id", "handler_id") SELECT "id", "number", "number_year", "serial", "type_code", "kind", "procedure", "cause", "filed_on", "original_filed_on", "closed_on", "closing_approved_on", "outcome", "handler_name", "amount", "in_custody", "party_count", "parties_text", "facts", "milestones", "known_since", "track", "stage", "due_on", "due_state", "next_due_on", "colour", "updated_at", "court_id", "department_id", "handler_id" FROM "cases_case";
DROP TABLE "cases_case";
ALTER TABLE "new__cases_case" RENAME TO "cases_case";
CREATE INDEX "cases_caseevent_case_id_6c6031ac" ON "cases_caseevent" ("case_id");
CREATE INDEX "cases_caseevent_recorded_by_id_e3af3aa6" ON "cases_caseevent" ("recorded_by_id");
CREATE INDEX "cases_caselink_earlier_id_3cf4c699" ON "cases_caselink" ("earlier_id");
CREATE INDEX "cases_caselink_later_id_7ea0d8e7" ON "cases_caselink" ("later_id");
CREATE INDEX "cases_casetag_tag_1aa45b3f" ON "cases_casetag" ("tag");
CREATE INDEX "cases_casetag_case_id_a22429ac" ON "cases_casetag" ("case_id");
CREATE INDEX "cases_casetag_tagged_by_id_11cc5579" ON "cases_casetag" ("tagged_by_id");
CREATE INDEX "cases_exclusion_approver_id_30e4ca9e" ON "cases_exclusion" ("approver_id");
CREATE INDEX "cases_exclusion_case_id_08d74546" ON "cases_exclusion" ("case_id");
CREATE INDEX "cases_grantedextension_case_id_4b374b01" ON "cases_grantedextension" ("case_id");
CREATE INDEX "cases_panelmember_case_id_744a586c" ON "cases_panelmember" ("case_id");
CREATE INDEX "cases_panelmember_person_id_4c3cb023" ON "cases_panelmember" ("person_id");
CREATE INDEX "cases_party_name_c1de3e21" ON "cases_party" ("name");
CREATE INDEX "cases_party_case_id_9d5babdc" ON "cases_party" ("case_id");
CREATE INDEX "cases_case_serial_f60e51cd" ON "cases_case" ("serial");
CREATE INDEX "cases_case_court_id_39d48f68" ON "cases_case" ("court_id");
CREATE INDEX "cases_case_department_id_c5b7309d" ON "cases_case" ("department_id");
CREATE INDEX "cases_case_handler_id_21cefe0d" ON "cases_case" ("handler_id");
CREATE INDEX "case_by_filing" ON "cases_case" ("court_id", "filed_on" DESC, "id" DESC);
CREATE INDEX "case_open_by_due" ON "cases_case" ("court_id", "due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_open_by_stage" ON "cases_case" ("court_id", "stage") WHERE "closed_on" IS NULL;
CREATE INDEX "case_open_by_age" ON "cases_case" ("court_id", "original_filed_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_open_by_handler" ON "cases_case" ("handler_id", "due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_open_by_department" ON "cases_case" ("department_id", "due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_open_by_colour" ON "cases_case" ("court_id", "colour" DESC, "next_due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_by_number" ON "cases_case" ("number");
CREATE INDEX "case_all_by_due" ON "cases_case" ("due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_all_by_age" ON "cases_case" ("original_filed_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_all_by_colour" ON "cases_case" ("colour" DESC, "next_due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_all_by_filing" ON "cases_case" ("filed_on" DESC, "id" DESC);
--
-- Create index event_by_kind on field(s) case, kind, happened of model caseevent
--
CREATE INDEX "event_by_kind" ON "cases_caseevent" ("case_id", "kind", "happened");
--
-- Create constraint case_event_once on model caseevent
--
CREATE TABLE "new__cases_caseevent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(120) NOT NULL, "happened" date NOT NULL, "moment" datetime NULL, "until" date NULL, "recorded_at" datetime NULL, "due" date NULL, "finished" date NULL, "note" varchar(400) NOT NULL, "attributes" text NOT NULL CHECK ((JSON_VALID("attributes") OR "attributes" IS NULL)), "source_key" varchar(80) NOT NULL, "struck_at" datetime NULL, "struck_reason" varchar(200) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "recorded_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_event_once" UNIQUE ("case_id", "source_key"));
INSERT INTO "new__cases_caseevent" ("id", "kind", "happened", "moment", "until", "recorded_at", "due", "finished", "note", "attributes", "source_key", "struck_at", "struck_reason", "case_id", "recorded_by_id") SELECT "id", "kind", "happened", "moment", "until", "recorded_at", "due", "finished", "note", "attributes", "source_key", "struck_at", "struck_reason", "case_id", "recorded_by_id" FROM "cases_caseevent";
DROP TABLE "cases_caseevent";
ALTER TABLE "new__cases_caseevent" RENAME TO "cases_caseevent";
CREATE INDEX "cases_caseevent_case_id_6c6031ac" ON "cases_caseevent" ("case_id");
CREATE INDEX "cases_caseevent_recorded_by_id_e3af3aa6" ON "cases_caseevent" ("recorded_by_id");
CREATE INDEX "event_by_kind" ON "cases_caseevent" ("case_id", "kind", "happened");
--
-- Create constraint case_link_once on model caselink
--
CREATE TABLE "new__cases_caselink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "relation" varchar(20) NOT NULL, "earlier_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "later_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_link_once" UNIQUE ("earlier_id", "later_id"));
INSERT INTO "new__cases_caselink" ("id", "relation", "earlier_id", "later_id") SELECT "id", "relation", "earlier_id", "later_id" FROM "cases_caselink";
DROP TABLE "cases_caselink";
ALTER TABLE "new__cases_caselink" RENAME TO "cases_caselink";
CREATE INDEX "cases_caselink_earlier_id_3cf4c699" ON "cases_caselink" ("earlier_id");
CREATE INDEX "cases_caselink_later_id_7ea0d8e7" ON "cases_caselink" ("later_id");
--
-- Create constraint case_link_not_to_itself on model caselink
--
CREATE TABLE "new__cases_caselink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "relation" varchar(20) NOT NULL, "earlier_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "later_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_link_once" UNIQUE ("earlier_id", "later_id"), CONSTRAINT "case_link_not_to_itself" CHECK (NOT ("earlier_id" = ("later_id"))));
INSERT INTO "new__cases_caselink" ("id", "relation", "earlier_id", "later_id") SELECT "id", "relation", "earlier_id", "later_id" FROM "cases_caselink";
DROP TABLE "cases_caselink";
ALTER TABLE "new__cases_caselink" RENAME TO "cases_caselink";
CREATE INDEX "cases_caselink_earlier_id_3cf4c699" ON "cases_caselink" ("earlier_id");
CREATE INDEX "cases_caselink_later_id_7ea0d8e7" ON "cases_caselink" ("later_id");
--
-- Create constraint case_tag_once on model casetag
--
CREATE TABLE "new__cases_casetag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "tag" varchar(40) NOT NULL, "confirmed" bool NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "tagged_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_tag_once" UNIQUE ("case_id", "tag"));
INSERT INTO "new__cases_casetag" ("id", "tag", "confirmed", "case_id", "tagged_by_id") SELECT "id", "tag", "confirmed", "case_id", "tagged_by_id" FROM "cases_casetag";
DROP TABLE "cases_casetag";
ALTER TABLE "new__cases_casetag" RENAME TO "cases_casetag";
CREATE INDEX "cases_casetag_tag_1aa45b3f" ON "cases_casetag" ("tag");
CREATE INDEX "cases_casetag_case_id_a22429ac" ON "cases_casetag" ("case_id");
CREATE INDEX "cases_casetag_tagged_by_id_11cc5579" ON "cases_casetag" ("tagged_by_id");
--
-- Create index exclusion_by_case on field(s) case, first of model exclusion
--
CREATE INDEX "exclusion_by_case" ON "cases_exclusion" ("case_id", "first");
COMMIT;
