"""The flag, the departments that find but do not act, and who may stand for an award, each with its sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingjing.domain.assessments.gathering import Sort, of_sorts, of_unit
from mingjing.domain.assessments.honours import Bar, Silence, silence
from mingjing.domain.assessments.sheets import Sheet
from mingjing.domain.dates.periods import Period
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.assessments.gatherings import keeps_integrity, require_keeper
from mingjing.services.records.eligibility import bars_for_person, bars_for_unit
from mingjing.services.records.flags import FlagLine, flags_of
from mingjing.services.records.gathering import gathered, setting
from mingjing.services.records.opening import openings
from mingjing.services.records.versions import register_at, registers_on, value_of
from mingjing.services.records.words import by_label, keys_of
from mingjing.storage.people.models import Court, Department, Person
from mingjing.storage.records.models import Record

TITLE, NAMED = "ledger.title", "已命名"
MARKS = "dictionary.priority_marks"


@dataclass(frozen=True, slots=True)
class SilenceLine:
    """A department in a period: how many findings, how many measures, and what that means."""

    unit: int
    name: str
    findings: int
    measures: int
    verdict: Silence


@dataclass(frozen=True, slots=True)
class Mark:
    """A title somebody holds: shown beside their name, never scored (R-037)."""

    title: str
    year: str
    number: str
    record: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands against a nomination on a day, and the titles that speak for it."""

    name: str
    on: date
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


def flag_lines(actor: Actor) -> tuple[FlagLine, ...]:
    """Every department, up to the last full year. Raises NotVisible for whoever does not keep them."""
    require_keeper(actor)
    return flags_of(actor.court, actor.on)


def silence_lines(actor: Actor, period: Period) -> tuple[SilenceLine, ...]:
    """Every department with its findings and measures of a period: listed, at work, or not judged.

    Raises NotVisible for whoever does not keep them.
    """
    require_keeper(actor)
    threshold = setting(actor.court, "findings")
    entries = gathered(actor.court, period.first, period.last, (Sort.FINDING, Sort.MEASURE))
    found = []
    for place in Department.objects.filter(court=actor.court).on(actor.on).order_by("order", "name"):
        own = of_unit(entries, place.pk)
        findings, measures = len(of_sorts(own, Sort.FINDING)), len(of_sorts(own, Sort.MEASURE))
        verdict = silence(findings, measures, threshold=threshold)
        found.append(SilenceLine(place.pk, place.name, findings, measures, verdict))
    return tuple(found)


def may_check(actor: Actor) -> bool:
    """Whether the actor nominates for any award, or keeps the integrity assessment."""
    return keeps_integrity(actor) or any(
        isinstance(value, Sheet) and value.eligible and openings(actor, register.id)
        for register in registers_on(actor.court, actor.on)
        if register.kind == "sheet"
        for value in (value_of(actor.court, register.id, actor.on),)
    )


def standing_of(actor: Actor, on: date, *, person: int = 0, unit: int = 0) -> Standing:
    """Whether a person or a department may be nominated on a day. Raises NotVisible."""
    if not may_check(actor):
        raise NotVisible
    if unit:
        place = Department.objects.filter(court=actor.court, pk=unit).first()
        if place is None:
            raise NotVisible
        return Standing(
            place.name, on, bars_for_unit(actor.court, unit, on), marks_of(actor.court, unit=unit)
        )
    whom = Person.objects.filter(court=actor.court, pk=person).first()
    if whom is None:
        raise NotVisible
    bars = bars_for_person(actor.court, whom.pk, on)
    return Standing(whom.name, on, bars, marks_of(actor.court, person=whom.pk))


def marks_of(court: Court, *, person: int = 0, unit: int = 0) -> tuple[Mark, ...]:
    """The titles a person holds, or a department by itself, the newest first."""
    rows = Record.objects.filter(court=court, register=TITLE, state=NAMED).order_by("-pk")
    found = []
    for row in rows:
        holder = row.data.get("person")
        if (holder == person) if person else (holder is None and row.unit_id == unit):
            found.append(Mark(str(row.data["what"]), str(row.data["year"]), row.number, row.pk))
    return tuple(found)


def marks_beside(record: Record) -> tuple[Mark, ...]:
    """The titles of whom a record puts forward, where dictionary.priority_marks has them shown."""
    rows = registry(record.court).dictionary(MARKS).rows
    labels = [row["person"] for row in rows if row["code"] == record.register]
    if not labels:
        return ()
    values = by_label(register_at(record), record.data)
    people = sorted(key for label in labels for key in keys_of(values.get(label)))
    return tuple(mark for person in people for mark in marks_of(record.court, person=person))
