-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Remove index case_of_handler from case
--
DROP INDEX "case_of_handler";
--
-- Alter field department on case
--
CREATE TABLE "new__cases_case" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "department_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "number" varchar(100) NOT NULL, "number_year" smallint unsigned NULL CHECK ("number_year" >= 0), "serial" integer unsigned NULL CHECK ("serial" >= 0), "type_code" varchar(20) NOT NULL, "kind" varchar(40) NOT NULL, "procedure" varchar(40) NOT NULL, "cause" varchar(300) NOT NULL, "filed_on" date NULL, "original_filed_on" date NULL, "closed_on" date NULL, "closing_approved_on" date NULL, "outcome" varchar(60) NOT NULL, "handler_name" varchar(120) NOT NULL, "amount" decimal NULL, "in_custody" bool NOT NULL, "party_count" integer unsigned NOT NULL CHECK ("party_count" >= 0), "parties_text" varchar(200) NOT NULL, "facts" text NOT NULL CHECK ((JSON_VALID("facts") OR "facts" IS NULL)), "milestones" text NOT NULL CHECK ((JSON_VALID("milestones") OR "milestones" IS NULL)), "known_since" date NULL, "track" varchar(20) NOT NULL, "stage" varchar(30) NOT NULL, "due_on" date NULL, "due_state" varchar(10) NOT NULL, "next_due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "updated_at" datetime NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "handler_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_number_once" UNIQUE ("court_id", "number"));
INSERT INTO "new__cases_case" ("id", "number", "number_year", "serial", "type_code", "kind", "procedure", "cause", "filed_on", "original_filed_on", "closed_on", "closing_approved_on", "outcome", "handler_name", "amount", "in_custody", "party_count", "parties_text", "facts", "milestones", "known_since", "track", "stage", "due_on", "due_state", "next_due_on", "colour", "updated_at", "court_id", "handler_id", "department_id") SELECT "id", "number", "number_year", "serial", "type_code", "kind", "procedure", "cause", "filed_on", "original_filed_on", "closed_on", "closing_approved_on", "outcome", "handler_name", "amount", "in_custody", "party_count", "parties_text", "facts", "milestones", "known_since", "track", "stage", "due_on", "due_state", "next_due_on", "colour", "updated_at", "court_id", "handler_id", "department_id" FROM "cases_case";
DROP TABLE "cases_case";
ALTER TABLE "new__cases_case" RENAME TO "cases_case";
CREATE INDEX "cases_case_serial_f60e51cd" ON "cases_case" ("serial");
CREATE INDEX "case_open_by_handler" ON "cases_case" ("handler_id", "due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_open_by_department" ON "cases_case" ("department_id", "due_on", "id") WHERE "closed_on" IS NULL;
CREATE INDEX "case_court_stage" ON "cases_case" ("court_id", "stage", "next_due_on", "id", "department_id", "handler_id", "kind") WHERE "closed_on" IS NULL;
CREATE INDEX "case_all_stage" ON "cases_case" ("stage", "next_due_on", "id", "court_id", "department_id", "handler_id", "kind") WHERE "closed_on" IS NULL;
CREATE INDEX "case_number_prefix" ON "cases_case" ("number");
CREATE INDEX "case_court_due" ON "cases_case" ("court_id", "due_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on", "original_filed_on") WHERE "due_on" IS NOT NULL;
CREATE INDEX "case_all_due" ON "cases_case" ("due_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on", "original_filed_on") WHERE "due_on" IS NOT NULL;
CREATE INDEX "case_court_colour" ON "cases_case" ("court_id", "colour" DESC, "next_due_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "due_state", "closed_on", "filed_on", "original_filed_on") WHERE "next_due_on" IS NOT NULL;
CREATE INDEX "case_all_colour" ON "cases_case" ("colour" DESC, "next_due_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "due_state", "closed_on", "filed_on", "original_filed_on") WHERE "next_due_on" IS NOT NULL;
CREATE INDEX "case_court_filed" ON "cases_case" ("court_id", "filed_on" DESC, "id" DESC, "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "original_filed_on");
CREATE INDEX "case_all_filed" ON "cases_case" ("filed_on" DESC, "id" DESC, "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "original_filed_on");
CREATE INDEX "case_court_age" ON "cases_case" ("court_id", "original_filed_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on");
CREATE INDEX "case_all_age" ON "cases_case" ("original_filed_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on");
CREATE INDEX "case_court_open_filed" ON "cases_case" ("court_id", "filed_on" DESC, "id" DESC, "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "original_filed_on") WHERE "closed_on" IS NULL;
CREATE INDEX "case_all_open_filed" ON "cases_case" ("filed_on" DESC, "id" DESC, "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "original_filed_on") WHERE "closed_on" IS NULL;
CREATE INDEX "case_court_open_age" ON "cases_case" ("court_id", "original_filed_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on") WHERE "closed_on" IS NULL;
CREATE INDEX "case_all_open_age" ON "cases_case" ("original_filed_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on") WHERE "closed_on" IS NULL;
CREATE INDEX "case_court_id" ON "cases_case" ("court_id", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on", "original_filed_on", "due_on", "next_due_on");
CREATE INDEX "case_court_open" ON "cases_case" ("court_id", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on", "original_filed_on", "due_on", "next_due_on") WHERE "closed_on" IS NULL;
CREATE INDEX "case_court_state" ON "cases_case" ("court_id", "due_state", "due_on", "id", "department_id", "handler_id") WHERE "closed_on" IS NULL;
--
-- Create index case_of_handler on field(s) handler, court, id of model case
--
CREATE INDEX "case_of_handler" ON "cases_case" ("handler_id", "court_id", "id");
--
-- Create index case_of_department on field(s) department, court, id of model case
--
CREATE INDEX "case_of_department" ON "cases_case" ("department_id", "court_id", "id");
COMMIT;
