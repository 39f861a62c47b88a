"""What a movement stands on: the level that moved, and the level before it where the text prints one."""

from __future__ import annotations

import itertools
import re

from mingjing.text.figures import Figure
from mingjing.text.reading import Reading
from mingjing.text.roles import Movement, clean

_WAYS = "上升|增长|增加|提升|提高|下降|减少|降低|压减|增幅|升幅|涨幅|降幅|减幅"
_YEAR = re.compile(r"上年|去年|前年|上一年|同期|(?:19|20)\d{2}年")
_STEP = re.compile(r"上个?月|上季|上一?期|[一二三四1-4]季度|\d{1,2}月|[一二三四五六七八九十]月|年初|环比")
_PRIOR = re.compile(
    r"(?:上年|去年|前年|上年度|上一年|上月|上季度|上期|上一期|整改前|行动前|年初|同期)(?:同期)?[^,。;]{0,8}$"
)
_FROM = re.compile(r"(?:较|^(?:比|与)|(?<![占同环对收件类之])比(?=[^为是达]))[^,。;:()]{0,14}?(?:的|为|是)?$")
_BRACKET = re.compile(r"\(([^(),。;\d]{0,12}|[^(),。;]{0,6}(?:年|月|季度)[^(),。;\d]{0,6})$")
_NAMED_BOTH = re.compile(
    rf"(?P<now>[^,。;:比较]{{2,8}})(?:比|较)(?P<then>[^,。;:比较]{{2,8}}?)(?:的)?(?:{_WAYS})[了幅]?(?:为|达)?$"
)
_COMPARED = re.compile(r"(?:较|(?<![占同环对])比)[^,。;:()]{1,14}\([^()]*$")
_NET = re.compile(r"净增|净减|净流入|净流出")
_RELATIVE = ("%", "个百分点", "倍")
_AGAIN = re.compile(rf",?(?:同比|环比)?(?:{_WAYS})(?:为|达)?")
_WHOLE_OF = re.compile(r"\)?的[^,。;\d]{0,4}[\d.]+%")
_TIME = re.compile(r"年|月|季|期|前")
_REACHED = re.compile(r",?(?:达到?|为|至|到|增?至|升至|降至)了?")


def base_of(reading: Reading, sentence: list[Figure], place: int) -> Figure | None:
    """The level a movement belongs to: named before it, or given behind it with 达."""
    moved = sentence[place]
    named = clean(re.split(r"同比|环比|较|比|与", moved.subject)[0])
    named = re.sub(rf"(?:{_WAYS}|[多少][收结]?|高|低)[了幅度]*$", "", named)
    follower = sentence[place + 1] if place + 1 < len(sentence) else None
    if follower is not None and _REACHED.fullmatch(reading.between(moved, follower)):
        return follower
    depth = reading.depth(moved)
    before = sentence[place - 1] if place else None
    if before is not None and _says_again(reading, before, moved):
        return base_of(reading, sentence, place - 1)
    for one in reversed(sentence[:place]):
        if moved.unit not in (*_RELATIVE, one.unit):
            continue
        if reading.movement(one) is not None or is_prior(reading, one) or one.unit == "位":
            continue
        if _NET.search(one.subject):
            return None
        if reading.depth(one) > depth or _WHOLE_OF.match(reading.folded, one.end):
            continue
        if named and named not in one.subject and not one.subject.endswith(named):
            return None
        if not named and one.segment != moved.segment:
            return None
        return one
    return None


def _says_again(reading: Reading, before: Figure, moved: Figure) -> bool:
    """减少3.27万元，下降7.19%: the same movement in percent."""
    counted = reading.movement(before) is not None and before.unit not in _RELATIVE
    return counted and moved.unit == "%" and bool(_AGAIN.fullmatch(reading.between(before, moved)))


def elsewhere(reading: Reading, sentence: list[Figure], place: int) -> Figure | None:
    """结案率较上年的98.04%上升: the level stands in an earlier sentence, under the same name and alone."""
    before = sentence[place - 1] if place else None
    if before is None or not before.is_rate or not _FROM.search(before.subject):
        return None
    name = re.split(r"较|比|与", before.subject)[0]
    if not name.endswith("率") or len(name) < 3:
        return None
    levels = [
        one for one in reading.figures
        if one.end < sentence[0].start and one.unit == before.unit and one.exact
        and re.fullmatch(rf"{re.escape(name)}(?:达到|达|为|是)?", one.subject)
    ]  # fmt: skip
    return levels[-1] if len({one.value for one in levels}) == 1 else None


def by_name(reading: Reading, sentence: list[Figure], place: int) -> tuple[Figure, Figure] | None:
    """第二年比第一年增长24%: both levels by the names they were given."""
    moved = sentence[place]
    said = _NAMED_BOTH.match(moved.subject)
    if said is None:
        return None
    found = []
    for name in (said["now"], said["then"]):
        levels = [
            one for one in sentence[:place]
            if one.subject.startswith((name, f"其中{name}")) and reading.movement(one) is None
        ]  # fmt: skip
        if len(levels) != 1:
            return None
        found.append(levels[0])
    return (found[0], found[1]) if found[0].unit == found[1].unit else None


def is_prior(reading: Reading, one: Figure) -> bool:
    """Whether a level is printed only to compare another with it."""
    return bool(_PRIOR.search(one.subject) or _FROM.search(one.subject) or in_time_bracket(reading, one))


def in_time_bracket(reading: Reading, one: Figure) -> bool:
    """(上年三季度2,027件): the level of another time in brackets."""
    head = reading.folded[max(one.sentence[0], one.start - 40) : one.start]
    found = _BRACKET.search(head)
    return bool((found and _TIME.search(found[1])) or _COMPARED.search(head))


