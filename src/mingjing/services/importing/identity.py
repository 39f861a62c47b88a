"""Recognising what is already there: cases by number, events by what and when, people by name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from mingjing.domain.reasons import Refusal
from mingjing.imports.rows import EventRow
from mingjing.storage.people.models import Court, Department, Person, Posting

JUDGE = "审判员"


class TwoPeople(Refusal):
    """A name fits two people of the court, and nothing says which."""

    code = "two-people"


def event_keys(events: Iterable[EventRow]) -> list[str]:
    """A stable key per event of one case: kind and time, and its number among equals.

    The same file read again gives the same keys, whatever order its rows stand in.
    """
    seen: dict[str, int] = {}
    keys = []
    for event in events:
        moment = event.moment
        base = (
            _of_day(event.kind, event.happened) if moment is None else _base(event.kind, moment.isoformat())
        )
        count = seen[base] = seen.get(base, 0) + 1
        keys.append(base if count == 1 else f"{base}#{count}")
    return keys


@lru_cache(maxsize=65_536)
def _of_day(kind: str, day: date) -> str:
    return _base(kind, day.isoformat())


@lru_cache(maxsize=16_384)
def _base(kind: str, when: str) -> str:
    return hashlib.sha256(f"{kind}|{when}".encode()).hexdigest()[:24]


@dataclass(slots=True)
class Directory:
    """Departments and people of a court by name, with those an import will have to create.

    People are matched by staff number where given, else by name within the department, else by name within
    the court if only one bears it.
    """

    court: Court
    departments: dict[str, Department] = field(default_factory=dict)
    by_number: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=dict)
    home: dict[int, set[int]] = field(default_factory=dict)
    new_departments: dict[str, None] = field(default_factory=dict)
    new_people: dict[str, None] = field(default_factory=dict)
    _meant: dict[tuple[str, str, str], Person | None] = field(default_factory=dict)

    @classmethod
    def of(cls, court: Court) -> Directory:
        """The court's directory as stored. Three queries."""
        known = cls(court)
        known.departments = {d.name: d for d in Department.objects.filter(court=court)}
        for person in Person.objects.filter(court=court):
            known.by_number[person.staff_number] = person
            known.by_name.setdefault(person.name, []).append(person)
        for person_id, department_id in Posting.objects.filter(
            person__court=court, department__isnull=False
        ).values_list("person_id", "department_id"):
            known.home.setdefault(person_id, set()).add(department_id)
        return known

    def department(self, name: str, since: date, *, create: bool) -> Department | None:
        """The department called ``name``; a missing one is created, or only noted in a preview."""
        found = self.departments.get(name)
        if found is not None or not name:
            return found
        self.new_departments[name] = None
        if not create:
            return None
        made = Department.objects.create(
            court=self.court, name=name, since=since, order=min(len(self.departments), 32_000)
        )
        self.departments[name] = made
        self._meant.clear()
        return made

    def department_of(self, pk: int | None) -> Department | None:
        """The department with this key."""
        return next((one for one in self.departments.values() if one.pk == pk), None)

    def known_person(self, name: str, number: str, place: str) -> Person | None:
        """The person meant, if already known. A staff number that is not known is somebody new.

        Raises
        ------
        TwoPeople   the name alone does not say who
        """
        asked = (name, number, place)
        if asked not in self._meant:
            self._meant[asked] = self._person(name, number, place)
        return self._meant[asked]

    def _person(self, name: str, number: str, place: str) -> Person | None:
        if number:
            return self.by_number.get(number)
        namesakes = self.by_name.get(name, [])
        department = self.departments.get(place)
        if department is not None and len(namesakes) > 1:
            namesakes = [p for p in namesakes if department.pk in self.home.get(p.pk, ())] or namesakes
        if len(namesakes) > 1:
            numbers = [p.staff_number for p in namesakes]
            raise TwoPeople(
                f"本院有 {len(namesakes)} 名“{name}”，请补“承办人工号”。", allowed=numbers, example=numbers[0]
            )
        return namesakes[0] if namesakes else None

    def engage(
        self, name: str, number: str, department: Department | None, since: date, *, create: bool
    ) -> Person | None:
        """Somebody new, created with a posting, or only noted in a preview."""
        self.new_people[f"{name}（{number}）" if number else name] = None
        if not create:
            return None
        made = Person.objects.create(court=self.court, name=name, staff_number=number or self._free_number())
        Posting.objects.create(person=made, department=department, post=JUDGE, since=since)
        self.by_number[made.staff_number] = made
        self.by_name.setdefault(name, []).append(made)
        if department is not None:
            self.home.setdefault(made.pk, set()).add(department.pk)
        self._meant.clear()
        return made

    def _free_number(self) -> str:
        """A staff number nobody has, for people of whom only the name is known."""
        place = len(self.by_number) + 1
        while f"导入{place:04d}" in self.by_number:
            place += 1
        return f"导入{place:04d}"
