"""What a form must hold before anything is done. Every refusal names the place, the cause and an example."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date

from mingjing.domain.reasons import Refusal
from mingjing.services.installation import registry
from mingjing.services.numbers_set import number_set
from mingjing.storage.people.models import Court

SETTINGS = "dictionary.supervision_settings"


class Taken(Refusal):
    """Somebody else has already done it, or something else stands in the way."""

    code = "taken"


class WrongEntry(Refusal):
    """A field of a form is empty, unknown or outside its range."""

    code = "wrong-entry"


def filled(text: str, place: str, *, example: str, longest: int = 400) -> str:
    """``text`` without surrounding blanks.

    Raises
    ------
    WrongEntry   it is empty, longer than ``longest`` characters, or holds what no database keeps
    """
    shown = text.strip()
    if "\x00" in shown:
        raise WrongEntry(f"“{place}”里有看不见的空字符，存不下来。请重新输入。", example=example)
    if not shown:
        raise WrongEntry(f"“{place}”没有填写。", example=example)
    if len(shown) > longest:
        raise WrongEntry(f"“{place}”写了 {len(shown)} 字，最多 {longest} 字。", example=example)
    return shown


def known_word(word: str, allowed: Iterable[str], place: str) -> str:
    """``word``, if it is one of ``allowed``; otherwise a refusal with the nearest five."""
    words = list(allowed)
    if word in words:
        return word
    near = difflib.get_close_matches(word, words, n=5, cutoff=0.2) or words[:5]
    raise WrongEntry(
        f"“{place}”里没有“{word}”。全部名称见 制度 · 数据字典。",
        allowed=near,
        example=near[0] if near else "",
    )


def day_within(day: date, place: str, *, first: date | None, last: date | None, cause: str) -> date:
    """``day``, if it lies between ``first`` and ``last`` (both counted, None is unbounded)."""
    if (first is None or first <= day) and (last is None or day <= last):
        return day
    span = f"{first} 至 {last}" if first and last else f"{first} 以后" if first else f"{last} 以前"
    raise WrongEntry(f"“{place}”写的是 {day}，{cause}。", allowed=[span], example=str(last or first))


def setting(name: str, court: Court | None = None) -> str:
    """A value of dictionary.supervision_settings; the court's own folder comes before the nationwide one."""
    table = registry(court).dictionary(SETTINGS)
    if name not in table:
        raise Refusal(f"监督设置里没有“{name}”。", allowed=list(table.keys))
    return table.row(name)["value"]


def days_set(name: str, court: Court | None = None) -> int:
    """A setting that is a number of days."""
    return number_set(SETTINGS, name, court)
