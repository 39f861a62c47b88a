"""Policy tags of a case: put on by one person, confirmed by another right (S-179)."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, filled, known_word
from mingjing.services.installation import registry
from mingjing.services.locking import lock_case
from mingjing.services.permissions import NotVisible
from mingjing.storage.cases.models import Case, CaseTag


def tag_case(actor: Actor, *, case_id: int, tag: str) -> CaseTag:
    """Put a tag of dictionary.tags on a case; putting it on again changes nothing."""
    same = CaseTag.objects.filter(case=case_id, tag=tag, tagged_by=actor.person).first()
    if same is not None:
        return same
    with act(actor, "标注案件", needs="标注案件", subject_kind="案件", subject_id=case_id, why=tag) as record:
        case = lock_case(actor, case_id)
        known_word(tag, _in_use(case), "案件标签")
        other = CaseTag.objects.filter(case=case, tag=tag).select_related("tagged_by").first()
        if other is not None:
            raise Taken(f"“{tag}”已由 {other.tagged_by or '导入'} 标注。")
        put = CaseTag.objects.create(case=case, court=case.court, tag=tag, tagged_by=actor.person)
        record.definition = registry(case.court).ref("dictionary.tags", actor.on)
        record.payload = {"案号": case.number, "标签": tag}
    return put


def confirm_tag(actor: Actor, *, tag_id: int) -> CaseTag:
    """Confirm a tag; only confirmed tags count in statistics.

    Raises
    ------
    Taken   it is confirmed already
    """
    case_id, word = _tag(tag_id)
    with act(
        actor, "确认标注", needs="确认标注", subject_kind="案件", subject_id=case_id, why=word
    ) as record:
        case = lock_case(actor, case_id)
        put = _still(tag_id)
        if put.confirmed:
            raise Taken(f"“{word}”已经确认过。")
        put.confirmed = True
        put.save(update_fields=["confirmed"])
        record.payload = {"案号": case.number, "标签": word}
    return put


def remove_tag(actor: Actor, *, tag_id: int, reason: str) -> None:
    """Take a tag off, for a reason; a confirmed one needs the right to confirm."""
    why = filled(reason, "理由", example="当事人并非民营企业", longest=200)
    case_id, word = _tag(tag_id)
    confirmed = CaseTag.objects.filter(pk=tag_id, confirmed=True).exists()
    needs = "确认标注" if confirmed else "标注案件"
    with act(actor, "取消标注", needs=needs, subject_kind="案件", subject_id=case_id, why=why) as record:
        case = lock_case(actor, case_id)
        put = _still(tag_id)
        if put.confirmed and not confirmed:
            raise Taken(f"“{word}”刚刚被确认，请重新查看后再办理。")
        put.delete()
        record.payload = {"案号": case.number, "标签": word}


def _in_use(case: Case) -> list[str]:
    table = registry(case.court).dictionary("dictionary.tags")
    return [word for word in table.keys if table.row(word).get("active") != "否"]


def _tag(tag_id: int) -> tuple[int, str]:
    found = CaseTag.objects.filter(pk=tag_id).values_list("case_id", "tag").first()
    if found is None:
        raise NotVisible
    return found


def _still(tag_id: int) -> CaseTag:
    put = CaseTag.objects.filter(pk=tag_id).first()
    if put is None:
        raise Taken("这个标签已经取消。")
    return put
