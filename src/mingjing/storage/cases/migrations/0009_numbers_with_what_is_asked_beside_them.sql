-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Remove index case_number_prefix from case
--
DROP INDEX "case_number_prefix";
--
-- Create index case_number_prefix on field(s) number, court, department, handler, closed_on, due_on, id of model case
--
CREATE INDEX "case_number_prefix" ON "cases_case" ("number", "court_id", "department_id", "handler_id", "closed_on", "due_on", "id");
COMMIT;
