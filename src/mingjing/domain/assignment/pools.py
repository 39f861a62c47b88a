"""The pool of a draw: who can be drawn with what weight, who cannot and why; fixed by its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from mingjing.domain.auditlog.entries import canonical_payload
from mingjing.domain.reasons import Refusal

FORMAT = "mingjing-pool-1"
MOST_WEIGHT = 10**9


class NobodyLeft(Refusal):
    """The exclusions leave fewer people than seats."""

    code = "nobody-left"


class BadPool(Refusal):
    """A pool that cannot be drawn from: somebody twice, a weight that is no positive whole number."""

    code = "bad-pool"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be drawn. ``id`` is the staff number; ``weight`` a positive whole number of shares."""

    id: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody who could have been drawn but for a reason: 回避, 请假, 审理过原审, 专业不符 …"""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything a draw depends on besides its seed.

    ``case`` is the case number, ``rule`` the reference of the definition, ``seats`` how many are drawn (a
    panel draws several, nobody twice), ``turn`` counts the draws of the case from 1: a redraw has
    its own pool.
    """

    case: str
    rule: str
    day: str
    candidates: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...] = ()
    seats: int = 1
    turn: int = 1

    def __post_init__(self) -> None:
        names = [one.id for one in self.candidates] + [one.id for one in self.excluded]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadPool(f"名单里有人出现两次：{'、'.join(twice)}。每个人只能列一次。")
        for one in self.candidates:
            if not 1 <= one.weight <= MOST_WEIGHT:
                raise BadPool(
                    f"{one.id} 的权重 {one.weight} 不能用。",
                    allowed=(f"1 至 {MOST_WEIGHT} 的整数",),
                    example="100",
                )
        if self.seats < 1 or self.turn < 1:
            raise BadPool("抽取人数和抽取次序都从 1 数起。", example="1")
        if len(self.candidates) < self.seats:
            reasons = "；".join(f"{one.id}：{one.reason}" for one in self.excluded) or "名单是空的"
            raise NobodyLeft(
                f"要抽 {self.seats} 人，只有 {len(self.candidates)} 人可以抽。不能抽的：{reasons}。"
                "请扩大名单，或者由院长指定并写明理由。"
            )

    @property
    def forced(self) -> bool:
        """Whether chance decides nothing, because exactly as many are left as are drawn."""
        return len(self.candidates) == self.seats

    def plain(self) -> Mapping[str, object]:
        """The pool as published: plain JSON, people in the order of their ids."""
        return {
            "format": FORMAT,
            "case": self.case,
            "rule": self.rule,
            "day": self.day,
            "seats": self.seats,
            "turn": self.turn,
            "candidates": [[one.id, one.weight] for one in sorted(self.candidates, key=lambda one: one.id)],
            "excluded": [[one.id, one.reason] for one in sorted(self.excluded, key=lambda one: one.id)],
        }

    def digest(self) -> str:
        """Hexadecimal SHA-256 of the canonical JSON of ``plain``; what is committed to the log."""
        return hashlib.sha256(canonical_payload(self.plain())).hexdigest()
