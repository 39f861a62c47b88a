-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model SavedView
--
CREATE TABLE "people_savedview" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page" varchar(120) NOT NULL, "name" varchar(30) NOT NULL, "query" varchar(1000) NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "saved_view_once" UNIQUE ("person_id", "page", "name"));
CREATE INDEX "people_savedview_person_id_d5498177" ON "people_savedview" ("person_id");
COMMIT;
