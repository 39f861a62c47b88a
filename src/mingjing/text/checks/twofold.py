"""Two counts, how many more of each, and each growth: 受理、结案分别增加826件、914件，增长5.6%、6.6%."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checks.bases import is_prior
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import WAYS, role_in, sign_of

_NAMES = re.compile(
    rf"(?P<one>[^,。;:、\d]{{2,10}})(?:、|和|与|及)(?P<two>[^,。;:、\d]{{2,10}}?)(?:同比|(?:较|比|与)[^,。;:]{{2,8}}?)?(?:20\d\d年)?"
    rf"(?:各自|分别)(?P<way>{WAYS})了?$"
)
_THEN = re.compile(rf",(?:同比)?(?:分别)?(?:{WAYS})(?:了|幅度?)?(?:分别)?(?:为|达)?")


def check_twofold(reading: Reading) -> Iterator[Finding]:
    """Each sentence with four figures in that order."""
    for sentence in reading.sentences.values():
        for place in range(len(sentence) - 3):
            four = sentence[place : place + 4]
            head = reading.folded[four[0].sentence[0] : four[0].start]
            named = _NAMES.search(head)
            joined = [reading.between(one, other) for one, other in itertools.pairwise(four)]
            if (
                named is None
                or joined[0] not in "、和"
                or joined[2] not in "、和"
                or not _THEN.fullmatch(joined[1])
            ):
                continue
            kinds = [role_in(named[name]).kind for name in ("one", "two")]
            if four[2].unit == four[3].unit == "%" and all(one.exact for one in four) and all(kinds):
                for number, kind in enumerate(kinds):
                    yield from _held(reading, kind, four[number], four[number + 2], sign_of(named["way"]))


def _held(reading: Reading, kind: str, more: Figure, grown: Figure, sign: int) -> Iterator[Finding]:
    levels = [
        one for one in reading.levels_near(more.unit, more.start)
        if one.end <= more.start and reading.role(one).kind == kind and not reading.depth(one)
        and not is_prior(reading, one) and not reading.role(one).topic and one.value > more.value
    ]  # fmt: skip
    if len({one.value for one in levels}) != 1:
        return
    level = levels[-1]
    before = level.value - more.value * sign
    right = rounded(more.value * 100 / before, grown.decimals)
    line = f"{more.text} ÷ {printed(before)} = {printed(right, grown.decimals)}%"
    beside = ((level.start, level.end), (more.start, more.end))
    if right == grown.value:
        yield Finding("growth", Verdict.OK, grown.start, grown.end, "与增减的数相符", (line,), (), beside)
        return
    shown = f"{printed(right, grown.decimals)}%"
    yield Finding(
        "growth", Verdict.MISMATCH, grown.start, grown.end, f"增减{more.text}合 {shown}，不是{grown.text}",
        (line,),
        (f"改为 {shown}", "或核对增减的数"), beside,
    )  # fmt: skip
