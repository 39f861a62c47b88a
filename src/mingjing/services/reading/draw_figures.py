"""Over many draws: one's own share with its working; whether all of them together look like chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingjing.domain.assignment.expectation import Share, chance, share_of
from mingjing.domain.assignment.fairness import LEAST, Tested, counts_test, places_test, runs_test
from mingjing.domain.assignment.pools import Pool
from mingjing.domain.reasons import Answer
from mingjing.services.actors import Actor
from mingjing.services.draws.lists import plain_pool
from mingjing.storage.assignment.models import Contribution, Deviation, Draw

DONE = (Draw.State.DRAWN, Draw.State.TAKEN, Draw.State.REDRAWN)
MOST = 20_000
Drawn = tuple[Sequence[str], Sequence[float]]
"""Who was drawn, and the numbers as parts of the sum of weights."""


@dataclass(frozen=True, slots=True)
class Own:
    """One judge: the answer with its working, and the draws behind it (draw, own chance, whether drawn)."""

    answer: Answer[Share]
    draws: tuple[tuple[Draw, float, bool], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """All draws of a court over a year: the tests (none where too few), flags, departures, silences."""

    draws: int
    cases: int
    tests: tuple[Tested, ...]
    flags: tuple[tuple[str, int], ...]
    departures: tuple[tuple[str, str, int], ...]
    overrides: int
    silences: tuple[tuple[str, int, int], ...]
    least: int = LEAST

    @property
    def override_rate(self) -> float | None:
        """Cases designated or drawn again as part of all cases that got a handler; None without any."""
        everybody = self.cases + self.overrides
        return self.overrides / everybody if everybody else None


def own_share(actor: Actor) -> Own:
    """What the actor got by draws over the past year, and what chance would give."""
    found = []
    for draw in _done(actor, actor.on):
        alias = next((name for name, pk in draw.people.items() if pk == actor.person.pk), None)
        if alias is not None:
            found.append((draw, _renamed(draw, alias), alias in draw.drawn))
    answer = share_of(OWN, [(pool, (OWN,) if got else ()) for _, pool, got in found])
    rows = [(draw, chance(pool, OWN), got) for draw, pool, got in found]
    return Own(answer, tuple(row for row in rows if row[1]))


OWN = "本人"


def whole(actor: Actor) -> Whole:
    """The tests over all draws of the actor's court in the past year."""
    draws = list(_done(actor, actor.on))
    pools = [plain_pool(draw) for draw in draws]
    departures = Counter(
        Deviation.objects.filter(court=actor.court, asked_at__date__gt=_year_before(actor.on)).values_list(
            "kind", "state"
        )
    )
    overrides = sum(
        number
        for (kind, state), number in departures.items()
        if kind in (Deviation.Kind.DESIGNATED, Deviation.Kind.REDRAW) and state == Deviation.State.APPROVED
    )
    return Whole(
        draws=len(draws),
        cases=len({draw.case_id for draw in draws}),
        tests=tested(pools, [(draw.drawn, draw.places) for draw in draws]) if len(draws) >= LEAST else (),
        flags=tuple(Counter(flag for draw in draws for flag in draw.flags).most_common()),
        departures=tuple((kind, state, number) for (kind, state), number in sorted(departures.items())),
        overrides=overrides,
        silences=_silences(actor),
    )


def tested(pools: Sequence[Pool], drawn: Sequence[Drawn]) -> tuple[Tested, ...]:
    """The three tests over draws: of each the list, who was drawn and where the numbers fell."""
    expected: Counter[str] = Counter()
    got: Counter[str] = Counter()
    for pool, (people, _) in zip(pools, drawn, strict=True):
        if pool.forced:
            continue
        for one in pool.candidates:
            expected[one.id] += chance(pool, one.id)  # type: ignore[assignment]
        got.update(people)
    names = sorted(expected)
    places = [place for _, found in drawn for place in found]
    counts = counts_test([got[name] for name in names], [float(expected[name]) for name in names])
    return counts, places_test(places), runs_test(places)


def _silences(actor: Actor) -> tuple[tuple[str, int, int], ...]:
    """Department → how often silent or false after its promise, of how many promises."""
    rows = Contribution.objects.filter(day__court=actor.court, day__on__gt=_year_before(actor.on))
    promised: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for name, silent, lies in rows.values_list("department__name", "silent", "false_reveals"):
        promised[name] += 1
        failed[name] += bool(silent or lies)
    return tuple((name, failed[name], promised[name]) for name in sorted(promised))


def _done(actor: Actor, on: date) -> list[Draw]:
    rows = Draw.objects.filter(day__court=actor.court, day__on__gt=_year_before(on), state__in=DONE)
    return list(rows.select_related("case", "day").order_by("day__on", "pk")[:MOST])


def _year_before(on: date) -> date:
    return on - timedelta(days=365)


def _renamed(draw: Draw, alias: str) -> Pool:
    """The pool with the actor's aliases of all days as one."""
    pool = plain_pool(draw)
    candidates = tuple(type(one)(OWN if one.id == alias else one.id, one.weight) for one in pool.candidates)
    excluded = tuple(type(one)(OWN if one.id == alias else one.id, one.reason) for one in pool.excluded)
    return type(pool)(pool.case, pool.rule, pool.day, candidates, excluded, pool.seats, pool.turn)
