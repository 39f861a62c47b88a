"""同比分别上升3.6%、下降1.2%和1.1个百分点: each movement of a list with its level and its earlier level."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from mingjing.text import units
from mingjing.text.checks.blocks import Block, blocks_of, is_level
from mingjing.text.figures import Figure
from mingjing.text.reading import Reading
from mingjing.text.roles import WAYS, Movement, sign_of

Moved = tuple[Figure, Figure, Movement, Figure | None]
"""The movement, the level it is of, which way, and the level before where the text prints it."""
_JOINED = re.compile(
    rf"(?:[、,]|和|及|与|以及)+(?:同比|环比)?(?:分别)?(?P<way>{WAYS})?(?:了|率)?(?:[一-鿿]{{0,4}}?)(?:近|约)?"
)
_RELATIVE = ("%", units.POINT, "倍")
SHIFTS = 3
"""Levels between the list and the levels it is of that may be left out, nearest first."""


def respectively(reading: Reading, sentence: list[Figure], place: int) -> list[Moved]:
    """Empty unless the movement at ``place`` is the first of such a list."""
    first = sentence[place]
    move = reading.movement(first)
    if move is None or "分别" not in first.subject:
        return []
    moves = _moves(reading, sentence, place, move)
    count = len(moves)
    paragraph = reading.by_paragraph[reading.paragraph(first).start]
    blocks = blocks_of(reading, paragraph)
    levels = [
        one for one in paragraph
        if one.end <= first.start and is_level(reading, one) and _near(reading, one, first)
    ]  # fmt: skip
    if count < 2:
        return []
    series = levels[-count - 1 :]
    if len(series) == count + 1 and is_series(series) and all(one.unit in _RELATIVE for one, _ in moves):
        return [
            (one, level, way, prior)
            for (one, way), prior, level in zip(moves, series[:-1], series[1:], strict=True)
        ]  # fmt: skip
    window = _compared(blocks, moves[-1][0], [one for one, _ in moves])
    window = window or _window(levels, [one for one, _ in moves], _then(blocks))
    if window is None:
        return []
    block = _block_of(blocks, window)
    if block is not None and window[0].start == block.then[0].start:
        window = list(block.now[:count])
    priors = [
        prior or _less_the_change(reading, level) or _in_bracket(reading, sentence, one)
        for prior, level, (one, _) in zip(_priors(window, block, blocks), window, moves, strict=True)
    ]
    return [(one, level, way, prior) for (one, way), level, prior in zip(moves, window, priors, strict=True)]


def _moves(
    reading: Reading, sentence: list[Figure], place: int, move: Movement
) -> list[tuple[Figure, Movement]]:
    """The movements joined to the first, each with its own way where it names one."""
    found = [(sentence[place], move)]
    for one in sentence[place + 1 :]:
        if reading.depth(one) > reading.depth(sentence[place]):
            continue
        between = re.sub(r"\([^()]*\)", "", reading.folded[found[-1][0].end : one.start])
        joined = _JOINED.fullmatch(between)
        if ")" in reading.between(found[-1][0], one) and not re.match("[、和及与]", between):
            break
        if joined is None or one.unit not in (*_RELATIVE, found[0][0].unit):
            break
        way = Movement(sign_of(joined["way"]), move.against) if joined["way"] else found[-1][1]
        found.append((one, way))
    return found


def _near(reading: Reading, one: Figure, first: Figure) -> bool:
    """The sentence of the list, or the one right before it."""
    return one.sentence == first.sentence or one.sentence in reading.sentences_before(first.sentence, 1)


def _then(blocks: list[Block]) -> set[int]:
    return {one.start for block in blocks for one in block.then}


def _compared(blocks: list[Block], last: Figure, moves: list[Figure]) -> list[Figure] | None:
    """The levels of today that as many of last year, right behind the list, stand beside."""
    for block in blocks:
        behind = last.end < block.then[0].start and block.then[0].sentence == last.sentence
        fits = len(block.now) == len(moves) and block.now[-1].end <= moves[0].start
        if behind and fits and all(_fits(level, move) for level, move in zip(block.now, moves, strict=True)):
            return list(block.now)
    return None


def _window(levels: list[Figure], moves: list[Figure], then: set[int]) -> list[Figure] | None:
    """As many levels as there are movements, nearest first, whose units the movements can be of."""
    count = len(moves)
    for end in range(len(levels), max(len(levels) - SHIFTS, count - 1), -1):
        window = levels[end - count : end]
        if len({one.start in then for one in window}) > 1:
            continue
        if all(_fits(level, move) for level, move in zip(window, moves, strict=True)):
            return window
    return None


def _fits(level: Figure, move: Figure) -> bool:
    if move.unit == units.POINT:
        return level.is_rate
    return move.unit in ("%", "倍") or level.unit == move.unit


def _block_of(blocks: list[Block], window: list[Figure]) -> Block | None:
    starts = [one.start for one in window]
    for block in blocks:
        for side in (block.now, block.then):
            known = [one.start for one in side]
            if known[: len(starts)] == starts or starts[: len(known)] == known:
                return block
    return None


def _priors(window: list[Figure], block: Block | None, blocks: list[Block]) -> list[Figure | None]:
    """The earlier levels; an earlier rate nobody printed follows from its two parts."""
    if block is None:
        return [None] * len(window)
    found: list[Figure | None] = []
    for level in window:
        then = next(
            (old for now, old in zip(block.now, block.then, strict=True) if now.start == level.start), None
        )
        found.append(then or _implied(level, block))
    return found


def _in_bracket(reading: Reading, sentence: list[Figure], moved: Figure) -> Figure | None:
    """增长9.1%（2024年为286件）: the level before, right behind its movement."""
    behind = sentence[sentence.index(moved) + 1 :][:1]
    told = bool(behind) and re.fullmatch(
        r"\((?:20\d\d年|上年|去年|同期|上年同期)(?:为|是)?", reading.between(moved, behind[0])
    )
    return behind[0] if told else None


def _less_the_change(reading: Reading, level: Figure) -> Figure | None:
    """办结15102件，较上年增加1589件: the level before follows from the change behind it."""
    sentence = reading.sentences[level.sentence]
    behind = sentence[sentence.index(level) + 1 :][:1]
    move = reading.movement(behind[0]) if behind else None
    near = bool(behind) and re.fullmatch(r",[^,。;\d]{2,12}", reading.between(level, behind[0]))
    if (
        move is None
        or not near
        or "分别" in behind[0].subject
        or behind[0].unit != level.unit
        or "环" in move.against
    ):
        return None
    if not (behind[0].exact and level.exact) or level.is_rate:
        return None
    value = level.value - behind[0].value * move.sign
    text = f"（{level.text} {'−' if move.sign > 0 else '+'} {behind[0].text}）"
    return replace(level, value=value, text=text, start=behind[0].start, end=behind[0].end)


def _implied(level: Figure, block: Block) -> Figure | None:
    """受理8742件、审结8316件，结案率95.13%: the rate before, from the parts before."""
    if level.unit != "%" or len(block.now) < 2:
        return None
    for (now_one, then_one), (now_two, then_two) in itertools.permutations(
        list(zip(block.now, block.then, strict=True)), 2
    ):
        if now_one.unit != now_two.unit or not now_two.value or not then_two.value:
            continue
        if abs(now_one.value * 100 / now_two.value - level.value) * 2 <= level.step:
            rate = then_one.value * 100 / then_two.value
            text = f"（{then_one.text} ÷ {then_two.text}）"
            return replace(level, value=rate, step=level.step / 100, text=text,
                           start=then_one.start, end=then_two.end)  # fmt: skip
    return None


def is_series(levels: list[Figure]) -> bool:
    """2023年712件、2024年654件、2025年580件."""
    return all(year_before(one, other) for one, other in itertools.pairwise(levels))


def year_before(one: Figure, base: Figure) -> bool:
    """2024年142份、2025年208份: the level of the year before, each named with its year."""
    years = [re.findall(r"(?:19|20)\d{2}(?=年)", figure.subject) for figure in (one, base)]
    return all(len(found) == 1 for found in years) and int(years[1][0]) - int(years[0][0]) == 1
