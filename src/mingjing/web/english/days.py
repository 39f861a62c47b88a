"""Chinese dates in English: ``九月三十日`` and ``9月30日`` → ``30 September``; a year follows."""

from __future__ import annotations

import re
from calendar import month_name

_FIGURES = {word: number for number, word in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_SMALL = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = re.compile(rf"(?:(\d{{4}}|[〇零○一二三四五六七八九]{{4}})\s*年\s*)?{_SMALL}\s*月\s*{_SMALL}\s*日")


def day_said(text: str) -> str | None:
    """``text`` in English where all of it is a date with a month and a day of the calendar; else None."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = found[1], _number(found[2]), _number(found[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    said = f"{day} {month_name[month]}"
    return f"{said} {''.join(str(_FIGURES.get(figure, figure)) for figure in year)}" if year else said


def _number(word: str) -> int:
    """``12``, ``十二``, ``三十``, ``三十一`` as a number below a hundred; 0 where it is none."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + _FIGURES.get(ones, 0)
