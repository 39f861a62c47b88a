"""Link the numbers of one dispute, so that a new number does not reset a case's age."""

from __future__ import annotations

from datetime import date

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.clocks import recheck
from mingjing.services.demands import filled, known_word
from mingjing.services.installation import registry
from mingjing.services.locking import lock_case
from mingjing.services.permissions import NotVisible, seen_case
from mingjing.storage.cases.models import Case, CaseLink


class Circular(Refusal):
    """A case would come before itself."""

    code = "circular"


def link_cases(actor: Actor, *, earlier_id: int, later_id: int, relation: str) -> CaseLink:
    """Say that ``later`` goes on from ``earlier``; linking the same two again changes nothing.

    Raises
    ------
    WrongEntry   unknown relation
    Circular     ``earlier`` already goes on from ``later``
    """
    earlier = seen_case(actor, earlier_id)
    same = CaseLink.objects.filter(earlier=earlier_id, later=later_id, relation=relation).first()
    if same is not None:
        return same
    with act(
        actor, "关联案号", needs="维护案件", subject_kind="案件", subject_id=later_id, why=relation
    ) as record:
        later = lock_case(actor, later_id)
        known_word(relation, registry(later.court).dictionary("dictionary.case_relations").keys, "关系")
        if earlier.pk == later.pk or later.pk in _linked(earlier, before=True):
            raise Circular(f"{earlier.number} 本来就在 {later.number} 之后，不能再记作它的前案。")
        if earlier.filed_on and later.filed_on and later.filed_on < earlier.filed_on:
            raise Refusal(
                f"后案 {later.number} 立案于 {later.filed_on}，早于前案的 {earlier.filed_on}。请把前后对调。"
            )
        link, _ = CaseLink.objects.update_or_create(
            earlier=earlier, later=later, defaults={"relation": relation}
        )
        _refresh_from(later, actor.on)
        record.definition = registry(later.court).ref("dictionary.case_relations", actor.on)
        record.payload = {"前案": earlier.number, "后案": later.number, "关系": relation}
    return link


def unlink_cases(actor: Actor, *, link_id: int, reason: str) -> None:
    """Take back a link made by mistake; the later case's age is counted anew."""
    why = filled(reason, "理由", example="两案并非同一纠纷")
    link = CaseLink.objects.select_related("earlier").filter(pk=link_id).first()
    if link is None:
        raise NotVisible
    with act(
        actor, "取消关联", needs="维护案件", subject_kind="案件", subject_id=link.later_id, why=why
    ) as record:
        later = lock_case(actor, link.later_id)
        CaseLink.objects.filter(pk=link_id).delete()
        _refresh_from(later, actor.on)
        record.payload = {"前案": link.earlier.number, "后案": later.number, "关系": link.relation}


def chain(case: Case) -> list[Case]:
    """Every case of the dispute, ``case`` included, by filing day."""
    numbers = {case.pk} | _linked(case, before=True) | _linked(case, before=False)
    cases = Case.objects.filter(pk__in=numbers).select_related("court")
    return sorted(cases, key=lambda one: (one.filed_on or date.max, one.pk))


def refresh_original(case: Case) -> bool:
    """Set ``original_filed_on`` from the numbers before; True when it changed."""
    before = Case.objects.filter(pk__in=_linked(case, before=True, counted=True))
    days = [day for day in before.values_list("filed_on", flat=True) if day] + (
        [case.filed_on] if case.filed_on else []
    )
    original = min(days, default=None)
    changed = case.original_filed_on != original
    if changed:
        case.original_filed_on = original
        case.save(update_fields=["original_filed_on", "updated_at"])
    return changed


def _refresh_from(case: Case, on: date) -> None:
    """``case`` and every number after it."""
    after = Case.objects.filter(pk__in=_linked(case, before=False)).select_related(
        "court", "department", "handler"
    )
    for one in [case, *after]:
        if refresh_original(one):
            recheck(one, on=on)


def _linked(case: Case, *, before: bool, counted: bool = False) -> set[int]:
    """Ids of all numbers before (or after) ``case``; ``counted`` keeps to relations that carry the age."""
    near, far = ("later_id", "earlier_id") if before else ("earlier_id", "later_id")
    relations = registry(case.court).dictionary("dictionary.case_relations")
    carrying = [word for word in relations.keys if relations.row(word).get("carries") == "是"]
    found: set[int] = set()
    wave = {case.pk}
    while wave:
        links = CaseLink.objects.filter(**{f"{near}__in": wave})
        if counted:
            links = links.filter(relation__in=carrying)
        wave = set(links.values_list(far, flat=True)) - found
        found |= wave
    return found
