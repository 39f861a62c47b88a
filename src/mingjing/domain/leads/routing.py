"""Who may receive a lead: never the person reported, never anybody that person answers to.

The organisation is given as it stands on one day. Persons, departments and courts are keys (int).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mingjing.domain.reasons import Refusal, Step


class NoReceiver(Refusal):
    """Everybody who might receive the lead, up to the highest court, is reported or stands above them."""

    code = "no-receiver"


@dataclass(frozen=True, slots=True)
class Seat:
    """A post somebody holds; ``unit`` is None for posts of the court's leadership."""

    person: int
    post: str
    court: int
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """Courts and people on a day.

    ``above`` maps a court to the court above it; ``heads`` a department to those who head it, ``leaders`` to
    those in charge of it (分管), ``chiefs`` a court to those at its top (院长、党组书记).
    """

    above: Mapping[int, int | None]
    seats: tuple[Seat, ...]
    heads: Mapping[int, frozenset[int]] = field(default_factory=dict)
    leaders: Mapping[int, frozenset[int]] = field(default_factory=dict)
    chiefs: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def leads_court(self, person: int) -> bool:
        """Whether somebody belongs to the leadership of a court (班子成员)."""
        return any(person in held for held in (*self.leaders.values(), *self.chiefs.values()))


@dataclass(frozen=True, slots=True)
class Route:
    """Where a lead goes. ``raised`` counts the courts it was lifted above the one it concerns.

    ``manager`` keeps it, ``approver`` approves plan and ending, ``overseer`` is told when both are late;
    ``eligible`` may be taken into the team. None of them is in ``barred``.
    """

    court: int
    manager: int
    approver: int
    overseer: int
    eligible: tuple[int, ...]
    barred: frozenset[int]
    raised: int = 0
    says: tuple[Step, ...] = ()


LEAST = 3
"""A manager, an approver, and somebody to verify: three different people."""


def line_of(organisation: Organisation, reported: Iterable[int]) -> frozenset[int]:
    """The persons reported and everybody they answer to: heads and leaders in charge of their departments,
    the chiefs of their courts and of the courts above, and all to whom these answer in turn."""
    seats: dict[int, list[Seat]] = {}
    for seat in organisation.seats:
        seats.setdefault(seat.person, []).append(seat)
    found: set[int] = set()
    waiting = list(reported)
    while waiting:
        person = waiting.pop()
        if person in found:
            continue
        found.add(person)
        for seat in seats.get(person, ()):
            waiting.extend(_superiors(organisation, seat))
    return frozenset(found)


def _superiors(organisation: Organisation, seat: Seat) -> Iterable[int]:
    if seat.unit is not None:
        yield from organisation.heads.get(seat.unit, ())
        yield from organisation.leaders.get(seat.unit, ())
    court: int | None = seat.court
    passed: set[int] = set()
    while court is not None and court not in passed:
        passed.add(court)
        yield from organisation.chiefs.get(court, ())
        court = organisation.above.get(court)


def route_of(organisation: Organisation, court: int, reported: Iterable[int], posts: Sequence[str]) -> Route:
    """Where a lead about ``reported`` goes. ``posts`` may receive leads, the first of them before the others.

    Where somebody of a court's leadership is reported, or too few are left, the lead goes one level up
    (上提一级), until a court has enough.

    Raises
    ------
    NoReceiver   no court has three people who may receive it
    """
    named = frozenset(reported)
    barred = line_of(organisation, named)
    leading = any(organisation.leads_court(person) for person in named)
    here: int | None = court
    raised, says, passed = 0, [], set[int]()
    while here is not None and here not in passed:
        passed.add(here)
        able = _able(organisation, here, barred, posts)
        if leading and raised == 0 and organisation.above.get(here) is not None:
            says.append(Step("上提一级", "被反映人是本院班子成员"))
        elif len(able) >= LEAST:
            higher = organisation.above.get(here)
            over = _able(organisation, higher, barred, posts) if higher is not None else ()
            overseer = next(iter(over), able[1])
            return Route(here, able[0], able[1], overseer, able, barred, raised, tuple(says))
        else:
            says.append(Step("上提一级", f"不涉及被反映人的办理人员只有 {len(able)} 人，不足 {LEAST} 人"))
        here, raised = organisation.above.get(here), raised + 1
    raise NoReceiver(
        "被反映人及其上级占了全部办理人员，本系统里没有人可以受理。请向上级纪检监察机关反映。",
        example="12388",
    )


def _able(
    organisation: Organisation, court: int, barred: frozenset[int], posts: Sequence[str]
) -> tuple[int, ...]:
    """Those of a court who may receive leads, by order of their post, each once."""
    found = [
        (posts.index(seat.post), seat.person)
        for seat in organisation.seats
        if seat.court == court and seat.post in posts and seat.person not in barred
    ]
    return tuple(dict.fromkeys(person for _, person in sorted(found)))
