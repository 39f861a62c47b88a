"""What time does: rungs that come, notices that run late, mail that goes out. Safe to repeat, safe to kill.

Every case is one transaction with its log entry. A pass that dies leaves finished cases finished and the
others untouched; the next pass finds them by the same column (``Clock.next_on``) with their true days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from mingjing.services.acts import act
from mingjing.services.clocks import recheck
from mingjing.services.entry_checks import check_entries
from mingjing.services.installation import now, registry
from mingjing.services.notice_chain import escalate_notices
from mingjing.services.outlet import deliver
from mingjing.services.proposal_sweep import screen_cases
from mingjing.storage.cases.models import Case
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
    recomputed: bool = False


def _due_cases(on: date) -> Iterator[int]:
    """Ids of cases with a rung that has come, in the order in which their first rung came."""
    seen: set[int] = set()
    while True:
        page = (
            Clock.objects.filter(next_on__lte=on).exclude(case__in=seen)
            if seen
            else Clock.objects.filter(next_on__lte=on)
        )
        ids = list(dict.fromkeys(page.order_by("next_on", "pk").values_list("case_id", flat=True)[:PAGE]))
        if not ids:
            return
        yield from ids
        seen = set(ids)


def _all_cases() -> Iterator[int]:
    last = 0
    while True:
        ids = list(Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PAGE])
        if not ids:
            return
        yield from ids
        last = ids[-1]


def fingerprint() -> str:
    """One hash over every definition of every court: when it changes, everything is computed anew."""
    parts = []
    for court in [None, *Court.objects.exclude(folder="").order_by("pk")]:
        parts += [f"{d.id}{d.content_hash}" for d in registry(court).all()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def speak_case(case_id: int, on: date) -> int:
    """Recompute one case and raise what has come by ``on``, with one log entry if anything did."""
    case = Case.objects.select_related("court", "department", "handler").get(pk=case_id)
    with act(None, "到点提醒", needs="", subject_kind="案件", subject_id=case.pk, court=case.court) as record:
        spoken = recheck(case, on=on)
        record.definition = f"截至 {on}"
        record.payload = {"案号": case.number, "新提醒": spoken}
    return spoken


def run(on: date, *, step: Callable[[int], None] | None = None) -> Passed:
    """Everything that is due by ``on`` (a civil date), once. ``step`` is told the number of cases done."""
    passed = Passed()
    rules = fingerprint()
    last = SweepRun.objects.filter(finished_at__isnull=False).order_by("-pk").first()
    passed.recomputed = last is not None and last.definitions != rules
    run_row = SweepRun.objects.create(day=on, definitions=rules, started_at=now())
    for case_id in _all_cases() if passed.recomputed else _due_cases(on):
        passed.alerts += speak_case(case_id, on)
        passed.cases += 1
        if step is not None:
            step(passed.cases)
    passed.escalations = escalate_notices(on)
    if last is None or last.day.isocalendar()[:2] != on.isocalendar()[:2]:
        passed.findings = check_entries(on)
    if last is None or last.day != on:
        passed.proposals = screen_cases(on)
    deliver(on)
    run_row.alerts, run_row.escalations = passed.alerts, passed.escalations
    run_row.finished_at = timezone.now()
    run_row.save()
    return passed
