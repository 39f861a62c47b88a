"""录入核查: what is to be mended this week, by whom, and how the courts stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.asking import rows_for
from mingjing.services.entry_checks import iso_week
from mingjing.services.exporting import Column, Sheet
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.kept_lists import listed_for
from mingjing.services.reading.keyset import BadFilter, Filter, Listed, read_filter
from mingjing.services.reading.scope import rows_seen
from mingjing.storage.people.models import Court
from mingjing.storage.supervision.models import Circular, Finding

WHOSE = ("我要改的", "看得到的")
STATES = ("待改", "已改", "已说明", "全部")
FAULTS = ("迟录", "错录", "漏录")
ORDER = ("whose", "pk")
WEEKS = 12


@dataclass(frozen=True, slots=True)
class FindingFilter(Filter):
    """What to show; ``week`` (``2026-W40``) is the week in which it was found, empty is every week."""

    whose: str = "看得到的"
    week: str = ""
    fault: str = ""
    state: str = "待改"
    court: str = ""
    department: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], fallback: str) -> FindingFilter:
        """From a query string; ``fallback`` is whose findings are shown where it does not say.

        Raises
        ------
        BadFilter   a value that is not one of those offered
        """
        offered = {"whose": ("范围", WHOSE), "state": ("状态", STATES), "fault": ("问题类别", FAULTS)}
        chosen = read_filter(cls, {"whose": fallback, **{k: v for k, v in query.items() if v}}, offered)
        if chosen.week:
            week_days(chosen.week)
        return chosen

    def sentence(self) -> tuple[str, ...]:
        """The filters as chips."""
        week = week_words(self.week) if self.week else "各周"
        parts = (self.whose, week, self.court, self.department, self.fault, self.state)
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Findings:
    """One page, the sums of all that match, and the departments that have any in this scope and week."""

    page: Listed[Finding]
    faults: tuple[tuple[str, int], ...]
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CourtWeek:
    """How a court stands in a week, and the list it was sent."""

    code: str
    name: str
    faults: tuple[int, ...]
    total: int
    open: int
    circular: Circular | None


def week_days(week: str) -> tuple[date, date]:
    """Monday and Sunday of ``2026-W40``.

    Raises
    ------
    BadFilter   not an ISO week
    """
    try:
        first = date.fromisoformat(f"{week}-1")
    except ValueError:
        raise BadFilter(f"“{week}”不是一个周次。", example="2026-W40") from None
    return first, first + timedelta(days=6)


def week_words(week: str) -> str:
    """``第 40 周（09-28 至 10-04）``."""
    first, last = week_days(week)
    return f"第 {first.isocalendar().week} 周（{first:%m-%d} 至 {last:%m-%d}）"


def recent_weeks(on: date) -> list[str]:
    """The last WEEKS weeks, the present one first."""
    return [iso_week(on - timedelta(weeks=back)) for back in range(WEEKS)]


def _reached(actor: Actor, chosen: FindingFilter) -> QuerySet[Finding]:
    """The findings of a scope and week, before the other filters."""
    rows = Finding.objects.filter(person=actor.person)
    if chosen.whose == WHOSE[1]:
        seen = rows_seen(actor, Finding.objects.all())
        own = Q(person=actor.person) | Q(pk__in=seen.order_by().values("pk"))
        rows = seen if actor.scope in ("本院案件", "辖区案件") else Finding.objects.filter(own)
    return rows.filter(week=chosen.week) if chosen.week else rows


def select(actor: Actor, chosen: FindingFilter) -> QuerySet[Finding]:
    """The findings that match, in no order."""
    plain = {
        "fault": chosen.fault,
        "state": "" if chosen.state == "全部" else chosen.state,
        "court__code": chosen.court,
        "case__department__name": chosen.department,
    }
    return _reached(actor, chosen).filter(**{name: value for name, value in plain.items() if value})


def findings(actor: Actor, chosen: FindingFilter) -> Findings:
    """One page by person, and its sums, in two statements."""

    def counted(anyone: Actor) -> QuerySet[Finding, Any]:
        rows = _reached(anyone, chosen).order_by()
        return rows.values_list("court__code", "case__department__name", "fault", "state").annotate(
            n=Count("pk")
        )

    groups = rows_for(actor, ("findings counted", chosen.whose, chosen.week), counted)
    sums: Counter[str] = Counter()
    departments = set()
    for court, department, fault, state, n in groups:
        departments.add(department or "")
        matches = chosen.court in ("", court) and chosen.department in ("", department or "")
        if matches and chosen.fault in ("", fault) and chosen.state in ("全部", state):
            sums[fault] += n
    page = listed_for(
        actor,
        "findings",
        chosen,
        lambda one: _shown(select(one, chosen)),
        ORDER,
        _shown,
        count_known=(sums.total(), False),
    )
    faults = tuple((fault, sums[fault]) for fault in FAULTS)
    return Findings(page, faults, tuple(sorted(departments - {""})))


def finding_of(actor: Actor, finding_id: int) -> Finding:
    """One finding the actor has to mend, or of a case the actor sees.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    found = _shown(select(actor, FindingFilter(state="全部"))).filter(pk=finding_id).first()
    if found is None:
        raise NotVisible
    return found


