"""Levels of an earlier time printed together, 上年同期受理8105件、办结7602件, and the same of today."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from mingjing.text.figures import Figure
from mingjing.text.reading import Reading
from mingjing.text.roles import FILED, RECEIVED

_THEN = re.compile(
    r"(?:上年度?|去年|前年|上一年度?|上期|上一期|上月|上季度|(?:上年|去年|前一)?同期|(?:19|20)\d{2}年(?:同期|全年|底)?|年初)"
    r"(?:末|底|同期|全年|则?(?:分别)?(?:为|是))?[^,。;:()\d]{0,12}$"
)
_NOW = re.compile(r"今年|本年|本期|目前|截至|其中|现")
_COUNTED = re.compile(r"^(?:类|项|个|组)?(?:数据|指标|数字|数)")
_BEGUN = {FILED: RECEIVED}
"""Counts people do not keep apart when they compare two years."""
MOST = 6
"""Levels a block may have."""


@dataclass(frozen=True, slots=True)
class Block:
    """``then`` the earlier levels in their order, ``now`` as many of today, of the same units."""

    then: tuple[Figure, ...]
    now: tuple[Figure, ...]


def blocks_of(reading: Reading, paragraph: list[Figure]) -> list[Block]:
    """Every run of earlier levels of a paragraph that has as many of today before it."""
    if not paragraph:
        return []
    known = reading.memo.get(("blocks", paragraph[0].start))
    if known is None:
        known = reading.memo[("blocks", paragraph[0].start)] = _blocks(reading, paragraph)
    return cast(list[Block], known)


def _blocks(reading: Reading, paragraph: list[Figure]) -> list[Block]:
    found: list[Block] = []
    used: set[int] = set()
    for place, figure in enumerate(paragraph):
        if figure.start in used or not opens(reading, figure):
            continue
        run = [figure]
        for one in paragraph[place + 1 :]:
            if not _continues(reading, run, one):
                break
            run.append(one)
        run = [one for one in run if is_level(reading, one)][:MOST]
        used.update(one.start for one in run)
        now = _today(reading, paragraph[:place], run, used)
        if now:
            found.append(Block(tuple(run), now))
    return found


def opens(reading: Reading, figure: Figure) -> bool:
    """Whether the words before a level say that it is of an earlier time."""
    head = reading.folded[max(figure.sentence[0], figure.start - 30) : figure.start]
    clause = re.split(r"[,。;:(]", head)[-1]
    against = re.search(r"较|与|(?<![占同环])比", clause)
    return bool(_THEN.search(clause)) and is_level(reading, figure) and not against


def is_level(reading: Reading, one: Figure) -> bool:
    """A figure that says how much there is: no movement, no rank, not how many figures follow."""
    return (
        reading.movement(one) is None and one.unit not in ("位", "个百分点") and not _COUNTED.match(one.after)
    )


def _continues(reading: Reading, run: list[Figure], one: Figure) -> bool:
    last = run[-1]
    between = reading.between(last, one)
    if one.sentence != last.sentence or re.search(r"[;。)]|20\d\d年", between) or _NOW.search(between):
        return False
    return reading.movement(one) is None and len(between) <= 20


def _today(reading: Reading, before: list[Figure], run: list[Figure], used: set[int]) -> tuple[Figure, ...]:
    """The nearest levels before an earlier block that have its units in its order."""
    levels = [one for one in before if is_level(reading, one) and one.start not in used]
    units = [one.unit for one in run]
    for end in range(len(levels), len(units) - 1, -1):
        window = levels[end - len(units) : end]
        if [one.unit for one in window] != units or window[0].sentence[0] != window[-1].sentence[0]:
            continue
        if _alike(reading, window, run):
            return tuple(window)
    return ()


def _alike(reading: Reading, window: list[Figure], run: list[Figure]) -> bool:
    """Whether no level of the one counts something else than its partner says."""
    for now, then in zip(window, run, strict=True):
        kinds = {_BEGUN.get(kind := reading.role(one).kind, kind) for one in (now, then)} - {""}
        if len(kinds) > 1:
            return False
        if not now.value or not _comparable(now, then):
            return False
    return True


def _comparable(now: Figure, then: Figure) -> bool:
    return now.value * 6 >= then.value and then.value * 6 >= now.value


def is_earlier(reading: Reading, one: Figure) -> bool:
    """Whether a level belongs to an earlier time: itself, or as one of a run."""
    paragraph = reading.by_paragraph[reading.paragraph(one).start]
    return any(one.start == then.start for block in blocks_of(reading, paragraph) for then in block.then)


def prior_in_block(reading: Reading, paragraph: list[Figure], base: Figure) -> Figure | None:
    """The earlier level that stands for ``base`` in a block of at least two."""
    for block in blocks_of(reading, paragraph):
        if len(block.then) > 1:
            for now, then in zip(block.now, block.then, strict=True):
                if now.start == base.start:
                    return then
    return None
