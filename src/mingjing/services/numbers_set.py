"""Whole numbers a court sets in its dictionaries of settings."""

from __future__ import annotations

from mingjing.domain.reasons import Refusal
from mingjing.services.installation import registry
from mingjing.storage.people.models import Court


def number_set(table: str, name: str, court: Court | None = None, column: str = "value") -> int:
    """The number in ``column`` of the row ``name`` of a dictionary; the court's own folder comes before the
    nationwide one.

    Raises
    ------
    Refusal   no such row, or what stands there is not a whole number
    """
    settings = registry(court).dictionary(table)
    value = settings.row(name).get(column, "")
    if not (value.isascii() and value.isdigit()):
        said = f"{settings.label}“{name}”的值“{value}”不是整数。"
        raise Refusal(said, allowed=list(settings.keys), example=f"{name} 10")
    return int(value)
