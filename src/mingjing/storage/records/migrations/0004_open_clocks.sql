-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create index record_clock_open on field(s) record of model recordclock
--
CREATE INDEX "record_clock_open" ON "records_recordclock" ("record_id") WHERE "done_on" IS NULL;
COMMIT;
