"""院庭长监督管理权责清单: who may supervise what; an act outside the list is not entered (S-191)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record
from mingjing.storage.supervision.models import Proposal

REGISTER, LIST = "ledger.supervision_act", "dictionary.supervision_powers"
ITEM, CASE = "监督事项", "案件"
FOUR_KINDS = "四类案件"


class OutsideTheList(Refusal):
    """A supervisory act that the court's list of powers does not give this person, or not on this case."""

    code = "outside-the-list"


@dataclass(frozen=True, slots=True)
class Power:
    """One item: the posts and roles that have it, the cases it is limited to, how often for one case, and
    the verbs of the log that are its exercise."""

    label: str
    who: tuple[str, ...]
    only: str
    most: int | None
    verbs: tuple[str, ...]

    def held_by(self, actor: Actor) -> bool:
        """Whether one of the actor's posts or roles has it."""
        return not {*actor.posts, *actor.roles}.isdisjoint(self.who)


def powers(court: Court) -> tuple[Power, ...]:
    """The court's list as it is in force."""
    return tuple(
        Power(
            row["label"],
            tuple(row["who"].split("、")),
            row["only"],
            int(row["most"]) if row["most"].isdecimal() else None,
            tuple(one for one in row["verbs"].split("、") if one),
        )
        for row in registry(court).dictionary(LIST).rows
    )


def require_power(actor: Actor | None, court: Court, register: str, values: Mapping[str, object]) -> None:
    """Refuse a supervisory act that is not on the list.

    Raises
    ------
    OutsideTheList   who may, on which cases, how often
    """
    if register != REGISTER or actor is None or not values.get(ITEM):
        return
    item = str(values[ITEM])
    power = next((one for one in powers(court) if one.label == item), None)
    if power is None or not power.held_by(actor):
        who = "、".join(power.who) if power else "没有人"
        mine = tuple(one.label for one in powers(court) if one.held_by(actor))
        raise OutsideTheList(f"权责清单里“{item}”由{who}行使，您没有这一项，不能提出。", allowed=mine)
    key = values.get(CASE)
    case = Case.objects.filter(pk=key, court=court).first() if isinstance(key, int) else None
    if case is None:
        return
    if power.only == FOUR_KINDS and not _is_marked(case):
        raise OutsideTheList(f"“{item}”只对{power.only}，{case.number}没有认定为{power.only}。")
    earlier = Record.objects.filter(
        court=court, register=REGISTER, data__matter=case.pk, data__power=item
    ).count()
    if power.most is not None and earlier >= power.most:
        raise OutsideTheList(f"{case.number}已经“{item}”{earlier} 次，每案至多 {power.most} 次。")


def _is_marked(case: Case) -> bool:
    return Proposal.objects.filter(case=case, marks=FOUR_KINDS, state=Proposal.State.CONFIRMED).exists()
