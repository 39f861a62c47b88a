-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model PublishedRecord
--
CREATE TABLE "published_publishedrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "record" bigint unsigned NOT NULL UNIQUE CHECK ("record" >= 0), "code" varchar(40) NOT NULL, "court" varchar(100) NOT NULL, "column" varchar(60) NOT NULL, "title" varchar(200) NOT NULL, "shown" text NOT NULL CHECK ((JSON_VALID("shown") OR "shown" IS NULL)), "published_at" datetime NOT NULL);
CREATE INDEX "published_by_column" ON "published_publishedrecord" ("code", "column", "published_at" DESC);
COMMIT;
