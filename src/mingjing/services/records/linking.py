"""Links between records, many to many, in the words of whoever makes them."""

from __future__ import annotations

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.opening import WrongPlace
from mingjing.services.records.sight import find_record
from mingjing.services.records.surroundings import APPROVAL, OPENED
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import register_at
from mingjing.storage.records.models import Record, RecordLink


class LinkStays(Refusal):
    """A link that an act has made is part of the history and stays."""

    code = "link-stays"


def link(actor: Actor, source_id: int, target_id: int, label: str) -> RecordLink:
    """Link two records the actor sees, where the register of either offers the other. Twice is once.

    Raises
    ------
    NotVisible   one of them is not visible to the actor
    WrongPlace   neither register offers links to the other, or a record is linked to itself
    """
    source, target = find_record(actor, source_id), find_record(actor, target_id)
    offered = target.register in register_at(source).links or source.register in register_at(target).links
    if source.pk == target.pk or not offered:
        raise WrongPlace(f"{source.number} 不能关联 {target.number}：两本台账都没有写明可以互相关联。")
    words = " ".join(label.split())[:40] or "关联"
    known = RecordLink.objects.filter(source=source, target=target, label=words).first()
    if known is not None:
        return known
    with verb(actor, "关联记录", actor.court, subject_id=source.pk, why=words) as work:
        work.entry.definition = source.definition
        work.entry.payload = {"编号": source.number, "关联": target.number, "关系": words}
        return RecordLink.objects.create(
            source=source, target=target, label=words, made_by=actor.person, made_on=actor.on
        )


def unlink(actor: Actor, link_id: int) -> None:
    """Take back a link somebody made by hand.

    Raises
    ------
    NotVisible   one of the records is not visible to the actor
    LinkStays    the link came about by an act, or one of the records is over
    """
    found = RecordLink.objects.select_related("source", "target").filter(pk=link_id).first()
    if found is None:
        raise NotVisible
    source, target = find_record(actor, found.source_id), find_record(actor, found.target_id)
    if not _by_hand(found, source, target):
        raise LinkStays(f"“{found.label}”是办理时自动建立的关联，不能解除。")
    if source.over or target.over:
        raise LinkStays("已经了结的记录，关联不能再解除。")
    with verb(actor, "解除关联", actor.court, subject_id=source.pk) as work:
        work.entry.definition = source.definition
        work.entry.payload = {"编号": source.number, "关联": target.number, "关系": found.label}
        found.delete()


def _by_hand(found: RecordLink, source: Record, target: Record) -> bool:
    acts = register_at(source).acts
    opened = {one.link or OPENED for act in acts for one in act.opens if one.register == target.register}
    return found.label not in {APPROVAL, *opened}
