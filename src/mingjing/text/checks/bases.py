"""What a movement stands on: the level that moved, and the level before it where the text prints one."""

from __future__ import annotations

import itertools
import re

from mingjing.text.arithmetic import befores, cut
from mingjing.text.checks.blocks import opens, prior_in_block
from mingjing.text.checks.respective import year_before
from mingjing.text.figures import Figure
from mingjing.text.reading import Reading
from mingjing.text.roles import CARRIED, FILED, PENDING, RECEIVED, WAYS, Movement, clean, role_in

_YEAR = re.compile(r"上年|去年|前年|上一年|同期|(?:19|20)\d{2}年")
_STEP = re.compile(r"上个?月|上季|上一?期|[一二三四1-4]季度|\d{1,2}月|[一二三四五六七八九十]月|年初|环比")
_PRIOR = re.compile(
    r"(?:上年|去年|前年|上年度|上一年|上月|上季度|上期|上一期|整改前|行动前|年初|同期)(?:同期)?[^,。;]{0,14}$"
)
_FROM = re.compile(
    r"(?:较|^(?:比|与)|(?<![占同环对收件类之])比(?=[^为是达例重率]))[^,。;:()]{0,14}?(?:的|为|是)?$"
)
_BRACKET = re.compile(r"\(([^(),。;\d]{0,12}|[^(),。;]{0,6}(?:年|月|季度)[^(),。;\d]{0,6})$")
_NAMED_BOTH = re.compile(
    rf"(?P<now>[^,。;:比较]{{2,8}})(?:比|较)(?P<then>[^,。;:比较]{{2,8}}?)(?:的)?(?:{WAYS})[了幅]?(?:为|达)?$"
)
_COMPARED = re.compile(r"(?:较|(?<![占同环对])比)[^,。;:()]{1,14}\([^()]*$")
_GOAL = re.compile(r"目标|标准值|基准值|合理区间")
_NET = re.compile(r"净增|净减|净流入|净流出")
SPAN_OF_YEARS = re.compile(
    r"^(?:首尾|前后|近|这|后)?[两二三四五六](?:年|个月|个季度)(?:间|来)?(?:累计|总共|共|总体)?|^累计|^总共"
)
"""两年累计, before a movement: over the whole of a series."""
_RELATIVE = ("%", "个百分点", "倍")
_AGAIN = re.compile(rf",?(?:同比|环比)?(?:{WAYS})(?:为|达)?")
_WHOLE_OF = re.compile(r"\)?的[^,。;\d]{0,4}[\d.]+%")
_TIME = re.compile(r"年|月|季|期|前")
_REACHED = re.compile(r",?(?:达到?|为|至|到|增?至|升至|降至)了?")


def base_of(reading: Reading, sentence: list[Figure], place: int) -> Figure | None:
    """The level a movement belongs to: named before it, or given behind it with 达."""
    moved = sentence[place]
    named = clean(re.split(r"同比|环比|较|比|与|高于|低于|高出|超出|超过|落后", moved.subject)[0])
    named = SPAN_OF_YEARS.sub("", named)
    named = re.sub(rf"(?:{WAYS}|[多少][收结]?|[高低快慢长短早晚])[了幅度]*$", "", named)
    if not named and place and _FROM.search(sentence[place - 1].subject):
        named = clean(_FROM.sub("", sentence[place - 1].subject))
    follower = sentence[place + 1] if place + 1 < len(sentence) else None
    if follower is not None and _REACHED.fullmatch(reading.between(moved, follower)):
        return follower
    if place and moved.unit == "%" and (twin := _of_unit(reading, sentence, place)):
        return twin
    depth = reading.depth(moved)
    before = sentence[place - 1] if place else None
    if before is not None and _says_again(reading, before, moved):
        return base_of(reading, sentence, place - 1)
    for one in reversed(sentence[:place]):
        if moved.unit not in (*_RELATIVE, one.unit):
            continue
        if reading.movement(one) is not None or is_prior(reading, one) or one.unit == "位":
            continue
        if moved.unit == "个百分点" and _GOAL.search(one.subject):
            continue
        if _NET.search(one.subject):
            return None
        if not named and listed_part(reading, sentence, one, moved):
            continue
        if reading.depth(one) > depth or _WHOLE_OF.match(reading.folded, one.end):
            continue
        if named and named not in one.subject and not one.subject.endswith(named):
            return None
        if not named and one.segment != moved.segment:
            return _only_level(reading, sentence, place)
        return one
    return None


