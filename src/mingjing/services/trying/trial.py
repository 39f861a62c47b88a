"""What came of a trial: counted in full, listed up to a bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from mingjing.definitions.definition import Definition
from mingjing.definitions.problems import Problem

LISTED = 200
"""Lines kept of each list; what lies beyond is only counted."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changed:
    """A clock or proposal that would read otherwise; ``before`` or ``after`` is empty where there is none."""

    case_id: int
    number: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """Whom a rule tells, on which day, in which colour (empty for proposals and entry checks)."""

    person: str
    on: date
    colour: str
    case_id: int
    number: str
    label: str


@dataclass(slots=True)
class Listed(Generic[T]):
    """The first ``LISTED`` of many, and how many there were."""

    rows: list[T] = field(default_factory=list)
    count: int = 0

    def add(self, row: T) -> None:
        """Count a row, and keep it while there is room."""
        self.count += 1
        if len(self.rows) < LISTED:
            self.rows.append(row)

    @property
    def beyond(self) -> int:
        """How many were counted and not kept."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Burden:
    """How often one person would be told something by the tried rule: in all, before it, on the worst day."""

    person: str
    reminders: int
    before: int
    most: int
    heaviest: date | None


@dataclass(slots=True)
class Load:
    """Reminders by person and day; a number is kept for each day on which somebody is told anything."""

    days: Counter[tuple[str, date]] = field(default_factory=Counter)

    def add(self, told: Iterable[Told]) -> None:
        """Count reminders."""
        self.days.update((one.person, one.on) for one in told)

    def by_person(self) -> Counter[str]:
        """Reminders in all, by person."""
        found: Counter[str] = Counter()
        for (person, _), count in self.days.items():
            found[person] += count
        return found

    def over(self, budget: int) -> int:
        """Days of one person with more reminders than ``budget``."""
        return sum(count > budget for count in self.days.values())


@dataclass(slots=True)
class Trial:
    """The outcome of trying a draft as of ``on``; where there are ``problems`` nothing was computed.

    What is looked at are cases, or with ``of_records`` the records of a register: ``seen`` of them (``more``
    says that there are others), ``concerned`` of them the rule applies to, ``cases`` of them would change.
    """

    on: date
    problems: tuple[Problem, ...] = ()
    draft: Definition | None = None
    of_records: bool = False
    replaces: str = ""
    examples: int = 0
    failed_examples: tuple[str, ...] = ()
    seen: int = 0
    more: bool = False
    concerned: int = 0
    cases: int = 0
    newly_late: int = 0
    no_longer_late: int = 0
    changed: Listed[Changed] = field(default_factory=Listed)
    warned: Listed[Told] = field(default_factory=Listed)
    spared: Listed[Told] = field(default_factory=Listed)
    before: Load = field(default_factory=Load)
    after: Load = field(default_factory=Load)

    def burdens(self) -> list[Burden]:
        """One line a person, the heaviest day first."""
        worst: dict[str, tuple[int, date]] = {}
        for (person, day), count in sorted(self.after.days.items(), key=lambda item: item[0][1]):
            if count > worst.get(person, (0, day))[0]:
                worst[person] = (count, day)
        before, after = self.before.by_person(), self.after.by_person()
        found = [
            Burden(person, after[person], before[person], *worst.get(person, (0, None)))
            for person in before.keys() | after.keys()
        ]
        return sorted(found, key=lambda one: (-one.most, -one.reminders, one.person))
