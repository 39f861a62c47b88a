"""What was gathered, as people see it: every number opens its entries, every entry its record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mingjing.domain.assessments.gathering import ANNUAL, Entry, Sort, of_sorts
from mingjing.domain.assessments.scoring import short
from mingjing.domain.dates.periods import Period, read_period
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.gathering import about, gathered
from mingjing.services.records.sight import sight_of
from mingjing.services.records.standing import hands_of
from mingjing.services.records.versions import registers_on
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Record

KEEPER = "card.three_colours"
"""Whoever sees every card keeps the integrity assessment: 政治部, 督察, 党组, 派驻纪检组."""


@dataclass(frozen=True, slots=True)
class GatheredLine:
    """One entry: ``record`` is None where its reader may know that it is there, but not read it."""

    source: str
    sorts: str
    on: date
    number: str
    title: str
    state: str
    people: str
    units: str
    points: str
    record: int | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The entries about somebody, a department, or everybody, in a period. ``hidden``: how many of them the
    reader may not read; ``points``: what the registers themselves took off, or nothing."""

    period: Period
    whom: str
    sort: str
    lines: tuple[GatheredLine, ...]
    counts: tuple[tuple[str, int], ...]
    points: str

    @property
    def hidden(self) -> int:
        """Entries that are counted but not shown."""
        return sum(one.record is None for one in self.lines)


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A department's year: how many entries of each sort that flows into the annual result."""

    unit: int
    name: str
    counts: tuple[int, ...]


def keeps_integrity(actor: Actor) -> bool:
    """Whether the actor is one of those who keep the integrity assessment."""
    register = next((one for one in registers_on(actor.court, actor.on) if one.id == KEEPER), None)
    return register is not None and actor.may("查看台账") and sight_of(actor, register).whole


def require_keeper(actor: Actor) -> None:
    """Refuse everybody else. Raises NotVisible."""
    if not keeps_integrity(actor):
        raise NotVisible


def period_named(actor: Actor, code: str) -> Period:
    """A year or a quarter by its code, this year where nothing is said. Raises NotVisible, Unreadable."""
    found = read_period(code or str(actor.on.year))
    if found.first > actor.on:
        raise NotVisible
    return found


def unit_years(actor: Actor, period: Period) -> tuple[UnitYear, ...]:
    """Every department with what flows into its annual result."""
    require_keeper(actor)
    entries = gathered(actor.court, period.first, period.last, ANNUAL)
    places = Department.objects.filter(court=actor.court).on(actor.on).order_by("order", "name")
    return tuple(
        UnitYear(
            one.pk,
            one.name,
            tuple(len(of_sorts((e for e in entries if one.pk in e.units), sort)) for sort in ANNUAL),
        )
        for one in places
    )


def about_unit(actor: Actor, unit: int, period: Period, sorts: Collection[Sort] = ANNUAL) -> Gathered:
    """What is gathered about a department. Raises NotVisible."""
    require_keeper(actor)
    place = Department.objects.filter(court=actor.court, pk=unit).first()
    if place is None:
        raise NotVisible
    found = about(actor.court, period, sorts, unit=unit)
    return _told(actor, period, place.name, sorts, found, whole=True)


def about_person(actor: Actor, person: int, period: Period, sorts: Collection[Sort] = ANNUAL) -> Gathered:
    """What is gathered about a person, cards of their departments with it; oneself sees what one may read.

    Raises NotVisible.
    """
    whom = Person.objects.filter(court=actor.court, pk=person).first()
    keeper = keeps_integrity(actor)
    if whom is None or not (keeper or person == actor.person.pk):
        raise NotVisible
    found = about(actor.court, period, sorts, person=person)
    return _told(actor, period, whom.name, sorts, found, whole=keeper)


def _told(
    actor: Actor,
    period: Period,
    whom: str,
    sorts: Collection[Sort],
    kept: tuple[Entry, ...],
    *,
    whole: bool,
) -> Gathered:
    records = _readable(actor, kept)
    shown = [one for one in kept if whole or one.record in records]
    rows = Record.objects.in_bulk([one.record for one in shown])
    people = _names(Person, (key for one in shown for key in one.people))
    units = _names(Department, (key for one in shown for key in one.units))
    lines = tuple(_line(one, rows[one.record], one.record in records, people, units) for one in shown)
    counts = tuple((sort.value, len(of_sorts(shown, sort))) for sort in sorts)
    taken = [one.points for one in shown if one.points is not None]
    points = short(sum(taken[1:], taken[0])) if taken else ""
    named = sorts[0].value if isinstance(sorts, tuple) and len(sorts) == 1 else ""
    return Gathered(period, whom, named, lines, counts, points)


def _line(
    entry: Entry, row: Record, readable: bool, people: Mapping[int, str], units: Mapping[int, str]
) -> GatheredLine:
    return GatheredLine(
        entry.source,
        "、".join(one.value for one in entry.sorts),
        entry.on,
        row.number,
        row.title if readable else "您看不到内容，请向归口部门核对",
        row.state if readable else "",
        "、".join(people[one] for one in sorted(entry.people)),
        "、".join(units[one] for one in sorted(entry.units)),
        "" if entry.points is None else short(entry.points),
        row.pk if readable else None,
    )


def _names(model: type[Person] | type[Department], keys: Iterable[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=set(keys)).values_list("pk", "name"))


def _readable(actor: Actor, entries: Iterable[Entry]) -> frozenset[int]:
    """The records among entries that the actor may read."""
    wanted = {one.record for one in entries}
    kinds = set(Record.objects.filter(pk__in=wanted).values_list("register", flat=True))
    hands = hands_of(actor)
    found: set[int] = set()
    for register in registers_on(actor.court, actor.on):
        if register.id in kinds:
            rows = Record.objects.filter(sight_of(actor, register, hands).where, pk__in=wanted)
            found |= set(rows.values_list("pk", flat=True))
    own = Record.objects.filter(pk__in=wanted, subject=actor.person)
    return frozenset(found | set(own.values_list("pk", flat=True)))