def listed_part(reading: Reading, sentence: list[Figure], one: Figure, moved: Figure) -> bool:
    """520件次，其中来信151件次、来访86批次、网上13件次，较上年…: one of several parts."""
    opened = reading.folded.rfind("其中", one.segment[0], one.start)
    words = reading.folded[opened : moved.start] if opened > 0 and one in sentence else ""
    return len(re.findall(r"\d[^,。;:()\d]{1,3}、", words)) > 1 and not re.search(r"20\d\d年", words)


def _only_level(reading: Reading, sentence: list[Figure], place: int) -> Figure | None:
    """收案832件，比7月少46件；比去年8月多57件: a part of a sentence with movements of its level only."""
    moved = sentence[place]
    here = [one for one in sentence[:place] if one.segment == moved.segment]
    levels = [
        one for one in sentence[:place]
        if reading.movement(one) is None and one.unit not in _RELATIVE and not is_prior(reading, one)
    ]  # fmt: skip
    only = len(levels) == 1 and levels[0].segment[1] + 1 >= moved.segment[0]
    plain = all(reading.movement(one) is not None for one in here)
    begun = re.match(r"\s*(?:同比|环比|较|比)", reading.folded[moved.segment[0] :])
    return levels[0] if only and plain and begun else None


def _of_unit(reading: Reading, sentence: list[Figure], place: int) -> Figure | None:
    """412件853人，案件数较496件下降: of two counts side by side the one in its unit."""
    prior, moved = sentence[place - 1], sentence[place]
    if place < 3 or prior.is_rate or not _FROM.search(prior.subject) or prior.segment != moved.segment:
        return None
    one, other = sentence[place - 3 : place - 1]
    glued = one.unit != other.unit and reading.between(one, other) in ("", "、", ",")
    plain = one.unit == prior.unit and reading.movement(one) is None and one.segment == moved.segment
    return one if glued and plain else None


def _says_again(reading: Reading, before: Figure, moved: Figure) -> bool:
    """减少3.27万元，下降7.19%: the same movement in percent."""
    counted = reading.movement(before) is not None and before.unit not in _RELATIVE
    return counted and moved.unit == "%" and bool(_AGAIN.fullmatch(reading.between(before, moved)))


def elsewhere(reading: Reading, sentence: list[Figure], place: int) -> Figure | None:
    """结案率较上年的98.04%上升: the level stands in an earlier sentence, under the same name and alone."""
    before = sentence[place - 1] if place else None
    if before is None or not before.is_rate or not _FROM.search(before.subject):
        return _rate_before(reading, sentence[place])
    name = re.split(r"较|比|与", before.subject)[0]
    if not name.endswith("率") or len(name) < 3:
        return None
    levels = [
        one for one in reading.figures
        if one.end < sentence[0].start and one.unit == before.unit and one.exact
        and re.fullmatch(rf"{re.escape(name)}(?:达到|达|为|是)?", one.subject)
    ]  # fmt: skip
    return levels[-1] if len({one.value for one in levels}) == 1 else None


def _rate_before(reading: Reading, moved: Figure) -> Figure | None:
    """化解率79.2%；…。化解率同比提高5.8: the only level of that name in the paragraph before it."""
    name = re.sub(rf"(?:同比|环比|(?:较|比)(?:上年|去年)(?:同期)?)?(?:{WAYS})[了幅度]*$", "", moved.subject)
    if not name.endswith("率") or len(name) < 3 or moved.unit not in ("%", "个百分点"):
        return None
    levels = [
        one for one in reading.by_paragraph[reading.paragraph(moved).start]
        if one.end <= moved.sentence[0] and one.unit == "%" and one.exact and reading.movement(one) is None
        and re.fullmatch(rf"{re.escape(name)}(?:达到|达|为|是)?", one.subject)
    ]  # fmt: skip
    return levels[0] if len({one.value for one in levels}) == 1 else None


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
    if found[0].unit != found[1].unit or any(_glued(reading, sentence, one) for one in found):
        return None  # 85件139人: nobody says which of the two is compared
    return found[0], found[1]


def _glued(reading: Reading, sentence: list[Figure], one: Figure) -> bool:
    place = sentence.index(one)
    return place + 1 < len(sentence) and not reading.between(one, sentence[place + 1])


BEGUN = {RECEIVED, FILED}


