"""Sessions counted three ways, and what is still owed: by whom, in which period, how much, which ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mingjing.domain.activities.rules import Quota, Session
from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.reading import MissingFieldError, WrongFieldError

Key = int | str


@dataclass(frozen=True, slots=True)
class Counts:
    """Three numbers that are never mixed: how many sessions, how many different people, how many
    attendances. ``persons`` is None where some session only knows how many came. ``sums`` adds up number
    fields by label."""

    sessions: int
    persons: int | None
    person_times: int
    sums: Mapping[str, Decimal]


def counted(sessions: Iterable[Session], sums: Iterable[str] = ()) -> Counts:
    """Count sessions. Somebody named twice in one session came once; who came and how many more came where
    both are written: the larger number of the two is the attendance."""
    rows = tuple(sessions)
    known = {person for session in rows for person in session.attended}
    unnamed = any(
        session.heads is not None and session.heads > len(set(session.attended)) for session in rows
    )
    return Counts(
        len(rows),
        None if unnamed else len(known),
        sum(max(len(set(session.attended)), session.heads or 0) for session in rows),
        {label: sum((_number(row.values.get(label)) for row in rows), Decimal(0)) for label in sums},
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one who owes a quota has come. ``has`` and ``needs`` are sessions, covered options or persons,
    or a sum; ``lacks`` the options or persons not covered yet; ``sessions`` the keys of what counted."""

    key: Key
    quota: Quota
    has: Decimal
    needs: Decimal
    lacks: tuple[Key, ...] = ()
    sessions: tuple[int, ...] = ()

    @property
    def met(self) -> bool:
        """Whether nothing is owed any more; owing nothing counts as met."""
        return not self.lacks and self.has >= self.needs

    @property
    def short(self) -> Decimal:
        """How much is still owed, 0 where nothing is."""
        return max(self.needs - self.has, Decimal(0))


def progress(
    quota: Quota,
    roster: Sequence[Key],
    sessions: Iterable[Session],
    period: Period,
    targets: Mapping[Key, Sequence[Key]] | None = None,
) -> tuple[Progress, ...]:
    """Where everybody on the roster stands in ``period``, in the order of the roster.

    ``targets`` gives, for a quota that covers, the options or people each one has to reach. A session
    counts for everyone its ``by`` field names, in the period in which the day it counts for lies.
    """
    counting = [one for one in sessions if one.counts_on in period and _fits(quota, one)]
    wanted = targets or {}
    return tuple(
        _progress(quota, key, [one for one in counting if key in _keys(one.values.get(quota.by))], wanted)
        for key in roster
    )


def _progress(
    quota: Quota, key: Key, own: Sequence[Session], targets: Mapping[Key, Sequence[Key]]
) -> Progress:
    keys = tuple(one.key for one in own)
    if quota.covers:
        needed = tuple(dict.fromkeys(targets.get(key, ())))
        reached = {value for one in own for value in _keys(one.values.get(quota.covers))}
        lacks = tuple(one for one in needed if one not in reached)
        return Progress(key, quota, Decimal(len(needed) - len(lacks)), Decimal(len(needed)), lacks, keys)
    if quota.total:
        held = sum((_number(one.values.get(quota.total)) for one in own), Decimal(0))
        return Progress(key, quota, held, quota.least, (), keys)
    return Progress(key, quota, Decimal(len(own)), Decimal(quota.times), (), keys)


def coverage(rows: Iterable[Progress]) -> Fraction | None:
    """Reached ÷ to be reached over all rows, for quotas that cover; None where there is nobody to reach."""
    rows = tuple(rows)
    needs = sum((row.needs for row in rows), Decimal(0))
    has = sum((min(row.has, row.needs) for row in rows), Decimal(0))
    return Fraction(has) / Fraction(needs) if needs else None


def completion(rows: Iterable[Progress]) -> Fraction | None:
    """Those who have met the quota ÷ those who owe it; None where nobody owes it."""
    met = [row.met for row in rows]
    return Fraction(sum(met), len(met)) if met else None


def _fits(quota: Quota, session: Session) -> bool:
    """Whether the condition of the quota holds; a session that lacks what it asks for does not count."""
    if quota.only is None:
        return True
    try:
        return quota.only(session.values)
    except (MissingFieldError, WrongFieldError):
        return False


def _keys(value: object) -> tuple[Key, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(value)
    return (value,) if isinstance(value, (int, str)) and value != "" else ()


def _number(value: object) -> Decimal:
    return Decimal(str(value)) if value not in (None, "") else Decimal(0)
