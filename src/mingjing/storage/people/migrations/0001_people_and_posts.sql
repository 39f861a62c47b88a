-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Court
--
CREATE TABLE "people_court" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(40) NOT NULL UNIQUE, "name" varchar(100) NOT NULL, "short_name" varchar(40) NOT NULL, "level" varchar(10) NOT NULL, "time_zone" varchar(40) NOT NULL, "calendar" varchar(60) NOT NULL, "number_grammar" varchar(10) NOT NULL, "folder" varchar(60) NOT NULL, "parent_id" bigint NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Department
--
CREATE TABLE "people_department" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "field" varchar(20) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "since" date NOT NULL, "until" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Person
--
CREATE TABLE "people_person" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "initials" varchar(20) NOT NULL, "staff_number" varchar(30) NOT NULL, "email" varchar(254) NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Oversight
--
CREATE TABLE "people_oversight" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "since" date NOT NULL, "until" date NULL, "department_id" bigint NOT NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "leader_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Account
--
CREATE TABLE "people_account" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "username" varchar(60) NOT NULL UNIQUE, "is_active" bool NOT NULL, "person_id" bigint NOT NULL UNIQUE REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Posting
--
CREATE TABLE "people_posting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "post" varchar(40) NOT NULL, "since" date NOT NULL, "until" date NULL, "department_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create constraint department_once on model department
--
CREATE TABLE "new__people_department" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "field" varchar(20) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "since" date NOT NULL, "until" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "department_once" UNIQUE ("court_id", "name"));
INSERT INTO "new__people_department" ("id", "name", "field", "order", "since", "until", "court_id") SELECT "id", "name", "field", "order", "since", "until", "court_id" FROM "people_department";
DROP TABLE "people_department";
ALTER TABLE "new__people_department" RENAME TO "people_department";
CREATE INDEX "people_court_parent_id_a5205591" ON "people_court" ("parent_id");
CREATE INDEX "people_person_initials_32b02e5f" ON "people_person" ("initials");
CREATE INDEX "people_person_court_id_ef0615e2" ON "people_person" ("court_id");
CREATE INDEX "people_oversight_department_id_7122f10b" ON "people_oversight" ("department_id");
CREATE INDEX "people_oversight_leader_id_1866d412" ON "people_oversight" ("leader_id");
CREATE INDEX "people_posting_department_id_10f06e7d" ON "people_posting" ("department_id");
CREATE INDEX "people_posting_person_id_f544cef3" ON "people_posting" ("person_id");
CREATE INDEX "people_department_court_id_f917c63f" ON "people_department" ("court_id");
--
-- Create constraint staff_number_once on model person
--
CREATE TABLE "new__people_person" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "initials" varchar(20) NOT NULL, "staff_number" varchar(30) NOT NULL, "email" varchar(254) NOT NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "staff_number_once" UNIQUE ("court_id", "staff_number"));
INSERT INTO "new__people_person" ("id", "name", "initials", "staff_number", "email", "court_id") SELECT "id", "name", "initials", "staff_number", "email", "court_id" FROM "people_person";
DROP TABLE "people_person";
ALTER TABLE "new__people_person" RENAME TO "people_person";
CREATE INDEX "people_person_initials_32b02e5f" ON "people_person" ("initials");
CREATE INDEX "people_person_court_id_ef0615e2" ON "people_person" ("court_id");
--
-- Create index posting_by_department on field(s) department, post of model posting
--
CREATE INDEX "posting_by_department" ON "people_posting" ("department_id", "post");
COMMIT;
