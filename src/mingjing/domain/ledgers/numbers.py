"""Numbers of records: ``整改-{年}-{序号:4}`` → ``整改-2024-0007``, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mingjing.domain.reasons import Unreadable

BLANKS = ("年", "月", "序号", "法院代字", "部门")
"""What may stand in braces. 序号 may carry its least width: ``{序号:4}``."""
_BLANK = re.compile(r"\{([^{}]*)\}")
MOST_NUMBER = 60
"""Letters of a number as storage keeps it."""


class PatternError(ValueError):
    """A pattern from which no numbers can be made; the message is for the writer of the file."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a number says: its year and serial, and the month, court and department where it names them."""

    serial: int
    year: int | None = None
    month: int | None = None
    court: str = ""
    unit: str = ""


def check_pattern(pattern: str) -> None:
    """Refuse a pattern with unknown blanks, without a serial, or with something blank twice.

    Raises
    ------
    PatternError   with the cause in Chinese
    """
    if _BLANK.sub("", pattern).strip("{}") != _BLANK.sub("", pattern):
        raise PatternError(f"“{pattern}”的花括号没有成对。")
    names = [name.partition(":") for name in _BLANK.findall(pattern)]
    for name, colon, width in names:
        if name not in BLANKS:
            raise PatternError(f"编号格式里不认识“{{{name}}}”。")
        if colon and (name != "序号" or not re.fullmatch("[1-9]", width)):
            raise PatternError(f"“{{{name}:{width}}}”不对：只有序号可以写位数，1 至 9 位。")
    written = [name for name, _, _ in names]
    if "序号" not in written:
        raise PatternError(f"编号格式“{pattern}”里没有 {{序号}}，两条记录会得到同一个号。")
    if "年" not in written:
        raise PatternError(f"编号格式“{pattern}”里没有 {{年}}；序号每年从 1 开始，没有年份会重号。")
    if len(set(written)) < len(written):
        raise PatternError(f"编号格式“{pattern}”里有一项写了两次。")


def write_number(pattern: str, serial: int, on: date, *, court: str = "", unit: str = "") -> str:
    """The number of the ``serial``-th record of the year of ``on``; ``court`` is the court's 代字."""

    def filled(blank: re.Match[str]) -> str:
        name, _, width = blank[1].partition(":")
        values = {"年": f"{on.year}", "月": f"{on.month:02}", "法院代字": court, "部门": unit}
        return values[name] if name in values else str(serial).zfill(int(width or 1))

    return _BLANK.sub(filled, pattern)


def read_number(pattern: str, text: str) -> Numbered:
    """What a number written by ``write_number`` says.

    Raises
    ------
    Unreadable   the text is not a number of this pattern
    """
    shapes = {
        "年": r"(?P<year>\d{4})",
        "月": r"(?P<month>\d{2})",
        "法院代字": "(?P<court>.*?)",
        "部门": "(?P<unit>.*?)",
    }
    parts: list[str] = []
    end = 0
    for blank in _BLANK.finditer(pattern):
        parts.append(re.escape(pattern[end : blank.start()]))
        parts.append(shapes.get(blank[1], r"(?P<serial>\d+)"))
        end = blank.end()
    parts.append(re.escape(pattern[end:]))
    match = re.fullmatch("".join(parts), text.strip())
    if match is None:
        raise Unreadable(f"“{text}”不是这样的编号。", example=write_number(pattern, 7, date(2024, 1, 1)))
    said = match.groupdict()
    return Numbered(
        int(said["serial"]),
        int(said["year"]) if said.get("year") else None,
        int(said["month"]) if said.get("month") else None,
        said.get("court") or "",
        said.get("unit") or "",
    )
