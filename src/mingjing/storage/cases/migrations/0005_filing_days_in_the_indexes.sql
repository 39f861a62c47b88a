-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Remove index case_court_due from case
--
DROP INDEX "case_court_due";
--
-- Remove index case_all_due from case
--
DROP INDEX "case_all_due";
--
-- Remove index case_court_colour from case
--
DROP INDEX "case_court_colour";
--
-- Remove index case_all_colour from case
--
DROP INDEX "case_all_colour";
--
-- Remove index case_court_filed from case
--
DROP INDEX "case_court_filed";
--
-- Remove index case_all_filed from case
--
DROP INDEX "case_all_filed";
--
-- Remove index case_court_age from case
--
DROP INDEX "case_court_age";
--
-- Remove index case_all_age from case
--
DROP INDEX "case_all_age";
--
-- Remove index case_court_open_age from case
--
DROP INDEX "case_court_open_age";
--
-- Remove index case_all_open_age from case
--
DROP INDEX "case_all_open_age";
--
-- Remove index case_court_id from case
--
DROP INDEX "case_court_id";
--
-- Remove index case_court_open from case
--
DROP INDEX "case_court_open";
--
-- Create index case_court_due on field(s) court, due_on, id, kind, procedure, stage, department, handler, colour, due_state, closed_on, filed_on, original_filed_on of model case
--
CREATE INDEX "case_court_due" ON "cases_case" ("court_id", "due_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on", "original_filed_on") WHERE "due_on" IS NOT NULL;
--
-- Create index case_all_due on field(s) due_on, id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on, filed_on, original_filed_on of model case
--
CREATE INDEX "case_all_due" ON "cases_case" ("due_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on", "original_filed_on") WHERE "due_on" IS NOT NULL;
--
-- Create index case_court_colour on field(s) court, -colour, next_due_on, id, kind, procedure, stage, department, handler, due_state, closed_on, filed_on, original_filed_on of model case
--
CREATE INDEX "case_court_colour" ON "cases_case" ("court_id", "colour" DESC, "next_due_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "due_state", "closed_on", "filed_on", "original_filed_on") WHERE "next_due_on" IS NOT NULL;
--
-- Create index case_all_colour on field(s) -colour, next_due_on, id, court, kind, procedure, stage, department, handler, due_state, closed_on, filed_on, original_filed_on of model case
--
CREATE INDEX "case_all_colour" ON "cases_case" ("colour" DESC, "next_due_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "due_state", "closed_on", "filed_on", "original_filed_on") WHERE "next_due_on" IS NOT NULL;
--
-- Create index case_court_filed on field(s) court, -filed_on, -id, kind, procedure, stage, department, handler, colour, due_state, closed_on, original_filed_on of model case
--
CREATE INDEX "case_court_filed" ON "cases_case" ("court_id", "filed_on" DESC, "id" DESC, "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "original_filed_on");
--
-- Create index case_all_filed on field(s) -filed_on, -id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on, original_filed_on of model case
--
CREATE INDEX "case_all_filed" ON "cases_case" ("filed_on" DESC, "id" DESC, "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "original_filed_on");
--
-- Create index case_court_age on field(s) court, original_filed_on, id, kind, procedure, stage, department, handler, colour, due_state, closed_on, filed_on of model case
--
CREATE INDEX "case_court_age" ON "cases_case" ("court_id", "original_filed_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on");
--
-- Create index case_all_age on field(s) original_filed_on, id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on, filed_on of model case
--
CREATE INDEX "case_all_age" ON "cases_case" ("original_filed_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on");
--
-- Create index case_court_open_filed on field(s) court, -filed_on, -id, kind, procedure, stage, department, handler, colour, due_state, closed_on, original_filed_on of model case
--
CREATE INDEX "case_court_open_filed" ON "cases_case" ("court_id", "filed_on" DESC, "id" DESC, "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "original_filed_on") WHERE "closed_on" IS NULL;
--
-- Create index case_all_open_filed on field(s) -filed_on, -id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on, original_filed_on of model case
--
CREATE INDEX "case_all_open_filed" ON "cases_case" ("filed_on" DESC, "id" DESC, "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "original_filed_on") WHERE "closed_on" IS NULL;
--
-- Create index case_court_open_age on field(s) court, original_filed_on, id, kind, procedure, stage, department, handler, colour, due_state, closed_on, filed_on of model case
--
CREATE INDEX "case_court_open_age" ON "cases_case" ("court_id", "original_filed_on", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on") WHERE "closed_on" IS NULL;
--
-- Create index case_all_open_age on field(s) original_filed_on, id, court, kind, procedure, stage, department, handler, colour, due_state, closed_on, filed_on of model case
--
CREATE INDEX "case_all_open_age" ON "cases_case" ("original_filed_on", "id", "court_id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on") WHERE "closed_on" IS NULL;
--
-- Create index case_court_id on field(s) court, id, kind, procedure, stage, department, handler, colour, due_state, closed_on, filed_on, original_filed_on, due_on, next_due_on of model case
--
CREATE INDEX "case_court_id" ON "cases_case" ("court_id", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on", "original_filed_on", "due_on", "next_due_on");
--
-- Create index case_court_open on field(s) court, id, kind, procedure, stage, department, handler, colour, due_state, closed_on, filed_on, original_filed_on, due_on, next_due_on of model case
--
CREATE INDEX "case_court_open" ON "cases_case" ("court_id", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "filed_on", "original_filed_on", "due_on", "next_due_on") WHERE "closed_on" IS NULL;
COMMIT;