def prior_of(
    reading: Reading, sentence: list[Figure], place: int, base: Figure, move: Movement
) -> Figure | None:
    """The earlier level printed for this movement; never one of another rhythm than it speaks of."""
    moved = sentence[place]
    for one in _candidates(reading, sentence, place, base):
        same = one.unit == base.unit and one is not base and one.segment == moved.segment
        if same and reading.movement(one) is None and _same_rhythm(reading, moved, move, one):
            return one
    return None


def _candidates(reading: Reading, sentence: list[Figure], place: int, base: Figure) -> list[Figure]:
    """Likeliest first: behind the movement, before it, behind other movements of the same level."""
    found: list[Figure] = []
    behind = sentence[place + 1] if place + 1 < len(sentence) else None
    if behind is not None and in_time_bracket(reading, behind) and reading.depth(behind):
        found.append(behind)
    before = sentence[place - 1] if place else None
    if before is not None and before is not base and is_prior(reading, before):
        found.append(before)
    for one in sentence[place + 1 :]:
        if reading.movement(one) is not None:
            continue
        if _PRIOR.search(one.subject):
            found.append(one)
        break
    if before is None or before is base or not is_prior(reading, before):
        between = [one for one in sentence[:place] if one.start > base.start and is_prior(reading, one)]
        found += reversed(between)
    head = [one for one in sentence if one.end < base.start]
    found += [one for one in reversed(head) if is_prior(reading, one)]
    found += [one for one in head[-1:] if _year_before(one, base)]
    found += [first for first, second in _pairs_from_to(reading, sentence) if second.value == base.value]
    return found


def _year_before(one: Figure, base: Figure) -> bool:
    """2024年142份、2025年208份: the level of the year before, each named with its year."""
    years = [re.findall(r"(?:19|20)\d{2}(?=年)", figure.subject) for figure in (one, base)]
    return all(len(found) == 1 for found in years) and int(years[1][0]) - int(years[0][0]) == 1


def _pairs_from_to(reading: Reading, sentence: list[Figure]) -> list[tuple[Figure, Figure]]:
    """即从28.1%降至26.4%."""
    return [
        (first, second)
        for first, second in itertools.pairwise(sentence)
        if re.search(r"(?:从|由)[^,。;\d]{0,8}$", reading.folded[max(first.start - 12, 0) : first.start])
        and re.match(r"[^,。;]{0,6}(?:至|到|为)", reading.between(first, second))
        and first.unit == second.unit
    ]


def _same_rhythm(reading: Reading, moved: Figure, move: Movement, prior: Figure) -> bool:
    """环比 goes with the period before, 同比 with the same period of another year."""
    said = move.against or moved.subject
    told = reading.folded[max(prior.sentence[0], prior.start - 14) : prior.start]
    told = re.split(r"[,;)。]", told)[-1]
    yearly, stepwise = _rhythm(said)
    prior_yearly, prior_stepwise = _rhythm(told)
    if (yearly and not stepwise) and (prior_stepwise and not prior_yearly):
        return False
    return not ((stepwise and not yearly) and prior_yearly)


def _rhythm(words: str) -> tuple[bool, bool]:
    yearly = bool(_YEAR.search(words) or "同比" in words)
    return yearly, bool(_STEP.search(words)) and not yearly


def respectively(
    reading: Reading, sentence: list[Figure], place: int
) -> list[tuple[Figure, Figure, Movement, Figure | None]]:
    """同比分别上升3.6%和3.1% behind as many levels: each movement with its level, and its earlier level.

    Empty unless the movement at ``place`` is the first of such a list.
    """
    first = sentence[place]
    move = reading.movement(first)
    if move is None or "分别" not in first.subject:
        return []
    moves = _joined(reading, sentence, place)
    levels = [
        one for one in sentence[:place]
        if reading.movement(one) is None and one.segment == first.segment and one.unit != "位"
    ]  # fmt: skip
    count = len(moves)
    if 2 <= count < len(levels) and _is_series(levels[-count - 1 :]):
        return [
            (one, level, move, prior)
            for one, prior, level in zip(moves, levels[-count - 1 : -1], levels[-count:], strict=True)
        ]  # fmt: skip
    behind = sentence[place + count] if place + count < len(sentence) else None
    priors: list[Figure] = []
    if behind is not None and "分别" in behind.subject and _YEAR.search(behind.subject):
        priors = _joined(reading, sentence, place + count)
    if count < 2 or len(levels) < count or len({one.unit for one in levels[-count:]} & {"位"}):
        return []
    chosen: list[Figure | None] = [*priors] if len(priors) == count else [None] * count
    return [
        (one, level, move, prior)
        for one, level, prior in zip(moves, levels[-count:], chosen, strict=True)
    ]  # fmt: skip


def _is_series(levels: list[Figure]) -> bool:
    """2023年712件、2024年654件、2025年580件."""
    return all(_year_before(one, other) for one, other in itertools.pairwise(levels))


def _joined(reading: Reading, sentence: list[Figure], place: int) -> list[Figure]:
    """The figure at ``place`` and those of its unit that 和 or 、 joins to it."""
    found = [sentence[place]]
    for one in sentence[place + 1 :]:
        between = reading.between(found[-1], one)
        if one.unit != found[0].unit or not re.fullmatch(r"[和、及与,][一-鿿]{0,6}", between):
            break
        if reading.movement(one) and "分别" not in one.subject:
            break
        found.append(one)
    return found
