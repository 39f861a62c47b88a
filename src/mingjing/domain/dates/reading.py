"""Days, moments and spans as people and systems write them; what can be read two ways is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum

from mingjing.domain.dates.month_names import named_month
from mingjing.domain.dates.months import days_in_month
from mingjing.domain.dates.spans import Span
from mingjing.domain.reasons import Ambiguous, Unreadable

EXAMPLES = ("2024-03-05", "2024.3.5", "2024/3/5", "20240305", "2024年3月5日", "二〇二四年三月五日")
FIRST_YEAR, LAST_YEAR = 1900, 2199

_DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
_YMD = re.compile(
    r"(?P<y>\d{4})(?:(?P<sep>[-./])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})|(?P<m2>\d{2})(?P<d2>\d{2}))"
    r"(?=$|[T:\s(上下中晚凌星周]|\d{6}$)(?P<rest>.*)",
    re.DOTALL,
)
_CHINESE = re.compile(
    r"(?P<y>\d{4}|[〇零○一二三四五六七八九]{4})\s*年\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*[日号](?P<rest>.*)",
    re.DOTALL,
)
_YEAR_LAST = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[-./])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?=$|[T:\s])(?P<rest>.*)", re.DOTALL
)
_SHORT_YEAR = re.compile(r"\d{1,2}([-./])\d{1,2}\1\d{1,2}(?!\d).*|\d{2}\s*年\s*\d{1,2}\s*月.*", re.DOTALL)
_CLOCK = re.compile(
    r"[T:\s]*(?P<half>上午|下午|晚上|凌晨|中午|[AaPp]\.?[Mm]\.?)?\s*"
    r"(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?\s*"
    r"(?P<after>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|[A-Z]{3,5})?"
    r"(?:\s*\([A-Za-z ]+\))?"
)
_COMPACT_CLOCK = re.compile(r"[T\s]*(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})")
_CHINESE_CLOCK = re.compile(
    r"\s*(?P<half>上午|下午|晚上|凌晨|中午)?\s*(?P<h>\d{1,2})\s*[时点]\s*(?:(?P<min>\d{1,2})\s*分)?\s*(?:(?P<s>\d{1,2})\s*秒)?"
)
_WEEKDAY = re.compile(
    r"\s*[(,，]?\s*(?:星期|周|礼拜)(?P<named>[一二三四五六日天])\s*\)?(?P<rest>.*)", re.DOTALL
)
_WEEKDAYS = "一二三四五六日"
_SPAN = re.compile(r"(?P<first>.+?)\s*(?:至|到|~|—+|–)\s*(?P<last>.+)")


class DayOrder(Enum):
    """Which of the two small numbers of ``03/04/2024`` is the month; a column's mapping says so."""

    DAY_FIRST = "日/月/年"
    MONTH_FIRST = "月/日/年"


def read_date(text: str, *, order: DayOrder | None = None) -> date:
    """The day written in ``text``, as written; a time of day after it must be one but is dropped.

    Years run from 1900 to 2199 in four digits. ``order`` decides dates with the year last.

    Raises
    ------
    Ambiguous    the year stands last and no ``order`` is given
    Unreadable   no such day, or no known way of writing one
    """
    day, rest = _day_and_rest(text, order)
    if rest.strip():
        _clock(rest, text)
    return day


def read_moment(text: str, zone: tzinfo, *, order: DayOrder | None = None) -> datetime:
    """The moment written in ``text``, aware, in ``zone``. A text with its own offset is converted.

    Raises
    ------
    Ambiguous    as for ``read_date``
    Unreadable   the text has no time of day, or one that does not exist, or names a zone nobody can tell
    """
    found = read_day_or_moment(text, zone, order=order)
    if not isinstance(found, datetime):
        raise Unreadable(f"“{text}”没有写几点几分。", example="2024-03-05 10:20")
    return found


def read_day_or_moment(text: str, zone: tzinfo, *, order: DayOrder | None = None) -> date | datetime:
    """The moment where ``text`` says the time of day, as ``read_moment``; else the day alone."""
    day, rest = _day_and_rest(text, order)
    if not rest.strip():
        return day
    clock, written = _clock(rest, text)
    moment = datetime.combine(day, clock, tzinfo=zone)
    offset = _offset(written, moment, text)
    return moment.replace(tzinfo=offset).astimezone(zone) if offset else moment


def read_span(text: str) -> Span:
    """``2024-04-01 至 2024-04-20``, both days counted; ``2024-04-01 至 今`` is still open.

    Raises
    ------
    Unreadable   not two days, or the second before the first
    """
    match = _SPAN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise Unreadable(f"“{text}”不是起止日期。", example="2024-04-01 至 2024-04-20")
    first = read_date(match["first"])
    if match["last"] in ("今", "至今", "现在"):
        return Span(first)
    last = read_date(match["last"])
    if last < first:
        raise Unreadable(f"“{text}”的结束日早于起始日。", example="2024-04-01 至 2024-04-20")
    return Span(first, last)


