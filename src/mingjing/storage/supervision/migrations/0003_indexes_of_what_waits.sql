-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create index alert_urgent_by_person on field(s) person, -colour, due_on, id, snoozed_until of model alert
--
CREATE INDEX "alert_urgent_by_person" ON "supervision_alert" ("person_id", "colour" DESC, "due_on", "id", "snoozed_until") WHERE "settled" = '';
--
-- Create index finding_by_person on field(s) person, state of model finding
--
CREATE INDEX "finding_by_person" ON "supervision_finding" ("person_id", "state");
--
-- Create index proposal_oldest on field(s) proposed_on, id, case of model proposal
--
CREATE INDEX "proposal_oldest" ON "supervision_proposal" ("proposed_on", "id", "case_id") WHERE "state" = '待确认';
COMMIT;