def said_before(reading: Reading, sentence: list[Figure], place: int) -> Figure | None:
    """受案增加214件 in a sentence without the level: the only count of that kind before it."""
    moved = sentence[place]
    named = re.split("同比|环比|较|比|与", moved.subject)[0]
    asked = role_in(re.sub(rf"(?:{WAYS})[了幅度]*$", "", named))
    if not asked.kind:
        return _called_before(reading, moved, named)
    if asked.topic:
        return None
    paragraph = reading.by_paragraph[reading.paragraph(moved).start]
    levels = [
        one for one in paragraph
        if one.end <= sentence[0].start and reading.movement(one) is None and not is_prior(reading, one)
        and (reading.role(one).kind == asked.kind or {reading.role(one).kind, asked.kind} == BEGUN)
        and not reading.role(one).topic and not reading.depth(one)
    ]  # fmt: skip
    if not levels and moved.unit not in _RELATIVE:
        levels = [
            one for one in reading.levels_near(moved.unit, moved.start)
            if one.end <= sentence[0].start and reading.role(one).kind == asked.kind
            and not reading.depth(one)
            and not reading.role(one).topic and not is_prior(reading, one)
        ]  # fmt: skip
    return levels[0] if len({one.value for one in levels}) == 1 else None


def _bare(words: str) -> str:
    return re.sub("总额|金额|总量|总数", "", clean(words))


def _called_before(reading: Reading, moved: Figure, named: str) -> Figure | None:
    """瑕疵案件减少18件: the only level before it that is called so."""
    name = clean(re.sub(rf"(?:{WAYS})[了幅度]*$", "", named))
    if len(name) < 2 or moved.is_rate:
        return None
    levels = [
        one for one in reading.levels_near(moved.unit, moved.start)
        if one.end <= moved.sentence[0] and _bare(one.subject) == _bare(name) and not is_prior(reading, one)
    ]  # fmt: skip
    return levels[0] if len({one.value for one in levels}) == 1 else None


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
    paragraph = reading.by_paragraph[reading.paragraph(moved).start]
    listed = prior_in_block(reading, paragraph, base)
    if listed is not None and _same_rhythm(reading, moved, move, listed):
        return listed
    named = _level_of(reading, sentence, place, base, move) or _carried(reading, moved, base, move)
    if named is not None:
        return named
    for one in _candidates(reading, sentence, place, base):
        same = one.unit == base.unit and one is not base and one.segment == moved.segment
        if same and reading.movement(one) is None and _same_rhythm(reading, moved, move, one):
            return one
    return None


def _level_of(
    reading: Reading, sentence: list[Figure], place: int, base: Figure, move: Movement
) -> Figure | None:
    """高于全省平均值1.1个百分点（全省为96.3%）: the level of whom it is compared with."""
    who = re.sub(r"平均|水平|值|数|的|总体", "", move.against)
    if not move.against and re.search("超出|高出|低$|低于", sentence[place].subject):
        aims = [one for one in sentence if one.segment == base.segment and one.unit == base.unit]
        aims = [one for one in aims if _GOAL.search(one.subject) and one is not base]
        return aims[0] if len(aims) == 1 else None
    if len(who) < 2 or not re.match("全|其他|兄弟", who):
        return None
    levels = [
        one for one in sentence
        if one is not base and one.unit == base.unit and reading.movement(one) is None
        and who[:2] in one.subject and one.segment == base.segment
    ]  # fmt: skip
    return levels[0] if len(levels) == 1 else None


def _carried(reading: Reading, moved: Figure, base: Figure, move: Movement) -> Figure | None:
    """旧存768件 …；未结510件，较年初减少258件: what was carried over was pending when the year began."""
    if reading.role(base).kind != PENDING or not re.search("年初|上年[末底]|去年[末底]", move.against):
        return None
    paragraph = reading.by_paragraph[reading.paragraph(moved).start]
    before = [one for one in paragraph if one.exact and one.end <= base.start]
    carried = [one for one in before if reading.role(one).kind == CARRIED]
    return carried[0] if len(carried) == 1 and not reading.role(carried[0]).topic else None


