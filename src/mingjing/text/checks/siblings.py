"""Shares of one whole all over a text: what the others were worked out of, the odd one is held against.

民一庭1215件，占全院收案的23.3%; in the next item 民二庭986件，占全院收案的19.8%: both are said to be of one
whole, the first tells which.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from mingjing.text.checks.dividing import agrees, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding
from mingjing.text.reading import Reading
from mingjing.text.roles import clean

_OF = re.compile(r"(?:占比|占)(?P<of>[^,。;:、\d]{0,16}?)(?:的?(?:比例|比重|比率))?(?:达到|达|为|约)?的?$")
_CLOSED = re.compile(r"\)")
LEAST = 50
"""A smaller count gives a share that many wholes would fit."""

Pair = tuple[Figure, Figure]


def check_siblings(reading: Reading) -> Iterator[Finding]:
    """Groups by the words of what they are a share of; without such words, the items of one list."""
    for words, pairs in _groups(reading).items():
        wholes = _wholes(
            reading,
            pairs,
            1 if words[0][:2] in ("#率", "#(") and len(pairs) > 1 else 2 if words[0].startswith("#") else 1,
        )
        for part, rate in pairs:
            near = reading.levels_near(part.unit, part.start)
            if any(agrees(rate, part, one) for one in near if _may_be(one, part)):
                continue
            fitting = [one for one in wholes if one.value >= part.value]
            if len({one.value for one in fitting}) == 1:
                yield wrong_share(rate, part, fitting[0], "share", "占比")


def _groups(reading: Reading) -> dict[tuple[str, str], list[Pair]]:
    found: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for sentence in reading.sentences.values():
        for place, rate in enumerate(sentence):
            named = _OF.search(rate.subject) if rate.unit == "%" and rate.exact and place else None
            if named is None or reading.movement(rate) or "分别" in rate.subject or "合计" in rate.subject:
                continue
            part = sentence[place - 1]
            near = part.segment == rate.segment and not part.is_rate and not reading.movement(part)
            other = clean(rate.subject[: named.start()])
            near = near and (not other or other in part.subject)  # 民事收案占比, behind another count
            if not near or not part.exact or part.value < LEAST:
                continue
            of = re.sub("总数|全部|总量|的|同期|所有|数$", "", named["of"])
            paragraph = reading.paragraph(rate)
            key = of or f"#{paragraph.above[-1] if paragraph.above else ''}"
            found[key, part.unit].append((part, rate))
    for sentence in reading.sentences.values():
        for part, rate in itertools.pairwise(sentence):
            called = clean(part.subject)
            share = rate.unit == "%" and rate.exact and part.exact and not part.is_rate and len(called) > 1
            if share and part.value >= LEAST and re.match(rf"{re.escape(called)}率", rate.subject):
                found[f"#率{rate.sentence[0]}", part.unit].append((part, rate))
        for rate, part in itertools.pairwise(sentence):
            behind = reading.between(rate, part) == "(" and rate.unit == "%" and rate.exact and part.exact
            if (
                behind
                and not reading.movement(rate)
                and not part.is_rate
                and _CLOSED.match(reading.folded, part.end)
            ):
                found[f"#({rate.sentence[0]}", part.unit].append((part, rate))
    return found


def _may_be(one: Figure, part: Figure) -> bool:
    return one.value >= part.value and one is not part


def _wholes(reading: Reading, pairs: list[Pair], least: int) -> list[Figure]:
    """The levels that at least so many of the shares are right of."""
    found: dict[object, Figure] = {}
    first = pairs[0][0]
    for one in reading.levels_near(first.unit, first.start):
        fitting = [pair for pair in pairs if _may_be(one, pair[0]) and agrees(pair[1], pair[0], one)]
        if len(fitting) >= least and len(fitting) >= len(pairs) - 1:
            found.setdefault(one.value, one)
    return list(found.values())
