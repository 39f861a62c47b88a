"""Indexes of clocks, alerts, findings and proposals that lead others are not kept twice."""

from __future__ import annotations

from typing import ClassVar

import django.db.models
import django.db.models.deletion
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFERENCES = (
    ("clock", "case", "cases.case", "clocks"),
    ("alert", "case", "cases.case", "alerts"),
    ("alert", "clock", "supervision.clock", "alerts"),
    ("finding", "case", "cases.case", "findings"),
    ("proposal", "case", "cases.case", "proposals"),
)
ALONE = {
    "supervision_clock": ("case_id",),
    "supervision_alert": ("case_id", "clock_id"),
    "supervision_finding": ("case_id",),
    "supervision_proposal": ("case_id",),
}


def drop_single(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the index of each of these columns alone; the schema editor would copy the tables on SQLite."""
    database = editor.connection
    for table, columns in ALONE.items():
        with database.cursor() as cursor:
            known = database.introspection.get_constraints(cursor, table)
        for name, one in known.items():
            plain = one["index"] and not one["unique"] and not one["primary_key"] and len(one["columns"]) == 1
            if plain and one["columns"][0] in columns and name.startswith(f"{table}_"):
                editor.execute(f"DROP INDEX {editor.quote_name(name)}", params=None)


def _plain(model: str, name: str, to: str, by: str) -> migrations.AlterField:
    """A reference without an index of its own."""
    cascade = django.db.models.deletion.CASCADE
    return migrations.AlterField(
        model, name, django.db.models.ForeignKey(to=to, on_delete=cascade, related_name=by, db_index=False)
    )


class Migration(migrations.Migration):
    """Each row of a case is put into fewer indexes."""

    dependencies: ClassVar = [
        ("cases", "0010_tags_name_their_court"),
        ("supervision", "0004_open_alerts_hold_what_is_summed"),
    ]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop_single)],
            state_operations=[_plain(*one) for one in REFERENCES],
        )
    ]
