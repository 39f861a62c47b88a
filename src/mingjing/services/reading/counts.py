"""How many things wait for a person: the number on the rail, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from mingjing.services.actors import Actor
from mingjing.services.asking import rows_for
from mingjing.services.notice_chain import CLIMBED
from mingjing.services.permissions import reach
from mingjing.services.records.listed_names import PRIVATE
from mingjing.services.records.sight import SEE
from mingjing.services.records.words import ASSIGNED
from mingjing.storage.records.models import Record, RecordAlert, RecordNotice, RecordParty
from mingjing.storage.supervision.models import Alert, Finding, Notice, NoticeStep, Proposal, Request

CONFIRM = "认定四类案件"
SOON = 7
"""Days before its last day from which a record waits for whoever holds it."""
TOLD_DAYS = 14
WAITING = ("what", "n", "today", "late")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person: open alerts (of them those due on the day and those past it), and the rest.

    ``records`` are those held that are due within seven days or past (``records_today``, ``records_late`` of
    them), ``asked`` those that wait for this person by their own course (to decide, to countersign), ``told``
    those of others about which this person was warned. ``met`` are the listed names this person was told of
    lately, which wait for nothing.
    """

    alerts: int
    due_today: int
    late: int
    notices: int
    findings: int
    requests: int
    climbed: int
    proposals: int
    records: int = 0
    records_today: int = 0
    records_late: int = 0
    asked: int = 0
    told: int = 0
    met: int = 0

    @property
    def of_records(self) -> int:
        """How many records wait, for whatever reason."""
        return self.records + self.asked + self.told

    @property
    def total(self) -> int:
        """The number on the rail and on the home page; entries to mend are one matter, however many."""
        rest = self.requests + self.climbed + self.proposals
        return self.alerts + self.notices + bool(self.findings) + rest + self.of_records


def alerts_shown(actor: Actor) -> QuerySet[Alert]:
    """This person's open alerts that are not put off."""
    return Alert.objects.filter(person=actor.person, settled="").exclude(snoozed_until__gt=actor.on)


def waiting(actor: Actor) -> Waiting:
    """Alerts, notices to answer or reported up, entries to mend, requests to decide of this person."""
    rows = rows_for(actor, ("waiting", actor.may(CONFIRM), actor.may(SEE)), _counts)
    found: dict[str, tuple[int, int, int]] = {what: (n, today, late) for what, n, today, late in rows}
    nothing = (0, 0, 0)
    alerts, due_today, late = found.get("alerts", nothing)
    records, records_today, records_late = found.get("records", nothing)
    others = ("notices", "findings", "requests", "climbed", "proposals", "asked", "told", "met")
    return Waiting(
        alerts=alerts,
        due_today=due_today,
        late=late,
        records=records,
        records_today=records_today,
        records_late=records_late,
        **{what: found.get(what, nothing)[0] for what in others},
    )


def _counts(actor: Actor) -> QuerySet[Any, Any]:
    """A row for each thing that waits: its name, how many, and of alerts how many due on the day and past."""
    alerts = _counted(alerts_shown(actor), "alerts").annotate(
        today=Count("pk", filter=Q(due_on=actor.on)), late=Count("pk", filter=Q(due_on__lt=actor.on))
    )
    steps = NoticeStep.objects.filter(person=actor.person, kind=CLIMBED)
    others = [
        _counted(Notice.objects.filter(addressee=actor.person, state=Notice.State.ISSUED), "notices"),
        _counted(Finding.objects.filter(person=actor.person, state=Finding.State.OPEN), "findings"),
        _counted(decidable(actor), "requests"),
        _counted(steps.exclude(notice__state=Notice.State.CLOSED), "climbed", Count("notice", distinct=True)),
    ]
    if actor.may(CONFIRM):
        others.append(_counted(undecided(actor), "proposals"))
    parts = [part.annotate(today=Value(0), late=Value(0)) for part in others] + records_parts(actor)
    rows: QuerySet[Any, Any] = alerts.values_list(*WAITING).union(
        *(part.values_list(*WAITING) for part in parts), all=True
    )
    return rows


def records_held(actor: Actor) -> QuerySet[Record]:
    """The records this person holds that are due within seven days or past their day."""
    soon = actor.on + timedelta(days=SOON)
    return Record.objects.filter(holder=actor.person, over=False, due_on__lte=soon).order_by()


def records_asking(actor: Actor) -> QuerySet[RecordParty]:
    """The parts in running records that wait for this person."""
    return RecordParty.objects.filter(person=actor.person, capacity=ASSIGNED, over=False).order_by()


def records_told(actor: Actor) -> QuerySet[RecordAlert]:
    """The open warnings to this person about records of others."""
    rows = RecordAlert.objects.filter(person=actor.person, settled="", record__over=False).order_by()
    return rows.exclude(record__holder=actor.person)


def names_met(actor: Actor) -> QuerySet[RecordNotice]:
    """What this person was told of listed names in the last two weeks (R-093)."""
    since = actor.on - timedelta(days=TOLD_DAYS)
    return RecordNotice.objects.filter(person=actor.person, seen_on=None, tell=PRIVATE, on__gt=since)


def records_parts(actor: Actor) -> list[QuerySet[Any, dict[str, Any]]]:
    """The counts of records, as parts of the one statement."""
    if not actor.may(SEE):
        return []
    held = _counted(records_held(actor), "records").annotate(
        today=Count("pk", filter=Q(due_on=actor.on)), late=Count("pk", filter=Q(due_on__lt=actor.on))
    )
    other = [
        _counted(records_asking(actor), "asked", Count("record", distinct=True)),
        _counted(records_told(actor), "told", Count("record", distinct=True)),
        _counted(names_met(actor), "met"),
    ]
    return [held, *(part.annotate(today=Value(0), late=Value(0)) for part in other)]


def _counted(rows: QuerySet[Any], what: str, number: Count | None = None) -> QuerySet[Any, dict[str, Any]]:
    """One row with the number of ``rows`` under the name ``what``; no row where there are none."""
    counted: QuerySet[Any, dict[str, Any]] = (
        rows.order_by().values(what=Value(what)).annotate(n=number or Count("pk"))
    )
    return counted


def undecided(actor: Actor) -> QuerySet[Proposal]:
    """The proposals that wait in what this actor sees."""
    courts = [court.pk for court in actor.courts]
    rows = Proposal.objects.filter(court__in=courts, state=Proposal.State.OPEN)
    return rows if actor.scope in ("本院案件", "辖区案件") else rows.filter(reach(actor, "case__"))


def decidable(actor: Actor) -> QuerySet[Request]:
    """Open requests this person may decide: addressed to one of their roles, not their own."""
    waiting = Request.objects.filter(
        court=actor.court, state=Request.State.OPEN, approver_role__in=actor.roles
    )
    if actor.scope == "本庭案件" or "分管院领导" in actor.roles:
        waiting = waiting.filter(case__department__pk__in=[d.pk for d in actor.departments])
    return waiting.exclude(applicant=actor.person)
