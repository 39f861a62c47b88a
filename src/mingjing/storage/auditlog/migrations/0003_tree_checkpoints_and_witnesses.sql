-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model LogCheck
--
CREATE TABLE "auditlog_logcheck" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "asked_by" varchar(60) NOT NULL, "asked_at" datetime NOT NULL, "started_at" datetime NULL, "finished_at" datetime NULL, "total" bigint unsigned NOT NULL CHECK ("total" >= 0), "done" bigint unsigned NOT NULL CHECK ("done" >= 0), "sound" bool NULL, "findings" text NOT NULL CHECK ((JSON_VALID("findings") OR "findings" IS NULL)), "said" text NOT NULL CHECK ((JSON_VALID("said") OR "said" IS NULL)));
--
-- Create model Node
--
CREATE TABLE "auditlog_node" ("place" bigint unsigned NOT NULL PRIMARY KEY CHECK ("place" >= 0), "digest" BLOB NOT NULL);
--
-- Create model SignedCheckpoint
--
CREATE TABLE "auditlog_signedcheckpoint" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "size" bigint unsigned NOT NULL UNIQUE CHECK ("size" >= 0), "root" varchar(64) NOT NULL, "day" date NOT NULL, "made_at" datetime NOT NULL, "note" text NOT NULL);
--
-- Create model Witness
--
CREATE TABLE "auditlog_witness" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "vkey" varchar(240) NOT NULL UNIQUE, "since" date NOT NULL, "until" date NULL);
--
-- Add field whence to act
--
ALTER TABLE "auditlog_act" ADD COLUMN "whence" varchar(160) NULL;
--
-- Create model Countersignature
--
CREATE TABLE "auditlog_countersignature" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "line" varchar(400) NOT NULL, "at" datetime NOT NULL, "received_at" datetime NOT NULL, "checkpoint_id" bigint NOT NULL REFERENCES "auditlog_signedcheckpoint" ("id") DEFERRABLE INITIALLY DEFERRED, "witness_id" bigint NOT NULL REFERENCES "auditlog_witness" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "countersigned_once" UNIQUE ("checkpoint_id", "witness_id"));
CREATE INDEX "auditlog_signedcheckpoint_day_2a7a2327" ON "auditlog_signedcheckpoint" ("day");
CREATE INDEX "auditlog_countersignature_checkpoint_id_76af69e1" ON "auditlog_countersignature" ("checkpoint_id");
CREATE INDEX "auditlog_countersignature_witness_id_15db1a65" ON "auditlog_countersignature" ("witness_id");
COMMIT;
