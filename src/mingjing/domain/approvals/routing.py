"""The path of an approval told in advance: who decides, in which order, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingjing.domain.approvals.approval import Approval, ApprovalStep, Mode
from mingjing.domain.approvals.chain import Person
from mingjing.domain.approvals.moving import needed
from mingjing.domain.approvals.staffing import Holders, able, holding, vacant
from mingjing.domain.ledgers.matters import NotFilled


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One step as it will come. ``applies`` is None where it cannot be told yet; ``why`` says why it is
    needed, or not, or what is missing; ``people`` are who could decide it today; ``trouble`` is set where
    nobody could."""

    label: str
    by: tuple[str, ...]
    mode: Mode
    applies: bool | None
    why: str
    people: tuple[Person, ...] = ()
    trouble: str = ""


def route(
    approval: Approval,
    values: Mapping[str, object],
    on: date,
    holders: Holders | None = None,
    applicant: Person | None = None,
) -> tuple[Foreseen, ...]:
    """The path these values would take on a day, without anybody having submitted them."""
    found: list[Foreseen] = []
    for step in approval.steps:
        barred = {applicant[0]} if applicant else set()
        seated = able(step, holders, barred) if holders is not None else []
        try:
            applies, why = needed(approval, step, values, on)
        except NotFilled:
            text = step.when.text if step.when else ""
            why = f"要看填写的内容：{text} 时才要这一步"
            found.append(Foreseen(step.label, step.by, step.mode, None, why, tuple(seated)))
            continue
        trouble = _trouble(step, seated, holders) if holders is not None and applies else ""
        why = why or (f"由{'、'.join(step.by)}{step.mode.value}")
        found.append(Foreseen(step.label, step.by, step.mode, applies, why, tuple(seated), trouble))
    return tuple(found)


def _trouble(step: ApprovalStep, seated: Sequence[Person], holders: Holders) -> str:
    if not holding(step.words, holders):
        return "现在没有人担任这个职务。"
    if not seated:
        return "只有申请人自己担任这个职务。"
    lacking = vacant(step, holders) if any(holders.get(word) for word in step.by) else []
    return f"现在没有人担任{'、'.join(lacking)}。" if lacking else ""
