-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Circular
--
CREATE TABLE "supervision_circular" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "week" varchar(8) NOT NULL, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "serial" integer unsigned NOT NULL CHECK ("serial" >= 0), "number" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "fields" text NOT NULL CHECK ((JSON_VALID("fields") OR "fields" IS NULL)), "rows" text NOT NULL CHECK ((JSON_VALID("rows") OR "rows" IS NULL)), "sent_on" date NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "issuer_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "sent_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "circular_number_once" UNIQUE ("issuer_id", "year", "serial"), CONSTRAINT "circular_once_a_week" UNIQUE ("issuer_id", "court_id", "week"));
CREATE INDEX "supervision_circular_court_id_c85a0d23" ON "supervision_circular" ("court_id");
CREATE INDEX "supervision_circular_issuer_id_f605c405" ON "supervision_circular" ("issuer_id");
CREATE INDEX "supervision_circular_sent_by_id_41220306" ON "supervision_circular" ("sent_by_id");
COMMIT;
