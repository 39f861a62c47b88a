"""From contributions to a seed, from a seed and a pool to the people drawn; both can be done again by anyone.

The seed hashes what at least two departments contributed. Each committed to its value before it saw the
others', and the pools were committed before any value was revealed; so nobody who chose a value could know
what it would lead to, and nobody who knew could still choose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingjing.domain.assignment.pools import Candidate, Pool
from mingjing.domain.auditlog.entries import canonical_payload
from mingjing.domain.reasons import Refusal, Step

FEWEST = 2
"""Departments whose values must have been revealed; with fewer, one of them would own the seed."""
VALUE_BYTES = 32


class FalseReveal(Refusal):
    """What was revealed is not what was committed."""

    code = "false-reveal"


class TooFewContributions(Refusal):
    """Fewer than two departments revealed their value."""

    code = "too-few-contributions"


@dataclass(frozen=True, slots=True)
class Contribution:
    """A department's share of the seed: its commitment, and its value once revealed (empty before)."""

    by: str
    commitment: str
    value: bytes = b""

    def __post_init__(self) -> None:
        if self.value and commit(self.by, self.value) != self.commitment:
            raise FalseReveal(
                f"{self.by}揭示的数与先前提交的承诺不符，不能采用。请核对是否拿错了日期的数；"
                "确实遗失的，按未揭示处理并记录在案。"
            )


def commit(by: str, value: bytes) -> str:
    """What a department hands in first: hexadecimal SHA-256 of its name, a zero byte and its value.

    Raises
    ------
    ValueError   the value has not 32 bytes: a short one could be found by trying
    """
    if len(value) != VALUE_BYTES:
        raise ValueError(f"a contribution has {VALUE_BYTES} bytes, not {len(value)}")
    return hashlib.sha256(by.encode() + b"\x00" + value).hexdigest()


def seed_of(pools: Sequence[str], contributions: Sequence[Contribution], public: str = "") -> bytes:
    """The seed of a filing day: SHA-256 over the pools' digests, the contributions and a public value.

    Everything is taken in a fixed order, so that the order of arrival decides nothing. Who committed and did
    not reveal stands in the hash by name and commitment alone.

    Raises
    ------
    TooFewContributions   fewer than two revealed
    """
    revealed = [one for one in contributions if one.value]
    if len({one.by for one in revealed}) < FEWEST:
        raise TooFewContributions(
            f"只有 {len(revealed)} 个部门揭示了随机数，至少要 {FEWEST} 个。请催其余部门揭示，"
            "或者另定一次抽取并记录原因。"
        )
    return hashlib.sha256(canonical_payload(seed_input(pools, contributions, public))).digest()


def seed_input(
    pools: Sequence[str], contributions: Sequence[Contribution], public: str = ""
) -> Mapping[str, object]:
    """What is hashed into the seed, as published."""
    ordered = sorted(contributions, key=lambda one: (one.by, one.commitment))
    return {
        "format": "mingjing-seed-1",
        "pools": sorted(pools),
        "contributions": [[one.by, one.commitment, one.value.hex()] for one in ordered],
        "public": public,
    }


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who was drawn, in order, how it came about, and the flags a draw raises by itself.

    ``places`` are the numbers taken, each as part of the sum of the weights it was taken from.
    """

    people: tuple[str, ...]
    steps: tuple[Step, ...]
    flags: tuple[str, ...]
    places: tuple[float, ...] = ()


def draw(pool: Pool, seed: bytes) -> Drawn:
    """The people of ``pool`` that ``seed`` draws, nobody twice.

    Each seat takes a whole number below the sum of the remaining weights, by rejection from SHA-256 of seed,
    pool digest and a counter, and walks the candidates in the order of their ids: exact, without rounding.
    """
    numbers = _numbers(seed, pool.digest())
    left = sorted(pool.candidates, key=lambda one: one.id)
    steps: list[Step] = []
    people = []
    places = []
    for seat in range(1, pool.seats + 1):
        total = sum(one.weight for one in left)
        number = _below(total, numbers)
        found = _at(left, number)
        left.remove(found)
        people.append(found.id)
        places.append(number / total)
        share = f"{found.weight} / {total}"
        steps.append(Step(found.id, f"第 {seat} 席：在 0 至 {total - 1} 中抽到 {number}，他的份额是 {share}"))
    flags = ("只有一个结果",) if pool.forced else ()
    return Drawn(tuple(people), tuple(steps), flags, tuple(places))


def _numbers(seed: bytes, digest: str) -> Iterator[int]:
    counter = 0
    while True:
        block = hashlib.sha256(seed + bytes.fromhex(digest) + counter.to_bytes(8, "big")).digest()
        yield int.from_bytes(block, "big")
        counter += 1


def _below(total: int, numbers: Iterator[int]) -> int:
    """A number from 0 to ``total`` - 1, each equally likely: numbers that favour some are thrown away."""
    fair = (1 << 256) - (1 << 256) % total
    return next(number for number in numbers if number < fair) % total


def _at(candidates: Sequence[Candidate], number: int) -> Candidate:
    for one in candidates:
        if number < one.weight:
            return one
        number -= one.weight
    raise AssertionError("the number is below the sum of the weights")
