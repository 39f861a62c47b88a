-- 由 `make docs` 按 SQLite 生成，供审阅；真正执行的是同名的 .py。
BEGIN;
--
-- Create model Authenticator
--
CREATE TABLE "security_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sealed" varchar(200) NOT NULL, "made_at" datetime NOT NULL, "confirmed_at" datetime NULL, "step" bigint NOT NULL, "account_id" bigint NOT NULL UNIQUE REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Guess
--
CREATE TABLE "security_guess" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "who" varchar(80) NOT NULL, "failures" integer unsigned NOT NULL CHECK ("failures" >= 0), "last_at" datetime NOT NULL, "until" datetime NOT NULL, CONSTRAINT "guess_once" UNIQUE ("kind", "who"));
--
-- Create model Passkey
--
CREATE TABLE "security_passkey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(60) NOT NULL, "credential" varchar(1400) NOT NULL UNIQUE, "public_key" BLOB NOT NULL, "uses" bigint NOT NULL, "made_at" datetime NOT NULL, "used_at" datetime NULL, "account_id" bigint NOT NULL REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Session
--
CREATE TABLE "security_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL, "digest" varchar(24) NOT NULL, "begun_at" datetime NULL, "seen_at" datetime NULL, "ends_at" datetime NULL, "idle_minutes" integer unsigned NOT NULL CHECK ("idle_minutes" >= 0), "address" varchar(60) NOT NULL, "device" varchar(60) NOT NULL, "way" varchar(30) NOT NULL, "account_id" bigint NULL REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Standing
--
CREATE TABLE "security_standing" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "must_change" bool NOT NULL, "changed_at" datetime NOT NULL, "account_id" bigint NOT NULL UNIQUE REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model RecoveryCode
--
CREATE TABLE "security_recoverycode" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL, "made_at" datetime NOT NULL, "used_at" datetime NULL, "account_id" bigint NOT NULL REFERENCES "people_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "recovery_code_once" UNIQUE ("account_id", "digest"));
CREATE INDEX "security_passkey_account_id_6b5e6c85" ON "security_passkey" ("account_id");
CREATE INDEX "security_session_expire_date_3b7039b1" ON "security_session" ("expire_date");
CREATE INDEX "security_session_digest_02ac1ecb" ON "security_session" ("digest");
CREATE INDEX "security_session_account_id_5491706c" ON "security_session" ("account_id");
CREATE INDEX "security_recoverycode_account_id_798b4d00" ON "security_recoverycode" ("account_id");
COMMIT;
