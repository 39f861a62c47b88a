"""The parts in a record repeat what lists ask of it; indexes that lead others are not kept twice.

Columns are added and indexes dropped by plain statements: the schema editor would copy both tables on SQLite
once for each of them.
"""

from __future__ import annotations

from typing import ClassVar

import django.db.models
import django.db.models.deletion
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PARTY = "records_recordparty"
ADDED = (
    ("court_id", "bigint NULL"),
    ("register", "varchar(80) DEFAULT '' NOT NULL"),
    ("over", "bool DEFAULT false NOT NULL"),
    ("state", "varchar(40) DEFAULT '' NOT NULL"),
    ("due_on", "date NULL"),
    ("place_id", "bigint NULL"),
)
REPEATED = (
    f'UPDATE {PARTY} SET (court_id, register, "over", state, due_on, place_id) = '  # noqa: S608
    '(SELECT r.court_id, r.register, r."over", r.state, r.due_on, r.unit_id FROM records_record r '
    f"WHERE r.id = {PARTY}.record_id)"
)
ALONE = {
    "records_record": ("acted_by_id", "court_id", "holder_id", "unit_id"),
    "records_recordact": ("record_id", "actor_id"),
    "records_recordclock": ("record_id",),
    PARTY: ("person_id", "unit_id"),
}
"""Columns that have an index of their own beside one that begins with them, or that nobody asks by."""
_KEPT = ("register", "over", "state", "due_on", "place", "court", "record")


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


def _named(model: str, name: str, to: str, *, null: bool = True, by: str = "+") -> migrations.AlterField:
    """A reference without an index of its own."""
    field = django.db.models.ForeignKey(
        to=to, on_delete=django.db.models.deletion.PROTECT, null=null, related_name=by, db_index=False
    )
    return migrations.AlterField(model, name, field)


def _repeated(to: str) -> django.db.models.ForeignKey[object, object]:
    return django.db.models.ForeignKey(
        to=to,
        on_delete=django.db.models.deletion.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


class Migration(migrations.Migration):
    """What somebody sees of a register is counted inside one index."""

    dependencies: ClassVar = [
        ("people", "0002_names_of_any_length_and_keys"),
        ("records", "0005_by_above"),
    ]
    operations: ClassVar = [
        migrations.RemoveIndex("recordparty", "party_of_person"),
        migrations.RemoveIndex("recordparty", "party_of_unit"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [f'ALTER TABLE {PARTY} ADD COLUMN "{name}" {kind}' for name, kind in ADDED]
                ),
                migrations.RunSQL(REPEATED),
                migrations.RunPython(drop_single),
            ],
            state_operations=[
                migrations.AddField("recordparty", "court", _repeated("people.court")),
                migrations.AddField("recordparty", "place", _repeated("people.department")),
                migrations.AddField(
                    "recordparty",
                    "register",
                    django.db.models.CharField(default="", max_length=80, verbose_name="台账"),
                ),
                migrations.AddField(
                    "recordparty",
                    "over",
                    django.db.models.BooleanField(default=False, verbose_name="已了结"),
                ),
                migrations.AddField(
                    "recordparty",
                    "state",
                    django.db.models.CharField(default="", max_length=40, verbose_name="状态"),
                ),
                migrations.AddField(
                    "recordparty",
                    "due_on",
                    django.db.models.DateField(null=True, verbose_name="最近期限"),
                ),
                _named("record", "acted_by", "people.person"),
                _named("record", "court", "people.court", null=False, by="records"),
                _named("record", "holder", "people.person", by="records_held"),
                _named("record", "unit", "people.department", by="records"),
                _named("recordact", "record", "records.record", null=False, by="acts"),
                _named("recordact", "actor", "people.person", by="record_acts"),
                migrations.AlterField(
                    "recordclock",
                    "record",
                    django.db.models.ForeignKey(
                        to="records.record",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        db_index=False,
                    ),
                ),
                _named("recordparty", "person", "people.person"),
                _named("recordparty", "unit", "people.department"),
            ],
        ),
        migrations.AddIndex(
            "recordparty",
            django.db.models.Index(
                fields=["person", "capacity", *_KEPT],
                name="party_of_person",
                condition=django.db.models.Q(("person__isnull", False)),
            ),
        ),
        migrations.AddIndex(
            "recordparty",
            django.db.models.Index(
                fields=["unit", "capacity", *_KEPT],
                name="party_of_unit",
                condition=django.db.models.Q(("unit__isnull", False)),
            ),
        ),
    ]
