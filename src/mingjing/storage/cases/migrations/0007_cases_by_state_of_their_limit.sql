-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create index case_court_state on field(s) court, due_state, due_on, id, department, handler of model case
--
CREATE INDEX "case_court_state" ON "cases_case" ("court_id", "due_state", "due_on", "id", "department_id", "handler_id") WHERE "closed_on" IS NULL;
COMMIT;
