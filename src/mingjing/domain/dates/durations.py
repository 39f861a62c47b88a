"""Durations as they are written in statutes: ``3 个月``, ``7 个工作日``, ``48 小时``, ``1 个半月``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingjing.domain.reasons import Unreadable

UNITS = ("年", "个月", "天", "个工作日", "小时", "分钟")
_ALLOWED = (
    "写作“数字 空格 单位”，单位可用：年、个月、天、个工作日、小时、分钟；"
    "另可写 半个月、1 个半月、半天、半个工作日。"
)
_PATTERN = re.compile(r"(\d{1,5})\s*(年|个月|天|日|个工作日|小时|分钟)")


@dataclass(frozen=True, slots=True, order=False)
class Duration:
    """A span of the calendar, not of physics: months stay months.

    Units are kept apart because they are counted differently. ``half_workdays`` counts half working
    days (上午, 下午), so ``1 个工作日`` is 2. ``minutes`` carries hours as well (``48 小时`` is 2880).
    Exactly one family is used at a time, except months with days (``1 个半月`` is 1 month and 15 days).
    """

    months: int = 0
    days: int = 0
    half_workdays: int = 0
    minutes: int = 0
    text: str = ""

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: Duration) -> Duration:
        """Units are added each to its own; the words are joined by a plus sign."""
        return Duration(
            self.months + other.months,
            self.days + other.days,
            self.half_workdays + other.half_workdays,
            self.minutes + other.minutes,
            " + ".join(text for text in (self.text, other.text) if text),
        )


def read_duration(text: str) -> Duration:
    """Read a duration such as ``3 个月``.

    Raises
    ------
    Unreadable   the text is not one number and one known unit
    """
    shown = " ".join(text.split())
    if shown == "半个月":
        return Duration(days=15, text=shown)
    if shown in ("半天", "半个工作日"):
        return Duration(half_workdays=1, text=shown)
    if half := re.fullmatch(r"(\d{1,3})\s*个半月", shown):
        return Duration(months=int(half[1]), days=15, text=shown)
    match = _PATTERN.fullmatch(shown)
    if match is None:
        raise Unreadable(f"不认识的时长“{text}”。{_ALLOWED}", example="3 个月")
    number, unit = int(match[1]), match[2]
    if unit == "年":
        return Duration(months=12 * number, text=shown)
    if unit == "个月":
        return Duration(months=number, text=shown)
    if unit == "个工作日":
        return Duration(half_workdays=2 * number, text=shown)
    if unit == "小时":
        return Duration(minutes=60 * number, text=shown)
    if unit == "分钟":
        return Duration(minutes=number, text=shown)
    return Duration(days=number, text=shown)
