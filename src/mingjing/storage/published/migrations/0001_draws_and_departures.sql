-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model PublishedDeviation
--
CREATE TABLE "published_publisheddeviation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "court" varchar(100) NOT NULL, "on" date NOT NULL, "case" varchar(100) NOT NULL, "kind" varchar(10) NOT NULL, "ground" varchar(60) NOT NULL);
--
-- Create model PublishedDraw
--
CREATE TABLE "published_publisheddraw" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(40) NOT NULL UNIQUE, "court" varchar(100) NOT NULL, "on" date NOT NULL, "case" varchar(100) NOT NULL, "label" varchar(40) NOT NULL, "turn" smallint unsigned NOT NULL CHECK ("turn" >= 0), "digest" varchar(64) NOT NULL, "file" text NOT NULL, "flags" text NOT NULL CHECK ((JSON_VALID("flags") OR "flags" IS NULL)), "log_entry" bigint unsigned NOT NULL CHECK ("log_entry" >= 0), "locked_at" datetime NOT NULL, "drawn_at" datetime NOT NULL);
CREATE INDEX "published_draw_by_case" ON "published_publisheddraw" ("case");
COMMIT;
