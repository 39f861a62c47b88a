-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Remove index case_court_open from case
--
DROP INDEX "case_court_open";
--
-- Create index case_court_id on field(s) court, id, kind, procedure, stage, department, handler, colour, due_state, closed_on, due_on, next_due_on of model case
--
CREATE INDEX "case_court_id" ON "cases_case" ("court_id", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "due_on", "next_due_on");
--
-- Create index case_court_open on field(s) court, id, kind, procedure, stage, department, handler, colour, due_state, closed_on, due_on, next_due_on of model case
--
CREATE INDEX "case_court_open" ON "cases_case" ("court_id", "id", "kind", "procedure", "stage", "department_id", "handler_id", "colour", "due_state", "closed_on", "due_on", "next_due_on") WHERE "closed_on" IS NULL;
COMMIT;
