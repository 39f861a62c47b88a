"""Months written as words, in English and Portuguese: where one stands, day and month cannot be exchanged."""

from __future__ import annotations

import re
import unicodedata

_BY_NAME = {
    name: number
    for number, names in enumerate(
        (
            "january janeiro jan",
            "february fevereiro feb fev",
            "march marco mar",
            "april abril apr abr",
            "may maio mai",
            "june junho jun",
            "july julho jul",
            "august agosto aug ago",
            "september setembro sept sep set",
            "october outubro oct out",
            "november novembro nov",
            "december dezembro dec dez",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAY = r"(?:[A-Za-z]{3,9},?\s+)?"
_NAME, _DAY = r"(?P<name>[^\W\d_]{3,9})\.?", r"(?P<d>\d{1,2})(?:st|nd|rd|th|º)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}{_DAY}(?:\s+de)?[\s/.-]*{_NAME}(?:\s+de)?,?[\s/.-]*(?P<y>\d{{4}}|\d{{2}})(?!\d)(?P<rest>.*)",
    re.DOTALL,
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_NAME}\s+{_DAY},?\s+(?P<y>\d{{4}})(?!\d)(?P<rest>.*)", re.DOTALL)
_YEAR_AT_THE_END = re.compile(
    rf"{_WEEKDAY}{_NAME}\s+{_DAY}\s+(?P<clock>\d{{1,2}}:\S+(?:\s+[A-Z]{{1,5}})?)\s+(?P<y>\d{{4}})", re.DOTALL
)


def named_month(plain: str) -> tuple[str, int, str, str] | None:
    """Year, month, day and the rest of ``5 March 2024``, ``Mar 5, 2024 3:30 PM``, ``5 de março de 2024`` or
    ``Tue Mar 05 10:20:00 UTC 2024``; None where no month is named. The year may have two digits.
    """
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_AT_THE_END):
        match = pattern.fullmatch(plain)
        month = _BY_NAME.get(_folded(match["name"])) if match else None
        if match and month:
            parts = match.groupdict()
            return parts["y"], month, parts["d"], parts.get("rest") or parts.get("clock") or ""
    return None


def _folded(name: str) -> str:
    """Without accents and case: ``Março`` is ``marco``."""
    return unicodedata.normalize("NFD", name.lower()).encode("ascii", "ignore").decode()
