"""One cell → one typed value. A cell that could mean two things is refused, never guessed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from mingjing.domain.dates.durations import read_duration
from mingjing.domain.dates.reading import FIRST_YEAR, LAST_YEAR, DayOrder, read_day_or_moment
from mingjing.domain.reasons import Unreadable
from mingjing.imports.amounts import read_amount, yuan_of
from mingjing.imports.rows import Cell
from mingjing.imports.synonyms import OPTIONS

DATE_EXAMPLE = "2024-03-05"
_SERIALS = range(10_000, 80_000)  # 1927-05-18 to 2119-01-10 in the 1900 system
_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)", re.IGNORECASE)
_GUARDED = re.compile(r"'[-=+@\d（(〔\[]")
_NOTHING = "|-|--|—|——|/|\\|无|空|null|NULL|None|N/A|NaN|nan|NaT|<NA>"
_EMPTY = frozenset(_NOTHING.split("|"))
_YES = frozenset({"是", "有", "对", "已", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1", "真"})
_NO = frozenset({"否", "无", "没有", "错", "未", "×", "✗", "✘", "☐", "x", "n", "no", "false", "f", "0", "假"})
_ISO_DAY = re.compile(r"(?:19|20|21)\d{2}-\d{2}-\d{2}")
_ISO_WEEKDAY = re.compile(r"(?:19|20|21)\d{2}-?W\d{2}-?[1-7]")
_ISO_MOMENT = re.compile(r"(?:19|20|21)\d{2}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_ENDING = re.compile(r"(?:诉讼)?(?:程序|案件|案|类)$|诉讼$")
_NUMBER = re.compile(r"([-+]?\d{1,15}(?:\.\d{1,6})?)\s*(%|人|名|件|次|个|份|天|日|页|册|卷|户|方|倍)?")
_ORDERS = {"年月日": None, "日月年": DayOrder.DAY_FIRST, "月日年": DayOrder.MONTH_FIRST}


@dataclass(frozen=True, slots=True)
class Reading:
    """How one court writes: its zone, the order of day and month in ``03/04/2024``, day 0 of its serials."""

    zone: tzinfo
    order: str = "年月日"
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A civil day in the court's zone, and the moment where a time of day was given (offset as written)."""

    day: date
    moment: datetime | None = None


def is_empty(cell: Cell) -> bool:
    """No value: a blank cell, or one of the signs people put for "nothing"."""
    return cell is None or (isinstance(cell, str) and cell.strip() in _EMPTY)


def read_text(cell: Cell) -> str:
    """The text of a cell, trimmed, digits half-width.

    Raises
    ------
    Unreadable   a spreadsheet error, the text of a formula, a number too long for a spreadsheet
    """
    if isinstance(cell, str):
        text = cell.strip()
        if text[:1] in ("=", "#", "'") or "\n" in text:
            text = _checked_text(text)
        return text if text.isascii() else text.translate(_HALF_WIDTH)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


_HALF_WIDTH = {
    ord(wide): ord(narrow) for wide, narrow in zip("０１２３４５６７８９", "0123456789", strict=True)
}


def _checked_text(text: str) -> str:
    if text.startswith("="):
        raise Unreadable(
            f"单元格里是公式“{text[:40]}”，不是内容。请在 Excel 中用“选择性粘贴－数值”换成结果后再导入。"
        )
    if _ERROR.fullmatch(text):
        raise Unreadable(f"单元格里是公式出错的标记“{text}”。请在 Excel 中改正后再导入。")
    if _GUARDED.match(text):
        return text[1:]  # the guard our own exports put in front, or the mark that keeps digits as text
    return " ".join(text.split())


def _number_text(number: float) -> str:
    if abs(number) >= 1e15:
        raise Unreadable(
            "长数字被 Excel 存成了数值，15 位以后的数字已经丢失。请把这一列设为“文本”格式后重新填写或导出。"
        )
    return str(int(number)) if number.is_integer() else repr(number)


def read_when(cell: Cell, reading: Reading) -> When:
    """A date, with its time of day if there is one.

    Raises
    ------
    Ambiguous    day and month could be exchanged and the mapping names no order
    Unreadable   not a date, or a day that does not exist
    """
    if isinstance(cell, str):
        return _when_of_text(cell.strip(), reading)
    if isinstance(cell, datetime):
        return _of_moment(cell, reading.zone)
    if isinstance(cell, date):
        _check_year(cell)
        return When(cell)
    if isinstance(cell, bool) or cell is None or isinstance(cell, (time, timedelta)):
        raise Unreadable(f"“{read_text(cell)}”不是日期。", example=DATE_EXAMPLE)
    if isinstance(cell, float) and not math.isfinite(cell):
        raise Unreadable(f"“{cell}”不是日期。", example=DATE_EXAMPLE)
    if int(cell) in _SERIALS:
        return _of_serial(float(cell), reading)
    return _when_of_text(_number_text(float(cell)), reading)


def read_day(cell: Cell, reading: Reading) -> date:
    """The civil day of a cell; see read_when."""
    return read_when(cell, reading).day


def read_moment(cell: Cell, reading: Reading) -> datetime:
    """The moment of a cell; a day without a time of day is its midnight in the court's zone."""
    when = read_when(cell, reading)
    return when.moment or datetime.combine(when.day, time(), reading.zone)


