"""What a court has ever registered: an event nobody writes down here makes no nought, it makes no data."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from mingjing.definitions.shelf import Shelf
from mingjing.definitions.values.populations import DATE_OF, EVENTS
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.indicators.counts import CASES, Count, Indicator
from mingjing.domain.indicators.figures import Figure, figure, untold
from mingjing.domain.indicators.tallying import Tallied
from mingjing.domain.reasons import Answer
from mingjing.services.figures.asked import overs_of
from mingjing.services.installation import registry
from mingjing.services.screening_facts import BY_MILESTONE
from mingjing.storage.indicators.models import Tally
from mingjing.storage.kept import ask
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record

ALWAYS = frozenset({"立案日期", "结案日期"})
"""Days that belong to every case; a court without one has no such case, and nought is true."""
KIND = "事项"


@dataclass(frozen=True)
class Registered:
    """What some courts have ever registered, by the words of ``shelf``."""

    shelf: Shelf
    days: frozenset[str]
    registers: frozenset[str]

    @classmethod
    def of(cls, court: Court, courts: Collection[int], indicators: Collection[Indicator]) -> Registered:
        """What any of ``courts`` registered, as far as these indicators ask, in the words of ``court``."""
        found = cls(registry(court), frozenset(), frozenset())
        for one in cls.by_court(court, courts, indicators).values():
            found = found.with_(one)
        return found

    @classmethod
    def by_court(
        cls, court: Court, courts: Collection[int], indicators: Collection[Indicator]
    ) -> dict[int, Registered]:
        """As ``of``, for each of ``courts`` by itself. Two statements, however many courts and registers."""
        days = dict(Tally.objects.filter(pk__in=courts).values_list("pk", "registered"))
        asked = {over for one in indicators for over in overs_of(one)} - {CASES, EVENTS}
        there = _there(courts, sorted(asked))
        shelf = registry(court)
        return {one: cls(shelf, frozenset(days.get(one, ())), there[one]) for one in courts}

    def with_(self, other: Registered) -> Registered:
        """What this one or another has."""
        return replace(self, days=self.days | other.days, registers=self.registers | other.registers)

    def lacking(self, indicator: Indicator) -> str:
        """Why the counts of an indicator say nothing here, empty where they do."""
        registers = overs_of(indicator) - {CASES, EVENTS}
        if registers and not registers & self.registers:
            words = "、".join(f"“{self._label(one)}”" for one in sorted(registers))
            return f"{words}里还没有一条记录，零说明不了什么。"
        silent = dict.fromkeys(word for count in indicator.parts for word in self._silent(indicator, count))
        if not silent:
            return ""
        return f"这里从来没有登记过{'、'.join(f'“{word}”' for word in silent)}，零说明不了什么。"

    def figure(self, indicator: Indicator, tallied: Tallied) -> Answer[Figure]:
        """The figure, or 无数据 with the reason where the counts say nothing here."""
        answer, reason = figure(indicator, tallied), self.lacking(indicator)
        return untold(answer, reason) if reason else answer

    def _label(self, id_: str) -> str:
        register = self.shelf.newest_register(id_)
        return register.label if register else id_

    def _silent(self, indicator: Indicator, count: Count) -> Iterator[str]:
        """The events a count asks for of which none was ever registered."""
        root = indicator.lineage(count.label)[0]
        if root.over == CASES and count is root and count.on:
            event = self._event_of(count.on)
            if event and count.on not in self.days:
                yield event
        if root.over == EVENTS and count.where is not None:
            named = kinds_named(count.where)
            if named and not any(f"{one}{DATE_OF}" in self.days for one in named):
                yield from named

    def _event_of(self, day: str) -> str:
        """The event whose first day a field of a case is, empty for every other field."""
        if day in ALWAYS:
            return ""
        events = self.shelf.dictionary_or_none("dictionary.events")
        word = BY_MILESTONE.get(day, day.removesuffix(DATE_OF))
        return word if events is not None and word in events.keys else ""


def _there(courts: Collection[int], registers: Sequence[str]) -> dict[int, frozenset[str]]:
    """Which of ``registers`` have any record at each of ``courts``."""
    if not registers:
        return dict.fromkeys(courts, frozenset())

    def compose() -> QuerySet[Court, Any]:
        asked = {
            f"register{place}": Exists(Record.objects.filter(court=OuterRef("pk"), register=register))
            for place, register in enumerate(registers)
        }
        return Court.objects.filter(pk__in=courts).order_by().annotate(**asked).values_list("pk", *asked)

    rows = ask(("registers there", tuple(courts), tuple(registers)), compose, {})
    return {
        court: frozenset(register for register, there in zip(registers, found, strict=True) if there)
        for court, *found in rows
    }


def kinds_named(where: Expression) -> list[str]:
    """The events a condition names: what 事项 is compared with."""
    found: list[str] = []
    for node in ast.walk(where.tree):
        if not isinstance(node, ast.Compare) or not isinstance(node.left, ast.Name) or node.left.id != KIND:
            continue
        if isinstance(node.ops[0], (ast.Eq, ast.In)):
            found += _words(node.comparators[0])
    return found


def _words(node: ast.expr) -> list[str]:
    if isinstance(node, (ast.Tuple, ast.List)):
        return [word for one in node.elts for word in _words(one)]
    if isinstance(node, ast.Name):
        return [node.id]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []
