-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Custom state/database change combination
--
DROP TRIGGER act_no_update;
DROP TRIGGER act_no_delete;
ALTER TABLE auditlog_act RENAME TO auditlog_act_before;
DROP INDEX act_by_subject;
DROP INDEX act_by_actor;
DROP INDEX act_by_court;
CREATE TABLE auditlog_act ("seq" integer NOT NULL PRIMARY KEY CHECK ("seq" >= 0), "at" varchar(32) NOT NULL, "actor" varchar(60) NOT NULL, "actor_name" varchar(60) NOT NULL, "court" varchar(40) NOT NULL, "verb" varchar(40) NOT NULL, "subject_kind" varchar(30) NOT NULL, "subject_id" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "why" varchar(400) NOT NULL, "payload" text NOT NULL, "salt" varchar(64) NOT NULL, "payload_commitment" varchar(64) NOT NULL, "whence" varchar(160) NULL, "leaf" varchar(64) NOT NULL);
INSERT INTO auditlog_act (seq, at, actor, actor_name, court, verb, subject_kind, subject_id, definition, why, payload_commitment, whence, leaf, payload, salt) SELECT seq, at, actor, actor_name, court, verb, subject_kind, subject_id, definition, why, payload_commitment, whence, leaf, payload, salt FROM auditlog_act_before ORDER BY seq;
DROP TABLE auditlog_act_before;
CREATE INDEX act_by_subject ON auditlog_act (subject_kind, subject_id, seq);
CREATE TRIGGER act_no_update BEFORE UPDATE ON auditlog_act WHEN NOT (NEW.payload = '' AND NEW.salt = '' AND NEW.seq IS OLD.seq AND NEW.at IS OLD.at AND NEW.actor IS OLD.actor AND NEW.actor_name IS OLD.actor_name AND NEW.court IS OLD.court AND NEW.verb IS OLD.verb AND NEW.subject_kind IS OLD.subject_kind AND NEW.subject_id IS OLD.subject_id AND NEW.definition IS OLD.definition AND NEW.why IS OLD.why AND NEW.payload_commitment IS OLD.payload_commitment AND NEW.whence IS OLD.whence AND NEW.leaf IS OLD.leaf) BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END;
CREATE TRIGGER act_no_delete BEFORE DELETE ON auditlog_act BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END;
COMMIT;