def _day_and_rest(text: str, order: DayOrder | None) -> tuple[date, str]:
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _YMD.fullmatch(plain):
        day = _day(match["y"], match["m"] or match["m2"], match["d"] or match["d2"], text)
        return day, _after_weekday(match["rest"], day, text)
    if match := _CHINESE.fullmatch(plain):
        year = "".join(_DIGITS.get(sign, sign) for sign in match["y"])
        day = _day(year, _number(match["m"], text), _number(match["d"], text), text)
        return day, _after_weekday(match["rest"], day, text)
    if match := _YEAR_LAST.fullmatch(plain):
        a, b, year = match["a"], match["b"], match["y"]
        if order is None:
            raise Ambiguous(
                f"“{text}”可以读成 {a} 月 {b} 日，也可以读成 {a} 日 {b} 月。请在列对应里写明次序。",
                allowed=[one.value for one in DayOrder],
                example="2024-03-05",
            )
        month, number = (b, a) if order is DayOrder.DAY_FIRST else (a, b)
        return _day(year, month, number, text), match["rest"]
    named = named_month(plain)
    if _SHORT_YEAR.fullmatch(plain) or (named and len(named[0]) == 2):
        raise Ambiguous(f"“{text}”的年份只写了两位，看不准是哪年哪月哪日。", example=EXAMPLES[0])
    if named:
        return _day(named[0], named[1], named[2], text), named[3]
    raise Unreadable(f"“{text}”不是日期。", allowed=EXAMPLES)


def _day(year: int | str, month: int | str, day: int | str, text: str) -> date:
    y, m, d = int(year), int(month), int(day)
    if not FIRST_YEAR <= y <= LAST_YEAR:
        raise Unreadable(f"“{text}”的年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间。", example=EXAMPLES[0])
    if not 1 <= m <= 12:
        raise Unreadable(f"“{text}”没有 {m} 月。", example=EXAMPLES[0])
    if not 1 <= d <= days_in_month(y, m):
        raise Unreadable(f"“{text}”：{y} 年 {m} 月没有 {d} 日。", example=EXAMPLES[0])
    return date(y, m, d)


def _number(text: str, whole: str) -> int:
    """1 to 39 in digits or characters: 五, 十, 十五, 二十, 二十五, 廿五, 三十一."""
    if text.isdecimal():
        return int(text)
    spelled = text.replace("廿", "二十").replace("卅", "三十")
    match = re.fullmatch(r"([二三])?(十)?([一二三四五六七八九])?", spelled)
    if match is None or (match[1] and not match[2] and match[3]):
        raise Unreadable(f"“{whole}”里的“{text}”不是月份或日子。", example=EXAMPLES[-1])
    tens = (int(_DIGITS[match[1]]) if match[1] else 1) if match[2] else 0
    ones = int(_DIGITS[match[3] or (match[1] if match[1] and not match[2] else "〇")])
    return 10 * tens + ones


def _after_weekday(rest: str, day: date, text: str) -> str:
    """What follows 星期二 or （周二）; the weekday of another day shows that one of the two is wrong."""
    match = _WEEKDAY.fullmatch(rest)
    if match is None:
        return rest
    true = _WEEKDAYS[day.weekday()]
    if match["named"].replace("天", "日") != true:
        raise Unreadable(f"“{text}”：{day} 是星期{true}，必有一处写错。", example=EXAMPLES[0])
    return match["rest"]


def _clock(rest: str, text: str) -> tuple[time, str | None]:
    """The time of day, and the zone written after it."""
    if match := _CLOCK.fullmatch(rest) or _COMPACT_CLOCK.fullmatch(rest):
        named: Mapping[str, str | None] = match.groupdict()
        micros = int((named.get("f") or "0").ljust(6, "0")[:6])
        half = (named.get("half") or named.get("after") or "").replace(".", "").upper()
        hour, minute, second = _hour(int(match["h"]), half), int(match["min"]), int(named.get("s") or 0)
        if half in ("AM", "上午") and hour == 12:
            hour = 0  # a twelve-hour clock begins its halves with twelve
        return _time(hour, minute, second, micros, text), named.get("zone")
    if match := _CHINESE_CLOCK.fullmatch(rest):
        hour = _hour(int(match["h"]), match["half"] or "")
        return _time(hour, int(match["min"] or 0), int(match["s"] or 0), 0, text), None
    raise Unreadable(f"“{text}”里的“{rest.strip()}”不是时刻。", example="2024-03-05 10:20")


def _hour(hour: int, half: str) -> int:
    afternoon = half in ("下午", "晚上", "PM") and hour < 12
    return hour + 12 if afternoon or (half == "中午" and hour < 11) else hour


def _time(hour: int, minute: int, second: int, micros: int, text: str) -> time:
    try:
        return time(hour, minute, second, micros)
    except ValueError:
        raise Unreadable(f"“{text}”没有这个时刻。", example="2024-03-05 10:20") from None


def _offset(written: str | None, moment: datetime, text: str) -> timezone | None:
    """The offset a text names; None where it names none, or the zone ``moment`` is in anyway.

    ``CST`` is the time of China, of Chicago and of Cuba: only the zone's own abbreviation is believed.
    """
    if written is None or written == moment.tzname():
        return None
    digits = written.removeprefix("UTC").removeprefix("GMT")
    if digits in ("", "Z"):
        return UTC
    if digits[0] not in "+-":
        raise Unreadable(
            f"“{text}”里的时区“{written}”有不止一种意思，看不准是几点。", example="2024-03-05T10:20:00+08:00"
        )
    sign = -1 if digits[0] == "-" else 1
    plain = digits[1:].replace(":", "").ljust(4, "0")
    return timezone(sign * timedelta(hours=int(plain[:2]), minutes=int(plain[2:])))
