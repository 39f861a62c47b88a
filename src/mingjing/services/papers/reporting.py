"""The report of a search: every near hit answered, the paper written, the record filed (R-066)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet

from mingjing.documents.gongwen import OfficialDocument, Paragraph, write_document
from mingjing.documents.tables import Column, Table
from mingjing.services.actors import Actor
from mingjing.services.demands import WrongEntry, filled, setting
from mingjing.services.papers.searching import Found, Similar, search
from mingjing.services.permissions import seen_case
from mingjing.services.record_event import record_event
from mingjing.services.records.acting import do
from mingjing.services.records.evidence import keep
from mingjing.services.records.opening import open_record
from mingjing.storage.cases.models import Case
from mingjing.storage.records.models import Record

REGISTER, REQUIRE, FILE = "ledger.case_search", "要求检索", "提交报告"
FIELD, EVENT = "检索报告", "类案检索"
FOLLOWED, LEFT = "参考", "不参考"
ANSWER_FROM = "类案逐件回应"
PLATFORM = "明镜·本院案件：案由、类型、程序、标签和存有文书的全文"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the judge says to one hit: 参考, 不参考 or nothing, and why."""

    choice: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report says beside its hits. ``others`` are findings of other sources, one a line; ``why`` and
    ``before`` (the day of deliberation) are needed only where nobody has required the search yet."""

    words: str
    dispute: str
    verdict: str
    reason: str
    others: str = ""
    why: str = ""
    before: date | None = None


def required(case: Case) -> Record | None:
    """The search of this case in the register: one that waits, else the last."""
    rows = _of_case(case).order_by("over", "-pk")
    return rows.first()


def _of_case(case: Case) -> QuerySet[Record]:
    return Record.objects.filter(court=case.court, register=REGISTER, data__matter=case.pk)


def file_report(actor: Actor, *, case_id: int, asked: Asked, answers: Mapping[int, Answered]) -> Record:
    """Search again, hold the answers against the hits, write the report and file it; the case notes the day.

    Raises
    ------
    WrongEntry   a near hit has no answer or no reason, or a field is empty
    Refusal      the register refuses: not the judge of the case, a day missing
    """
    found = search(actor, case_id, asked.words)
    _check(found, answers)
    dispute = filled(asked.dispute, "争议焦点", example="借名买房的合同是否有效", longest=1000)
    reason = filled(
        asked.reason, "参照理由", example="案件基本事实、争议焦点相似，裁判要点可以参考", longest=1000
    )
    case = seen_case(actor, case_id)
    record = required(case) or _require(actor, case, asked)
    report = write_report(actor, found, asked, answers)
    evidence = keep(SimpleUploadedFile("类案检索报告.docx", report, _DOCX))
    followed = sum(one.choice == FOLLOWED for one in answers.values())
    values = {
        "检索平台方法": PLATFORM,
        "检索条件": found.query,
        "争议焦点": dispute,
        "检出件数": len(found.similar) + len(found.related),
        "参考件数": followed,
        "检索结果": "\n".join(_lines(found, answers, asked)) or "没有检出类案和关联案件",
        "是否参照": asked.verdict,
        "参照理由": reason,
    }
    name = f"类案检索报告-{case.number}.docx"
    made = do(actor, record.pk, FILE, values, files=[(FIELD, evidence, name)])
    if actor.may("录入事项") and case.closed_on is None:
        record_event(actor, case_id=case.pk, kind=EVENT, happened=actor.on, note=f"检索报告 {made.number}")
    return made


def _require(actor: Actor, case: Case, asked: Asked) -> Record:
    """Nobody has required the search yet: the judge's own words do."""
    if asked.before is None or not asked.why:
        raise WrongEntry("还没有人要求检索本案，请选检索事由、填评议日期。", example=f"评议日期 {actor.on}")
    values = {
        "案件": case.pk,
        "案号": case.number,
        "承办人": case.handler_id,
        "承办部门": case.department_id,
        "检索事由": asked.why,
        "评议日期": asked.before.isoformat(),
    }
    return open_record(actor, REGISTER, REQUIRE, {key: one for key, one in values.items() if one is not None})


