"""What time does: rungs that come, notices that run late, mail that goes out. Safe to repeat, safe to kill.

Every case is one transaction with its log entry; after a change of the definitions, every page of cases is.
A pass that dies leaves finished cases finished and the others untouched; the next pass finds them by the same
column (``Clock.next_on``) with their true days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingjing.services.acts import act
from mingjing.services.clocks import recheck
from mingjing.services.detecting.finding import run_all
from mingjing.services.drafting.publishing import settle_published
from mingjing.services.entry_checks import check_entries
from mingjing.services.installation import now, registry
from mingjing.services.leads.clocks import tell_leads
from mingjing.services.locking import lock_any_case
from mingjing.services.notice_chain import escalate_notices
from mingjing.services.outlet import deliver
from mingjing.services.proposal_sweep import LOOK_BACK, screen_cases
from mingjing.services.proving.checkpoints import sign_daily
from mingjing.services.records.completing import settle_all
from mingjing.services.records.expiring import expire
from mingjing.services.records.leftovers import settle_files
from mingjing.services.records.listed_names import meet_parties
from mingjing.services.records.obligations import tend
from mingjing.services.records.ticking import tell
from mingjing.services.window.terminals import fall_silent
from mingjing.storage.people.models import Court
from mingjing.storage.supervision.models import Clock, SweepRun

PAGE = 200


@dataclass(slots=True)
class Passed:
    """What one pass did."""

    cases: int = 0
    alerts: int = 0
    escalations: int = 0
    findings: int = 0
    proposals: int = 0
    records: int = 0
    recomputed: bool = False


def _due_cases(on: date) -> Iterator[int]:
    """Ids of cases with a rung that has come, in the order in which their first rung came."""
    day, last = date.min, 0
    while True:
        later = Q(next_on__gt=day) | Q(next_on=day, pk__gt=last)
        rows = Clock.objects.filter(later, next_on__lte=on).order_by("next_on", "pk")
        page = list(rows.values_list("next_on", "pk", "case_id")[:PAGE])
        if not page:
            return
        yield from dict.fromkeys(case for _, _, case in page)
        day, last = page[-1][0] or on, page[-1][1]


def fingerprint() -> str:
    """One hash over every definition of every court: when it changes, everything is computed anew."""
    parts = []
    for court in [None, *Court.objects.exclude(folder="").order_by("pk")]:
        parts += [f"{d.id}{d.content_hash}" for d in registry(court).all()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def speak_case(case_id: int, on: date) -> int:
    """Recompute one case and raise what has come by ``on``, with one log entry if anything did."""
    court = Court.objects.get(cases=case_id)
    with act(None, "到点提醒", needs="", subject_kind="案件", subject_id=case_id, court=court) as record:
        case = lock_any_case(case_id)
        spoken = recheck(case, on=on)
        record.definition = f"截至 {on}"
        record.payload = {"案号": case.number, "新提醒": spoken}
    return spoken


def run(on: date, *, step: Callable[[int], None] | None = None) -> Passed:
    """Everything that is due by ``on`` (a civil date), once. ``step`` is told the number of cases done."""
    passed = Passed()
    settle_published()
    settle_files()
    rules = fingerprint()
    last = SweepRun.objects.filter(finished_at__isnull=False).order_by("-pk").first()
    passed.recomputed = last is not None and last.definitions != rules
    run_row = SweepRun.objects.create(day=on, definitions=rules, started_at=now())
    if passed.recomputed:
        from mingjing.services.sweeping import sweep  # loads the columns: only where everything is new

        swept = sweep(on, step=step)
        passed.cases, passed.alerts = swept.cases, swept.alerts
    for case_id in _due_cases(on):
        passed.alerts += speak_case(case_id, on)
        passed.cases += 1
        if step is not None:
            step(passed.cases)
    passed.escalations = escalate_notices(on)
    if last is None or last.day.isocalendar()[:2] != on.isocalendar()[:2]:
        passed.findings = check_entries(on)
    if last is None or last.day != on:
        passed.proposals = screen_cases(on, min(last.day, on) - LOOK_BACK if last else None)
        tend(on)
        settle_all(on)
        expire(on)
        run_all(on)
        meet_parties(on)
    told = tell(on, recomputed=passed.recomputed, step=step)
    tell_leads(on)
    fall_silent()
    passed.records, passed.alerts = told.records, passed.alerts + told.alerts
    deliver(on)
    sign_daily(on)
    run_row.alerts, run_row.escalations = passed.alerts, passed.escalations
    run_row.finished_at = now()
    run_row.save()
    return passed
