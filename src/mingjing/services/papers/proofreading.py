"""文书校对: a version is checked, each remark is answered, only then the document is issued (R-067)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import Max

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, filled, known_word
from mingjing.services.installation import now, registry
from mingjing.services.locking import lock_case
from mingjing.services.papers.lists import RULES, known_of, lists_of, rules_of
from mingjing.services.permissions import NotAllowed, NotVisible, require, seen_case
from mingjing.services.record_event import ISSUING, Happening, write_event
from mingjing.services.records.evidence import Upload, keep
from mingjing.services.settling import settle_event
from mingjing.storage.cases.models import Case
from mingjing.storage.papers.models import Paper, PaperRemark, Seal
from mingjing.storage.records.models import Evidence
from mingjing.text.proofreading.checking import proofread
from mingjing.text.proofreading.remarks import Remark
from mingjing.text.sources import text_of

CHECK, ISSUE = "校对文书", "签发文书"
KINDS = ("判决书", "裁定书", "调解书", "决定书", "其他")
ERROR = "错误"
State, Answer = Paper.State, PaperRemark.Answer


def put_paper(actor: Actor, *, case_id: int, kind: str, upload: Upload) -> Paper:
    """Keep a version of a document and check it; the same file again gives the version that is there.

    What was left as it is for a reason in the version before is not asked again at the same words; what is no
    longer found counts as 已改.

    Raises
    ------
    ReportRefused, FileRefused   the file cannot be read or kept
    WrongEntry                   unknown kind of document
    Taken                        the document is issued, or the case's files are sealed
    """
    require(actor, CHECK)
    case = seen_case(actor, case_id)
    known_word(kind, KINDS, "文书种类")
    evidence = keep(upload)
    name = upload.name or ""
    text = text_of((Path(settings.MEDIA_ROOT) / evidence.stored).read_bytes(), name)
    same = Paper.objects.filter(case=case, kind=kind, evidence=evidence).order_by("-version").first()
    if same is not None and same.state != State.REPLACED:
        return same
    with act(actor, CHECK, needs=CHECK, subject_kind="案件", subject_id=case_id) as record:
        case = lock_case(actor, case_id)
        _may_put(case, kind)
        found = proofread(text, known_of(case, actor.on), lists_of(case.court))
        before = _replace(case, kind)
        paper = _write(actor, case, kind, evidence, name, text)
        _keep_remarks(paper, found, before)
        record.definition = registry(case.court).ref(RULES, actor.on)
        record.payload = {
            "案号": case.number,
            "文书": kind,
            "稿次": paper.version,
            "摘要": evidence.digest,
            "提出": len(found),
            "待处理": paper.open,
        }
    return paper


def keep_remark(actor: Actor, *, remark_id: int, reason: str) -> PaperRemark:
    """Leave a remark as it is, for a reason.

    Raises
    ------
    NotAllowed   an error is left by whoever tries the case, nobody else
    Taken        answered already, or another version stands
    """
    why = filled(reason, "不改的理由", example="当事人曾用名，判决书首部已注明", longest=300)
    known = PaperRemark.objects.select_related("paper").filter(pk=remark_id).first()
    if known is None:
        raise NotVisible
    with act(
        actor, "校对意见不改", needs=CHECK, subject_kind="案件", subject_id=known.paper.case_id, why=why
    ) as record:
        case = lock_case(actor, known.paper.case_id)
        one = PaperRemark.objects.select_related("paper").get(pk=remark_id)
        if one.answer:
            raise Taken(f"这一处已经由{one.answered_by}处理：{one.answer}。")
        if one.paper.state != State.CHECKED:
            raise Taken(f"这一稿{one.paper.state}，不能再改。")
        if one.level == ERROR and not _tries(actor, case):
            raise NotAllowed("“错误”一级不改，要由承办人或者合议庭成员写明理由。")
        one.answer, one.reason, one.answered_by, one.answered_on = Answer.KEPT, why, actor.person, actor.on
        one.save(update_fields=["answer", "reason", "answered_by", "answered_on"])
        _count(one.paper)
        record.payload = {"案号": case.number, "规则": one.code, "原文": one.quote}
    return one


def issue_paper(actor: Actor, *, paper_id: int) -> Paper:
    """Issue a document nothing is open on: the day is recorded as 签发裁判文书.

    Raises
    ------
    NotAllowed   not of those who try the case (法发〔2017〕11号)
    Taken        something is open, or another version stands
    """
    known = Paper.objects.filter(pk=paper_id).first()
    if known is None:
        raise NotVisible
    with act(actor, ISSUE, needs=ISSUE, subject_kind="案件", subject_id=known.case_id) as record:
        case = lock_case(actor, known.case_id)
        paper = Paper.objects.select_for_update().get(pk=paper_id)
        if not _tries(actor, case):
            raise NotAllowed("裁判文书由承办人或者合议庭成员签发；院庭长不签发没有参加审理的案件的文书。")
        if paper.state != State.READY:
            left = (
                f"还有 {paper.open} 处没有回应，先改好再校对一遍，或者写明不改的理由"
                if paper.open
                else paper.state
            )
            raise Taken(f"第 {paper.version} 稿不能签发：{left}。")
        paper.state, paper.issued_by, paper.issued_on = State.ISSUED, actor.person, actor.on
        paper.save(update_fields=["state", "issued_by", "issued_on"])
        wanted = Happening(
            ISSUING, actor.on, note=f"{paper.kind}第 {paper.version} 稿，校对 {paper.remarks.count()} 处"
        )
        settle_event(case, write_event(case, wanted, by=actor.person), on=actor.on)
        record.payload = {"案号": case.number, "文书": paper.kind, "稿次": paper.version}
    return paper


def _tries(actor: Actor, case: Case) -> bool:
    return case.handler_id == actor.person.pk or case.panel.filter(person=actor.person).exists()


def _may_put(case: Case, kind: str) -> None:
    if Seal.objects.filter(case=case).exists():
        raise Taken("本案档案已经封存，不能再加文书。")
    if Paper.objects.filter(case=case, kind=kind, state=State.ISSUED).exists() and kind != "其他":
        issued = Paper.objects.filter(case=case, kind=kind, state=State.ISSUED).values_list(
            "issued_on", flat=True
        )[0]
        raise Taken(f"本案的{kind}已于 {issued} 签发。签发后发现笔误的，另作补正裁定书。")


def _replace(case: Case, kind: str) -> Paper | None:
    """The version before, from now on 已替换."""
    before = (
        Paper.objects.filter(case=case, kind=kind).exclude(state=State.REPLACED).order_by("-version").first()
    )
    if before is not None and before.state != State.ISSUED:
        Paper.objects.filter(pk=before.pk).update(state=State.REPLACED)
    return before


def _write(actor: Actor, case: Case, kind: str, evidence: Evidence, name: str, text: str) -> Paper:
    last = Paper.objects.filter(case=case, kind=kind).aggregate(n=Max("version"))["n"] or 0
    return Paper.objects.create(
        court=case.court,
        case=case,
        kind=kind,
        version=last + 1,
        state=State.CHECKED,
        evidence=evidence,
        name=name[:200],
        text=text,
        rules=rules_of(case.court, actor.on)[:400],
        put_by=actor.person,
        put_at=now(),
    )


def _keep_remarks(paper: Paper, found: tuple[Remark, ...], before: Paper | None) -> None:
    """The remarks as rows; reasons given before go on, what is gone was mended."""
    rules = registry(paper.court).dictionary(RULES)
    earlier = list(before.remarks.all()) if before is not None else []
    kept = {(one.code, one.quote): one for one in earlier if one.answer == Answer.KEPT}
    rows = []
    for place, one in enumerate(found, start=1):
        row, quote = rules.row(one.code), paper.text[one.start : one.end][:200]
        old = kept.get((one.code, quote))
        rows.append(
            PaperRemark(
                paper=paper,
                place=place,
                code=one.code,
                group=row.get("group", ""),
                level=row.get("level", ERROR),
                start=one.start,
                end=one.end,
                quote=quote,
                what=one.what[:300],
                why=one.why[:300],
                proposal=one.proposal[:200],
                answer=old.answer if old else "",
                reason=old.reason if old else "",
                answered_by=old.answered_by if old else None,
                answered_on=old.answered_on if old else None,
            )
        )
    PaperRemark.objects.bulk_create(rows)
    standing = {(row.code, row.quote) for row in rows}
    gone = [one.pk for one in earlier if not one.answer and (one.code, one.quote) not in standing]
    PaperRemark.objects.filter(pk__in=gone).update(
        answer=Answer.FIXED,
        reason=f"第 {paper.version} 稿里已经没有",
        answered_by=paper.put_by,
        answered_on=paper.put_at.date(),
    )
    _count(paper)


def _count(paper: Paper) -> None:
    paper.open = paper.remarks.filter(answer="").count()
    paper.state = State.CHECKED if paper.open else State.READY
    paper.save(update_fields=["open", "state"])