def court_weeks(actor: Actor, week: str) -> list[CourtWeek]:
    """Every court the actor sees with its findings of the week and the list sent to it. Two statements."""
    courts = actor.courts
    counted: dict[tuple[int, str], int] = {}
    open_: dict[int, int] = {}
    rows = Finding.objects.filter(court__in=courts, week=week).order_by().values("court", "fault")
    for row in rows.annotate(n=Count("pk"), waiting=Count("pk", filter=Q(state=Finding.State.OPEN))):
        counted[row["court"], row["fault"]] = row["n"]
        open_[row["court"]] = open_.get(row["court"], 0) + row["waiting"]
    sent = {one.court_id: one for one in Circular.objects.filter(issuer=actor.court, week=week)}
    return [_court_week(court, counted, open_.get(court.pk, 0), sent.get(court.pk)) for court in courts]


def circulars_for(actor: Actor, week: str) -> list[Circular]:
    """The lists of a week that were sent to the actor's court, or by it."""
    rows = Circular.objects.filter(Q(court=actor.court) | Q(issuer=actor.court))
    if week:
        rows = rows.filter(week=week)
    return list(rows.select_related("issuer", "court", "sent_by").order_by("-sent_on", "-pk")[:8])


def mend_within(actor: Actor) -> dict[str, str]:
    """Fault → how long there is to mend it, as dictionary.fault_kinds says; empty where it sets no term."""
    return {
        row["label"]: row["within"] for row in registry(actor.court).dictionary("dictionary.fault_kinds").rows
    }


def law_of(finding: Finding) -> str:
    """The rule's article, as it stands in its screening today; empty where the rule is gone."""
    try:
        screenings = registry(finding.court).screenings(finding.found_on)
    except Refusal:
        return ""
    rules = (rule for one in screenings if finding.definition.startswith(f"{one.id} @") for rule in one.rules)
    return next((rule.law for rule in rules if rule.label == finding.rule), "")


def sheet(actor: Actor, chosen: FindingFilter) -> Sheet[Finding]:
    """The list as it is exported."""
    rows = _shown(select(actor, chosen)).order_by(*ORDER).iterator(chunk_size=2000)
    return Sheet("录入核查", COLUMNS, rows, " · ".join(chosen.sentence()), "处")


def _court_week(
    court: Court, counted: Mapping[tuple[int, str], int], waiting: int, sent: Circular | None
) -> CourtWeek:
    faults = tuple(counted.get((court.pk, fault), 0) for fault in FAULTS)
    total = sum(n for (place, _), n in counted.items() if place == court.pk)
    return CourtWeek(court.code, court.short_name, faults, total, waiting, sent)


def _shown(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    return rows.select_related("case", "case__department", "person", "court").annotate(
        whose=Coalesce(F("person"), Value(0))
    )


COLUMNS: tuple[Column[Finding], ...] = (
    Column("案号", lambda finding: finding.case.number),
    Column("案由", lambda finding: finding.case.cause),
    Column("谁来改", lambda finding: finding.person.name if finding.person else ""),
    Column("法院", lambda finding: finding.court.short_name),
    Column("承办部门", lambda finding: finding.case.department.name if finding.case.department else ""),
    Column("类别", lambda finding: finding.fault),
    Column("问题", lambda finding: finding.rule),
    Column("情况", lambda finding: finding.detail),
    Column("周次", lambda finding: finding.week),
    Column("发现日期", lambda finding: finding.found_on),
    Column("状态", lambda finding: finding.state),
    Column("了结日期", lambda finding: finding.settled_on),
    Column("说明", lambda finding: finding.explanation),
)
