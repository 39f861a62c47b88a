-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model SpentTicket
--
CREATE TABLE "leads_spentticket" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "nonce" varchar(32) NOT NULL UNIQUE, "at" datetime NOT NULL);
CREATE INDEX "leads_spentticket_at_9de10408" ON "leads_spentticket" ("at");
COMMIT;
