"""Reading the facts of a case: each as the kind the rule expects, or refused by name."""

from __future__ import annotations

from datetime import date

from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.rules import Fact, Facts
from mingjing.domain.reasons import MissingFact, Refusal

YES, NO = "是", "否"


class WrongFact(Refusal):
    """A fact is there, but not of the kind the rule needs."""

    code = "wrong-fact"


def day_or_moment(facts: Facts, name: str) -> date:
    """A day; a moment where the fact has an hour (``datetime`` is a ``date``). Refuses absence."""
    fact = facts.get(name)
    if isinstance(fact, date):
        return fact
    if fact is None:
        raise MissingFact(f"缺少“{name}”，不能推算。", example=f"{name}：2024-03-13")
    raise _wrong(name, fact, "一个日期", f"{name}：2024-03-13")


def days(facts: Facts, name: str) -> tuple[date, ...]:
    """Days or moments, none where the fact is absent."""
    fact = facts.get(name)
    if fact is None:
        return ()
    if isinstance(fact, date):
        return (fact,)
    if isinstance(fact, tuple):
        found = tuple(one for one in fact if isinstance(one, date))
        if len(found) == len(fact):
            return found
    raise _wrong(name, fact, "一个或几个日期", f"{name}：2024-05-01")


def spans(facts: Facts, name: str) -> tuple[Span, ...]:
    """Spans, none where the fact is absent."""
    fact = facts.get(name)
    if fact is None:
        return ()
    if isinstance(fact, tuple):
        found = tuple(one for one in fact if isinstance(one, Span))
        if len(found) == len(fact):
            return found
    raise _wrong(name, fact, "起止日期", f"{name}：2024-04-01 至 2024-04-20")


def durations(facts: Facts, name: str) -> tuple[Duration, ...]:
    """Durations, none where the fact is absent."""
    fact = facts.get(name)
    if fact is None:
        return ()
    if isinstance(fact, Duration):
        return (fact,)
    if isinstance(fact, tuple):
        found = tuple(one for one in fact if isinstance(one, Duration))
        if len(found) == len(fact):
            return found
    raise _wrong(name, fact, "时长", f"{name}：1 个月")


def flag(facts: Facts, name: str) -> bool | None:
    """是 or 否, None where nobody said."""
    fact = facts.get(name)
    if fact is None or isinstance(fact, bool):
        return fact
    if fact in (YES, NO):
        return fact == YES
    raise _wrong(name, fact, "“是”或“否”", f"{name}：是")


def word(fact: Fact) -> str:
    """The fact as a definition would write it: 是, 否, a word, an ISO day."""
    if isinstance(fact, bool):
        return YES if fact else NO
    return str(fact)


def _wrong(name: str, fact: Fact, wanted: str, example: str) -> WrongFact:
    return WrongFact(f"“{name}”应当是{wanted}，收到的是“{fact}”。", example=example)
