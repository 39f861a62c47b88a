"""Who is told: a role label of a warning ladder, read against the roster of a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import cast

from django.db.models import Q

from mingjing.services.installation import registry
from mingjing.storage.cases.models import Case
from mingjing.storage.kept import Given, ask_rows
from mingjing.storage.people.models import Court, Dated, Department, Oversight, Person, Posting

LADDER = ("承办人", "庭长", "分管院领导", "院长")
"""From the judge upward; a notice or a breach climbs one level at a time."""

ALIASES = {"院领导": "分管院领导", "审管办": "审管办主任"}
HIGHER = "上级法院"
THE_COURT = cast(Court, Given("court"))


@dataclass(frozen=True, slots=True)
class Roster:
    """The posts of one court on one day; load it once for many cases.

    ``posts`` maps (department id or None, post) to its holders, longest serving first; None collects the
    holders of the post anywhere in the court. ``heads`` maps a department id to those whose post counts as
    庭长 in dictionary.posts, heads before deputies; ``leaders`` to those in charge of it (分管).
    """

    court: Court
    on: date
    posts: dict[tuple[int | None, str], list[Person]]
    heads: dict[int, list[Person]]
    leaders: dict[int, list[Person]]

    def recipient(self, case: Case, role_label: str) -> Person | None:
        """Whom ``role_label`` means for ``case``.

        Nobody is told about oneself by way of a higher post: a division head who tries the case is
        skipped upward, and so is a vacant post. The president stays: there is nobody above in the court.
        """
        label = ALIASES.get(role_label, role_label)
        if label == "承办人":
            return case.handler
        if label.startswith(HIGHER):
            return self._of_higher_court(case, label)
        if label not in LADDER:
            return next(iter(self.holders(case, label)), None)
        for level in LADDER[LADDER.index(label) : -1]:
            holders = self.holders(case, level)
            if holders and holders[0].pk != case.handler_id:
                return holders[0]
        return next(iter(self.holders(case, "院长")), None)

    def holders(self, case: Case, label: str) -> list[Person]:
        """Those who hold the level or post for this case, the first of them first; nobody is skipped."""
        place = case.department_id
        if label == "院长":
            return self.posts.get((None, label), [])
        if place is None:
            return [] if label in LADDER else self.posts.get((None, label), [])
        if label == "分管院领导":
            return self.leaders.get(place, [])
        if label == "庭长":
            return self.heads.get(place, [])
        return self.posts.get((place, label)) or self.posts.get((None, label), [])

    def _of_higher_court(self, case: Case, label: str) -> Person | None:
        if self.court.parent is None:
            return None
        above = load_roster(self.court.parent, self.on)
        return above.recipient(Case(handler_id=case.handler_id), label.removeprefix(HIGHER))


def _postings(court: Court) -> Dated[Posting]:
    return Posting.objects.filter(person__court=court).select_related("person").order_by("since", "pk")


def _overseen(court: Court) -> Dated[Oversight]:
    found = Oversight.objects.filter(department__court=court).select_related("leader")
    return found.order_by("since", "pk")


def _holds(row: Posting | Oversight, day: date) -> bool:
    """Whether ``row`` is in force on ``day``, both ends counted."""
    return row.since <= day and (row.until is None or day <= row.until)


def _turns(rows: Iterable[Posting | Oversight]) -> list[date]:
    """The days on which a roster of these rows changes: between two of them it is the same."""
    begun = {row.since for row in rows}
    ended = {row.until + timedelta(days=1) for row in rows if row.until and row.until < date.max}
    return sorted(begun | ended)


def load_roster(court: Court, on: date) -> Roster:
    """The roster of ``court`` on ``on``, in two queries."""
    return _roster(court, on, _postings(court).on(on), _overseen(court).on(on))


def _roster(court: Court, on: date, held: Iterable[Posting], overseen: Iterable[Oversight]) -> Roster:
    posts: dict[tuple[int | None, str], list[Person]] = {}
    heads: dict[int, list[tuple[bool, Person]]] = {}
    known = registry(court).dictionary("dictionary.posts")
    for posting in held:
        posts.setdefault((None, posting.post), []).append(posting.person)
        if posting.department_id is None:
            continue
        posts.setdefault((posting.department_id, posting.post), []).append(posting.person)
        row = known.row(posting.post)
        if row.get("rung") == "庭长":
            deputy = known.row(row.get("above", "")).get("rung") == "庭长"
            heads.setdefault(posting.department_id, []).append((deputy, posting.person))
    leaders: dict[int, list[Person]] = {}
    for oversight in overseen:
        leaders.setdefault(oversight.department_id, []).append(oversight.leader)
    ordered = {
        place: [person for _, person in sorted(found, key=lambda pair: pair[0])]
        for place, found in heads.items()
    }
    return Roster(court=court, on=on, posts=posts, heads=ordered, leaders=leaders)


@dataclass(frozen=True, slots=True)
class Near:
    """A case and the role labels that are asked for it."""

    case: Case
    labels: frozenset[str]


def _rows_of(court: Court) -> tuple[list[Posting], list[Oversight]]:
    """Everybody's posts at a court and who is in charge of what, whenever that was."""
    given = {"court": court.pk}
    return (
        ask_rows("postings of a court", lambda: _postings(THE_COURT), given),
        ask_rows("oversight in a court", lambda: _overseen(THE_COURT), given),
    )


