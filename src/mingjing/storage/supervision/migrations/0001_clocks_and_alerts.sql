-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model SweepRun
--
CREATE TABLE "supervision_sweeprun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "definitions" varchar(64) NOT NULL, "started_at" datetime NOT NULL, "finished_at" datetime NULL, "alerts" integer unsigned NOT NULL CHECK ("alerts" >= 0), "escalations" integer unsigned NOT NULL CHECK ("escalations" >= 0));
--
-- Create model Clock
--
CREATE TABLE "supervision_clock" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "flow" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "label" varchar(60) NOT NULL, "slot" varchar(40) NOT NULL, "occurrence" varchar(80) NOT NULL, "started" date NULL, "due_on" date NULL, "due_moment" datetime NULL, "done_on" date NULL, "state" varchar(10) NOT NULL, "refusal" varchar(300) NOT NULL, "provisional" bool NOT NULL, "next_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Alert
--
CREATE TABLE "supervision_alert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(60) NOT NULL, "rung" smallint unsigned NOT NULL CHECK ("rung" >= 0), "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "tell" varchar(40) NOT NULL, "on" date NOT NULL, "due_on" date NOT NULL, "definition" varchar(140) NOT NULL, "raised_at" datetime NOT NULL, "seen_at" datetime NULL, "snoozed_until" date NULL, "snooze_reason" varchar(200) NOT NULL, "settled" varchar(10) NOT NULL, "settled_on" date NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_id" bigint NOT NULL REFERENCES "supervision_clock" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Delivery
--
CREATE TABLE "supervision_delivery" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "channel" varchar(10) NOT NULL, "alerts" integer unsigned NOT NULL CHECK ("alerts" >= 0), "sent_at" datetime NULL, "error" varchar(200) NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Finding
--
CREATE TABLE "supervision_finding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "fault" varchar(20) NOT NULL, "rule" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "subject" varchar(120) NOT NULL, "detail" varchar(300) NOT NULL, "found_on" date NOT NULL, "week" varchar(8) NOT NULL, "state" varchar(10) NOT NULL, "settled_on" date NULL, "explanation" varchar(300) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Notice
--
CREATE TABLE "supervision_notice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "serial" integer unsigned NOT NULL CHECK ("serial" >= 0), "number" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "reason" varchar(400) NOT NULL, "issued_on" date NOT NULL, "level" varchar(20) NOT NULL, "reply_by" date NOT NULL, "close_by" date NOT NULL, "reply" text NOT NULL, "replied_on" date NULL, "planned_close" date NULL, "closed_on" date NULL, "state" varchar(10) NOT NULL, "addressee_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "issued_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model NoticeStep
--
CREATE TABLE "supervision_noticestep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "cause" varchar(40) NOT NULL, "on" date NOT NULL, "tell" varchar(40) NOT NULL, "text" varchar(400) NOT NULL, "notice_id" bigint NOT NULL REFERENCES "supervision_notice" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Proposal
--
CREATE TABLE "supervision_proposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "marks" varchar(20) NOT NULL, "category" varchar(60) NOT NULL, "rule" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "reason" varchar(300) NOT NULL, "proposed_on" date NOT NULL, "state" varchar(10) NOT NULL, "decided_on" date NULL, "decision_reason" varchar(300) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Request
--
CREATE TABLE "supervision_request" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "subkind" varchar(40) NOT NULL, "clock" varchar(40) NOT NULL, "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "reason" varchar(400) NOT NULL, "applied_on" date NOT NULL, "approver_role" varchar(40) NOT NULL, "apply_by" date NULL, "decide_by" date NULL, "definition" varchar(140) NOT NULL, "state" varchar(10) NOT NULL, "decided_on" date NULL, "opinion" varchar(400) NOT NULL, "applicant_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SupervisionNote
--
CREATE TABLE "supervision_supervisionnote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "author_role" varchar(40) NOT NULL, "text" varchar(1000) NOT NULL, "at" datetime NOT NULL, "author_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model TipAcknowledgement
--
CREATE TABLE "supervision_tipacknowledgement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "node" varchar(60) NOT NULL, "at" datetime NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create index clock_next on field(s) next_on, id of model clock
--
CREATE INDEX "clock_next" ON "supervision_clock" ("next_on", "id") WHERE "next_on" IS NOT NULL;
--
-- Create index clock_by_case on field(s) case, state of model clock
--
CREATE INDEX "clock_by_case" ON "supervision_clock" ("case_id", "state");
--
-- Create constraint clock_once on model clock
--
CREATE TABLE "new__supervision_clock" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "flow" varchar(80) NOT NULL, "definition" varchar(140) NOT NULL, "label" varchar(60) NOT NULL, "slot" varchar(40) NOT NULL, "occurrence" varchar(80) NOT NULL, "started" date NULL, "due_on" date NULL, "due_moment" datetime NULL, "done_on" date NULL, "state" varchar(10) NOT NULL, "refusal" varchar(300) NOT NULL, "provisional" bool NOT NULL, "next_on" date NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "clock_once" UNIQUE ("case_id", "flow", "label", "occurrence"));
INSERT INTO "new__supervision_clock" ("id", "flow", "definition", "label", "slot", "occurrence", "started", "due_on", "due_moment", "done_on", "state", "refusal", "provisional", "next_on", "colour", "case_id") SELECT "id", "flow", "definition", "label", "slot", "occurrence", "started", "due_on", "due_moment", "done_on", "state", "refusal", "provisional", "next_on", "colour", "case_id" FROM "supervision_clock";
DROP TABLE "supervision_clock";
ALTER TABLE "new__supervision_clock" RENAME TO "supervision_clock";
CREATE INDEX "supervision_sweeprun_day_4b0833cc" ON "supervision_sweeprun" ("day");
CREATE INDEX "supervision_alert_case_id_67a9dcf3" ON "supervision_alert" ("case_id");
CREATE INDEX "supervision_alert_court_id_3e288cd3" ON "supervision_alert" ("court_id");
CREATE INDEX "supervision_alert_person_id_534110f9" ON "supervision_alert" ("person_id");
CREATE INDEX "supervision_alert_clock_id_6c7fef2e" ON "supervision_alert" ("clock_id");
CREATE INDEX "supervision_delivery_person_id_498122ca" ON "supervision_delivery" ("person_id");
CREATE INDEX "supervision_finding_case_id_c11736a6" ON "supervision_finding" ("case_id");
CREATE INDEX "supervision_finding_court_id_78462140" ON "supervision_finding" ("court_id");
CREATE INDEX "supervision_finding_person_id_1951a2da" ON "supervision_finding" ("person_id");
CREATE INDEX "supervision_notice_addressee_id_d8077ddb" ON "supervision_notice" ("addressee_id");
CREATE INDEX "supervision_notice_case_id_d07d27f6" ON "supervision_notice" ("case_id");
CREATE INDEX "supervision_notice_court_id_6ca2b173" ON "supervision_notice" ("court_id");
CREATE INDEX "supervision_notice_issued_by_id_7c101271" ON "supervision_notice" ("issued_by_id");
CREATE INDEX "supervision_noticestep_notice_id_fd667594" ON "supervision_noticestep" ("notice_id");
CREATE INDEX "supervision_noticestep_person_id_467796d5" ON "supervision_noticestep" ("person_id");
CREATE INDEX "supervision_proposal_case_id_e07dc49b" ON "supervision_proposal" ("case_id");
CREATE INDEX "supervision_proposal_court_id_bde3d4b3" ON "supervision_proposal" ("court_id");
CREATE INDEX "supervision_proposal_decided_by_id_46cadc35" ON "supervision_proposal" ("decided_by_id");
CREATE INDEX "supervision_proposal_proposed_by_id_b5553960" ON "supervision_proposal" ("proposed_by_id");
CREATE INDEX "supervision_request_applicant_id_2ec82b88" ON "supervision_request" ("applicant_id");
CREATE INDEX "supervision_request_case_id_b3d25dc1" ON "supervision_request" ("case_id");
CREATE INDEX "supervision_request_court_id_c32be1e1" ON "supervision_request" ("court_id");
CREATE INDEX "supervision_request_decided_by_id_c5cd28c0" ON "supervision_request" ("decided_by_id");
CREATE INDEX "supervision_supervisionnote_author_id_33d02faa" ON "supervision_supervisionnote" ("author_id");
CREATE INDEX "supervision_supervisionnote_case_id_7493e7a6" ON "supervision_supervisionnote" ("case_id");
CREATE INDEX "supervision_tipacknowledgement_case_id_f0d209ab" ON "supervision_tipacknowledgement" ("case_id");
CREATE INDEX "supervision_tipacknowledgement_person_id_c3612b65" ON "supervision_tipacknowledgement" ("person_id");
CREATE INDEX "supervision_clock_case_id_2310abbc" ON "supervision_clock" ("case_id");
CREATE INDEX "clock_next" ON "supervision_clock" ("next_on", "id") WHERE "next_on" IS NOT NULL;
CREATE INDEX "clock_by_case" ON "supervision_clock" ("case_id", "state");
--
-- Create index alert_open_by_person on field(s) person, -on, -id of model alert
--
CREATE INDEX "alert_open_by_person" ON "supervision_alert" ("person_id", "on" DESC, "id" DESC) WHERE "settled" = '';
--
-- Create index alert_open_by_court on field(s) court, -colour, on, id of model alert
--
CREATE INDEX "alert_open_by_court" ON "supervision_alert" ("court_id", "colour" DESC, "on", "id") WHERE "settled" = '';
--
-- Create index alert_by_case on field(s) case, on of model alert
--
CREATE INDEX "alert_by_case" ON "supervision_alert" ("case_id", "on");
--
-- Create constraint alert_once_per_rung on model alert
--
CREATE TABLE "new__supervision_alert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(60) NOT NULL, "rung" smallint unsigned NOT NULL CHECK ("rung" >= 0), "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "tell" varchar(40) NOT NULL, "on" date NOT NULL, "due_on" date NOT NULL, "definition" varchar(140) NOT NULL, "raised_at" datetime NOT NULL, "seen_at" datetime NULL, "snoozed_until" date NULL, "snooze_reason" varchar(200) NOT NULL, "settled" varchar(10) NOT NULL, "settled_on" date NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "clock_id" bigint NOT NULL REFERENCES "supervision_clock" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "alert_once_per_rung" UNIQUE ("clock_id", "due_on", "rung"));
INSERT INTO "new__supervision_alert" ("id", "label", "rung", "colour", "tell", "on", "due_on", "definition", "raised_at", "seen_at", "snoozed_until", "snooze_reason", "settled", "settled_on", "case_id", "court_id", "person_id", "clock_id") SELECT "id", "label", "rung", "colour", "tell", "on", "due_on", "definition", "raised_at", "seen_at", "snoozed_until", "snooze_reason", "settled", "settled_on", "case_id", "court_id", "person_id", "clock_id" FROM "supervision_alert";
DROP TABLE "supervision_alert";
ALTER TABLE "new__supervision_alert" RENAME TO "supervision_alert";
CREATE INDEX "supervision_alert_case_id_67a9dcf3" ON "supervision_alert" ("case_id");
CREATE INDEX "supervision_alert_court_id_3e288cd3" ON "supervision_alert" ("court_id");
CREATE INDEX "supervision_alert_person_id_534110f9" ON "supervision_alert" ("person_id");
CREATE INDEX "supervision_alert_clock_id_6c7fef2e" ON "supervision_alert" ("clock_id");
CREATE INDEX "alert_open_by_person" ON "supervision_alert" ("person_id", "on" DESC, "id" DESC) WHERE "settled" = '';
CREATE INDEX "alert_open_by_court" ON "supervision_alert" ("court_id", "colour" DESC, "on", "id") WHERE "settled" = '';
CREATE INDEX "alert_by_case" ON "supervision_alert" ("case_id", "on");
--
-- Create constraint delivery_once_a_day on model delivery
--
CREATE TABLE "new__supervision_delivery" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "channel" varchar(10) NOT NULL, "alerts" integer unsigned NOT NULL CHECK ("alerts" >= 0), "sent_at" datetime NULL, "error" varchar(200) NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "delivery_once_a_day" UNIQUE ("person_id", "day", "channel"));
INSERT INTO "new__supervision_delivery" ("id", "day", "channel", "alerts", "sent_at", "error", "person_id") SELECT "id", "day", "channel", "alerts", "sent_at", "error", "person_id" FROM "supervision_delivery";
DROP TABLE "supervision_delivery";
ALTER TABLE "new__supervision_delivery" RENAME TO "supervision_delivery";
CREATE INDEX "supervision_delivery_person_id_498122ca" ON "supervision_delivery" ("person_id");
--
-- Create index finding_by_week on field(s) court, week, state of model finding
--
CREATE INDEX "finding_by_week" ON "supervision_finding" ("court_id", "week", "state");
--
-- Create constraint finding_once on model finding
--
CREATE TABLE "new__supervision_finding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "fault" varchar(20) NOT NULL, "rule" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "subject" varchar(120) NOT NULL, "detail" varchar(300) NOT NULL, "found_on" date NOT NULL, "week" varchar(8) NOT NULL, "state" varchar(10) NOT NULL, "settled_on" date NULL, "explanation" varchar(300) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "finding_once" UNIQUE ("case_id", "rule", "subject"));
INSERT INTO "new__supervision_finding" ("id", "fault", "rule", "definition", "subject", "detail", "found_on", "week", "state", "settled_on", "explanation", "case_id", "court_id", "person_id") SELECT "id", "fault", "rule", "definition", "subject", "detail", "found_on", "week", "state", "settled_on", "explanation", "case_id", "court_id", "person_id" FROM "supervision_finding";
DROP TABLE "supervision_finding";
ALTER TABLE "new__supervision_finding" RENAME TO "supervision_finding";
CREATE INDEX "supervision_finding_case_id_c11736a6" ON "supervision_finding" ("case_id");
CREATE INDEX "supervision_finding_court_id_78462140" ON "supervision_finding" ("court_id");
CREATE INDEX "supervision_finding_person_id_1951a2da" ON "supervision_finding" ("person_id");
CREATE INDEX "finding_by_week" ON "supervision_finding" ("court_id", "week", "state");
--
-- Create index notice_open on field(s) court, state, reply_by of model notice
--
CREATE INDEX "notice_open" ON "supervision_notice" ("court_id", "state", "reply_by");
--
-- Create index notice_by_addressee on field(s) addressee, state of model notice
--
CREATE INDEX "notice_by_addressee" ON "supervision_notice" ("addressee_id", "state");
--
-- Create constraint notice_number_once on model notice
--
CREATE TABLE "new__supervision_notice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "serial" integer unsigned NOT NULL CHECK ("serial" >= 0), "number" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "reason" varchar(400) NOT NULL, "issued_on" date NOT NULL, "level" varchar(20) NOT NULL, "reply_by" date NOT NULL, "close_by" date NOT NULL, "reply" text NOT NULL, "replied_on" date NULL, "planned_close" date NULL, "closed_on" date NULL, "state" varchar(10) NOT NULL, "addressee_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "issued_by_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "notice_number_once" UNIQUE ("court_id", "year", "serial"));
INSERT INTO "new__supervision_notice" ("id", "year", "serial", "number", "definition", "reason", "issued_on", "level", "reply_by", "close_by", "reply", "replied_on", "planned_close", "closed_on", "state", "addressee_id", "case_id", "court_id", "issued_by_id") SELECT "id", "year", "serial", "number", "definition", "reason", "issued_on", "level", "reply_by", "close_by", "reply", "replied_on", "planned_close", "closed_on", "state", "addressee_id", "case_id", "court_id", "issued_by_id" FROM "supervision_notice";
DROP TABLE "supervision_notice";
ALTER TABLE "new__supervision_notice" RENAME TO "supervision_notice";
CREATE INDEX "supervision_notice_addressee_id_d8077ddb" ON "supervision_notice" ("addressee_id");
CREATE INDEX "supervision_notice_case_id_d07d27f6" ON "supervision_notice" ("case_id");
CREATE INDEX "supervision_notice_court_id_6ca2b173" ON "supervision_notice" ("court_id");
CREATE INDEX "supervision_notice_issued_by_id_7c101271" ON "supervision_notice" ("issued_by_id");
CREATE INDEX "notice_open" ON "supervision_notice" ("court_id", "state", "reply_by");
CREATE INDEX "notice_by_addressee" ON "supervision_notice" ("addressee_id", "state");
--
-- Create constraint notice_escalates_once on model noticestep
--
CREATE UNIQUE INDEX "notice_escalates_once" ON "supervision_noticestep" ("notice_id", "kind", "cause") WHERE "kind" = '逾期升级';
--
-- Create index proposal_open on field(s) court, marks, state of model proposal
--
CREATE INDEX "proposal_open" ON "supervision_proposal" ("court_id", "marks", "state");
--
-- Create constraint proposal_once on model proposal
--
CREATE TABLE "new__supervision_proposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "marks" varchar(20) NOT NULL, "category" varchar(60) NOT NULL, "rule" varchar(60) NOT NULL, "definition" varchar(140) NOT NULL, "reason" varchar(300) NOT NULL, "proposed_on" date NOT NULL, "state" varchar(10) NOT NULL, "decided_on" date NULL, "decision_reason" varchar(300) NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "proposal_once" UNIQUE ("case_id", "marks", "category"));
INSERT INTO "new__supervision_proposal" ("id", "marks", "category", "rule", "definition", "reason", "proposed_on", "state", "decided_on", "decision_reason", "case_id", "court_id", "decided_by_id", "proposed_by_id") SELECT "id", "marks", "category", "rule", "definition", "reason", "proposed_on", "state", "decided_on", "decision_reason", "case_id", "court_id", "decided_by_id", "proposed_by_id" FROM "supervision_proposal";
DROP TABLE "supervision_proposal";
ALTER TABLE "new__supervision_proposal" RENAME TO "supervision_proposal";
CREATE INDEX "supervision_proposal_case_id_e07dc49b" ON "supervision_proposal" ("case_id");
CREATE INDEX "supervision_proposal_court_id_bde3d4b3" ON "supervision_proposal" ("court_id");
CREATE INDEX "supervision_proposal_decided_by_id_46cadc35" ON "supervision_proposal" ("decided_by_id");
CREATE INDEX "supervision_proposal_proposed_by_id_b5553960" ON "supervision_proposal" ("proposed_by_id");
CREATE INDEX "proposal_open" ON "supervision_proposal" ("court_id", "marks", "state");
--
-- Create index request_open on field(s) court, state, decide_by of model request
--
CREATE INDEX "request_open" ON "supervision_request" ("court_id", "state", "decide_by");
--
-- Create constraint one_open_request on model request
--
CREATE UNIQUE INDEX "one_open_request" ON "supervision_request" ("case_id", "kind", "clock", "subkind") WHERE "state" = '待审批';
--
-- Create constraint tip_read_once on model tipacknowledgement
--
CREATE TABLE "new__supervision_tipacknowledgement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "node" varchar(60) NOT NULL, "at" datetime NOT NULL, "case_id" bigint NOT NULL REFERENCES "cases_case" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "tip_read_once" UNIQUE ("case_id", "node", "person_id"));
INSERT INTO "new__supervision_tipacknowledgement" ("id", "node", "at", "case_id", "person_id") SELECT "id", "node", "at", "case_id", "person_id" FROM "supervision_tipacknowledgement";
DROP TABLE "supervision_tipacknowledgement";
ALTER TABLE "new__supervision_tipacknowledgement" RENAME TO "supervision_tipacknowledgement";
CREATE INDEX "supervision_tipacknowledgement_case_id_f0d209ab" ON "supervision_tipacknowledgement" ("case_id");
CREATE INDEX "supervision_tipacknowledgement_person_id_c3612b65" ON "supervision_tipacknowledgement" ("person_id");
COMMIT;
