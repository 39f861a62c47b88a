-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Draft
--
CREATE TABLE "drafts_draft" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "definition_id" varchar(80) NOT NULL, "label" varchar(120) NOT NULL, "text" text NOT NULL, "base_hash" varchar(64) NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "state" varchar(10) NOT NULL, "reason" varchar(400) NOT NULL, "started_at" datetime NOT NULL, "saved_at" datetime NOT NULL, "submitted_on" date NULL, "decided_on" date NULL, "opinion" varchar(400) NOT NULL, "published" varchar(200) NOT NULL, "content_hash" varchar(64) NOT NULL, "author_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "court_id" bigint NOT NULL REFERENCES "people_court" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "drafts_draft_author_id_c56effe1" ON "drafts_draft" ("author_id");
CREATE INDEX "drafts_draft_court_id_2f0430b8" ON "drafts_draft" ("court_id");
CREATE INDEX "drafts_draft_decided_by_id_27b35c00" ON "drafts_draft" ("decided_by_id");
CREATE INDEX "draft_by_state" ON "drafts_draft" ("court_id", "state", "saved_at" DESC);
COMMIT;
