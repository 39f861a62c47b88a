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
        raise Unreadable(f"不认识的时长“{text}”。{_why_not(shown)}{_ALLOWED}", example=_meant(shown))
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


_FIGURES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_IN_CHINESE = re.compile(
    r"([一二两三四五六七八九])?(十)?([一二三四五六七八九])?\s*(年|个月|天|日|个工作日|小时)"
)
_UNITS_MEANT = {"月": "个月", "工作日": "个工作日", "周": "天", "星期": "天", "day": "天", "days": "天"}
_WITH_UNIT = re.compile(r"(\d{1,3})\s*(月|工作日|周|星期|days?)", re.IGNORECASE)


def _why_not(text: str) -> str:
    """Why a duration cannot be one, where that can be told."""
    if re.match(r"[-－—−]\s*\d", text):
        return "时长不能是负数。"
    if re.match(r"\d{6,}", text):
        return "数字最多五位。"
    return "数字要写成 1、2、3。" if _IN_CHINESE.fullmatch(text) else ""


def _meant(text: str) -> str:
    """The duration that was probably meant, or any."""
    if (match := _IN_CHINESE.fullmatch(text)) and (match[1] or match[2] or match[3]):
        ten = 10 * _FIGURES.get(match[1] or "一", 1) if match[2] else 0
        ones = _FIGURES.get(match[3] or "", 0) if match[2] else _FIGURES.get(match[1] or match[3], 0)
        return f"{ten + ones} {match[4]}"
    if match := _WITH_UNIT.fullmatch(text):
        weeks = match[2] in ("周", "星期")
        return f"{int(match[1]) * (7 if weeks else 1)} {_UNITS_MEANT[match[2].lower()]}"
    return "3 个月"
