"""Who may sit in a step: holders of its posts, but not whoever applied or whom another step needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mingjing.domain.approvals.approval import Approval, ApprovalStep, Mode
from mingjing.domain.approvals.chain import Chain, Level, Origin, Person, Standing, people
from mingjing.domain.approvals.refusals import NobodyElse, PostVacant

Holders = Mapping[str, Sequence[Person]]
"""Capacity → who holds it on the day, in order of precedence."""


def holders_in(target: Mapping[str, object]) -> Holders | None:
    """Who holds what, as an act keeps it (``holders``); None where nobody said (examples without a cast)."""
    said = target.get("holders")
    return {str(word): people(found) for word, found in said.items()} if isinstance(said, Mapping) else None


def holding(words: Iterable[str], holders: Holders) -> list[Person]:
    """Everybody who holds one of the capacities, each once, in the order of the words."""
    return list(dict.fromkeys(one for word in words for one in holders.get(word, ())))


def held_by(key: int, step: ApprovalStep, holders: Holders) -> tuple[str, ...]:
    """The capacities of a step that somebody holds."""
    return tuple(word for word in step.words if any(key == one for one, _ in holders.get(word, ())))


def vacant(step: ApprovalStep, holders: Holders) -> list[str]:
    """The capacities nobody holds, in a step where every one of them must sign (会签, 依次)."""
    return [] if step.mode is Mode.ANY else [word for word in step.by if not holders.get(word)]


def able(step: ApprovalStep, holders: Holders, barred: Iterable[int]) -> list[Person]:
    """Who may decide a step: holders of its posts who are not barred, else of the first post instead."""
    shut = set(barred)
    for words in step.ranks:
        if found := [one for one in holding(words, holders) if one[0] not in shut]:
            return found
    return []


@dataclass(frozen=True, slots=True)
class Slot:
    """A decision still to be made, and who may make it: the first group with anybody left."""

    label: str
    groups: tuple[frozenset[int], ...]

    def free(self, used: frozenset[int]) -> frozenset[int]:
        """Who is left for it."""
        return next((left for group in self.groups if (left := group - used)), frozenset())


def slots_of(approval: Approval, levels: Iterable[Level], holders: Holders) -> list[Slot]:
    """The decisions still to be made in these steps. In a step under way, or one that somebody added,
    everybody who sits there must decide (会签, 依次) or anybody (或签)."""
    found: list[Slot] = []
    for level in levels:
        if level.standing in (Standing.DONE, Standing.NOT_NEEDED):
            continue
        waiting = [seat.key for seat in level.seats if not seat.agreed_at]
        if waiting:
            together = level.mode is Mode.ANY
            groups = [frozenset(waiting)] if together else [frozenset({key}) for key in waiting]
            found.extend(Slot(level.label, (group,)) for group in groups)
        elif level.origin is Origin.RULE:
            step = approval.step(level.rule)
            keys = tuple(frozenset(key for key, _ in holding(part, holders)) for part in step.ranks)
            found.append(Slot(level.label, keys))
    return found


def first_unfilled(slots: Sequence[Slot], used: frozenset[int], *, distinct: bool) -> Slot | None:
    """The step that cannot be decided any more, or None where different people can decide them all.

    ``used`` are those who may decide nothing more. Where nobody is needed twice, the search is over at once;
    it branches only on people whom several steps need.
    """
    if not distinct:
        return next((slot for slot in slots if not slot.free(used)), None)
    if not slots:
        return None
    first, rest = slots[0], slots[1:]
    free = first.free(used)
    elsewhere = {key for slot in rest for group in slot.groups for key in group}
    harmless = free - elsewhere
    choices = [min(harmless)] if harmless else sorted(free)
    blocked: Slot | None = first
    for key in choices:
        blocked = first_unfilled(rest, used | {key}, distinct=True)
        if blocked is None:
            return None
    return blocked


def can_finish(approval: Approval, chain: Chain, holders: Holders, barred: Iterable[int] = ()) -> bool:
    """Whether people are left for every step ahead. ``barred`` may decide nothing more."""
    used = _used(approval, chain) | frozenset(barred)
    slots = slots_of(approval, chain.levels, holders)
    return first_unfilled(slots, used, distinct=approval.distinct) is None


def require_staff(approval: Approval, chain: Chain, holders: Holders) -> None:
    """Refuse to begin a chain that could never end, naming the step and what to do.

    Raises
    ------
    PostVacant   nobody holds any post of a step, or one of those that must all sign
    NobodyElse   those who do are the applicant, or are needed for other steps
    """
    for level in chain.levels:
        if level.standing is not Standing.AHEAD or level.seats or level.origin is not Origin.RULE:
            continue
        step = approval.step(level.rule)
        held = holding(step.words, holders)
        posts = "或者".join(dict.fromkeys(step.words))
        if not held:
            raise PostVacant(
                f"“{step.label}”由{posts}审批，现在没有人担任。请先由政治部任命或者登记委托，再提交。"
            )
        if any(holders.get(word) for word in step.by) and (lacking := vacant(step, holders)):
            raise PostVacant(
                f"“{step.label}”由{'、'.join(step.by)}{step.mode.value}，现在没有人担任{'、'.join(lacking)}。"
                "请先由政治部任命或者登记委托，再提交。"
            )
        if not able(step, holders, chain.barred):
            raise NobodyElse(
                f"“{step.label}”只能由{'、'.join(name for _, name in held)}审批，但谁也不能审批自己的事。"
                "请换人提交，或者请另一位担任同一职务的人办理。"
            )
    slots = slots_of(approval, chain.levels, holders)
    blocked = first_unfilled(slots, _used(approval, chain), distinct=approval.distinct)
    if blocked is not None:
        raise NobodyElse(
            f"各级审批不能由同一个人办理，轮到“{blocked.label}”时没有别人可以审批。"
            "请先登记委托或者任命其他人，再提交。"
        )


def _used(approval: Approval, chain: Chain) -> frozenset[int]:
    """Who may decide nothing more: whoever applied and, where nobody decides twice, whoever decided."""
    decided = frozenset(key for level in chain.levels for seat in level.seats for key in seat.deciders)
    return chain.barred | (decided if approval.distinct else frozenset())
