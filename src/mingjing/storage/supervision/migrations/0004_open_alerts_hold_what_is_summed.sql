-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Remove index alert_open_by_court from alert
--
DROP INDEX "alert_open_by_court";
--
-- Create index alert_open_by_court on field(s) court, -colour, on, id, case, due_on, snoozed_until of model alert
--
CREATE INDEX "alert_open_by_court" ON "supervision_alert" ("court_id", "colour" DESC, "on", "id", "case_id", "due_on", "snoozed_until") WHERE "settled" = '';
--
-- Create index alert_open_anywhere on field(s) -colour, on, id, court, case, due_on, snoozed_until of model alert
--
CREATE INDEX "alert_open_anywhere" ON "supervision_alert" ("colour" DESC, "on", "id", "court_id", "case_id", "due_on", "snoozed_until") WHERE "settled" = '';
--
-- Create index proposal_oldest_of_court on field(s) court, proposed_on, id, case of model proposal
--
CREATE INDEX "proposal_oldest_of_court" ON "supervision_proposal" ("court_id", "proposed_on", "id", "case_id") WHERE "state" = '待确认';
COMMIT;
