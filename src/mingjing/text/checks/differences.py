"""How many more or fewer, beside the level, the share of what there was, and the level before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import Span, printed, rounded
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import Movement

_ADDED = re.compile(r"^[^,。;]{0,2}[,、](?:同比|较上年|较去年|比上年|比去年)?")


def _of_another(more: Figure, moved: Figure) -> bool:
    """七月同比减少25件，九月同比减少78.2%: whether the second movement names something else."""
    named = re.split("同比|环比|较|比", moved.subject)[0].removeprefix("其中")
    return len(named) > 1 and bool(re.search("同比|环比", moved.subject)) and named not in more.subject


def of_three(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """同比增加9条，增长60%，上年同期为15条: a share of what there was, whatever the level is now."""
    if not place or place + 1 >= len(sentence) or sentence[place].unit != "%":
        return None
    more, moved, prior = sentence[place - 1 : place + 2]
    if place > 1 and is_prior(reading, sentence[place - 2]) and sentence[place - 2].unit == more.unit:
        return None  # 较二季度的41个减少12个，下降29.3%，较一季度的37个…: its own stands before it
    told = reading.movement(more) and is_prior(reading, prior) and not reading.movement(prior)
    if not told or not more.unit == prior.unit != "%" or more.segment != prior.segment:
        return None
    if not (more.exact and prior.exact and moved.exact) or prior.value <= 0 or more.step != 1:
        return None
    grown = more.value * 100 / prior.value
    line = f"{more.text} ÷ {prior.text} = {printed(grown, moved.decimals + 2)}%"
    beside = ((more.start, more.end), (prior.start, prior.end))
    right = f"{printed(rounded(grown, moved.decimals), moved.decimals)}%"
    if rounded(grown, moved.decimals) == moved.value:
        return Finding("growth", Verdict.OK, moved.start, moved.end, "与上期的数相符", (line,), (), beside)
    return Finding(
        "growth", Verdict.MISMATCH, moved.start, moved.end, f"增减{more.text}合 {right}，不是{moved.text}",
        (line,), (f"改为 {right}", "或核对上期的数"), beside,
    )  # fmt: skip


def of_two(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """比上年同期的1523件增加85件，增长5.6%: how many more of how many, wherever the level stands."""
    if place < 2 or sentence[place].unit != "%":
        return None
    prior, more, moved = sentence[place - 2 : place + 1]
    told = reading.movement(more) and is_prior(reading, prior) and not reading.movement(prior)
    told = told and not _of_another(more, moved)
    if not told or not more.unit == prior.unit != "%" or more.segment != prior.segment or prior.value <= 0:
        return None
    if not (more.exact and prior.exact and moved.exact) or not _ADDED.match(reading.between(more, moved)):
        return None
    grown = more.value * 100 / prior.value
    spread = more.span.over(prior.span)
    if spread is not None and Span(spread.low * 100, spread.high * 100).meets(moved.span):
        return None
    if more.step == prior.step == 1 and rounded(grown, moved.decimals) == moved.value:
        return None
    right = f"{printed(rounded(grown, moved.decimals), moved.decimals)}%"
    line = f"{more.text} ÷ {prior.text} = {printed(grown, moved.decimals + 2)}%"
    beside = ((more.start, more.end), (prior.start, prior.end))
    return Finding(
        "growth", Verdict.MISMATCH, moved.start, moved.end, f"增减{more.text}合 {right}，不是{moved.text}",
        (line,), (f"改为 {right}", "或核对增减的数和上期的数"), beside,
    )  # fmt: skip


def percent_before(reading: Reading, sentence: list[Figure], place: int, base: Figure) -> Finding | None:
    """同比增长3.7%，净增2079件: how many more follows from the level and the percent before it."""
    moved, other = sentence[place], sentence[place - 1] if place else None
    move = reading.movement(moved)
    told = reading.movement(other) if other is not None else None
    if other is None or move is None or told is None or other.unit != "%" or move.sign != told.sign:
        return None
    if not (base.exact and moved.exact and other.exact) or base.unit != moved.unit or base.is_rate:
        return None
    if not re.fullmatch(r",?[^,。;\d]{0,12}", reading.between(other, moved)) or base.end > other.start:
        return None
    if re.search("环比|上月|上季", move.against) and not re.search("环比|上月|上季", told.against):
        return None
    ends = []
    for percent in (other.span.low, other.span.high):
        for level in (base.span.low, base.span.high):
            if 100 + percent * move.sign <= 0:
                return None
            ends.append(abs(level - level * 100 / (100 + percent * move.sign)))
    low, high = min(ends) - moved.step, max(ends) + moved.step
    if low <= moved.value <= high or moved.value <= 0:
        return None
    middle = abs(base.value - base.value * 100 / (100 + other.value * move.sign))
    shown = f"{printed(rounded(low, 0))}–{moved.worded(rounded(high, 0))}"
    if moved.step != 1:
        shown = f"{moved.worded(rounded(middle / moved.step, 0) * moved.step)}"
    sign = "+" if move.sign > 0 else "−"
    worked = f"{base.text} − {base.text} ÷ (1 {sign} {other.text})"
    line = f"{worked} ≈ {moved.worded(rounded(abs(middle), 0))}"
    return Finding(
        "growth", Verdict.MISMATCH, moved.start, moved.end,
        f"{moved.subject}{moved.text}，按{base.text}和{other.text}应在 {shown}", (line,),
        (f"核对{moved.text}和{other.text}",), ((base.start, base.end), (other.start, other.end)),
    )  # fmt: skip


def absolute(
    reading: Reading, sentence: list[Figure], place: int, base: Figure, prior: Figure | None, move: Movement
) -> Iterator[Finding]:
    """同比增加120件 beside the level, and beside a growth in percent of the same level."""
    moved = sentence[place]
    before = base.value - moved.value * move.sign
    beside: tuple[tuple[int, int], ...] = ((base.start, base.end),)
    line = f"{base.text} {'−' if move.sign > 0 else '+'} {moved.text} = {base.worded(before)}"
    if before < 0 and not additive(base):
        return  # 主题党日216次，平均每个支部12次，同比增加36次: a mean is not what grew
    if before < 0:
        yield Finding(
            "growth",
            Verdict.MISMATCH,
            moved.start,
            moved.end,
            f"增加的比总数{base.text}还多",
            (line,),
            (),
            beside,
        )
        return
    if prior is not None and base.exact and prior.exact and moved.exact and base.step == prior.step:
        apart = base.value - prior.value
        right = abs(apart - moved.value * move.sign) <= (0 if base.step == moved.step == 1 else base.step)
        yield Finding(
            "growth",
            Verdict.OK if right else Verdict.MISMATCH,
            moved.start,
            moved.end,
            "与两期的数相符" if right else f"两期的数相差 {base.worded(abs(apart))}，不是{moved.text}",
            (f"{base.text} − {prior.text} = {base.worded(apart)}",),
            () if right else (f"改为 {base.worded(abs(apart))}",),
            (*beside, (prior.start, prior.end)),
        )
        return
    against = percent_before(reading, sentence, place, base)
    if against is not None:
        yield against
        return
    yield Finding(
        "growth",
        Verdict.DERIVED,
        moved.start,
        moved.end,
        f"上期应为 {base.worded(before)}",
        (line,),
        (),
        beside,
    )
    for other in sentence[place + 1 : place + 2]:
        if _of_another(moved, other):
            continue
        if reading.movement(other) and before > 0 and _ADDED.match(reading.between(moved, other)):
            yield from _share_of_before(base, moved, other, before)


def _share_of_before(base: Figure, moved: Figure, other: Figure, before: Fraction) -> Iterator[Finding]:
    """同比增加120件，增长9%: the second follows from the first, as loosely as amounts were rounded."""
    if not (base.exact and moved.exact) or base.is_rate or other.unit != "%":
        return
    sign = 1 if before < base.value else -1
    low, high = base.span.low - sign * moved.span.high, base.span.high - sign * moved.span.low
    prior = Span(min(low, high), max(low, high))
    spread = moved.span.over(prior)
    grown = moved.value * 100 / before
    right = f"{printed(grown, other.decimals)}%"
    line = f"{moved.text} ÷ {printed(before)} = {printed(grown, other.decimals + 2)}%"
    beside = ((base.start, base.end), (moved.start, moved.end))
    place = (other.start, other.end)
    plain = base.step == moved.step == 1
    fits = spread is not None and Span(spread.low * 100, spread.high * 100).meets(other.span)
    if rounded(grown, other.decimals) == other.value or (fits and not plain):
        yield Finding("growth", Verdict.OK, *place, "与增减的数相符", (line,), (), beside)
    else:
        message = f"增减{moved.text}合 {right}，不是{other.text}"
        yield Finding("growth", Verdict.MISMATCH, *place, message, (line,), (f"改为 {right}",), beside)


def times(moved: Figure, base: Figure, prior: Figure) -> Finding | None:
    """增长1.2倍: by how many times what there was; read loosely, how many times as many there are."""
    if not (base.exact and prior.exact and moved.exact) or prior.value <= 0 or base.unit != prior.unit:
        return None
    ratio = base.value / prior.value
    line = f"{base.text} ÷ {prior.text} = {printed(ratio, moved.decimals + 2)}"
    beside = ((base.start, base.end), (prior.start, prior.end))
    place = (moved.start, moved.end)
    right = f"{printed(rounded(ratio - 1, moved.decimals), moved.decimals)}倍"
    if abs(ratio - 1 - moved.value) < moved.step:
        return Finding("growth", Verdict.OK, *place, "与两期的数相符", (line,), (), beside)
    if abs(ratio - moved.value) < moved.step:
        message = f"是上期的{moved.text}，增长的是 {right}：“增长{moved.text}”和“是…的{moved.text}”不同"
        repairs = (f"改为增长 {right}，或改为“是上期的{moved.text}”",)
        return Finding("growth", Verdict.TENSION, *place, message, (line,), repairs, beside)
    message = f"{moved.subject}{moved.text}，按文中两期的数应为 {right}"
    return Finding("growth", Verdict.MISMATCH, *place, message, (line,), (f"改为 {right}",), beside)
