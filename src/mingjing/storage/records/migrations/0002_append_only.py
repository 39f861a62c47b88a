"""The database itself refuses to change or remove an act on a record."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    "CREATE TRIGGER record_act_no_update BEFORE UPDATE ON records_recordact "
    "BEGIN SELECT RAISE(ABORT, 'acts on records are append-only'); END",
    "CREATE TRIGGER record_act_no_delete BEFORE DELETE ON records_recordact "
    "BEGIN SELECT RAISE(ABORT, 'acts on records are append-only'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION record_act_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'acts on records are append-only'; END $$",
    "CREATE TRIGGER record_act_no_change BEFORE UPDATE OR DELETE ON records_recordact "
    "FOR EACH ROW EXECUTE FUNCTION record_act_append_only()",
    "CREATE TRIGGER record_act_no_truncate BEFORE TRUNCATE ON records_recordact FOR EACH STATEMENT EXECUTE FUNCTION record_act_append_only()",
)
UNDO = {
    "sqlite": ("DROP TRIGGER record_act_no_update", "DROP TRIGGER record_act_no_delete"),
    "postgresql": (
        "DROP TRIGGER record_act_no_truncate ON records_recordact",
        "DROP TRIGGER record_act_no_change ON records_recordact",
        "DROP FUNCTION record_act_append_only()",
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

    dependencies: ClassVar = [("records", "0001_records_of_registers")]
    operations: ClassVar = [migrations.RunPython(protect, unprotect)]
