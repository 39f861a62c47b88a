"""The triggers of the whole log: of an entry only its content may be destroyed, of all else nothing changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ACT = "auditlog_act"
FIXED = ("auditlog_node", "auditlog_signedcheckpoint", "auditlog_countersignature")
KEPT = (
    "id",
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
    "leaf",
    "whence",
)
SAID = "the log of acts is append-only"


def destroys_content(same: str) -> str:
    """What an allowed change of an entry does: content and salt are emptied together, nothing else moves."""
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in KEPT)
    return f"NEW.payload = '' AND NEW.salt = '' AND {kept}"


def on_sqlite() -> list[str]:
    """Triggers for SQLite."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    found = [
        f"CREATE TRIGGER act_no_update BEFORE UPDATE ON {ACT} WHEN NOT ({destroys_content('IS')}) {refuse}",
        f"CREATE TRIGGER act_no_delete BEFORE DELETE ON {ACT} {refuse}",
    ]
    for table in FIXED:
        found += [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}"
            for verb in ("UPDATE", "DELETE")
        ]
    return found


def on_postgresql() -> list[str]:
    """Triggers for PostgreSQL, which can also refuse to empty a table."""
    refuse = "EXECUTE FUNCTION act_append_only()"
    allowed = destroys_content("IS NOT DISTINCT FROM")
    found = [
        f"CREATE FUNCTION act_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$",
        f"CREATE TRIGGER act_no_update BEFORE UPDATE ON {ACT} FOR EACH ROW WHEN (NOT ({allowed})) {refuse}",
        f"CREATE TRIGGER act_no_delete BEFORE DELETE ON {ACT} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER act_no_truncate BEFORE TRUNCATE ON {ACT} FOR EACH STATEMENT {refuse}",
    ]
    for table in FIXED:
        found += [
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
        ]
    return found


def undo_on_sqlite() -> list[str]:
    """Drops what ``on_sqlite`` made."""
    fixed = [f"DROP TRIGGER {table}_no_{verb}" for table in FIXED for verb in ("update", "delete")]
    return [*fixed, *EARLIER["sqlite"]]


def undo_on_postgresql() -> list[str]:
    """Drops what ``on_postgresql`` made."""
    on_act = [f"DROP TRIGGER act_no_{verb} ON {ACT}" for verb in ("update", "delete", "truncate")]
    fixed = [
        f"DROP TRIGGER {table}_no_{verb} ON {table}" for table in FIXED for verb in ("change", "truncate")
    ]
    return [*on_act, *fixed, "DROP FUNCTION act_append_only()"]


EARLIER = {
    "sqlite": ("DROP TRIGGER act_no_update", "DROP TRIGGER act_no_delete"),
    "postgresql": (
        f"DROP TRIGGER act_no_truncate ON {ACT}",
        f"DROP TRIGGER act_no_change ON {ACT}",
        "DROP FUNCTION act_append_only()",
    ),
}
"""What drops the triggers that 0002 put in place."""


def replace(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """These triggers in the place of those of 0002."""
    for statement in EARLIER[editor.connection.vendor]:
        editor.execute(statement, params=None)
    protect(apps, editor)


def protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    for statement in on_sqlite() if editor.connection.vendor == "sqlite" else on_postgresql():
        editor.execute(statement, params=None)


def unprotect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    for statement in undo_on_sqlite() if editor.connection.vendor == "sqlite" else undo_on_postgresql():
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Append-only triggers on SQLite and PostgreSQL."""

    dependencies: ClassVar = [("auditlog", "0003_tree_checkpoints_and_witnesses")]
    operations: ClassVar = [migrations.RunPython(replace)]
