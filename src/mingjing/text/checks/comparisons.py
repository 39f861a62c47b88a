"""One level against another the same sentence prints: 二审比一审多6.5天, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_THAN = re.compile(
    r"^(?P<one>[^,。;:比较]{2,8}?)(?:比|较)(?P<other>[^,。;:比较年月期]{2,8}?)(?P<way>多|高|长|慢|少|低|短|快)(?:了|出)?$"
)
_LESS = "少低短快"


def check_comparisons(reading: Reading) -> Iterator[Finding]:
    """Both levels the nearest before it that begin with their names."""
    for sentence in reading.sentences.values():
        for place, stated in enumerate(sentence):
            said = _THAN.match(stated.subject) if stated.exact else None
            if said is None:
                continue
            one, other = (_called(reading, sentence[:place], stated, said[name]) for name in ("one", "other"))
            if one is not None and other is not None and one is not other:
                yield _held(stated, one, other, said["way"] in _LESS)


def _called(reading: Reading, before: list[Figure], stated: Figure, name: str) -> Figure | None:
    alike = {"%", "个百分点"} if stated.unit == "个百分点" else {stated.unit}
    found = [
        one for one in before
        if one.unit in alike and one.exact and reading.movement(one) is None
        and re.sub("^其中", "", one.subject).startswith(name)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _held(stated: Figure, one: Figure, other: Figure, less: bool) -> Finding:
    apart = (one.value - other.value) * (-1 if less else 1)
    line = f"{one.text} − {other.text} = {stated.worded(one.value - other.value)}"
    beside = ((one.start, one.end), (other.start, other.end))
    place = (stated.start, stated.end)
    if abs(apart - stated.value) <= (0 if one.step == other.step == 1 else max(one.step, other.step) / 2):
        return Finding("movement", Verdict.OK, *place, "与两个数之差相符", (line,), (), beside)
    right = stated.worded(abs(apart)) if apart > 0 else f"方向相反，差 {stated.worded(abs(apart))}"
    message = f"{stated.subject}{stated.text}，按文中的数应为 {right}"
    return Finding(
        "movement", Verdict.MISMATCH, *place, message, (line,), (f"改为 {right}", "或核对两个数"), beside,
    )  # fmt: skip
