"""Who the words 全体干警, 院领导, 各部门, 各党支部 mean at a court on a day (dictionary.rosters)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.domain.dates.durations import read_duration
from mingjing.domain.dates.offsets import day_before
from mingjing.domain.reasons import Unreadable
from mingjing.services.installation import registry
from mingjing.services.recipients import load_roster
from mingjing.storage.people.models import Court, Department, Oversight, Person, Posting

ROSTERS, POSTS = "dictionary.rosters", "dictionary.posts"
PEOPLE, UNITS, LED = "人员", "部门", "所辖人员"
ALL, OWN_UNIT = "全部", "本部门"
QUOTA, HEADS = "员额法官", "负责人"
HEAD_RUNG = "庭长"


@dataclass(frozen=True, slots=True)
class Member:
    """One obliged. ``key`` is a person's or a department's; ``unit`` the department (a person's first one),
    ``person`` who answers: the person, or the head of the department; ``word`` the roster it came from."""

    key: int
    name: str
    unit: int | None
    person: int | None
    word: str


@dataclass(frozen=True)
class Book:
    """The people and departments of a court on a day, read once for many rosters."""

    court: Court
    on: date

    @cached_property
    def postings(self) -> tuple[Posting, ...]:
        """Every posting in force, first the longest held."""
        rows = Posting.objects.filter(person__court=self.court).on(self.on)
        return tuple(rows.select_related("person", "department").order_by("since", "pk"))

    @cached_property
    def departments(self) -> tuple[Department, ...]:
        """Every department, in its order."""
        return tuple(Department.objects.filter(court=self.court).on(self.on).order_by("order", "pk"))

    @cached_property
    def heads(self) -> Mapping[int, list[Person]]:
        """Department → its heads, deputies last."""
        return load_roster(self.court, self.on).heads


def is_of_units(court: Court, word: str) -> bool:
    """Whether a roster lists departments. Raises Unreadable for a word nobody defined."""
    return _row(registry(court).dictionary(ROSTERS), word)["object"] == UNITS


def roster(court: Court, words: Iterable[str], on: date, book: Book | None = None) -> tuple[Member, ...]:
    """Everybody the words mean on ``on``, each once, under the first word that fits. ``book`` is used where
    it is of that court and day.

    Raises
    ------
    Unreadable   a word is not in dictionary.rosters, or means people only towards somebody (所辖人员)
    """
    table = registry(court).dictionary(ROSTERS)
    read = book if book is not None and (book.court, book.on) == (court, on) else Book(court, on)
    found: dict[int, Member] = {}
    for word in words:
        row = _row(table, word)
        if row["object"] == LED:
            raise Unreadable(f"“{word}”要看是谁的所辖人员，不能单独用作名册。", example="全体干警")
        members = _units(read, word, row) if row["object"] == UNITS else _people(read, word, row)
        for member in members:
            found.setdefault(member.key, member)
    return tuple(found.values())


def units_meant(court: Court, words: Iterable[str], places: Iterable[Department]) -> frozenset[int]:
    """The keys of those departments among ``places`` that the words mean.

    Raises
    ------
    Unreadable   a word is not in dictionary.rosters
    """
    table, known = registry(court).dictionary(ROSTERS), tuple(places)
    rows = [_row(table, word) for word in words]
    return frozenset(place.pk for place in known if any(_is_meant(place, row) for row in rows))


def targets(
    court: Court, word: str, people: Collection[int], on: date
) -> Mapping[int, tuple[tuple[int, str], ...]]:
    """For each of ``people``: whom the word means towards them on ``on``, as (key, name) without themselves.

    A leader is answered by the people of the departments in charge, a head (本部门) by those of their own.
    Whoever came within the grace of the roster before ``on`` is left out.
    """
    row = _row(registry(court).dictionary(ROSTERS), word)
    if row["object"] != LED:
        everybody = tuple((one.key, one.name) for one in roster(court, (word,), on))
        return {key: tuple(pair for pair in everybody if pair[0] != key) for key in people}
    places = _headed(court, people, on) if row.get("mark") == OWN_UNIT else _led(people, on)
    newest = _newest(court, row.get("grace", ""), on)
    staff: dict[int, dict[int, str]] = {}
    for posting in _postings(Book(court, on), row):
        if posting.department_id and (newest is None or posting.since <= newest):
            staff.setdefault(posting.department_id, {})[posting.person_id] = posting.person.name
    return {
        key: tuple(
            (person, name)
            for person, name in sorted(
                {p: n for place in places.get(key, ()) for p, n in staff.get(place, {}).items()}.items()
            )
            if person != key
        )
        for key in people
    }


def _row(table: Dictionary, word: str) -> Mapping[str, str]:
    if word not in table:
        raise Unreadable(f"没有“{word}”这个名册。", allowed=tuple(table.keys), example="全体干警")
    return table.row(word)


def _words(cell: str) -> frozenset[str]:
    return frozenset(part for part in cell.split("、") if part)


def _postings(book: Book, row: Mapping[str, str]) -> list[Posting]:
    """The postings of a roster of people, first the longest held."""
    known = registry(book.court).dictionary(POSTS)
    groups, posts = _words(row.get("groups", "")), _words(row.get("posts", ""))
    but, fields, mark = _words(row.get("but", "")), _words(row.get("fields", "")), row.get("mark", "")
    found = []
    for posting in book.postings:
        post = known.row(posting.post)
        group = post.get("group", "")
        field = posting.department.field if posting.department else ""
        wanted = ALL in groups or group in groups or posting.post in posts or bool(fields & {field})
        if not wanted or but & {posting.post, group}:
            continue
        if mark == QUOTA and post.get("quota") != "是":
            continue
        if mark == HEADS and not _is_head(known, posting):
            continue
        found.append(posting)
    return found


def _is_head(known: Dictionary, posting: Posting) -> bool:
    """Whether the post is that of a department's head and not of a deputy."""
    row = known.row(posting.post)
    deputy = known.row(row.get("above", "")).get("rung") == HEAD_RUNG
    return posting.department_id is not None and row.get("rung") == HEAD_RUNG and not deputy


def _people(book: Book, word: str, row: Mapping[str, str]) -> list[Member]:
    """Each person once; the department is that of the posting that brought them in, where it has one."""
    found: dict[int, Member] = {}
    for posting in _postings(book, row):
        known = found.get(posting.person_id)
        if known is None or known.unit is None:
            person = posting.person
            found[person.pk] = Member(person.pk, person.name, posting.department_id, person.pk, word)
    return sorted(found.values(), key=lambda one: one.key)


def _units(book: Book, word: str, row: Mapping[str, str]) -> list[Member]:
    found = []
    for place in book.departments:
        if _is_meant(place, row):
            first = next(iter(book.heads.get(place.pk, [])), None)
            found.append(Member(place.pk, place.name, place.pk, first.pk if first else None, word))
    return found


def _is_meant(place: Department, row: Mapping[str, str]) -> bool:
    """Whether a roster of departments lists one."""
    fields, but = _words(row.get("fields", "")), _words(row.get("but", ""))
    return (ALL in fields or place.field in fields) and place.field not in but


def _led(people: Collection[int], on: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in Oversight.objects.on(on).filter(leader__in=people):
        found.setdefault(row.leader_id, set()).add(row.department_id)
    return found


def _headed(court: Court, people: Collection[int], on: date) -> dict[int, set[int]]:
    known = registry(court).dictionary(POSTS)
    found: dict[int, set[int]] = {}
    for row in Posting.objects.on(on).filter(person__in=people, department__isnull=False):
        if known.row(row.post).get("rung") == HEAD_RUNG and row.department_id is not None:
            found.setdefault(row.person_id, set()).add(row.department_id)
    return found


def _newest(court: Court, grace: str, on: date) -> date | None:
    """The last day on which somebody may have come and still be expected."""
    if not grace:
        return None
    return day_before(on, read_duration(grace), registry(court).calendar(court.calendar))
