"""Levels a clause compares without a word the other checks go by: 二审后达98.2%，高出1.7个百分点."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import agrees, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, digits, is_level, unsettled
from mingjing.text.reading import Reading
from mingjing.text.roles import FILED

_BARE = re.compile(r"^(?:前者|[两二]者)?(?:高出|高了?|低了?|提高|提升|上升|下降|降低|相差|多出)了?$")
_SAME = re.compile(r"(?:较|比)全[国省市州区县][一-鿿]{0,4}平均(?:水平|值)?(?:高|低)出?$")
_THEN = re.compile(r"(?:上一次|上次|上一期|上一轮|上一批)[一-鿿]{0,4}?(?P<name>[一-鿿]{2,6}率)(?:为|是)?$")
_MORE = re.compile(r"^(?P<way>[多少])(?P<verb>审结|受理|办结|执结|收案|结案|新收|收|结)$")
_SAMPLED = re.compile(r"(?:随机)?(?:抽取|抽查|检查|核查|评查|暗访|发放|排查)[一-鿿]{0,8}$")
_OF_FOUND = re.compile(r"^(?P<name>[一-鿿]{2,3})率(?:为|达)?$")
_WAY = ("增长", "下降", "上升", "减少", "增加", "提高", "降低")


def check_compared(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every comparison nothing was said of."""
    for sentence, place in unsettled(reading, settled):
        one = sentence[place]
        found = None
        if one.unit == "个百分点":
            found = (
                _two_rates(reading, sentence, place)
                or _twin(reading, sentence, place)
                or _last_time(reading, sentence, place)
            )
        elif one.unit == "%" and reading.movement(one):
            found = _opposed(reading, sentence, place)
        elif one.unit == "%":
            found = _sampled(reading, sentence, place)
        elif _MORE.match(one.subject):
            found = _more(reading, sentence, place)
        if found is not None:
            yield found


def wrong_move(one: Figure, right: Fraction, high: Figure, low: Figure, way: str = "") -> Finding:
    shown = f"{printed(right, one.decimals)}{one.printed_unit or one.unit}"
    message = f"{one.subject}{one.text}，按文中的数应为{way} {shown}"
    return Finding(
        "growth", Verdict.MISMATCH, one.start, one.end, message,
        (f"{high.text} 与 {low.text} 相差 {shown}",), (f"改为{way} {shown}", "或核对两个数"),
        ((high.start, high.end), (low.start, low.end)),
    )  # fmt: skip


def _apart(one: Figure, other: Figure) -> Fraction:
    return abs(one.value - other.value)


