"""The indexes that let a list over a million cases stop after one page.

A list narrows by court (or reads every court), sorts by one key and filters by anything. Each index below
begins with the court where there is one, goes on with the sort, and ends with every column a filter looks
at: the rows of a page, and the bounded count beside them, are then found inside the index, without one
visit to a row that does not match. The filters are key columns because SQLite has no INCLUDE.
"""

from __future__ import annotations

from django.db.models import Index, Q

FILTERS = (
    "kind", "procedure", "stage", "department", "handler", "colour", "due_state", "closed_on", "filed_on",
    "original_filed_on",
)  # fmt: skip
OPEN = Q(closed_on__isnull=True)


def _sorted(name: str, *columns: str, of: Q | None = None) -> list[Index]:
    """The same sort twice: within a court, and over all of them."""
    rest = tuple(column for column in FILTERS if column not in {key.lstrip("-") for key in columns})
    return [
        Index(fields=["court", *columns, *rest], name=f"case_court_{name}", condition=of),
        Index(fields=[*columns, "court", *rest], name=f"case_all_{name}", condition=of),
    ]


def case_indexes() -> list[Index]:
    """The indexes of ``Case``."""
    unsorted = (*FILTERS, "due_on", "next_due_on")
    board = ("department", "handler", "kind")
    return [
        *_sorted("due", "due_on", "id", of=Q(due_on__isnull=False)),
        *_sorted("colour", "-colour", "next_due_on", "id", of=Q(next_due_on__isnull=False)),
        *_sorted("filed", "-filed_on", "-id"),
        *_sorted("age", "original_filed_on", "id"),
        *_sorted("open_filed", "-filed_on", "-id", of=OPEN),
        *_sorted("open_age", "original_filed_on", "id", of=OPEN),
        Index(fields=["court", "id", *unsorted], name="case_court_id"),
        Index(fields=["court", "id", *unsorted], name="case_court_open", condition=OPEN),
        Index(
            fields=["court", "stage", "next_due_on", "id", *board], name="case_court_stage", condition=OPEN
        ),
        Index(fields=["stage", "next_due_on", "id", "court", *board], name="case_all_stage", condition=OPEN),
        Index(
            fields=["court", "due_state", "due_on", "id", "department", "handler"],
            name="case_court_state",
            condition=OPEN,
        ),
        Index(fields=["handler", "court", "id"], name="case_of_handler"),
        Index(fields=["department", "court", "id"], name="case_of_department"),
        Index(fields=["handler", "due_on", "id"], name="case_open_by_handler", condition=OPEN),
        Index(fields=["department", "due_on", "id"], name="case_open_by_department", condition=OPEN),
        Index(  # whose case it is and when it is due stand beside the number: a search reads no row of others
            fields=["number", "court", "department", "handler", "closed_on", "due_on", "id"],
            name="case_number_prefix",
            opclasses=["varchar_pattern_ops", *["int8_ops"] * 3, *["date_ops"] * 2, "int8_ops"],
        ),
    ]
