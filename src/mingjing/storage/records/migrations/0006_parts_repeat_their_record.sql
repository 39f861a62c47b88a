-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Remove index party_of_person from recordparty
--
DROP INDEX "party_of_person";
--
-- Remove index party_of_unit from recordparty
--
DROP INDEX "party_of_unit";
--
-- Custom state/database change combination
--
ALTER TABLE records_recordparty ADD COLUMN "court_id" bigint NULL;
ALTER TABLE records_recordparty ADD COLUMN "register" varchar(80) DEFAULT '' NOT NULL;
ALTER TABLE records_recordparty ADD COLUMN "over" bool DEFAULT false NOT NULL;
ALTER TABLE records_recordparty ADD COLUMN "state" varchar(40) DEFAULT '' NOT NULL;
ALTER TABLE records_recordparty ADD COLUMN "due_on" date NULL;
ALTER TABLE records_recordparty ADD COLUMN "place_id" bigint NULL;
UPDATE records_recordparty SET (court_id, register, "over", state, due_on, place_id) = (SELECT r.court_id, r.register, r."over", r.state, r.due_on, r.unit_id FROM records_record r WHERE r.id = records_recordparty.record_id);
--
-- Create index party_of_person on field(s) person, capacity, register, over, state, due_on, place, court, record of model recordparty
--
CREATE INDEX "party_of_person" ON "records_recordparty" ("person_id", "capacity", "register", "over", "state", "due_on", "place_id", "court_id", "record_id") WHERE "person_id" IS NOT NULL;
--
-- Create index party_of_unit on field(s) unit, capacity, register, over, state, due_on, place, court, record of model recordparty
--
CREATE INDEX "party_of_unit" ON "records_recordparty" ("unit_id", "capacity", "register", "over", "state", "due_on", "place_id", "court_id", "record_id") WHERE "unit_id" IS NOT NULL;
COMMIT;
