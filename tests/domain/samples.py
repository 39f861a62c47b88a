"""Hand-built rules and a calendar for the tests of the domain: the holidays of 2021 to 2026, re-entered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from mingjing.domain.dates.calendars import CalendarStatus, WorkCalendar, YearCalendar
from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.dates.reading import read_date, read_span
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.computing import due_date
from mingjing.domain.deadlines.rules import Counting, Deadline, Due, Extension, Fact, RollRule, Version
from mingjing.domain.reasons import Answer

ZONE = ZoneInfo("Asia/Shanghai")
LATER = date(2030, 1, 1)

_HOLIDAYS = {
    2021: "元旦 01-01 01-03|春节 02-11 02-17|清明节 04-03 04-05|劳动节 05-01 05-05|端午节 06-12 06-14"
    "|中秋节 09-19 09-21|国庆节 10-01 10-07",
    2022: "元旦 01-01 01-03|春节 01-31 02-06|清明节 04-03 04-05|劳动节 04-30 05-04|端午节 06-03 06-05"
    "|中秋节 09-10 09-12|国庆节 10-01 10-07",
    2023: "元旦 01-01 01-02|春节 01-21 01-27|清明节 04-05 04-05|劳动节 04-29 05-03|端午节 06-22 06-24"
    "|国庆节 09-29 10-06",
    2024: "元旦 01-01 01-01|春节 02-10 02-17|清明节 04-04 04-06|劳动节 05-01 05-05|端午节 06-10 06-10"
    "|中秋节 09-15 09-17|国庆节 10-01 10-07",
    2025: "元旦 01-01 01-01|春节 01-28 02-04|清明节 04-04 04-06|劳动节 05-01 05-05|端午节 05-31 06-02"
    "|国庆节 10-01 10-08",
    2026: "元旦 01-01 01-03|春节 02-15 02-23|清明节 04-04 04-06|劳动节 05-01 05-05|端午节 06-19 06-21"
    "|中秋节 09-25 09-27|国庆节 10-01 10-07",
}
_WORKED = {
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def day(text: str) -> date:
    """``2024-03-13`` as a date."""
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """``2024-03-13 10:20`` in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def spans(*texts: str) -> tuple[Span, ...]:
    """``2024-04-01 至 2024-04-20`` and the like."""
    return tuple(map(read_span, texts))


def length(text: str) -> Duration:
    """``3 个月`` and the like."""
    return read_duration(text)


@lru_cache
def calendar() -> WorkCalendar:
    """2021 to 2026 as announced, 2027 provisional, nothing else."""
    years = {year: _year(year) for year in _HOLIDAYS}
    years[2027] = YearCalendar(2027, CalendarStatus.PROVISIONAL)
    return WorkCalendar("calendar.cn", years)


def calendar_from(folder: Path) -> WorkCalendar:
    """The calendar in the folder of real data; a year without days there is provisional here."""
    years: dict[int, YearCalendar] = {}
    for path in sorted(folder.glob("20*.json")):
        notice = json.loads(path.read_text(encoding="utf-8"))
        named = [(date.fromisoformat(one["date"]), one["name"], one["isOffDay"]) for one in notice["days"]]
        status = CalendarStatus.OFFICIAL if named else CalendarStatus.PROVISIONAL
        off = {on: name for on, name, is_off in named if is_off}
        worked = frozenset(on for on, _, is_off in named if not is_off)
        years[notice["year"]] = YearCalendar(notice["year"], status, off, worked)
    return WorkCalendar("calendar.cn", years)


def rule(limit: str, *, counting: Counting | None = None, **more: object) -> Deadline:
    """A rule with one version in force since 2000, started by 立案日期; ``more`` are fields of Deadline."""
    version = Version(date(2000, 1, 1), read_duration(limit), basis="某法第一条")
    given: dict[str, object] = {
        "id": "deadline.sample",
        "label": "示例期限",
        "owner": "审判管理办公室",
        "clock": "审理期限",
        "applies": {},
        "counting": counting or Counting("立案日期"),
        "versions": (version,),
    }
    return Deadline(**{**given, **more})  # type: ignore[arg-type]


def counted(**switches: object) -> Counting:
    """Counting from 立案日期 with some switches set."""
    return Counting("立案日期", **switches)  # type: ignore[arg-type]


def last_day(one: Deadline, facts: Mapping[str, Fact], *, as_of: date = LATER) -> date | None:
    """The last day under the sample calendar."""
    return due_date(one, facts, calendar(), as_of=as_of).value.last_day


def answer(one: Deadline, facts: Mapping[str, Fact], *, as_of: date = LATER) -> Answer[Due]:
    """The whole answer under the sample calendar."""
    return due_date(one, facts, calendar(), as_of=as_of)


def lines(found: Answer[Due]) -> list[str]:
    """The steps as they would be printed, without articles."""
    return [f"{step.amount} {step.text}" for step in found.steps]


def civil_summary() -> Deadline:
    """简易程序审理期限 as the sample definition says it."""
    return Deadline(
        id="deadline.civil.summary",
        label="简易程序审理期限",
        owner="审判管理办公室",
        clock="审理期限",
        applies={"案件类型": ("民事一审",), "审理程序": ("简易程序",)},
        counting=Counting(
            "立案日期",
            stops="结案日期",
            last_day=RollRule.ROLL,
            law={
                "first_day": "民事诉讼法第八十五条第二款",
                "no_such_day": "民法典第二百零二条",
                "last_day": "民事诉讼法第八十五条第三款",
            },
        ),
        versions=(
            Version(
                day("2022-01-01"),
                read_duration("3 个月"),
                extensions=(Extension("本院院长", at_most=read_duration("1 个月")),),
                basis="《民事诉讼法》（2021 修正）第一百六十四条",
            ),
            Version(
                day("2015-02-04"),
                read_duration("3 个月"),
                extensions=(Extension("本院院长", in_total=read_duration("6 个月"), needs="双方当事人同意"),),
                basis="《民诉法解释》（法释〔2015〕5号）第二百五十八条",
            ),
        ),
        excludes=("鉴定期间", "管辖异议期间", "审计评估期间", "中止诉讼期间"),
        excludes_law={"鉴定期间": "法释〔2000〕29号第九条（六）"},
        version_by="立案日期",
        questions=("审限届满遇休假日是否顺延，各地做法不一。",),
        content_hash="0123456789abcdef",
    )


def _year(year: int) -> YearCalendar:
    off: dict[date, str] = {}
    for entry in _HOLIDAYS[year].split("|"):
        label, first, last = entry.split()
        for on in _days(day(f"{year}-{first}"), day(f"{year}-{last}")):
            off[on] = label
    if year == 2022:
        off[day("2022-12-31")] = "元旦"
    worked = frozenset(read_date(f"{year}-{on}") for on in _WORKED[year].split())
    return YearCalendar(year, CalendarStatus.OFFICIAL, off, worked)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)
