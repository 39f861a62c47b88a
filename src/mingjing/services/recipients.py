"""Who is told: a role label of a warning ladder, read against the roster of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Oversight, Person, Posting

LADDER = ("承办人", "庭长", "分管院领导", "院长")
"""From the judge upward; a notice or a breach climbs one level at a time."""

ALIASES = {"院领导": "分管院领导", "审管办": "审管办主任"}
HIGHER = "上级法院"


@dataclass(frozen=True, slots=True)
class Roster:
    """The posts of one court on one day; load it once for many cases.

    ``posts`` maps (department id or None, post) to its holders, longest serving first; None collects the
    holders of the post anywhere in the court. ``leaders`` maps a department id to those in charge of it.
    """

    court: Court
    on: date
    posts: dict[tuple[int | None, str], tuple[Person, ...]]
    leaders: dict[int, tuple[Person, ...]]

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
            return _first(self._holders(case, label))
        for level in LADDER[LADDER.index(label) : -1]:
            found = [person for person in self._holders(case, level) if person.pk != case.handler_id]
            if found:
                return found[0]
        return _first(self._holders(case, "院长"))

    def _holders(self, case: Case, label: str) -> tuple[Person, ...]:
        place = case.department_id
        if label == "分管院领导":
            return self.leaders.get(place, ()) if place else ()
        if label == "庭长":
            heads = self.posts.get((place, "庭长"), ()) if place else ()
            return heads or (self.posts.get((place, "副庭长"), ()) if place else ())
        mine = self.posts.get((place, label), ()) if place else ()
        return mine or self.posts.get((None, label), ())

    def _of_higher_court(self, case: Case, label: str) -> Person | None:
        if self.court.parent is None:
            return None
        post = label.removeprefix(HIGHER)
        return load_roster(self.court.parent, self.on).recipient(Case(handler=case.handler), post)


def load_roster(court: Court, on: date) -> Roster:
    """The roster of ``court`` on ``on``, in two queries."""
    posts: dict[tuple[int | None, str], list[Person]] = {}
    held = Posting.objects.on(on).filter(person__court=court)
    for posting in held.select_related("person").order_by("since", "pk"):
        posts.setdefault((None, posting.post), []).append(posting.person)
        if posting.department_id:
            posts.setdefault((posting.department_id, posting.post), []).append(posting.person)
    leaders: dict[int, list[Person]] = {}
    overseen = Oversight.objects.on(on).filter(department__court=court)
    for oversight in overseen.select_related("leader").order_by("since", "pk"):
        leaders.setdefault(oversight.department_id, []).append(oversight.leader)
    return Roster(
        court=court,
        on=on,
        posts={place: tuple(people) for place, people in posts.items()},
        leaders={place: tuple(people) for place, people in leaders.items()},
    )


def recipient(case: Case, role_label: str, on: date) -> Person | None:
    """Whom ``role_label`` means for ``case`` on ``on``; None where the post and all above it are vacant."""
    return load_roster(case.court, on).recipient(case, role_label)


def one_level_up(level: str) -> str:
    """The label above ``level`` on the ladder; the president stays the president."""
    place = LADDER.index(ALIASES.get(level, level))
    return LADDER[min(place + 1, len(LADDER) - 1)]


def _first(people: tuple[Person, ...]) -> Person | None:
    return people[0] if people else None
