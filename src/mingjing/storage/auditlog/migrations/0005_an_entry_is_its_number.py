"""An entry is found by its number alone: no second key, and one index beside it instead of four.

The table is written with every act; what nobody asks by costs as much there as the entry itself.
"""

from __future__ import annotations

from typing import ClassVar

import django.db.models
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ACT = "auditlog_act"
FIXED = (
    "seq",
    "at",
    "actor",
    "actor_name",
    "court",
    "verb",
    "subject_kind",
    "subject_id",
    "definition",
    "why",
    "payload_commitment",
    "whence",
    "leaf",
)
ALL = ", ".join((*FIXED, "payload", "salt"))
SAID = "the log of acts is append-only"


def destroys_content(same: str) -> str:
    """What an allowed change of an entry does: content and salt are emptied together, nothing else moves."""
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in FIXED)
    return f"NEW.payload = '' AND NEW.salt = '' AND {kept}"


SQLITE = (
    "DROP TRIGGER act_no_update",
    "DROP TRIGGER act_no_delete",
    f"ALTER TABLE {ACT} RENAME TO {ACT}_before",
    "DROP INDEX act_by_subject",
    "DROP INDEX act_by_actor",
    "DROP INDEX act_by_court",
    f'CREATE TABLE {ACT} ("seq" integer NOT NULL PRIMARY KEY CHECK ("seq" >= 0), "at" varchar(32) NOT NULL, '
    '"actor" varchar(60) NOT NULL, "actor_name" varchar(60) NOT NULL, "court" varchar(40) NOT NULL, '
    '"verb" varchar(40) NOT NULL, "subject_kind" varchar(30) NOT NULL, "subject_id" varchar(60) NOT NULL, '
    '"definition" varchar(140) NOT NULL, "why" varchar(400) NOT NULL, "payload" text NOT NULL, '
    '"salt" varchar(64) NOT NULL, "payload_commitment" varchar(64) NOT NULL, "whence" varchar(160) NULL, '
    '"leaf" varchar(64) NOT NULL)',
    f"INSERT INTO {ACT} ({ALL}) SELECT {ALL} FROM {ACT}_before ORDER BY seq",  # noqa: S608
    f"DROP TABLE {ACT}_before",
    f"CREATE INDEX act_by_subject ON {ACT} (subject_kind, subject_id, seq)",
    f"CREATE TRIGGER act_no_update BEFORE UPDATE ON {ACT} WHEN NOT ({destroys_content('IS')}) "
    f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
    f"CREATE TRIGGER act_no_delete BEFORE DELETE ON {ACT} BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
)
POSTGRESQL = (
    f"DROP TRIGGER act_no_update ON {ACT}",
    "DROP INDEX act_by_actor",
    "DROP INDEX act_by_court",
    f"ALTER TABLE {ACT} DROP COLUMN id",
    f"ALTER TABLE {ACT} ADD PRIMARY KEY (seq)",
    f"ALTER TABLE {ACT} DROP CONSTRAINT {ACT}_seq_key",
    f"CREATE TRIGGER act_no_update BEFORE UPDATE ON {ACT} FOR EACH ROW "
    f"WHEN (NOT ({destroys_content('IS NOT DISTINCT FROM')})) EXECUTE FUNCTION act_append_only()",
)


def shorten(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The same entries under their number."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """One key and one index less to write with every act."""

    dependencies: ClassVar = [("auditlog", "0004_only_content_may_be_destroyed")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(shorten)],
            state_operations=[
                migrations.RemoveIndex("act", "act_by_actor"),
                migrations.RemoveIndex("act", "act_by_court"),
                migrations.RemoveField("act", "id"),
                migrations.AlterField(
                    "act",
                    "seq",
                    django.db.models.PositiveBigIntegerField(primary_key=True, serialize=False),
                ),
            ],
        )
    ]
