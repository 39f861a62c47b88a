"""What a case shares with others, its later history and its people, read for a whole period at once."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.fellows import Suit, among_like, on_one_day, refiled, worded_alike
from mingjing.services.approvers import LIMIT_CHANGE
from mingjing.services.detecting.leaders import leaders_ever
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import (
    Case,
    CaseEvent,
    Exclusion,
    GrantedExtension,
    PanelMember,
    Party,
)
from mingjing.storage.people.models import Court
from mingjing.storage.supervision.models import Request

WITHDRAWN = ("准许撤诉", "按撤诉处理")
MEASURES = ("发起网络查控", "查封", "扣押", "冻结")
HEARINGS = ("开庭", "再次开庭")
DRAFTED, READ = "起草裁判文书", "阅卷"
PRESIDING = "审判长"
AROUND = timedelta(days=366)
"""So far beyond a period its cases are compared with others."""


@dataclass
class Beside:
    """Fields by case that no single case can tell; ``whole`` are those every case has."""

    by_case: dict[int, dict[str, object]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    leaders: Collection[int] = ()

    def of(self, case: Case) -> dict[str, object]:
        """The fields of one case."""
        found: dict[str, object] = {name: 0 for name in ZERO if name in self.named}
        if "撤诉后再立" in self.named:
            found["撤诉后再立"] = False
        if case.closed_on is not None:
            end = monthrange(case.closed_on.year, case.closed_on.month)[1]
            found["距月末天数"] = end - case.closed_on.day
        if "承办人为院领导" in self.named and case.handler_id:
            found["承办人为院领导"] = case.handler_id in self.leaders
        if (day := _first_measure(case.milestones)) and case.filed_on:
            found["首次措施天数"] = max((day - case.filed_on).days, 0)
        return found | self.by_case.get(case.pk, {})

    def put(self, case_id: int, **fields: object) -> None:
        """Add fields of one case."""
        self.by_case.setdefault(case_id, {}).update(fields)


ZERO = (
    "同日延长件数",
    "相同理由件数",
    "相同理由字数",
    "结案后作废日期",
    "结案后更正次数",
    "主持开庭次数",
    "起草文书次数",
    "阅卷次数",
)
"""What nobody did counts as none."""


def beside(court: Court, period: Period, named: frozenset[str]) -> Beside:
    """What the named fields need, read once for a period; nothing is read that none of them needs."""
    found = Beside(named=named)
    for names, read in _READERS:
        if named & set(names):
            read(court, period, found)
    return found


def _refiled(court: Court, period: Period, found: Beside) -> None:
    rows = Case.objects.filter(court=court, filed_on__isnull=False, filed_on__lte=period.last + AROUND)
    columns = ("pk", "number", "cause", "parties_text", "filed_on", "closed_on", "outcome")
    listed = [
        row
        for row in rows.values_list(*columns)
        if row[5] is None or row[5] >= period.first or row[4] >= period.first
    ]
    numbers = {row[0]: row[1] for row in listed}
    parties: dict[int, set[str]] = {}
    for case_id, name in Party.objects.filter(case__court=court).values_list("case_id", "name"):
        if case_id in numbers:
            parties.setdefault(case_id, set()).add(name)
    suits = []
    for pk, _, cause, text, filed_on, closed_on, outcome in listed:
        who: Hashable = frozenset(parties[pk]) if pk in parties else text
        if who and cause:
            suits.append(Suit(pk, (cause, who), filed_on, closed_on, outcome in WITHDRAWN))
    for pk, one in refiled(suits).items():
        found.put(pk, 撤诉后再立=True, 撤诉后再立天数=one.days, 再立案号=numbers[one.again])


def _extended(court: Court, period: Period, found: Beside) -> None:
    rows = GrantedExtension.objects.filter(
        case__court=court, approved_on__gte=period.first, approved_on__lte=period.last + AROUND
    )
    for pk, number in on_one_day(rows.values_list("case_id", "case__department_id", "approved_on")).items():
        found.put(pk, 同日延长件数=number)


def _worded(court: Court, period: Period, found: Beside) -> None:
    rows = Request.objects.filter(
        court=court, kind=LIMIT_CHANGE, applied_on__gte=period.first, applied_on__lte=period.last + AROUND
    )
    for pk, one in worded_alike(rows.values_list("case_id", "applicant_id", "reason")).items():
        found.put(pk, 相同理由件数=one.cases, 相同理由字数=one.letters)


def _like(court: Court, period: Period, found: Beside) -> None:
    """Closed cases of the same kind, procedure and cause in the year up to the end of the period."""
    rows = Case.objects.filter(
        court=court,
        closed_on__gt=min(period.first, period.last - AROUND),
        closed_on__lte=period.last,
        filed_on__isnull=False,
    ).exclude(cause="")
    told = (
        (pk, (kind, procedure, cause), (closed - filed).days)
        for pk, kind, procedure, cause, filed, closed in rows.values_list(
            "pk", "kind", "procedure", "cause", "filed_on", "closed_on"
        )
        if filed is not None and closed is not None
    )
    for pk, one in among_like(told).items():
        found.put(pk, 同类件数=one.cases, 同类中位天数=one.middle)


def _measured(court: Court, period: Period, found: Beside) -> None:
    """Enforcement cases of one kind and cause, by how soon the first measure came."""
    rows = Case.objects.filter(
        court=court,
        filed_on__gt=min(period.first, period.last - AROUND),
        filed_on__lte=period.last,
    ).exclude(cause="")
    groups: dict[int, tuple[str, str]] = {}
    told = []
    for pk, kind, cause, filed, milestones in rows.values_list(
        "pk", "kind", "cause", "filed_on", "milestones"
    ):
        groups[pk] = (kind, cause)
        if (day := _first_measure(milestones)) and filed is not None:
            told.append((pk, (kind, cause), max((day - filed).days, 0)))
    usual = {groups[pk]: one for pk, one in among_like(told).items()}
    for pk, group in groups.items():
        if group in usual:
            found.put(pk, 同类措施件数=usual[group].cases, 同类中位措施天数=usual[group].middle)


def _first_measure(milestones: Mapping[str, str]) -> date | None:
    days = [date.fromisoformat(milestones[kind]) for kind in MEASURES if kind in milestones]
    return min(days, default=None)


def _edited(court: Court, period: Period, found: Beside) -> None:
    struck: Counter[int] = Counter()
    for model in (CaseEvent, Exclusion):
        rows = model.objects.filter(
            case__court=court, struck_at__isnull=False, struck_at__date__gt=F("case__closed_on")
        )
        struck.update(rows.values_list("case_id", flat=True))
    for pk, number in struck.items():
        found.put(pk, 结案后作废日期=number)
    closed = dict(
        Case.objects.filter(court=court, closed_on__gte=period.first, closed_on__lte=period.last).values_list(
            "pk", "closed_on"
        )
    )
    corrected: Counter[int] = Counter()
    acts = Act.objects.filter(court=court.code, verb="更正案件", subject_kind="案件")
    for subject, at in acts.values_list("subject_id", "at"):
        end = closed.get(int(subject)) if subject.isdecimal() else None
        if end is not None and at[:10] > end.isoformat():
            corrected[int(subject)] += 1
    for pk, number in corrected.items():
        found.put(pk, 结案后更正次数=number)


def _handled(court: Court, period: Period, found: Beside) -> None:
    """Of cases whose handler leads the court: who presided, who drafted, who read the file."""
    found.leaders = leaders_ever(court, period.last)
    cases = {
        case.pk: case
        for case in Case.objects.filter(court=court, handler__in=found.leaders).select_related("handler")
    }
    chairs = set(
        PanelMember.objects.filter(case__in=cases, role=PRESIDING).values_list("case_id", "person_id")
    )
    done: Counter[tuple[int, str]] = Counter()
    events = CaseEvent.objects.filter(case__in=cases, struck_at=None, kind__in=(*HEARINGS, DRAFTED, READ))
    for case_id, kind, writer in events.values_list("case_id", "kind", "recorded_by_id"):
        case = cases[case_id]
        if kind in HEARINGS:
            done[case_id, "主持开庭次数"] += _presides(case, chairs)
        elif writer == case.handler_id:
            done[case_id, "起草文书次数" if kind == DRAFTED else "阅卷次数"] += 1
    for (case_id, name), number in done.items():
        found.put(case_id, **{name: number})


def _presides(case: Case, chairs: set[tuple[int, int]]) -> bool:
    """Whether the handler of a case is the one who sits in front: named so, of the panel, or alone."""
    named = case.facts.get(PRESIDING)
    if named:
        return case.handler is not None and named == case.handler.name
    alone = case.facts.get("审判组织") == "独任"
    return alone or (case.pk, case.handler_id or 0) in chairs


_READERS = (
    (("撤诉后再立", "撤诉后再立天数", "再立案号"), _refiled),
    (("同日延长件数",), _extended),
    (("相同理由件数", "相同理由字数"), _worded),
    (("同类件数", "同类中位天数"), _like),
    (("同类措施件数", "同类中位措施天数"), _measured),
    (("结案后作废日期", "结案后更正次数"), _edited),
    (("承办人为院领导", "主持开庭次数", "起草文书次数", "阅卷次数"), _handled),
)
