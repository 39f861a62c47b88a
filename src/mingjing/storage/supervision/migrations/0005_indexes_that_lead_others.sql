-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Custom state/database change combination
--
-- (no-op)
COMMIT;
