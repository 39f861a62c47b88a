"""录入核查通报: each court its own list, numbered, kept as it was on the day it was sent (S-170, J6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from mingjing.documents.days import format_day
from mingjing.domain.dates.durations import read_duration
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, WrongEntry
from mingjing.services.entry_checks import LOOK_BACK, iso_week
from mingjing.services.installation import registry
from mingjing.services.notice_papers import Paper
from mingjing.services.permissions import NotVisible
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court
from mingjing.storage.supervision.models import Circular, Finding

TEMPLATE = "document.entry_check_circular"
FAULTS = ("迟录", "错录", "漏录")
HEADINGS = (("案号", 2.4), ("谁来改", 1.0), ("类别", 0.8, "centre"), ("情况", 3.4))
"""Columns of the table: heading, share of the width, and the side where not the left."""
SETTLED = (Finding.State.FIXED, Finding.State.EXPLAINED)


def send_circulars(actor: Actor, *, week: str, court_codes: Sequence[str]) -> list[Circular]:
    """Put the week's findings to each of these courts, each its own: one numbered circular, one entry each.

    Raises
    ------
    NotVisible   a court the actor does not see
    WrongEntry   no court chosen, or the week has not begun
    Taken        a court was sent this week's list already (says when and under which number)
    """
    first, _ = _days(week)
    if first > actor.on:
        raise WrongEntry(f"{week} 还没有到，没有可以通报的。", example=iso_week(actor.on))
    courts = [court for court in actor.courts if court.code in court_codes]
    if not court_codes:
        raise WrongEntry("没有选法院。", example=actor.court.code)
    if len(courts) != len(set(court_codes)):
        raise NotVisible
    with transaction.atomic():
        Court.objects.select_for_update().get(pk=actor.court.pk)
        return [_send(actor, court, week) for court in courts]


def circular_paper(circular: Circular) -> Paper:
    """The .docx of a circular, as it was sent."""
    from mingjing.documents.gongwen import write_document  # the writer of .docx is loaded to write one
    from mingjing.documents.tables import Column, Table
    from mingjing.documents.template import fill_template

    template = registry(circular.issuer).document(TEMPLATE, circular.sent_on)
    rows = tuple(tuple(str(cell) for cell in row) for row in circular.rows)
    columns = tuple(Column(*heading) for heading in HEADINGS)
    tables = (Table(columns, rows, caption="录入核查问题清单"),) if rows else ()
    document = fill_template(
        template,
        circular.fields,
        issuer=circular.issuer.name,
        number=circular.number,
        issued_on=circular.sent_on,
        tables=tables,
    )
    return Paper(
        f"{circular.number}录入核查通报（{circular.court.short_name}）.docx", write_document(document)
    )


def circular_of(actor: Actor, circular_id: int) -> Circular:
    """A circular sent to the actor's court or by it; no court sees that of another.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    mine = Circular.objects.filter(Q(court=actor.court) | Q(issuer=actor.court), pk=circular_id)
    found = mine.select_related("issuer", "court").first()
    if found is None:
        raise NotVisible
    return found


def _days(week: str) -> tuple[date, date]:
    try:
        first = date.fromisoformat(f"{week}-1")
    except ValueError:
        raise WrongEntry(f"“{week}”不是一个周次。", example="2026-W40") from None
    return first, first + timedelta(days=6)


def _send(actor: Actor, court: Court, week: str) -> Circular:
    with act(
        actor,
        "通报录入核查",
        needs="通报核查",
        subject_kind="法院",
        subject_id=court.code,
        why=f"{week} 核查清单",
    ) as record:
        before = Circular.objects.filter(issuer=actor.court, court=court, week=week).first()
        if before is not None:
            raise Taken(f"{court.short_name}{week} 的清单已于 {before.sent_on} 发出：{before.number}。")
        known = registry(actor.court)
        mine = Circular.objects.filter(issuer=actor.court, year=actor.on.year)
        serial = (mine.order_by("-serial").values_list("serial", flat=True).first() or 0) + 1
        found = list(
            Finding.objects.filter(court=court, week=week)
            .select_related("case", "person")
            .order_by("fault", "person", "pk")
        )
        circular = Circular.objects.create(
            issuer=actor.court,
            court=court,
            week=week,
            year=actor.on.year,
            serial=serial,
            number=known.document(TEMPLATE, actor.on).numbered(actor.on.year, serial, actor.court.code),
            definition=known.ref(TEMPLATE, actor.on),
            fields=_fields(actor, court, week, found),
            rows=[_line(finding) for finding in found if finding.state == Finding.State.OPEN],
            sent_on=actor.on,
            sent_by=actor.person,
        )
        record.definition = circular.definition
        record.payload = {
            "文号": circular.number,
            "周次": week,
            "问题": len(found),
            "待改": len(circular.rows),
        }
    return circular


def _fields(actor: Actor, court: Court, week: str, found: list[Finding]) -> dict[str, str]:
    """The blanks of the document."""
    first, last = _days(week)
    faults = Counter(finding.fault for finding in found)
    earlier = Finding.objects.filter(court=court, week=iso_week(first - timedelta(days=1)))
    common = Counter(finding.rule for finding in found).most_common(3)
    return {
        "起始日期": format_day(first),
        "截止日期": format_day(min(last, actor.on)),
        "核查条数": str(_checked(court, last)),
        "问题条数": str(len(found)),
        **{f"{fault}条数": str(faults[fault]) for fault in FAULTS},
        "已改正条数": str(earlier.filter(state__in=SETTLED).count()),
        "未改正条数": str(earlier.filter(state=Finding.State.OPEN).count()),
        "主要问题": "、".join(f"{rule}（{n}处）" for rule, n in common) + "。"
        if common
        else "没有发现问题。",
        "改正期限": format_day(_mend_by(court, actor.on)),
        "法院": actor.court.name,
    }


def _checked(court: Court, last: date) -> int:
    """Cases the check looked at: the open ones and those closed shortly before."""
    filed = Case.objects.filter(court=court, filed_on__lte=last)
    return filed.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=last - LOOK_BACK)).count()


def _mend_by(court: Court, on: date) -> date:
    """The longest term dictionary.fault_kinds sets, counted in working days from ``on``."""
    known = registry(court)
    terms = [row["within"] for row in known.dictionary("dictionary.fault_kinds").rows]
    days = [read_duration(term).half_workdays // 2 for term in terms if term]
    if not any(days):
        raise Refusal("录入毛病字典没有写改正期限，不能出通报。", example="3个工作日")
    return known.calendar(court.calendar).add_workdays(on, max(days))


def _line(finding: Finding) -> list[str]:
    return [
        finding.case.number,
        finding.person.name if finding.person else "",
        finding.fault,
        finding.detail,
    ]
