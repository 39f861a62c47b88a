"""Rule and facts → the last day in time, as a sum with its articles.

The order of the arithmetic is a reading, not a cited rule; it stands in one function, ``Derivation.count``
(see ``derivation``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.durations import Duration
from mingjing.domain.deadlines import facts as read
from mingjing.domain.deadlines.counting import civil_day
from mingjing.domain.deadlines.derivation import Derivation
from mingjing.domain.deadlines.rules import Counting, Deadline, Due, Facts, RollRule, Version
from mingjing.domain.reasons import Answer, NotInForce, reference

_STOP = "办结日期"


@lru_cache(maxsize=1024)
def _plain(
    limit: Duration, starts: str, law: str, last_day: RollRule = RollRule.ROLL
) -> tuple[Deadline, Version]:
    """A limit without versions, exclusions or extensions as a rule in force for ever."""
    version = Version(date.min, limit, basis=law)
    return Deadline("", starts, "", "", {}, Counting(starts, _STOP, last_day=last_day), (version,)), version


def applies_to(applies: Mapping[str, tuple[str, ...]], facts: Facts) -> bool:
    """Whether every field named has one of the values listed. A missing fact matches nothing."""
    for name, allowed in applies.items():
        fact = facts.get(name)
        if fact is None or read.word(fact) not in allowed:
            return False
    return True


def select_version(rule: Deadline, facts: Facts) -> Version:
    """The version in force on the day named by ``rule.version_by`` (else by the start of the period).

    Raises
    ------
    MissingFact   that day is not known
    NotInForce    the day lies before the first version
    """
    day = civil_day(read.day_or_moment(facts, rule.version_by or rule.counting.starts))
    for version in rule.versions:
        if version.since <= day:
            return version
    raise NotInForce(
        f"“{rule.label}”在 {day} 没有生效的版本。",
        allowed=[f"{version.since} 起施行的版本" for version in rule.versions],
    )


def due_within(
    limit: Duration,
    starts: str,
    start: date,
    calendar: WorkCalendar,
    *,
    stop: date | None,
    law: str,
    as_of: date,
    last_day: RollRule = RollRule.ROLL,
) -> Answer[Due]:
    """The last day of a plain limit counted from ``start``: first day left out, rolled over days of rest
    unless ``last_day`` says otherwise.

    ``starts`` names the start in the steps. ``stop`` ends the gross days, ``as_of`` where it is None.

    Raises
    ------
    MissingFact       hours are counted and the start has no hour
    CalendarMissing   working days reach a year without a calendar
    """
    rule, version = _plain(limit, starts, law, last_day)
    facts = {starts: start} if stop is None else {starts: start, _STOP: stop}
    derivation = Derivation(rule, version, facts, calendar, as_of, dated=False)
    return Answer(derivation.count(limit), tuple(derivation.steps), caveats=tuple(derivation.caveats))


def due_date(rule: Deadline, facts: Facts, calendar: WorkCalendar, *, as_of: date) -> Answer[Due]:
    """The last day in time as known on ``as_of``, and why.

    Days are civil dates in the court's zone; both ends of an excluded span count. ``as_of``, or
    the stop where it came before, closes open spans and ends the gross and net days; neither moves a limit
    that is running.

    Raises
    ------
    NotInForce        no version covers the day the rule names
    MissingFact       a fact the rule needs is absent
    WrongFact         a fact is of another kind than the rule needs
    CalendarMissing   working days reach a year without a calendar
    ExtensionRefused  an extension granted is more than the version allows
    """
    version = select_version(rule, facts)
    derivation = Derivation(rule, version, facts, calendar, as_of)
    if version.limit is not None:
        due = derivation.count(version.limit)
    elif version.due:
        due = derivation.take_imported()
    else:
        due = derivation.leave_unlimited()
    return Answer(
        due,
        tuple(derivation.steps),
        reference(rule.id, version.since, rule.content_hash),
        rule.questions,
        tuple(derivation.caveats),
    )