def _candidates(reading: Reading, sentence: list[Figure], place: int, base: Figure) -> list[Figure]:
    """Likeliest first: behind the movement, before it, behind other movements of the same level."""
    if SPAN_OF_YEARS.search(sentence[place].subject):
        return _first_of_series(reading, sentence, place, base)
    found: list[Figure] = []
    behind = sentence[place + 1] if place + 1 < len(sentence) else None
    if behind is not None and in_time_bracket(reading, behind) and reading.depth(behind):
        found.append(_latest(reading, sentence[place + 1 :]))
    before = sentence[place - 1] if place else None
    if before is not None and before is not base and is_prior(reading, before):
        found.append(before)
    for one in sentence[place + 1 :]:
        if reading.movement(one) is not None:
            continue
        if _PRIOR.search(one.subject) or opens(reading, one):
            found.append(one)
        break
    if before is None or before is base or not is_prior(reading, before):
        between = [one for one in sentence[:place] if one.start > base.start and is_prior(reading, one)]
        found += reversed(between)
    head = [one for one in sentence if one.end < base.start]
    found += [one for one in reversed(head) if is_prior(reading, one)]
    found += [one for one in head[-1:] if year_before(one, base)]
    found += _listed_year_before(reading, sentence, base)
    found += [first for first, second in _pairs_from_to(reading, sentence) if second.value == base.value]
    return found


def _first_of_series(reading: Reading, sentence: list[Figure], place: int, base: Figure) -> list[Figure]:
    """由2023年的28.4%、2024年的36.9%升到2025年的52.7%，两年累计提高: the first the series begins with."""
    if base not in sentence:
        return []
    end = sentence.index(base)
    for begin in range(end - 1, -1, -1):
        first = sentence[begin]
        if first.unit != base.unit or reading.movement(first) is not None:
            break
        if re.search(r"[。;(]", reading.between(first, sentence[begin + 1])):
            break
        if re.search(r"[从由][^,。;]{0,10}$", first.subject):
            return [first]
    return []


def _listed_year_before(reading: Reading, sentence: list[Figure], base: Figure) -> list[Figure]:
    """2024年、2025年分别审结468件、493件: the level before the last, by the years before them."""
    if base not in sentence:
        return []
    end = sentence.index(base)
    run = [base]
    while (
        end
        and sentence[end - 1].unit == base.unit
        and re.fullmatch("[、和]|以及", reading.between(sentence[end - 1], run[0]))
    ):
        end -= 1
        run.insert(0, sentence[end])
    head = reading.folded[max(run[0].sentence[0], run[0].start - 40) : run[0].start]
    years = [int(year) for year in re.findall(r"(20\d\d)年(?=[、和]|分别|依次|度?[^,。;]{0,8}分别)", head)]
    if len(run) < 2 or not years or not re.search("分别|依次", head):
        return []
    return [run[-2]] if years == [*range(years[0], years[0] + len(run))] else []


def _latest(reading: Reading, behind: list[Figure]) -> Figure:
    """（2023年5874件、2024年5530件）: of several years in the bracket the last."""
    listed = list(itertools.takewhile(lambda one: reading.depth(one) and one.unit == behind[0].unit, behind))
    years = [re.findall(r"20\d\d(?=年)", one.subject) for one in listed]
    if len(listed) > 1 and all(len(found) == 1 for found in years):
        return max(zip(years, listed, strict=True), key=lambda pair: pair[0])[1]
    return behind[0]


def _pairs_from_to(reading: Reading, sentence: list[Figure]) -> list[tuple[Figure, Figure]]:
    """即从28.1%降至26.4%."""
    return [
        (first, second)
        for first, second in itertools.pairwise(sentence)
        if re.search(
            r"(?:从|由)(?:\d{4}年)?[^,。;\d]{0,8}$", reading.folded[max(first.start - 16, 0) : first.start]
        )
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


def fits_otherwise(
    reading: Reading, sentence: list[Figure], base: Figure, moved: Figure, move: Movement
) -> bool:
    """Whether no count before fits the level and the percent, and one fits another level of the sentence,
    the level less what its bracket carries over, or the percent with its last digits cut off."""
    percent = moved.value * move.sign
    if not _whole_number(base) or percent <= -100 or befores(base.value, percent, moved.decimals):
        return False
    near = int(base.value * 100 / (100 + percent))
    cut_off = any(
        before > 0 and cut((base.value - before) * 100 / before, moved.decimals) == percent
        for before in (near - 1, near, near + 1)
    )
    levels = [one for one in sentence if one is not base and one.unit == base.unit and _whole_number(one)]
    others = [one.value for one in levels if one.value != moved.value and reading.movement(one) is None]
    inside = [one for one in levels if base.end < one.start < base.end + 16 and one.value < base.value]
    others += [base.value - one.value for one in inside]
    return cut_off or any(befores(value, percent, moved.decimals) for value in others if value > 0)


def _whole_number(one: Figure) -> bool:
    return one.exact and one.step == 1 and one.value.denominator == 1 and one.value > 0
