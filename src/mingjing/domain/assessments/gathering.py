"""What a court's registers say about people and departments, gathered by what each entry is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from mingjing.domain.assessments.honours import YearOfWork
from mingjing.domain.reasons import Refusal


class WrongSource(Refusal):
    """A row of the table of sources that cannot be read."""

    code = "wrong-source"


class Sort(Enum):
    """What an entry of a register counts as."""

    TALK = "约谈"
    CIRCULAR = "通报"
    PRAISE = "表扬"
    FAULT = "质量瑕疵"
    BREACH = "违纪"
    CARD = "牌"
    FINDING = "问题"
    MEASURE = "措施"
    WORK = "监督"
    BAR = "取消评先"


ANNUAL = (Sort.TALK, Sort.CIRCULAR, Sort.PRAISE, Sort.FAULT, Sort.BREACH, Sort.CARD)
"""What flows into the annual result."""
SUPERVISION = (Sort.WORK, Sort.MEASURE)
"""What shows that supervision was done."""


@dataclass(frozen=True, slots=True)
class Source:
    """A register to gather from: in which states an entry counts, on which condition (a field and the words
    it may hold), and which fields name the person, the department, the day and the points."""

    label: str
    register: str
    sorts: tuple[Sort, ...]
    states: tuple[str, ...] = ()
    field: str = ""
    words: tuple[str, ...] = ()
    person: str = ""
    unit: str = ""
    day: str = ""
    points: str = ""

    def counts(self, state: str, said: str) -> bool:
        """Whether an entry in this state counts, whose condition field holds ``said``."""
        return (not self.states or state in self.states) and (not self.field or said in self.words)


def read_source(row: Mapping[str, str]) -> Source:
    """A row of the table of sources.

    Raises
    ------
    WrongSource   an unknown sort, or a condition without its words
    """
    label, known = row["label"], {one.value: one for one in Sort}
    named = _several(row["sorts"])
    if unknown := [one for one in named if one not in known]:
        cause = f"廉政归集来源“{label}”的“归入”里没有“{unknown[0]}”。"
        raise WrongSource(cause, allowed=tuple(known))
    field, _, words = row["where"].partition("=")
    if field and not words:
        cause = f"廉政归集来源“{label}”的条件“{row['where']}”没有写内容。"
        raise WrongSource(cause, example="类别=批评")
    return Source(
        label,
        row["code"],
        tuple(known[one] for one in named),
        _several(row["states"]),
        field,
        tuple(words.split("/")) if words else (),
        row["person"],
        row["unit"],
        row["day"],
        row["points"],
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split("、") if one)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register as it counts: ``record`` its key, ``people`` and ``units`` whom it names,
    ``points`` what the register itself took off."""

    source: str
    sorts: tuple[Sort, ...]
    record: int
    on: date
    people: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    points: Fraction | None = None


def of_sorts(entries: Iterable[Entry], *sorts: Sort) -> tuple[Entry, ...]:
    """The entries that count as one of ``sorts``, each record once, by day."""
    found = {one.record: one for one in entries if set(sorts) & set(one.sorts)}
    return tuple(sorted(found.values(), key=lambda one: (one.on, one.record)))


def of_unit(entries: Iterable[Entry], unit: int) -> tuple[Entry, ...]:
    """The entries that name a department."""
    return tuple(one for one in entries if unit in one.units)


def years_of_work(
    entries: Iterable[Entry], since: date, first_year: int, last_full_year: int
) -> tuple[YearOfWork, ...]:
    """Breaches and supervision work of one department (its ``entries``) in each full year known.

    A year counts as known from ``first_year`` on, and only where the department existed on its first day.
    """
    kept = tuple(entries)
    found = []
    for year in range(max(first_year, since.year), last_full_year + 1):
        if since > date(year, 1, 1):
            continue
        own = [one for one in kept if one.on.year == year]
        breaches, work = of_sorts(own, Sort.BREACH), of_sorts(own, *SUPERVISION)
        found.append(YearOfWork(year, len(breaches), len(work)))
    return tuple(found)
