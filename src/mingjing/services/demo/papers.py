"""Documents of the demonstration: judgments proofread and issued, drafts with remarks, a search, seals."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet

from mingjing.services.actors import actor_for
from mingjing.services.acts import act
from mingjing.services.case_tags import tag_case
from mingjing.services.demo.judgments import written
from mingjing.services.demo.offices import Offices
from mingjing.services.papers.lists import rules_of
from mingjing.services.papers.proofreading import put_paper
from mingjing.services.papers.reporting import REGISTER, REQUIRE, Answered, Asked, file_report
from mingjing.services.papers.sealing import seal_case
from mingjing.services.papers.searching import search
from mingjing.services.records.evidence import keep
from mingjing.services.records.opening import open_record
from mingjing.storage.cases.models import Case
from mingjing.storage.papers.models import Paper

ISSUED, SEALED, WATCHED = 40, 6, 2
SLIPS = (
    ("判决如下", "裁定如下"),
    ("之日起十五日内", "之日起十日内"),
    ("凭证和", "转帐凭证和"),
    ("义务。", "义务。。"),
)
"""What the draft with remarks has wrong."""


def fill(offices: Offices, on: date) -> None:
    """What the busiest basic court has of documents on a day."""
    _issued(offices, on)
    judge = offices.staff.judges["民事"][0]
    mine = list(_civil(offices).filter(handler=judge, closed_on=None).order_by("filed_on", "pk")[:4])
    _drafts(offices, mine[:2], on)
    _search(offices, mine[1:3], on)
    _supervised(offices, mine[2:3], on)
    _watched(offices, on)
    _seals(offices, on)


def _civil(offices: Offices) -> QuerySet[Case]:
    rows = Case.objects.filter(court=offices.staff.court, kind="民事一审", handler__isnull=False)
    return rows.select_related("court", "department", "handler")


def _issued(offices: Offices, on: date) -> None:
    """Judgments of this year, as the year left them: issued on the day the case says, nothing open."""
    court = offices.staff.court
    closed = (
        _civil(offices)
        .filter(closed_on__gte=date(on.year, 1, 1), outcome="判决")
        .order_by("-closed_on", "pk")
    )
    cases = [one for one in closed[: 3 * ISSUED] if "签发裁判文书" in one.milestones][:ISSUED]
    zone = ZoneInfo(court.time_zone)
    with act(
        None, "生成演示文书", needs="", subject_kind="法院", subject_id=court.code, court=court
    ) as record:
        for case in cases:
            assert case.handler is not None
            day = date.fromisoformat(case.milestones["签发裁判文书"])
            text = written(case, day)
            Paper.objects.create(
                court=court, case=case, kind="判决书", version=1, state=Paper.State.ISSUED,
                evidence=keep(_file(text)), name="判决书.txt", text=text, rules=rules_of(court, day)[:400],
                put_by=case.handler, put_at=datetime.combine(day, time(9, 20), zone), issued_by=case.handler,
                issued_on=day,
            )  # fmt: skip
        record.payload = {"件数": len(cases)}


def _drafts(offices: Offices, cases: list[Case], on: date) -> None:
    """One draft with remarks nobody has answered, one that can be issued."""
    for place, case in enumerate(cases):
        text = written(case, on)
        for right, wrong in SLIPS if place == 0 else ():
            text = text.replace(right, wrong, 1)
        assert case.handler is not None
        put_paper(actor_for(case.handler, on), case_id=case.pk, kind="判决书", upload=_file(text))


def _search(offices: Offices, cases: list[Case], on: date) -> None:
    """A search filed with its report, and one required that waits."""
    office = actor_for(offices.staff.heads["审判管理办公室"], on)
    for place, case in enumerate(cases):
        assert case.handler is not None
        values = {
            "案件": case.pk, "案号": case.number, "承办人": case.handler_id, "承办部门": case.department_id,
            "检索事由": "院庭长要求检索", "评议日期": (on + timedelta(days=6)).isoformat(),
        }  # fmt: skip
        open_record(office, REGISTER, REQUIRE, values)
        if place == 0:
            judge = actor_for(case.handler, on)
            hits = search(judge, case.pk).similar
            answers = {
                one.case.pk: Answered("参考", "案由、争议焦点相同，裁判思路可以参考") for one in hits[:2]
            }
            answers |= {one.case.pk: Answered("不参考", "合同约定不同，不具有可比性") for one in hits[2:]}
            asked = Asked(
                "", "付款条件是否成就", "参考类案" if hits else "没有类案", "本院同类案件裁判思路一致"
            )
            file_report(judge, case_id=case.pk, asked=asked, answers=answers)


def _supervised(offices: Offices, cases: list[Case], on: date) -> None:
    """The head asks for a report; the judge was asked by somebody the list does not name."""
    head = actor_for(offices.staff.heads["民事审判第一庭"], on)
    for case in cases:
        assert case.handler is not None
        shared = {"案件": case.pk, "案号": case.number, "承办人": case.handler_id}
        asked = {
            "监督事项": "要求报告进展",
            "监督意见": "请说明尚未审结的原因",
            "办理期限": (on + timedelta(days=5)).isoformat(),
        }
        open_record(head, "ledger.supervision_act", "提出", {**shared, **asked})
        outside = {"过问人": "院外人员", "过问内容": "打电话询问什么时候判决"}
        open_record(
            actor_for(case.handler, on), "ledger.supervision_act", "登记清单外过问", {**shared, **outside}
        )


def _watched(offices: Offices, on: date) -> None:
    """Cases under the eyes of the public: one past its hearing notice without the sheet."""
    office = actor_for(offices.staff.heads["审判管理办公室"], on)
    rows = _civil(offices).filter(closed_on=None, milestones__has_key="排期").order_by("-filed_on", "pk")
    for case in rows[:WATCHED]:
        tag_case(office, case_id=case.pk, tag="舆情关注")


def _seals(offices: Offices, on: date) -> None:
    """Some of the archived cases are sealed."""
    office = actor_for(offices.staff.heads["审判管理办公室"], on)
    kept = Paper.objects.filter(court=offices.staff.court, state=Paper.State.ISSUED).values("case")
    for case in _civil(offices).filter(pk__in=kept, milestones__has_key="归档").order_by("pk")[:SEALED]:
        seal_case(office, case_id=case.pk)


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("判决书.txt", text.encode(), "text/plain")
