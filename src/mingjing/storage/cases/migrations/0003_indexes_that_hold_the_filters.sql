-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Remove index case_by_filing from case
--
DROP INDEX "case_by_filing";
--
-- Remove index case_open_by_due from case
--
DROP INDEX "case_open_by_due";
--
-- Remove index case_open_by_stage from case
--
DROP INDEX "case_open_by_stage";
--
-- Remove index case_open_by_age from case
--
DROP INDEX "case_open_by_age";
--
-- Remove index case_open_by_colour from case
--
DROP INDEX "case_open_by_colour";
--
-- Remove index case_by_number from case
--
DROP INDEX "case_by_number";
--
-- Remove index case_all_by_due from case
--
DROP INDEX "case_all_by_due";
--
-- Remove index case_all_by_age from case
--
DROP INDEX "case_all_by_age";
--
-- Remove index case_all_by_colour from case
--
DROP INDEX "case_all_by_colour";
--
-- Remove index case_all_by_filing from case
--
DROP INDEX "case_all_by_filing";
--
-- Alter field court on case
--
CREATE TABLE "new__cases_case" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "number" varchar(100) NOT NULL, "number_year" smallint unsigned NULL CHECK ("number_year" >= 0), "serial" integer unsigned NULL CHECK ("serial" >= 0), "type_code" varchar(20) NOT NULL, "kind" varchar(40) NOT NULL, "procedure" varchar(40) NOT NULL, "cause" varchar(300) NOT NULL, "filed_on" date NULL, "original_filed_on" date NULL, "closed_on" date NULL, "closing_approved_on" date NULL, "outcome" varchar(60) NOT NULL, "handler_name" varchar(120) NOT NULL, "amount" decimal NULL, "in_custody" bool NOT NULL, "party_count" integer unsigned NOT NULL CHECK ("party_count" >= 0), "parties_text" varchar(200) NOT NULL, "facts" text NOT NULL CHECK ((JSON_VALID("facts") OR "facts" IS NULL)), "milestones" text NOT NULL CHECK ((JSON_VALID("milestones") OR "milestones" IS NULL)), "known_since" date NULL, "track" varchar(20) NOT NULL, "stage" varchar(30) NOT NULL, "due_on" date NULL, "due_state" varchar(10) NOT NULL, "next_due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "updated_at" datetime NOT NULL, "department_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "handler_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_number_once" UNIQUE ("court_id", "number"));
INSERT INTO "new__cases_case" ("id", "number", "number_year", "serial", "type_code", "kind", "procedure", "cause", "filed_on", "original_filed_on", "closed_on", "closing_approved_on", "outcome", "handler_name", "amount", "in_custody", "party_count", "parties_text", "facts", "milestones", "known_since", "track", "stage", "due_on", "due_state", "next_due_on", "colour", "updated_at", "department_id", "handler_id", "court_id") SELECT "id", "number", "number_year", "serial", "type_code", "kind", "procedure", "cause", "filed_on", "original_filed_on", "closed_on", "closing_approved_on", "outcome", "handler_name", "amount", "in_custody", "party_count", "parties_text", "facts", "milestones", "known_since", "track", "stage", "due_on", "due_state", "next_due_on", "colour", "updated_at", "department_id", "handler_id", "court_id" FROM "cases_case";
DROP TABLE "cases_case";
ALTER TABLE "new__cases_case" RENAME TO "cases_case";
CREATE INDEX "cases_case_serial_f60e51cd" ON "cases_case" ("serial");
CREATE INDEX "cases_case_department_id_c5b7309d" ON "cases_case" ("department_id");
CREATE INDEX "cases_case_handler_id_21cefe0d" ON "cases_case" ("handler_id");
CREATE INDEX "case_open_by_handler" ON "cases_case" ("handler_id", "due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_open_by_department" ON "cases_case" ("department_id", "due_on", "id") WHERE "closed_on" IS NULL;
--
-- Alter field tag on casetag
--
CREATE TABLE "new__cases_casetag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "confirmed" bool NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "tagged_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "tag" varchar(40) NOT NULL, CONSTRAINT "case_tag_once" UNIQUE ("case_id", "tag"));
INSERT INTO "new__cases_casetag" ("id", "confirmed", "case_id", "tagged_by_id", "tag") SELECT "id", "confirmed", "case_id", "tagged_by_id", "tag" FROM "cases_casetag";
DROP TABLE "cases_casetag";
ALTER TABLE "new__cases_casetag" RENAME TO "cases_casetag";
CREATE INDEX "cases_casetag_case_id_a22429ac" ON "cases_casetag" ("case_id");
CREATE INDEX "cases_casetag_tagged_by_id_11cc5579" ON "cases_casetag" ("tagged_by_id");
--
-- Alter field person on panelmember
--
CREATE TABLE "new__cases_panelmember" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "new__cases_panelmember" ("id", "role", "case_id", "person_id") SELECT "id", "role", "case_id", "person_id" FROM "cases_panelmember";
DROP TABLE "cases_panelmember";
ALTER TABLE "new__cases_panelmember" RENAME TO "cases_panelmember";
CREATE INDEX "cases_panelmember_case_id_744a586c" ON "cases_panelmember" ("case_id");
--
-- Alter field name on party
--
CREATE TABLE "new__cases_party" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "name" varchar(120) NOT NULL);
INSERT INTO "new__cases_party" ("id", "role", "case_id", "name") SELECT "id", "role", "case_id", "name" FROM "cases_party";
DROP TABLE "cases_party";
ALTER TABLE "new__cases_party" RENAME TO "cases_party";
CREATE INDEX "cases_party_case_id_9d5babdc" ON "cases_party" ("case_id");
--
-- Create index case_court_due on field(s) court, due_on, id, kind, procedure, stage, department, handler, colour, due_state, closed_on of model case
--
CREATE INDEX "case_court_due" ON "cases_case" ("court_id", "due_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on") WHERE "due_on" IS NOT NULL;
--
-- Create index case_all_due on field(s) due_on, id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on of model case
--
CREATE INDEX "case_all_due" ON "cases_case" ("due_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on") WHERE "due_on" IS NOT NULL;
--
-- Create index case_court_colour on field(s) court, -colour, next_due_on, id, kind, procedure, stage, department, handler, due_state, closed_on of model case
--
CREATE INDEX "case_court_colour" ON "cases_case" ("court_id", "colour" DESC, "next_due_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "due_state", "closed_on") WHERE "next_due_on" IS NOT NULL;
--
-- Create index case_all_colour on field(s) -colour, next_due_on, id, court, kind, procedure, stage, department, handler, due_state, closed_on of model case
--
CREATE INDEX "case_all_colour" ON "cases_case" ("colour" DESC, "next_due_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "due_state", "closed_on") WHERE "next_due_on" IS NOT NULL;
--
-- Create index case_court_filed on field(s) court, -filed_on, -id, kind, procedure, stage, department, handler, colour, due_state, closed_on of model case
--
CREATE INDEX "case_court_filed" ON "cases_case" ("court_id", "filed_on" DESC, "id" DESC, "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on");
--
-- Create index case_all_filed on field(s) -filed_on, -id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on of model case
--
CREATE INDEX "case_all_filed" ON "cases_case" ("filed_on" DESC, "id" DESC, "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on");
--
-- Create index case_court_age on field(s) court, original_filed_on, id, kind, procedure, stage, department, handler, colour, due_state, closed_on of model case
--
CREATE INDEX "case_court_age" ON "cases_case" ("court_id", "original_filed_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on");
--
-- Create index case_all_age on field(s) original_filed_on, id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on of model case
--
CREATE INDEX "case_all_age" ON "cases_case" ("original_filed_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on");
--
-- Create index case_court_open_age on field(s) court, original_filed_on, id, kind, procedure, stage, department, handler, colour, due_state, closed_on of model case
--
CREATE INDEX "case_court_open_age" ON "cases_case" ("court_id", "original_filed_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on") WHERE "closed_on" IS NULL;
--
-- Create index case_all_open_age on field(s) original_filed_on, id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on of model case
--
CREATE INDEX "case_all_open_age" ON "cases_case" ("original_filed_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on") WHERE "closed_on" IS NULL;
--
-- Create index case_court_open on field(s) court, id, kind, procedure, stage, department, handler, colour, due_state, due_on, next_due_on of model case
--
CREATE INDEX "case_court_open" ON "cases_case" ("court_id", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "due_on", "next_due_on") WHERE "closed_on" IS NULL;
--
-- Create index case_court_stage on field(s) court, stage, next_due_on, id, department, handler, kind of model case
--
CREATE INDEX "case_court_stage" ON "cases_case" ("court_id", "stage", "next_due_on", "id", "department_id", "handler_id", "kind") WHERE "closed_on" IS NULL;
--
-- Create index case_all_stage on field(s) stage, next_due_on, id, court, department, handler, kind of model case
--
CREATE INDEX "case_all_stage" ON "cases_case" ("stage", "next_due_on", "id", "court_id", "department_id", "handler_id", "kind") WHERE "closed_on" IS NULL;
--
-- Create index case_number_prefix on field(s) number of model case
--
CREATE INDEX "case_number_prefix" ON "cases_case" ("number");
--
-- Create index tag_to_case on field(s) tag, case of model casetag
--
CREATE INDEX "tag_to_case" ON "cases_casetag" ("tag", "case_id");
--
-- Create index panel_of_person on field(s) person, case of model panelmember
--
CREATE INDEX "panel_of_person" ON "cases_panelmember" ("person_id", "case_id");
--
-- Create index party_name_to_case on field(s) name, case of model party
--
CREATE INDEX "party_name_to_case" ON "cases_party" ("name", "case_id");
COMMIT;
