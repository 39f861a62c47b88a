"""A tag repeats the court of its case; indexes that lead others are not kept twice."""

from __future__ import annotations

from typing import ClassVar

import django.db.models
import django.db.models.deletion
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ALONE = {
    "cases_casetag": ("case_id",),
    "cases_caseevent": ("case_id",),
    "cases_exclusion": ("case_id",),
}
REPEATED = "UPDATE cases_casetag SET court_id = (SELECT c.court_id FROM cases_case c WHERE c.id = case_id)"


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


def _of_case(model: str, by: str) -> migrations.AlterField:
    """The reference to the case, without an index of its own."""
    cascade = django.db.models.deletion.CASCADE
    field = django.db.models.ForeignKey(to="cases.case", on_delete=cascade, related_name=by, db_index=False)
    return migrations.AlterField(model, "case", field)


class Migration(migrations.Migration):
    """Tagged cases of a court are found without reading those of other courts."""

    dependencies: ClassVar = [("cases", "0009_numbers_with_what_is_asked_beside_them")]
    operations: ClassVar = [
        migrations.RemoveIndex("casetag", "tag_to_case"),
        migrations.AddField(
            "casetag",
            "court",
            django.db.models.ForeignKey(
                to="people.court",
                on_delete=django.db.models.deletion.PROTECT,
                null=True,
                related_name="+",
                db_index=False,
            ),
        ),
        migrations.RunSQL(REPEATED),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop_single)],
            state_operations=[
                _of_case("casetag", "tags"),
                _of_case("caseevent", "events"),
                _of_case("exclusion", "exclusions"),
            ],
        ),
        migrations.AddIndex(
            "casetag", django.db.models.Index(fields=["tag", "court", "case"], name="tag_to_case")
        ),
    ]
