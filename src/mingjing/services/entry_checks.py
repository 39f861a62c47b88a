"""录入核查: late, wrong and missing entries, found once a week and put to whoever must mend them (R-061)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, filled
from mingjing.services.entry_rules import EntryRules, Found
from mingjing.services.installation import day_begins
from mingjing.services.permissions import NotAllowed, NotVisible, cases_seen, courts_seen, require
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Person
from mingjing.storage.supervision.models import Finding

CHUNK = 500
LOOK_BACK = timedelta(days=15)
"""Closed cases are looked at while they change, and for this long after."""


@dataclass(slots=True)
class Reading:
    """What one pass over a court found: new findings, those that came back, those that no longer hold."""

    new: list[Finding] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.new or self.again or self.mended)


def iso_week(on: date) -> str:
    """``2026-W40``."""
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02}"


def check_entries(on: date) -> int:
    """Check every court's entries as of ``on``; returns the number of new findings.

    Cases are read in chunks; nothing is locked while reading. Each court with something to write is one
    act. Safe to repeat: a finding is unique by case, rule and subject.
    """
    return sum(_check_court(court, on, None) for court in Court.objects.order_by("pk"))


def check_my_court(actor: Actor) -> int:
    """The same for the actor's own court, now."""
    require(actor, "核查录入")
    return _check_court(actor.court, actor.on, actor)


def explain_finding(actor: Actor, *, finding_id: int, explanation: str) -> Finding:
    """Say why an entry is as it is; the finding is then settled as explained.

    Raises
    ------
    NotAllowed   another person has to mend it
    Taken        settled already
    """
    why = filled(explanation, "说明", example="节前送达回证迟到，补录时已注明实际日期", longest=300)
    with act(actor, "说明录入", needs="回应核查", subject_kind="案件", subject_id="", why=why) as record:
        rows = Finding.objects.select_for_update(of=("self",)).select_related("case", "person")
        finding = rows.filter(pk=finding_id).filter(_mine_or_seen(actor)).first()
        if finding is None:
            raise NotVisible
        if finding.person_id not in (None, actor.person.pk) and not actor.may("核查录入"):
            raise NotAllowed(f"这一条由 {finding.person} 改正或者说明。")
        if finding.state != Finding.State.OPEN:
            raise Taken(f"这一条已于 {finding.settled_on} 了结：{finding.state}。")
        finding.state, finding.settled_on, finding.explanation = Finding.State.EXPLAINED, actor.on, why
        finding.save(update_fields=["state", "settled_on", "explanation"])
        record.subject_id, record.definition = str(finding.case_id), finding.definition
        record.payload = {"案号": finding.case.number, "规则": finding.rule, "对象": finding.subject}
    return finding


def findings_of(person: Person, week: str = "") -> QuerySet[Finding]:
    """What this person has to mend or explain, all of it or that of one week (``2026-W40``)."""
    rows = Finding.objects.filter(person=person, state=Finding.State.OPEN).select_related("case")
    return (rows.filter(week=week) if week else rows).order_by("found_on", "pk")


def findings_by_person(actor: Actor, week: str) -> dict[Person | None, list[Finding]]:
    """Every finding of a week in the courts the actor sees, by who must mend it; for the weekly circular."""
    rows = Finding.objects.filter(week=week, court__in=courts_seen(actor)).select_related("case", "person")
    grouped: dict[Person | None, list[Finding]] = {}
    for finding in rows.filter(_mine_or_seen(actor)).order_by("person", "pk"):
        grouped.setdefault(finding.person, []).append(finding)
    return grouped


def _mine_or_seen(actor: Actor) -> Q:
    return Q(person=actor.person) | Q(case__in=cases_seen(actor))


def _check_court(court: Court, on: date, actor: Actor | None) -> int:
    rules = EntryRules.load(court, on)
    reading = Reading()
    for cases in _chunks(court, on):
        _compare(cases, rules.found_in(cases), court, on, reading)
    if reading.empty:
        return 0
    with act(
        actor, "录入核查", needs="核查录入", subject_kind="法院", subject_id=court.pk, court=court
    ) as record:
        before = Finding.objects.filter(court=court).count()
        Finding.objects.bulk_create(reading.new, ignore_conflicts=True, batch_size=CHUNK)
        added = Finding.objects.filter(court=court).count() - before
        in_chunks(reading.mended, lambda ids: _settle(ids, on))
        in_chunks(reading.again, lambda ids: _reopen(ids, on))
        record.definition = rules.reference
        record.payload = {
            "周次": iso_week(on),
            "新发现": added,
            "已改": len(reading.mended),
            "又出现": len(reading.again),
        }
    return added + len(reading.again)


def in_chunks(ids: list[int], do: Callable[[list[int]], None]) -> None:
    """Hand ids over in lists short enough for one statement."""
    for start in range(0, len(ids), CHUNK):
        do(ids[start : start + CHUNK])


def _settle(ids: list[int], on: date) -> None:
    Finding.objects.filter(pk__in=ids, state=Finding.State.OPEN).update(
        state=Finding.State.FIXED, settled_on=on
    )


def _reopen(ids: list[int], on: date) -> None:
    Finding.objects.filter(pk__in=ids).update(
        state=Finding.State.OPEN, settled_on=None, found_on=on, week=iso_week(on)
    )


def _chunks(court: Court, on: date) -> Iterator[list[Case]]:
    """The court's open cases, and closed ones that changed of late, some hundred at a time."""
    rows = Case.objects.filter(court=court).filter(
        Q(closed_on__isnull=True) | Q(updated_at__gte=day_begins(court, on - LOOK_BACK))
    )
    last = 0
    while True:
        page = list(
            rows.filter(pk__gt=last).select_related("court", "department", "handler").order_by("pk")[:CHUNK]
        )
        if not page:
            return
        yield page
        last = page[-1].pk


def _compare(cases: list[Case], found: list[Found], court: Court, on: date, reading: Reading) -> None:
    """Sort what was found in a chunk against what is known of it."""
    known = {(f.case_id, f.rule, f.subject): f for f in Finding.objects.filter(case__in=cases)}
    keys = set()
    for one in found:
        keys.add(one.key)
        old = known.get(one.key)
        if old is None:
            reading.new.append(one.as_finding(court, on, iso_week(on)))
        elif old.state == Finding.State.FIXED:
            reading.again.append(old.pk)
    reading.mended += [f.pk for key, f in known.items() if key not in keys and f.state == Finding.State.OPEN]
