-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Act
--
CREATE TABLE "auditlog_act" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "seq" bigint unsigned NOT NULL UNIQUE CHECK ("seq" >= 0), "at" varchar(32) NOT NULL, "actor" varchar(60) NOT NULL, "actor_name" varchar(60) NOT NULL, "court" varchar(40) NOT NULL, "verb" varchar(40) NOT NULL, "subject_kind" varchar(30) NOT NULL, "subject_id" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "why" varchar(400) NOT NULL, "payload" text NOT NULL, "salt" varchar(64) NOT NULL, "payload_commitment" varchar(64) NOT NULL, "leaf" varchar(64) NOT NULL);
CREATE INDEX "act_by_subject" ON "auditlog_act" ("subject_kind", "subject_id", "seq");
CREATE INDEX "act_by_actor" ON "auditlog_act" ("actor", "seq" DESC);
CREATE INDEX "act_by_court" ON "auditlog_act" ("court", "seq" DESC);
COMMIT;
