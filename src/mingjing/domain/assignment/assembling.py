"""From a rule, a case and the people of a court to the lists a draw is made from, with the working."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from mingjing.domain.assignment.pools import Candidate, Excluded, NobodyLeft, Pool
from mingjing.domain.assignment.rules import FULL, AssignmentRule, Group, Specialism
from mingjing.domain.reasons import Step

AWAY, UNSUITED, TEAM = "不在岗", "专业不符", "团队不完整"
RECUSED = "本案回避"
"""Recused in this very case: excludes under every rule."""
ONE_LEFT, FALLBACK, CHANGED = "只有一个结果", "后备名单", "权重调整"
"""Flags of a list: each needs a reason and somebody else's approval before it can be committed."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why somebody must step aside: ``kind`` is a word of the rule's ``recusal``, ``why`` stays in-house."""

    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody as of the filing day: ``open`` counts their open cases by kind, ``away`` says why they are
    absent, ``lacks`` what their team is short of."""

    id: str
    post: str
    department: str = ""
    business: str = ""
    open: Mapping[str, int] = field(default_factory=dict)
    away: str = ""
    grounds: tuple[Ground, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Who can be drawn for one group of seats. ``details`` maps an excluded person to the reason that is not
    published, ``steps`` say how each weight came about."""

    group: Group
    candidates: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...]
    details: Mapping[str, str]
    steps: tuple[Step, ...]
    flags: tuple[str, ...]

    def pool(self, *, case: str, rule: str, day: str, turn: int = 1) -> Pool:
        """The pool to be committed; the group stands beside the rule's reference."""
        return Pool(
            case=case,
            rule=f"{rule} · {self.group.label}",
            day=day,
            candidates=self.candidates,
            excluded=self.excluded,
            seats=self.group.take,
            turn=turn,
        )


def shortlists(
    rule: AssignmentRule,
    facts: Mapping[str, str],
    staff: Sequence[Staff],
    changed: Mapping[str, int] | None = None,
) -> tuple[Shortlist, ...]:
    """The list of every group of the rule for a case.

    ``changed`` are weights somebody asked to be changed, by id; they raise a flag.

    Raises
    ------
    NobodyLeft   the exclusions leave fewer people than seats, and the rule knows no fallback
    """
    return tuple(_shortlist(rule, group, facts, staff, changed or {}) for group in rule.groups)


def _shortlist(
    rule: AssignmentRule,
    group: Group,
    facts: Mapping[str, str],
    staff: Sequence[Staff],
    changed: Mapping[str, int],
) -> Shortlist:
    known = [one for one in staff if one.post in group.posts and _of_field(group, one)]
    special = rule.specialism(facts.get("案由", ""))
    special = special if special and any(_suits(special, one) for one in staff) else None
    out = {one.id: why for one in known if (why := _out(rule, group, special, one))}
    flags = []
    if len(known) - len(out) < group.take and special and rule.fallback:
        out = {one.id: why for one in known if (why := _out(rule, group, None, one))}
        flags.append(FALLBACK)
    left = [one for one in known if one.id not in out]
    if len(left) < group.take:
        reasons = "；".join(f"{one}：{label}" for one, (label, _) in out.items()) or "没有人担任这些职务"
        raise NobodyLeft(
            f"“{group.label}”要抽 {group.take} 人，只有 {len(left)} 人可以抽。不能抽的：{reasons}。"
            "请扩大名单，或者由院领导指定并写明理由。"
        )
    if len(left) == group.take:
        flags.append(ONE_LEFT)
    weights, steps = weigh(rule, group, left)
    asked = {id: weight for id, weight in changed.items() if weights.get(id, weight) != weight}
    if asked:
        flags.append(CHANGED)
        weights |= asked
        steps += tuple(Step(id, f"经申请改为 {weight}") for id, weight in asked.items())
    return Shortlist(
        group,
        tuple(Candidate(one.id, weights[one.id]) for one in left),
        tuple(Excluded(id, label) for id, (label, _) in out.items()),
        {id: why for id, (_, why) in out.items() if why},
        steps,
        tuple(flags),
    )


def weigh(
    rule: AssignmentRule, group: Group, staff: Sequence[Staff]
) -> tuple[dict[str, int], tuple[Step, ...]]:
    """The share of everybody in hundredths: the quota of the post, less for whoever carries more than half
    of the others do, never below ``floor`` and never above the quota.

    Nobody catches up: who was away or whose cases others took over comes back with the quota, no more.
    """
    loads = {one.id: load(rule, one.open) for one in staff}
    usual = median_low(loads.values())
    weights, steps = {}, []
    for one in staff:
        quota, own = group.posts[one.post], loads[one.id]
        factor = FULL if own <= usual else max(rule.floor, FULL * usual // own)
        weights[one.id] = max(1, quota * factor // FULL)
        said = f"{one.post}的份额 {quota}%"
        if factor < FULL:
            said += f"；在办折合 {own / FULL:.1f} 件，多于中位数 {usual / FULL:.1f} 件，按 {factor}% 计"
        steps.append(Step(one.id, said))
    return weights, tuple(steps)


def load(rule: AssignmentRule, open: Mapping[str, int]) -> int:
    """Open cases in hundredths of an ordinary case."""
    counts = rule.counts or {}
    return sum(number * counts.get(kind, FULL) for kind, number in open.items())


def _of_field(group: Group, one: Staff) -> bool:
    return not group.fields or not one.department or one.business in group.fields


def _suits(special: Specialism, one: Staff) -> bool:
    return one.department in special.departments


def _out(
    rule: AssignmentRule, group: Group, special: Specialism | None, one: Staff
) -> tuple[str, str] | None:
    """Why somebody cannot be drawn: the word that is published, and what stays in-house."""
    found = _grounds(rule, one.grounds)
    if found:
        return found
    if one.away:
        return AWAY, one.away
    if rule.team and one.department and one.lacks:
        return TEAM, "、".join(one.lacks)
    if special and one.department and not _suits(special, one):
        return UNSUITED, f"本案归{special.label}"
    return None


def _grounds(rule: AssignmentRule, grounds: Iterable[Ground]) -> tuple[str, str] | None:
    named = [one for one in grounds if one.kind in rule.recusal or one.kind == RECUSED]
    return ("回避", "；".join(f"{one.kind}：{one.why}" for one in named)) if named else None
