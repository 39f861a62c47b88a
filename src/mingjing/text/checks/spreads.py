"""Several counts of one sentence with their shares: one whole must explain them all.

甲63件，占30%；乙58件，占28% …, or 甲、乙31件和24件，分别占全部92件的33.7%和26.1%.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.checks.dividing import agrees, worked, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_SHARE = re.compile(r"^(?:占比|占|占全部|比重|比例)?(?P<of>[^,。;:、\d]{0,12}?)(?:的)?(?:达|为|约)?$")
LEAST = 3

Pair = tuple[Figure, Figure]


def check_spreads(reading: Reading) -> Iterator[Finding]:
    """Each share of such a list: right with the whole that fits the others, or alone wrong."""
    for pairs in spreads_of(reading):
        whole, fitting = _best(reading, pairs)
        if whole is None or len(fitting) < max(2, len(pairs) - 1):
            continue
        for part, rate in pairs:
            if (part, rate) in fitting:
                beside = ((part.start, part.end), (whole.start, whole.end))
                yield Finding("share", Verdict.OK, rate.start, rate.end, f"占比{rate.text}与文中的数相符",
                              (worked(part, whole, rate.decimals),), (), beside)  # fmt: skip
            else:
                yield wrong_share(rate, part, whole, "share", "占比")
    for sentence in reading.sentences.values():
        for place, rate in enumerate(sentence):
            if rate.unit == "%" and place > 2:
                yield from _respective(reading, sentence, place)
                yield from _each_its_own(reading, sentence, place)


def _each_its_own(reading: Reading, sentence: list[Figure], place: int) -> Iterator[Finding]:
    """63案91人，其中未成年人21案27人，分别占33.3%、29.7%: each of the whole of its own unit."""
    if not re.search(r"分别占[^,。;:\d]{0,12}$|占比分别[为是]?$", sentence[place].subject):
        return
    rates = [sentence[place]]
    for one in sentence[place + 1 :]:
        if one.unit != "%" or not re.fullmatch("和|、|及|与", reading.between(rates[-1], one)):
            break
        rates.append(one)
    levels = [one for one in sentence[:place] if not one.is_rate and reading.movement(one) is None]
    parts = levels[-len(rates) :]
    if len(rates) < 2 or len(parts) < len(rates) or len({one.unit for one in parts}) < len(parts):
        return
    for part, rate in zip(parts, rates, strict=True):
        wholes = [one for one in levels if one.unit == part.unit and one.end < parts[0].start]
        wholes = [one for one in wholes if one.value >= part.value and one.exact and one.value > 0]
        if not wholes or not (part.exact and rate.exact):
            continue
        fitting = [one for one in wholes if agrees(rate, part, one)]
        if fitting:
            beside = ((part.start, part.end), (fitting[-1].start, fitting[-1].end))
            yield Finding("share", Verdict.OK, rate.start, rate.end, f"占比{rate.text}与文中的数相符",
                          (worked(part, fitting[-1], rate.decimals),), (), beside)  # fmt: skip
        else:
            yield wrong_share(rate, part, wholes[-1], "share", "占比")


def _respective(reading: Reading, sentence: list[Figure], place: int) -> Iterator[Finding]:
    """The shares from ``place`` on, of the whole printed right before them."""
    whole, rates = sentence[place - 1], [sentence[place]]
    for one in sentence[place + 1 :]:
        if one.unit != "%" or not re.fullmatch("和|、|及|与", reading.between(rates[-1], one)):
            break
        rates.append(one)
    head = reading.folded[sentence[place - 2].end : whole.start]
    parts = [one for one in sentence[: place - 1] if one.unit == whole.unit][-len(rates) :]
    near = re.fullmatch(r"[^。;]{0,3}分别占[^,。;:\d]{0,16}", head) and len(parts) == len(rates) > 1
    if not near or not re.fullmatch(r"\)?的", reading.between(whole, rates[0])) or whole.value <= 0:
        return
    for part, rate in zip(parts, rates, strict=True):
        beside = ((part.start, part.end), (whole.start, whole.end))
        if agrees(rate, part, whole):
            yield Finding("share", Verdict.OK, rate.start, rate.end, f"占比{rate.text}与文中的数相符",
                          (worked(part, whole, rate.decimals),), (), beside)  # fmt: skip
        elif part.exact and whole.exact and rate.exact:
            yield wrong_share(rate, part, whole, "share", "占比")


def spreads_of(reading: Reading) -> list[list[Pair]]:
    """The lists of counts with their shares, sentence by sentence."""
    found = [*_listed_apart(reading)]
    for sentence in reading.sentences.values():
        pairs = [(part, rate) for part, rate in itertools.pairwise(sentence) if _is_pair(reading, part, rate)]
        matches = [match for _, rate in pairs if (match := _SHARE.match(rate.subject))]
        of = {re.sub("全部|总数|总量|的", "", match["of"]) for match in matches}
        if len(pairs) >= LEAST and len(of) == 1 and len({part.unit for part, _ in pairs}) == 1:
            found.append(pairs)
    return found


def _listed_apart(reading: Reading) -> Iterator[list[Pair]]:
    """甲1386件、乙874件、丙352件，占比分别为49.5%、31.2%和12.6%."""
    for sentence in reading.sentences.values():
        for place, first in enumerate(sentence):
            if first.unit != "%" or not re.search(
                r"占比?[^,。;\d]{0,8}分别为?$|分别占[^,。;\d]{0,8}$", first.subject
            ):
                continue
            rates = [first]
            for one in sentence[place + 1 :]:
                if one.unit != "%" or not re.fullmatch("和|、|及|与", reading.between(rates[-1], one)):
                    break
                rates.append(one)
            parts = [one for one in sentence[:place] if not one.is_rate][-len(rates) :]
            plain = all(one.exact and not reading.movement(one) for one in (*parts, *rates))
            if plain and len(parts) == len(rates) >= LEAST and len({one.unit for one in parts}) == 1:
                yield list(zip(parts, rates, strict=True))


def _is_pair(reading: Reading, part: Figure, rate: Figure) -> bool:
    plain = rate.unit == "%" and rate.exact and part.exact and not part.is_rate
    moved = reading.movement(rate) or reading.movement(part)
    between = reading.between(part, rate)
    return bool(
        plain and not moved and re.fullmatch(r"[^。;:]{0,3}(?:占|比)[^,。;:、\d]{0,12}|\(|\(占", between)
    )


def _best(reading: Reading, pairs: list[Pair]) -> tuple[Figure | None, list[Pair]]:
    """The whole that fits most of the shares: printed before them, or the sum of the counts."""
    first = pairs[0][0]
    added = Fraction(sum(part.value for part, _ in pairs))
    wholes = [
        one for one in reading.levels_near(first.unit, first.start)
        if one.end <= first.start and one.value > 0
    ][-60:]  # fmt: skip
    wholes.append(replace(first, value=added, step=Fraction(1), text=f"（各项合计 {added}）"))
    best: tuple[Figure | None, list[Pair]] = (None, [])
    for whole in reversed(wholes):
        fitting = [(part, rate) for part, rate in pairs if agrees(rate, part, whole)]
        if len(fitting) > len(best[1]):
            best = (whole, fitting)
    return best
