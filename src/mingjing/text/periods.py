"""The time a figure speaks of: 2021年1至6月, 今年上半年, 2022年以来, 经过4个月."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from mingjing.text.numerals import read_number

_YEAR = r"(?:(?P<year>(?:19|20)\d{2})|(?P<relative>今|本|去|上|当))年度?"
_PART = (
    r"(?P<half>[上下]半年)|前(?P<quarters>[二两三23])个?季度|第?(?P<quarter>[一二三四1-4])季度|前(?P<first>\d{1,2}|[一二三四五六七八九十]{1,2})个月"
    r"|(?P<from>\d{1,2})月?(?:份)?(?:至|到|-|—|~)(?P<to>\d{1,2})月(?:份)?(?!\d{1,2}日)"
    r"|(?P<month>\d{1,2})月(?:份)?(?!\d)"
)
_PERIOD = re.compile(
    rf"{_YEAR}(?:{_PART}|(?P<since>以来)|(?P<whole>全年)?)|(?<![\d年]){_PART.replace('?P<', '?P<b')}"
)
_DAY = re.compile(
    r"(?<!\d)(?:(?:((?:19|20)\d{2})年)?(\d{1,2})月(\d{1,2})日|((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Period:
    """``label`` as printed; its days where the text says so much, ``since`` if left open."""

    start: int
    end: int
    label: str
    year: int | None
    months: tuple[int, int] | None
    since: bool = False

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day, both counted; None where the year is not written."""
        if self.year is None or self.months is None or self.since:
            return None
        first, last = self.months
        return date(self.year, first, 1), date(self.year, last, calendar.monthrange(self.year, last)[1])


def find_periods(folded: str) -> list[Period]:
    """Every period of the text in order; 今年 and a bare 上半年 take the year the text speaks of."""
    found: list[Period] = []
    current = _year_spoken_of(folded)
    for match in _PERIOD.finditer(folded):
        named = {_plain(key): value for key, value in match.groupdict().items() if value}
        year = _year(named, current)
        months = _months(named)
        if months is None and "year" not in named and "relative" not in named:
            continue
        if "year" in named and year is not None:
            current = max(year, current or 0)
        since = "since" in named or folded.startswith("以来", match.end())
        found.append(
            Period(
                match.start(), match.end(), match.group(), year, months or _whole(named, folded, match), since
            )
        )
    return found


def _plain(key: str) -> str:
    return key[1:] if key.startswith("b") else key


def _whole(named: dict[str, str], folded: str, match: re.Match[str]) -> tuple[int, int] | None:
    return None if folded[match.end() : match.end() + 1].isdigit() else (1, 12)


def _year(named: dict[str, str], current: int | None) -> int | None:
    if "year" in named:
        return int(named["year"])
    if current is None:
        return None
    return current - 1 if named.get("relative") in ("去", "上") else current


def _months(named: dict[str, str]) -> tuple[int, int] | None:
    if "half" in named:
        return (1, 6) if named["half"][0] == "上" else (7, 12)
    if "quarters" in named:
        return (1, 9) if named["quarters"] in "三3" else (1, 6)
    if "quarter" in named:
        number = read_number(named["quarter"])
        quarter = int(number) if number else 1
        return quarter * 3 - 2, quarter * 3
    if "first" in named:
        count = read_number(named["first"])
        return (1, int(count)) if count and 1 <= count <= 12 else None
    if "from" in named:
        first, last = int(named["from"]), int(named["to"])
        return (first, last) if 1 <= first <= last <= 12 else None
    if "month" in named:
        month = int(named["month"])
        return (month, month) if 1 <= month <= 12 else None
    return None


def _year_spoken_of(folded: str) -> int | None:
    """The latest year printed before the word 今年 first comes; the only year where it never does."""
    now = re.search("[今本]年", folded)
    years = [
        int(year)
        for year in re.findall(r"(?<!\d)((?:19|20)\d{2})年", folded[: now.start()] if now else folded)
    ]
    return max(years) if years else None


@dataclass(frozen=True, slots=True)
class Day:
    """A printed day; ``day`` is None where the calendar has no such day."""

    start: int
    end: int
    label: str
    day: date | None


def find_days(folded: str) -> list[Day]:
    """Every 2021年4月13日 of the text; a year left out is the one printed last before."""
    found: list[Day] = []
    year = 0
    for match in _DAY.finditer(folded):
        written = match[1] or match[4]
        year = int(written) if written else year
        try:
            day = date(year or 2000, int(match[2] or match[5]), int(match[3] or match[6]))
        except ValueError:
            found.append(Day(match.start(), match.end(), match.group(), None))
            continue
        if year:
            found.append(Day(match.start(), match.end(), match.group(), day))
    return found