def _two_rates(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """一审97.5%，二审后达98.2%，高出1.7个百分点: the two rates of the clause, one slip of the digits away."""
    one = sentence[place]
    rates = [
        each for each in sentence[:place]
        if each.unit == "%" and each.exact and not reading.movement(each) and each.decimals <= one.decimals
    ]  # fmt: skip
    near = {each.start for each in sentence[max(place - 2, 0) : place]}
    two = rates[-2:]
    if len(two) < 2 or any(_apart(*pair) == one.value for pair in itertools.combinations(rates, 2)):
        return None
    right = _apart(*two)
    if _SAME.search(one.subject):
        for before in reading.sentences_before(one.sentence, 1):
            above = [each for each in reading.sentences[before] if each.unit == "%" and "率" in each.subject]
            rates = [*above, *rates]
        mean = rates[0] if len(rates) > 1 and "最" in rates[-1].subject else None
        swapped = mean and slip(*digits(one, _apart(mean, two[1]))) == "相邻两位颠倒"
        return wrong_move(one, _apart(mean, two[1]), mean, two[1]) if mean and swapped else None
    bare = (
        _BARE.match(one.subject)
        and {each.start for each in two} == near
        and len({each.value for each in rates}) == 2
    )
    if (
        not bare
        or two[0].segment != one.segment
        or not (slip(*digits(one, right)) or abs(right - one.value) == 1)
    ):
        return None
    return wrong_move(one, right, two[0], two[1])


def _twin(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """比四季度的93.2%提高1.8个百分点，比一季度的90.6%提高3.4个百分点: of the level the other is right for."""
    one, move = sentence[place], reading.movement(sentence[place])
    if move is None or not place or not _compares(reading, sentence, place):
        return None
    others = [
        index for index in range(1, len(sentence))
        if index != place and sentence[index].unit == "个百分点" and _compares(reading, sentence, index)
        and sentence[index].segment == one.segment
    ]  # fmt: skip
    if len(others) != 1:
        return None
    twin = sentence[others[0]]
    other = reading.movement(twin)
    if other is None:
        return None
    value = sentence[others[0] - 1].value + twin.value * other.sign
    levels = [
        each for before in reading.sentences_before(one.sentence, 3) for each in reading.sentences[before]
        if each.unit == "%" and each.value == value and "率" in reading.folded[each.sentence[0] : each.start]
        and each.end <= sentence[0].start and each.exact
    ]  # fmt: skip
    then = sentence[place - 1]
    fitting = then.value + one.value * move.sign
    right = (value - then.value) * move.sign
    if len(levels) != 1 or fitting == value or right <= 0 or not slip(*digits(one, right)):
        return None
    return wrong_move(one, right, levels[0], then)


def _compares(reading: Reading, sentence: list[Figure], place: int) -> bool:
    then, moved = sentence[place - 1], sentence[place]
    return (
        then.unit == "%" and then.exact and moved.exact and bool(re.search("比|较", clause_of(reading, then)))
        and re.fullmatch(r"(?:提高|上升|提升|下降|降低|回落)了?", reading.between(then, moved)) is not None
    )  # fmt: skip


def _last_time(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """问题率20%。…上一次问题率为26.4%，本次上升6.4个百分点: the rate of that name, and its way."""
    one, move = sentence[place], reading.movement(sentence[place])
    then = sentence[place - 1] if place else None
    said = _THEN.search(then.subject) if then is not None and then.unit == "%" else None
    if then is None or said is None or move is None or not re.match("本次|这次|本期|本轮|现", one.subject):
        return None
    levels = [
        each for each in reading.by_paragraph[reading.paragraph(one).start]
        if each.unit == "%" and each.exact and each.end <= then.start
        and len(each.subject) > 2 and said["name"].endswith(re.sub("[为达]$", "", each.subject))
    ]  # fmt: skip
    if len(levels) != 1 or levels[0].value == then.value:
        return None
    apart = levels[0].value - then.value
    if apart == one.value * move.sign:
        return None
    return wrong_move(one, abs(apart), levels[0], then, "上升" if apart > 0 else "下降")


def _more(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """审结1198件，…和上一年度审结的1032件相比，多审结176件: the level of the same verb before it."""
    one, then = sentence[place], sentence[place - 1] if place else None
    said = _MORE.match(one.subject)
    if (
        then is None
        or said is None
        or then.unit != one.unit
        or not re.match("相比,", reading.between(then, one))
    ):
        return None
    if (
        not re.search("[与和同比].*(?:上|去|前)", reading.clause(then))
        or said["verb"][-1] not in then.subject
    ):
        return None
    kind = reading.role(then).kind
    now = [
        each for each in reading.by_paragraph[reading.paragraph(one).start]
        if each.end <= then.start and each.unit == one.unit and is_level(reading, each)
        and not is_prior(reading, each) and kind and reading.role(each).kind == kind
    ]  # fmt: skip
    if len(now) != 1 or not then.exact:
        return None
    right = (now[0].value - then.value) * (1 if said["way"] == "多" else -1)
    if right == one.value or right <= 0 or not one.exact:
        return None
    return wrong_move(one, right, now[0], then)


def _opposed(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """新收3960件。…新收数较2023年的4400件增长10%: so much it went, the other way."""
    one, move = sentence[place], reading.movement(sentence[place])
    then = sentence[place - 1] if place else None
    if (
        then is None
        or move is None
        or not re.search("较|比", then.subject)
        or reading.between(then, one) not in _WAY
    ):
        return None
    kind = reading.role(then).kind
    now = [
        each for each in reading.by_paragraph[reading.paragraph(one).start]
        if each.end <= then.start and each.unit == then.unit and is_level(reading, each) and kind
        and not is_prior(reading, each)
        and (reading.role(each).kind == kind or (kind == FILED and "共收" in each.subject))
    ]  # fmt: skip
    if len({each.value for each in now}) != 1 or not then.exact or not then.value:
        return None
    grown = (now[0].value / then.value - 1) * 100
    of_now = (now[0].value - then.value) * 100 / now[0].value
    base = one.decimals and abs(of_now * move.sign - one.value) <= one.step / 2 and of_now * move.sign > 0
    if base and abs(grown * move.sign - one.value) > one.step:
        return wrong_move(one, rounded(abs(grown), one.decimals), now[0], then)
    if grown * move.sign >= 0 or abs(abs(grown) - one.value) > one.step / 2:
        return None
    way = "上升" if grown > 0 else "下降"
    return Finding(
        "growth", Verdict.MISMATCH, one.start, one.end,
        f"{one.subject}{one.text}，按文中两期的数应为{way} {one.text}",
        (f"({now[0].text} − {then.text}) ÷ {then.text} = {printed(grown, one.decimals)}%",),
        (f"改为{way} {one.text}", "或核对两个数"), ((now[0].start, now[0].end), (then.start, then.end)),
    )  # fmt: skip


def _sampled(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """抽取庭审录像330件。发现存在问题的66件，问题率22%: of all that was looked at."""
    rate, part = sentence[place], sentence[place - 1] if place else None
    said = _OF_FOUND.match(rate.subject)
    if part is None or said is None or said["name"] not in part.subject or part.segment != rate.segment:
        return None
    near = [
        one for before in (*reading.sentences_before(rate.sentence, 2), rate.sentence)
        for one in reading.sentences[before]
        if one.end <= part.start and one.unit == part.unit and one.value > part.value
        and is_level(reading, one)
    ]  # fmt: skip
    wholes = [one for one in near if _SAMPLED.search(one.subject)]
    if not is_level(reading, part) or len({one.value for one in wholes}) != 1:
        return None
    right = part.value * 100 / wholes[0].value
    if any(agrees(rate, part, one) for one in near) or re.search("未|不|缺", part.subject):
        return None
    if not right / 2 < rate.value < right * 2:
        return None
    return wrong_share(rate, part, wholes[0], "rate", rate.subject)