@lru_cache(maxsize=65_536)
def _when_of_text(text: str, reading: Reading) -> When:
    try:
        if _ISO_DAY.fullmatch(text) or _ISO_WEEKDAY.fullmatch(text):
            return When(date.fromisoformat(text))
        if _ISO_MOMENT.fullmatch(text):
            return _of_moment(datetime.fromisoformat(text), reading.zone)
    except ValueError:
        pass  # 2024-02-30, or a shape only the slow path knows; it also words the refusal
    shown = _checked_text(text) if text[:1] in ("=", "#", "'") else text
    shown = unicodedata.normalize("NFKC", shown).strip()
    if shown.isascii() and shown.replace(".", "", 1).isdigit() and "." not in shown[:5]:
        found = _of_digits(shown, reading)
        if found is not None:
            return found
    said = read_day_or_moment(shown, reading.zone, order=_ORDERS[reading.order])
    return When(said.date(), said) if isinstance(said, datetime) else When(said)


def _of_moment(moment: datetime, zone: tzinfo) -> When:
    _check_year(moment)
    if moment.tzinfo is None:
        return When(moment.date(), moment.replace(tzinfo=zone))
    return When(moment.astimezone(zone).date(), moment)


def _check_year(day: date) -> None:
    """Years that only stand for "unknown" or "for ever" (0001, 9999) are not dates."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(
            f"“{day.isoformat()}”的年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间。", example=DATE_EXAMPLE
        )


def _of_serial(serial: float, reading: Reading) -> When:
    day = (_EPOCH_1904 if reading.since_1904 else _EPOCH_1900) + timedelta(days=int(serial))
    seconds = round((serial - int(serial)) * 86_400)
    if not seconds:
        return When(day)
    moment = datetime.combine(day, time(), reading.zone) + timedelta(seconds=seconds)
    return When(moment.date(), moment)


def _of_digits(shown: str, reading: Reading) -> When | None:
    """Digits alone: an Excel serial, ``20240305``, ``20240305142800``, seconds or milliseconds of Unix."""
    whole = shown.partition(".")[0]
    if len(whole) == 5 and int(whole) in _SERIALS:
        return _of_serial(float(shown), reading)
    if len(whole) == 13 or (len(whole) == 10 and whole[0] == "1"):
        seconds = float(shown) / (1000 if len(whole) == 13 else 1)
        return _of_moment(datetime.fromtimestamp(seconds, reading.zone), reading.zone)
    return None


def read_money(cell: Cell, unit: str = "") -> Decimal:
    """Yuan with two decimals; numbers out of a spreadsheet are rounded to the fen they display."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return read_amount(read_text(cell), unit)
    return yuan_of(cell, unit)


def read_number(cell: Cell) -> int | Decimal:
    """A number, a whole one as int (人, 件, 次, 天 … may follow it); 40% is 0.4.

    Raises
    ------
    Unreadable   anything else
    """
    if isinstance(cell, int):
        return int(cell)
    shown = unicodedata.normalize("NFKC", read_text(cell)).replace(",", "")
    match = _NUMBER.fullmatch(shown)
    if match is None:
        raise Unreadable(f"“{read_text(cell)}”不是数字。", example="12")
    number = Decimal(match[1]) / (100 if match[2] == "%" else 1)
    return int(number) if number == number.to_integral_value() else number


def read_flag(cell: Cell) -> bool:
    """是 or 否, in the many ways people write it."""
    shown = unicodedata.normalize("NFKC", read_text(cell)).lower()
    if shown in _YES:
        return True
    if shown in _NO:
        return False
    raise Unreadable(f"“{read_text(cell)}”看不出是“是”还是“否”。", allowed=("是", "否"), example="是")


def read_length(cell: Cell) -> str:
    """A duration in the statute's spelling (``3 个月``); a bare number means days."""
    shown = unicodedata.normalize("NFKC", read_text(cell))
    if re.fullmatch(r"\d{1,5}(?:\.0)?", shown):
        shown = f"{int(float(shown))} 天"
    shown = re.sub(r"^(\d+)\s*(?:个)?月$", r"\1 个月", shown)
    shown = re.sub(r"^(\d+)\s*(?:个)?工作日$", r"\1 个工作日", shown)
    return read_duration(re.sub(r"^(\d+)\s*", r"\1 ", shown)).text


def read_option(
    cell: Cell, options: Sequence[str], *, open_list: bool = False, short: Mapping[str, str] | None = None
) -> str:
    """One of ``options``; width, case and spaces do not matter, anything else does.

    With ``open_list`` a word that is not among them is taken as it stands. ``short`` says what is meant by a
    word whose ending is missing, or is there too many (``short_forms``).
    """
    shown = read_text(cell)
    if shown in options:
        return shown
    plain = _plain(shown)
    for option in options:
        if _plain(option) == plain:
            return option
    if short and (meant := short.get(_stem(plain))):
        return meant
    if open_list:
        return shown
    near = get_close_matches(shown, options, n=5, cutoff=0.3)
    raise Unreadable(
        f"没有“{shown}”这一项。", allowed=tuple(near or options[:20]), example=(near or [*options, ""])[0]
    )


def short_forms(words: Iterable[str]) -> dict[str, str]:
    """Stem → the only one of these words that has it: 简易 is 简易程序, 民事案件 is 民事."""
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(_stem(_plain(word)), set()).add(word)
    return {stem: meant.pop() for stem, meant in found.items() if len(meant) == 1}


def other_words(options: Collection[str]) -> dict[str, str]:
    """Word → the one of ``options`` that other systems write so: 撤诉 is 准许撤诉."""
    listed = ((word, option) for option in options for word in OPTIONS.get(option, ()))
    return {_stem(_plain(word)): option for word, option in listed}


def _stem(text: str) -> str:
    """A word of cases or procedures without its ending: 简易程序, 民事案件, 小额诉讼."""
    return _ENDING.sub("", text) or text


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