def must_answer(found: Found) -> tuple[Similar, ...]:
    """The hits so near that each needs an answer (dictionary.supervision_settings)."""
    least = setting(ANSWER_FROM, found.case.court)
    return tuple(one for one in found.similar if one.points >= int(least))


def _check(found: Found, answers: Mapping[int, Answered]) -> None:
    for one in must_answer(found):
        if not answers.get(one.case.pk, Answered()).choice:
            raise WrongEntry(
                f"{one.case.number}相似度 {one.points}，还没有选参考或者不参考。", allowed=(FOLLOWED, LEFT)
            )
    for one in found.similar:
        said = answers.get(one.case.pk, Answered())
        if said.choice and not said.reason.strip():
            raise WrongEntry(
                f"{one.case.number}选了“{said.choice}”，还没有写理由。", example="合同约定不同，不具有可比性"
            )


def _lines(found: Found, answers: Mapping[int, Answered], asked: Asked) -> list[str]:
    lines = []
    for one in found.similar:
        said = answers.get(one.case.pk, Answered())
        what = f"{said.choice}：{said.reason.strip()}" if said.choice else "没有采用"
        lines.append(f"类案 {one.case.number}（相似度 {one.points}）{what}")
    lines += [
        f"关联 {one.case.number}（{one.likeness.value}）{'、'.join(one.names) or '已登记关联'}"
        for one in found.related
    ]
    return [*lines, *(f"其他来源 {line.strip()}" for line in asked.others.splitlines() if line.strip())]


def write_report(actor: Actor, found: Found, asked: Asked, answers: Mapping[int, Answered]) -> bytes:
    """The report as .docx: who searched when, where and how, the hits with their answers, the conclusion."""
    case = found.case
    similar = Table(
        (
            Column("案号", 2.4),
            Column("结果", 1.6),
            Column("相似度", 0.9, "centre"),
            Column("是否参考及理由", 3.1),
        ),
        tuple(_similar_row(one, answers.get(one.case.pk, Answered())) for one in found.similar),
        caption="本院已结类案",
    )
    related = Table(
        (Column("案号", 2.6), Column("案由", 1.8), Column("同名当事人", 1.8), Column("把握", 0.8, "centre")),
        tuple(
            (one.case.number, one.case.cause or "—", "、".join(one.names) or "已登记关联", one.likeness.value)
            for one in found.related
        ),
        caption="关联案件",
    )
    others = [Paragraph(line.strip()) for line in asked.others.splitlines() if line.strip()]
    body: list[Paragraph | Table] = [
        Paragraph(
            f"检索人：{actor.person.name}；检索时间：{actor.on:%Y-%m-%d}；检索平台和方法：{PLATFORM}。"
        ),
        Paragraph(f"检索条件：{found.query}。比对 {found.compared} 件，其中存有文书的 {found.texts} 件。"),
        Paragraph(f"争议焦点：{asked.dispute.strip()}"),
        similar if found.similar else Paragraph("本院没有检出类案。"),
        related if found.related else Paragraph("没有检出同一当事人的其他案件。"),
        *([Paragraph("其他来源："), *others] if others else []),
        Paragraph(f"结论：{asked.verdict}。{asked.reason.strip()}"),
        Paragraph("关联案件按姓名、名称比对，只有一个同名的为“可能”，请核对后使用。"),
    ]
    title = f"{case.number}类案及关联案件检索报告"
    return write_document(
        OfficialDocument(case.court.name, title, tuple(body), actor.on, signature=actor.person.name)
    )


def _similar_row(one: Similar, said: Answered) -> tuple[str, str, str, str]:
    closed = f"{one.case.closed_on:%Y-%m-%d} {one.case.outcome}" if one.case.closed_on else "—"
    answer = f"{said.choice}：{said.reason.strip()}" if said.choice else "没有采用"
    return one.case.number, closed, f"{one.points}（{'、'.join(one.parts)}）", answer