def _rows_near(near: Near) -> tuple[list[Posting], list[Oversight]]:
    """As ``_rows_of``, of the department of a case and of the posts that its labels name."""
    named = {ALIASES.get(label, label) for label in near.labels}
    posts = tuple(sorted(named - set(LADDER) | {LADDER[-1]}))
    given = {"court": near.case.court_id, "department": near.case.department_id}
    place = cast(Department, Given("department"))
    return (
        ask_rows(
            ("postings near a case", posts),
            lambda: _postings(THE_COURT).filter(Q(department=place) | Q(post__in=posts)),
            given,
        ),
        ask_rows("oversight near a case", lambda: _overseen(THE_COURT).filter(department=place), given),
    )


@dataclass(slots=True)
class Rosters:
    """Rosters of many days for one pass over many cases: the rows of a court are read once.

    With ``near`` they are those of one case, and hold only the people its ladders can mean.
    """

    near: Near | None = None
    rows: dict[int, tuple[list[Posting], list[Oversight], list[date]]] = field(default_factory=dict)
    stretches: dict[tuple[int, int], Roster] = field(default_factory=dict)

    def of(self, court: Court, on: date) -> Roster:
        """The roster of ``court`` on ``on``, as it was when the court was first asked for."""
        if court.pk not in self.rows:
            posts, leaders = _rows_of(court) if self.near is None else _rows_near(self.near)
            self.rows[court.pk] = (posts, leaders, _turns([*posts, *leaders]))
        held, overseen, turns = self.rows[court.pk]
        stretch = court.pk, bisect_right(turns, on)
        if stretch not in self.stretches:
            self.stretches[stretch] = _roster(
                court,
                on,
                (row for row in held if _holds(row, on)),
                (row for row in overseen if _holds(row, on)),
            )
        return replace(self.stretches[stretch], on=on)

    def recipient(self, case: Case, role_label: str, on: date) -> Person | None:
        """As the function ``recipient``, without asking the database again."""
        return self.of(case.court, on).recipient(case, role_label)


def recipient(case: Case, role_label: str, on: date) -> Person | None:
    """Whom ``role_label`` means for ``case`` on ``on``; None where the post and all above it are vacant."""
    near = Q(department=case.department_id) | Q(post__in=(ALIASES.get(role_label, role_label), LADDER[-1]))
    held = _postings(case.court).on(on).filter(near)
    overseen = _overseen(case.court).on(on).filter(department=case.department_id)
    return _roster(case.court, on, held, overseen).recipient(case, role_label)


Telling = Callable[[Case, str, date], Person | None]
"""Whom a role label means for a case on a day; ``recipient``, or a ``Rosters`` for many cases."""


def one_level_up(level: str) -> str:
    """The label above ``level`` on the ladder; the president stays the president."""
    place = LADDER.index(ALIASES.get(level, level))
    return LADDER[min(place + 1, len(LADDER) - 1)]
