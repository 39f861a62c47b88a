"""Shares of a list told together: 34人、52人、56人，三个年龄段分别占23.9%、36.6%、39.4%."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.arithmetic import printed
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import agrees, slipped_share, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding
from mingjing.text.leftovers.settled import Settled, is_level, levels_before
from mingjing.text.reading import Reading

_SHARES = re.compile(
    r"(?:占|占比|比例|比重|率)(?:[^,。;:\d]{0,8})(?:分别|依次)(?:为|是|达)?$|(?:分别|依次)占[^,。;:\d]{0,8}$"
    r"|(?:占|占比|比例|比重)(?:为|是|达)?$"
)
_JOINED = re.compile(r"[、和及]|以及")


def check_leftover_vectors(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every stretch of shares, against as many counts of one unit right before it."""
    for sentence in reading.sentences.values():
        for place, rates in _stretches(reading, sentence):
            if not all(settled.knows(one) for one in rates):
                yield from _held(reading, settled, sentence, place, rates)


def right_together(reading: Reading, rate: Figure) -> bool:
    """Whether the stretch of shares it belongs to are all right of as many counts before them."""
    sentence = reading.sentences[rate.sentence]
    for place, rates in _stretches(reading, sentence):
        if rate in rates and (parts := _listed(reading, sentence[:place], len(rates))):
            return any(_fitting(rates, parts, one) == len(rates) for one in _wholes(reading, parts))
    return False


def _stretches(reading: Reading, sentence: list[Figure]) -> Iterator[tuple[int, list[Figure]]]:
    for place, first in enumerate(sentence):
        if first.unit != "%" or not _SHARES.search(first.subject):
            continue
        rates = [first]
        for one in sentence[place + 1 :]:
            if one.unit != "%" or not _JOINED.fullmatch(reading.between(rates[-1], one)):
                break
            rates.append(one)
        if len(rates) > 1:
            yield place, rates


def _wholes(reading: Reading, parts: list[Figure]) -> list[Figure]:
    """What the counts may be shares of: their sum, printed or not, and the levels before them."""
    added = sum((one.value for one in parts), start=Fraction(0))
    found = [one for one in levels_before(reading, parts[0]) if one.unit == parts[0].unit]
    found += [one for one in reading.levels_near(parts[0].unit, parts[0].start) if one.value == added]
    return [*found, replace(parts[-1], value=added, text=f"（各项合计 {printed(added)}）")]


def _held(
    reading: Reading, settled: Settled, sentence: list[Figure], place: int, rates: list[Figure]
) -> Iterator[Finding]:
    parts = _listed(reading, sentence[:place], len(rates))
    if not parts:
        return
    wholes = _wholes(reading, parts)
    best = max(wholes, key=lambda one: (_fitting(rates, parts, one), one is not wholes[-1]))
    fits = _fitting(rates, parts, best)
    if fits < len(rates) - 1 or fits == len(rates) or not fits:
        return
    for rate, part in zip(rates, parts, strict=True):
        odd = not agrees(rate, part, best) and not settled.knows(rate)
        if odd and (len(rates) > 2 or slipped_share(rate, part, best)):
            yield wrong_share(rate, part, best, "share", "占比")


def _listed(reading: Reading, before: list[Figure], count: int) -> list[Figure]:
    """The last so many levels of one unit before it; those of another are passed over."""
    levels = [
        one for one in before
        if is_level(reading, one) and not is_prior(reading, one)
        and not re.search("(?:合计|共计|总计|共)$", one.subject)
    ]  # fmt: skip
    for last in range(len(levels), 0, -1):
        run = [one for one in levels[:last] if one.unit == levels[last - 1].unit][-count:]
        joined = len(run) == count and all(
            re.fullmatch(r"[,、;和及以][^,。;:\d]{0,3}[^,。;:]{0,16}", reading.between(one, other))
            for one, other in itertools.pairwise(run)
        )
        if joined:
            return run
    return []


def _fitting(rates: list[Figure], parts: list[Figure], whole: Figure) -> int:
    return sum(agrees(rate, part, whole) for rate, part in zip(rates, parts, strict=True))
