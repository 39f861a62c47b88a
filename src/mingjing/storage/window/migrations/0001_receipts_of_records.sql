-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Receipt
--
CREATE TABLE "window_receipt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "given_at" datetime NOT NULL, "seen_at" datetime NULL, "given_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "record_id" bigint NOT NULL UNIQUE REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "terminal_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "window_receipt_given_by_id_5c16aabe" ON "window_receipt" ("given_by_id");
CREATE INDEX "window_receipt_terminal_id_e88d5993" ON "window_receipt" ("terminal_id");
COMMIT;
