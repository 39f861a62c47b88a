-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Alter field above on record
--
CREATE TABLE "new__records_record" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "above_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "register" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "number" varchar(60) NOT NULL, "title" varchar(200) NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "period" varchar(12) NOT NULL, "obligation" varchar(120) NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "inner" text NOT NULL CHECK ((JSON_VALID("inner") OR "inner" IS NULL)), "search" text NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "shredded_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "registered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "subject_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "acted_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "likeness" varchar(64) NOT NULL, "margin" text NOT NULL CHECK ((JSON_VALID("margin") OR "margin" IS NULL)), "once" varchar(90) NOT NULL, "returns_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_number_once" UNIQUE ("court_id", "register", "number"));
INSERT INTO "new__records_record" ("id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness", "margin", "once", "returns_id", "above_id") SELECT "id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness", "margin", "once", "returns_id", "above_id" FROM "records_record";
DROP TABLE "records_record";
ALTER TABLE "new__records_record" RENAME TO "records_record";
CREATE UNIQUE INDEX "obligation_once" ON "records_record" ("court_id", "register", "obligation") WHERE NOT ("obligation" = '');
CREATE UNIQUE INDEX "record_once" ON "records_record" ("court_id", "once") WHERE NOT ("once" = '');
CREATE INDEX "records_record_court_id_b80fbec5" ON "records_record" ("court_id");
CREATE INDEX "records_record_holder_id_823d40b5" ON "records_record" ("holder_id");
CREATE INDEX "records_record_registered_by_id_30a41827" ON "records_record" ("registered_by_id");
CREATE INDEX "records_record_subject_id_07deca2a" ON "records_record" ("subject_id");
CREATE INDEX "records_record_unit_id_36cc45cd" ON "records_record" ("unit_id");
CREATE INDEX "records_record_acted_by_id_b32042c8" ON "records_record" ("acted_by_id");
CREATE INDEX "records_record_returns_id_5355e4f1" ON "records_record" ("returns_id");
CREATE INDEX "record_newest" ON "records_record" ("court_id", "register", "id" DESC);
CREATE INDEX "record_by_due" ON "records_record" ("court_id", "register", "over", "due_on", "id");
CREATE INDEX "record_by_state" ON "records_record" ("court_id", "register", "state", "id" DESC);
CREATE INDEX "record_by_period" ON "records_record" ("court_id", "register", "period");
CREATE INDEX "record_by_holder" ON "records_record" ("holder_id", "over", "due_on");
CREATE INDEX "record_by_unit" ON "records_record" ("unit_id", "register", "id" DESC);
CREATE INDEX "record_likeness" ON "records_record" ("likeness", "opened_on" DESC) WHERE NOT ("likeness" = '');
CREATE INDEX "record_to_shred" ON "records_record" ("register", "over_on") WHERE ("over" AND "shredded_on" IS NULL);
--
-- Alter field returns on record
--
CREATE TABLE "new__records_record" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "register" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "number" varchar(60) NOT NULL, "title" varchar(200) NOT NULL, "state" varchar(40) NOT NULL, "over" bool NOT NULL, "period" varchar(12) NOT NULL, "obligation" varchar(120) NOT NULL, "opened_on" date NOT NULL, "over_on" date NULL, "due_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "inner" text NOT NULL CHECK ((JSON_VALID("inner") OR "inner" IS NULL)), "search" text NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "shredded_on" date NULL, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "registered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "subject_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_department" ("id") DEFERRABLE INITIALLY DEFERRED, "acted_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "likeness" varchar(64) NOT NULL, "margin" text NOT NULL CHECK ((JSON_VALID("margin") OR "margin" IS NULL)), "once" varchar(90) NOT NULL, "returns_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, "above_id" bigint NULL REFERENCES "records_record" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "record_number_once" UNIQUE ("court_id", "register", "number"));
INSERT INTO "new__records_record" ("id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness", "margin", "once", "returns_id") SELECT "id", "register", "definition", "number", "title", "state", "over", "period", "obligation", "opened_on", "over_on", "due_on", "colour", "data", "inner", "search", "revision", "shredded_on", "above_id", "court_id", "holder_id", "registered_by_id", "subject_id", "unit_id", "acted_by_id", "likeness", "margin", "once", "returns_id" FROM "records_record";
DROP TABLE "records_record";
ALTER TABLE "new__records_record" RENAME TO "records_record";
CREATE UNIQUE INDEX "obligation_once" ON "records_record" ("court_id", "register", "obligation") WHERE NOT ("obligation" = '');
CREATE UNIQUE INDEX "record_once" ON "records_record" ("court_id", "once") WHERE NOT ("once" = '');
CREATE INDEX "records_record_court_id_b80fbec5" ON "records_record" ("court_id");
CREATE INDEX "records_record_holder_id_823d40b5" ON "records_record" ("holder_id");
CREATE INDEX "records_record_registered_by_id_30a41827" ON "records_record" ("registered_by_id");
CREATE INDEX "records_record_subject_id_07deca2a" ON "records_record" ("subject_id");
CREATE INDEX "records_record_unit_id_36cc45cd" ON "records_record" ("unit_id");
CREATE INDEX "records_record_acted_by_id_b32042c8" ON "records_record" ("acted_by_id");
CREATE INDEX "record_newest" ON "records_record" ("court_id", "register", "id" DESC);
CREATE INDEX "record_by_due" ON "records_record" ("court_id", "register", "over", "due_on", "id");
CREATE INDEX "record_by_state" ON "records_record" ("court_id", "register", "state", "id" DESC);
CREATE INDEX "record_by_period" ON "records_record" ("court_id", "register", "period");
CREATE INDEX "record_by_holder" ON "records_record" ("holder_id", "over", "due_on");
CREATE INDEX "record_by_unit" ON "records_record" ("unit_id", "register", "id" DESC);
CREATE INDEX "record_likeness" ON "records_record" ("likeness", "opened_on" DESC) WHERE NOT ("likeness" = '');
CREATE INDEX "record_to_shred" ON "records_record" ("register", "over_on") WHERE ("over" AND "shredded_on" IS NULL);
--
-- Create index record_by_above on field(s) above, over of model record
--
CREATE INDEX "record_by_above" ON "records_record" ("above_id", "over") WHERE "above_id" IS NOT NULL;
--
-- Create index record_by_return on field(s) returns of model record
--
CREATE INDEX "record_by_return" ON "records_record" ("returns_id") WHERE "returns_id" IS NOT NULL;
COMMIT;
