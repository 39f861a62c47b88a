"""The database itself refuses to change or remove an entry of the log."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    "CREATE TRIGGER act_no_update BEFORE UPDATE ON auditlog_act "
    "BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END",
    "CREATE TRIGGER act_no_delete BEFORE DELETE ON auditlog_act "
    "BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION act_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log of acts is append-only'; END $$",
    "CREATE TRIGGER act_no_change BEFORE UPDATE OR DELETE ON auditlog_act "
    "FOR EACH ROW EXECUTE FUNCTION act_append_only()",
    "CREATE TRIGGER act_no_truncate BEFORE TRUNCATE ON auditlog_act FOR EACH STATEMENT EXECUTE FUNCTION act_append_only()",
)
UNDO = {
    "sqlite": ("DROP TRIGGER act_no_update", "DROP TRIGGER act_no_delete"),
    "postgresql": (
        "DROP TRIGGER act_no_truncate ON auditlog_act",
        "DROP TRIGGER act_no_change ON auditlog_act",
        "DROP FUNCTION act_append_only()",
    ),
}


def protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement, params=None)


def unprotect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away, to migrate backwards."""
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Append-only triggers on SQLite and PostgreSQL."""

    dependencies: ClassVar = [("auditlog", "0001_log_of_acts")]
    operations: ClassVar = [migrations.RunPython(protect, unprotect)]
