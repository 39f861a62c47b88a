-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Alter field name on department
--
CREATE TABLE "new__people_department" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL, "field" varchar(20) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "since" date NOT NULL, "until" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "department_once" UNIQUE ("court_id", "name"));
INSERT INTO "new__people_department" ("id", "field", "order", "since", "until", "court_id", "name") SELECT "id", "field", "order", "since", "until", "court_id", "name" FROM "people_department";
DROP TABLE "people_department";
ALTER TABLE "new__people_department" RENAME TO "people_department";
CREATE INDEX "people_department_court_id_f917c63f" ON "people_department" ("court_id");
--
-- Alter field name on person
--
CREATE TABLE "new__people_person" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "initials" varchar(20) NOT NULL, "staff_number" varchar(30) NOT NULL, "email" varchar(254) NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "name" varchar(120) NOT NULL, CONSTRAINT "staff_number_once" UNIQUE ("court_id", "staff_number"));
INSERT INTO "new__people_person" ("id", "initials", "staff_number", "email", "court_id", "name") SELECT "id", "initials", "staff_number", "email", "court_id", "name" FROM "people_person";
DROP TABLE "people_person";
ALTER TABLE "new__people_person" RENAME TO "people_person";
CREATE INDEX "people_person_initials_32b02e5f" ON "people_person" ("initials");
CREATE INDEX "people_person_court_id_ef0615e2" ON "people_person" ("court_id");
--
-- Create model ApiToken
--
CREATE TABLE "people_apitoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(60) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "beginning" varchar(8) NOT NULL, "made_at" datetime NOT NULL, "revoked_at" datetime NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "people_apitoken_person_id_3d2ada73" ON "people_apitoken" ("person_id");
COMMIT;
