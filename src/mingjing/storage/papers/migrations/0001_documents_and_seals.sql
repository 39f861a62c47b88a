-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Paper
--
CREATE TABLE "papers_paper" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(30) NOT NULL, "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "state" varchar(10) NOT NULL, "name" varchar(200) NOT NULL, "text" text NOT NULL, "rules" varchar(400) NOT NULL, "put_at" datetime NOT NULL, "open" smallint unsigned NOT NULL CHECK ("open" >= 0), "issued_on" date NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "evidence_id" bigint NOT NULL REFERENCES "records_evidence" ("id") DEFERRABLE INITIALLY DEFERRED, "issued_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "put_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model PaperRemark
--
CREATE TABLE "papers_paperremark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "code" varchar(20) NOT NULL, "group" varchar(20) NOT NULL, "level" varchar(10) NOT NULL, "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "quote" varchar(200) NOT NULL, "what" varchar(300) NOT NULL, "why" varchar(300) NOT NULL, "proposal" varchar(200) NOT NULL, "answer" varchar(4) NOT NULL, "reason" varchar(300) NOT NULL, "answered_on" date NULL, "answered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "paper_id" bigint NOT NULL REFERENCES "papers_paper" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Seal
--
CREATE TABLE "papers_seal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "root" varchar(64) NOT NULL, "files" integer unsigned NOT NULL CHECK ("files" >= 0), "sealed_on" date NOT NULL, "checked_on" date NULL, "broken" text NOT NULL CHECK ((JSON_VALID("broken") OR "broken" IS NULL)), "case_id" bigint NOT NULL UNIQUE REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "sealed_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SealedFile
--
CREATE TABLE "papers_sealedfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "source" varchar(120) NOT NULL, "name" varchar(200) NOT NULL, "digest" varchar(64) NOT NULL, "evidence_id" bigint NOT NULL REFERENCES "records_evidence" ("id") DEFERRABLE INITIALLY DEFERRED, "seal_id" bigint NOT NULL REFERENCES "papers_seal" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create index paper_by_state on field(s) court, state, -id of model paper
--
CREATE INDEX "paper_by_state" ON "papers_paper" ("court_id", "state", "id" DESC);
--
-- Create index paper_issued on field(s) court, issued_on of model paper
--
CREATE INDEX "paper_issued" ON "papers_paper" ("court_id", "issued_on") WHERE "issued_on" IS NOT NULL;
--
-- Create constraint paper_version_once on model paper
--
CREATE TABLE "new__papers_paper" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(30) NOT NULL, "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "state" varchar(10) NOT NULL, "name" varchar(200) NOT NULL, "text" text NOT NULL, "rules" varchar(400) NOT NULL, "put_at" datetime NOT NULL, "open" smallint unsigned NOT NULL CHECK ("open" >= 0), "issued_on" date NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "evidence_id" bigint NOT NULL REFERENCES "records_evidence" ("id") DEFERRABLE INITIALLY DEFERRED, "issued_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "put_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "paper_version_once" UNIQUE ("case_id", "kind", "version"));
INSERT INTO "new__papers_paper" ("id", "kind", "version", "state", "name", "text", "rules", "put_at", "open", "issued_on", "case_id", "court_id", "evidence_id", "issued_by_id", "put_by_id") SELECT "id", "kind", "version", "state", "name", "text", "rules", "put_at", "open", "issued_on", "case_id", "court_id", "evidence_id", "issued_by_id", "put_by_id" FROM "papers_paper";
DROP TABLE "papers_paper";
ALTER TABLE "new__papers_paper" RENAME TO "papers_paper";
CREATE INDEX "papers_paperremark_answered_by_id_4c0d279d" ON "papers_paperremark" ("answered_by_id");
CREATE INDEX "papers_seal_sealed_by_id_cc79e87d" ON "papers_seal" ("sealed_by_id");
CREATE INDEX "papers_sealedfile_evidence_id_6f4b0604" ON "papers_sealedfile" ("evidence_id");
CREATE INDEX "papers_paper_evidence_id_f312b56d" ON "papers_paper" ("evidence_id");
CREATE INDEX "papers_paper_issued_by_id_7832a5e6" ON "papers_paper" ("issued_by_id");
CREATE INDEX "papers_paper_put_by_id_cfa83df6" ON "papers_paper" ("put_by_id");
CREATE INDEX "paper_by_state" ON "papers_paper" ("court_id", "state", "id" DESC);
CREATE INDEX "paper_issued" ON "papers_paper" ("court_id", "issued_on") WHERE "issued_on" IS NOT NULL;
--
-- Create constraint remark_once on model paperremark
--
CREATE TABLE "new__papers_paperremark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "code" varchar(20) NOT NULL, "group" varchar(20) NOT NULL, "level" varchar(10) NOT NULL, "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "quote" varchar(200) NOT NULL, "what" varchar(300) NOT NULL, "why" varchar(300) NOT NULL, "proposal" varchar(200) NOT NULL, "answer" varchar(4) NOT NULL, "reason" varchar(300) NOT NULL, "answered_on" date NULL, "answered_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "paper_id" bigint NOT NULL REFERENCES "papers_paper" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "remark_once" UNIQUE ("paper_id", "place"));
INSERT INTO "new__papers_paperremark" ("id", "place", "code", "group", "level", "start", "end", "quote", "what", "why", "proposal", "answer", "reason", "answered_on", "answered_by_id", "paper_id") SELECT "id", "place", "code", "group", "level", "start", "end", "quote", "what", "why", "proposal", "answer", "reason", "answered_on", "answered_by_id", "paper_id" FROM "papers_paperremark";
DROP TABLE "papers_paperremark";
ALTER TABLE "new__papers_paperremark" RENAME TO "papers_paperremark";
CREATE INDEX "papers_paperremark_answered_by_id_4c0d279d" ON "papers_paperremark" ("answered_by_id");
--
-- Create index seal_newest on field(s) court, -sealed_on, -id of model seal
--
CREATE INDEX "seal_newest" ON "papers_seal" ("court_id", "sealed_on" DESC, "id" DESC);
--
-- Create constraint sealed_file_once on model sealedfile
--
CREATE TABLE "new__papers_sealedfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "source" varchar(120) NOT NULL, "name" varchar(200) NOT NULL, "digest" varchar(64) NOT NULL, "evidence_id" bigint NOT NULL REFERENCES "records_evidence" ("id") DEFERRABLE INITIALLY DEFERRED, "seal_id" bigint NOT NULL REFERENCES "papers_seal" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "sealed_file_once" UNIQUE ("seal_id", "place"));
INSERT INTO "new__papers_sealedfile" ("id", "place", "source", "name", "digest", "evidence_id", "seal_id") SELECT "id", "place", "source", "name", "digest", "evidence_id", "seal_id" FROM "papers_sealedfile";
DROP TABLE "papers_sealedfile";
ALTER TABLE "new__papers_sealedfile" RENAME TO "papers_sealedfile";
CREATE INDEX "papers_sealedfile_evidence_id_6f4b0604" ON "papers_sealedfile" ("evidence_id");
COMMIT;
