"""What a list that adds up to its total says of its items later: 判决558件、撤诉197件…, 判决结案占69.6%.

And what is left of a part a rate was confirmed for: 应出庭705件，实际出庭691件，出庭率98.0%；24件未出庭的.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import agrees, wrong_share
from mingjing.text.checks.parts import weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, is_level, unsettled
from mingjing.text.reading import Reading

_ITS_SHARE = re.compile(r"^(?:其中|以)?(?P<name>[一-鿿]{2,10}?)(?:案件|结案|类)?占(?:比)?(?:达到|达|为|了)?$")
_OF_ALL = re.compile(r"^占(?:全体|全部|全院|总)(?P<name>[一-鿿]{2,6}?)(?:总数|人数|数|总人数)?的$")
_OF_NAMED = re.compile(
    r"(?P<part>[一-鿿]{2,4})率\((?:占|以)(?P<whole>[一-鿿]{2,6}?)(?:数|\d+[一-鿿]为基数)?\)$"
)
_UNDONE = re.compile(r"^(?:均|仅|只)?(?:尚未|没有|未)(?P<verb>[一-鿿]{2})")
_STILL = re.compile(r"^(?:其余)?(?:正在|尚在|仍在|还在)[一-鿿]{2,6}$")
_LISTED = re.compile(
    r"[,、](?:每?年度?|逐年|各年|分年|月度|季度|各[一-鿿]{1,3})?(?:分布|分别|依次|逐年)(?:依次|分别)?(?:为|是)?$"
)
_TO_ONE = re.compile(r"^(?:平均)?每(?:[一-鿿]{0,1})?(?P<unit>[一-鿿])$|^(?P<person>人)均")
LEAST = 2
"""Items of a list that adds up."""


def check_decomposed(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every share nothing was said of; every rest behind a rate that was confirmed."""
    for sentence, place in unsettled(reading, settled):
        one = sentence[place]
        if one.unit == "%" and reading.movement(one) is None:
            found = _of_list(reading, one) or _of_all(reading, sentence, place) or _of_named(reading, one)
        elif is_level(reading, one):
            found = _undone(reading, settled, one) or _still(reading, sentence, place)
            found = found or _listed(reading, sentence, place)
        else:
            found = None
        found = found or _tenfold(reading, sentence, place)
        if found is not None:
            yield found
    for sentence in reading.sentences.values():
        yield from _bracketed(reading, sentence)


def _near(reading: Reading, at: Figure, back: int) -> list[Figure]:
    """The levels before a figure in its sentence and so many before it."""
    sentences = [*reading.sentences_before(at.sentence, back), at.sentence]
    return [
        one for each in sentences for one in reading.sentences.get(each, [])
        if one.end <= at.start and is_level(reading, one) and not is_prior(reading, one)
    ]  # fmt: skip


def _of_list(reading: Reading, rate: Figure) -> Finding | None:
    """81个…36个、27个、18个。甲类占54.4%: the list comes to a total before it, and the name is one of it."""
    said = _ITS_SHARE.match(rate.subject)
    if said is None:
        return None
    levels = _near(reading, rate, 3)
    called = [
        one for one in levels
        if re.sub("^其中|类$|案件$", "", one.subject) in (said["name"], re.sub("类$|结案$", "", said["name"]))
    ]  # fmt: skip
    if len(called) != 1:
        return None
    part = called[0]
    alike = [one for one in levels if one.unit == part.unit]
    place = alike.index(part)
    for first in range(place + 1):
        for last in range(max(place + 1, first + LEAST), len(alike) + 1):
            run = alike[first:last]
            added = sum((one.value for one in run), start=Fraction(0))
            wholes = [one for one in alike[:first] if one.value == added]
            if wholes and not _fits(reading, rate, part):
                return wrong_share(rate, part, wholes[-1], "share", "占比")
    return None


def _fits(reading: Reading, rate: Figure, part: Figure) -> bool:
    return any(
        agrees(rate, part, one)
        for one in reading.levels_near(part.unit, part.start)
        if one.value >= part.value
    )


def _of_all(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """共有党员127名，…。女党员49名，占全体党员的43.2%: the one count of that name and nothing more."""
    rate = sentence[place]
    said = _OF_ALL.match(rate.subject)
    if said is None or not place or not is_level(reading, sentence[place - 1]):
        return None
    part = sentence[place - 1]
    if part.segment != rate.segment or _fits(reading, rate, part):
        return None
    called = re.compile(rf"(?:全[院部体])?[共现实]?有?{re.escape(said['name'])}(?:总数|共|共有)?")
    wholes = [
        one for one in _near(reading, part, 4)
        if one.unit == part.unit and one.value > part.value and called.fullmatch(one.subject)
    ]  # fmt: skip
    if len({one.value for one in wholes}) != 1:
        return None
    return wrong_share(rate, part, wholes[0], "share", "占比")


def _of_named(reading: Reading, rate: Figure) -> Finding | None:
    """回收1428份，其中有效问卷1360份；有效率（占回收）90.7%: the part and the whole, each by its name."""
    said = _OF_NAMED.search(reading.folded[max(rate.sentence[0], rate.start - 24) : rate.start])
    if said is None:
        return None
    levels = _near(reading, rate, 2)
    parts = [one for one in levels if said["part"] in one.subject]
    wholes = [one for one in levels if said["whole"] in one.subject and one not in parts]
    if len(parts) != 1 or len(wholes) != 1 or parts[0].unit != wholes[0].unit:
        return None
    if parts[0].value > wholes[0].value or agrees(rate, parts[0], wholes[0]):
        return None
    return wrong_share(rate, parts[0], wholes[0], "rate", f"{said['part']}率")


def _confirmed(reading: Reading, settled: Settled, at: Figure) -> list[tuple[Figure, Figure]]:
    """The parts and wholes of the rates confirmed before it, in its sentence or the one before."""
    starts = {one.start: one for one in reading.figures}
    pairs = [(part, starts.get(settled.wholes.get(part.start, -1))) for part in _near(reading, at, 1)]
    return [(part, whole) for part, whole in pairs if whole is not None and whole.value > part.value]


def _undone(reading: Reading, settled: Settled, left: Figure) -> Finding | None:
    """发出12份，收到回函11份，反馈率91.7%。仅2家未回函: of the pair whose part has the verb."""
    said = _UNDONE.match(left.after)
    if said is None:
        return None
    pairs = [
        (part, whole) for part, whole in _confirmed(reading, settled, left)
        if said["verb"] in part.subject and "未" not in part.subject
    ]  # fmt: skip
    parts = {part.start for part, _ in pairs}
    pairs = [pair for pair in pairs if pair[1].start not in parts]  # 正职出庭152件，占出庭的22%: of the part
    if len(pairs) != 1 or pairs[0][1].value - pairs[0][0].value == left.value:
        return None
    if any(pairs[0][1].value - pairs[0][0].value == one.value for one in left_of(reading, left)):
        return None
    return _less(left, *pairs[0])


def left_of(reading: Reading, one: Figure) -> list[Figure]:
    """The other figures of its clause: 24件中的4件未出庭."""
    start = one.start - len(clause_of(reading, one))
    return [each for each in reading.figures_in(start, one.start) if each.unit == one.unit]


def _less(left: Figure, part: Figure, whole: Figure) -> Finding:
    value = whole.value - part.value
    shown = printed(value) + (left.printed_unit or left.unit)
    return Finding(
        "flow", Verdict.MISMATCH, left.start, left.end, f"{left.subject}{left.text}，按文中的数应为 {shown}",
        (f"{whole.text} − {part.text} = {printed(value)}",), (f"改为 {shown}", "或核对前面的数"),
        ((whole.start, whole.end), (part.start, part.end)),
    )  # fmt: skip


def _still(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """212条…已办理195条，正在办理27条，办理率92.0%: what the rate behind says the part before it is of."""
    left, before = sentence[place], sentence[place - 1] if place else None
    rate = sentence[place + 1] if place + 1 < len(sentence) else None
    if before is None or rate is None or not _STILL.match(left.subject) or before.unit != left.unit:
        return None
    if rate.unit != "%" or not rate.subject.endswith("率") or "已" not in before.subject:
        return None
    wholes = [
        one for one in _near(reading, before, 2)
        if one.unit == left.unit and one.value > before.value and agrees(rate, before, one)
    ]  # fmt: skip
    if len({one.value for one in wholes}) != 1 or before.value + left.value <= wholes[0].value:
        return None
    return _less(left, before, wholes[0])


def _listed(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """巡回审判326场次，年度分布为98场次、137场次、127场次: all of a list that is told to make it up."""
    whole, parts = sentence[place], sentence[place + 1 :]
    if len(parts) < 3 or parts[0].unit != whole.unit:
        return None
    if not _LISTED.search(reading.between(whole, parts[0])):
        return None
    run = [parts[0]]
    for one in parts[1:]:
        if one.unit != whole.unit or reading.between(run[-1], one) != "、":
            break
        run.append(one)
    added = sum((one.value for one in run), start=Fraction(0))
    if len(run) < 3 or added == whole.value or not all(is_level(reading, one) for one in run):
        return None
    apart = abs(added - whole.value) * 4 < whole.value
    return weighed(whole, run, True, "parts") if apart else None


def _bracketed(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """房产59万平方米（住宅52万平方米、厂房43万平方米）: the list is not larger than what it is of."""
    for place, whole in enumerate(sentence[:-2]):
        first = sentence[place + 1]
        if first.unit != whole.unit or not re.match(r"\([一-鿿]{2,8}$", reading.between(whole, first)):
            continue
        close = reading.folded.find(")", first.end)
        run = [one for one in sentence[place + 1 :] if one.start < close]
        joined = all(
            re.fullmatch("[、,][一-鿿]{2,8}", reading.between(one, other))
            for one, other in itertools.pairwise(run)
        )
        alike = all(one.unit == whole.unit and is_level(reading, one) for one in (whole, *run))
        added = sum((one.value for one in run), start=Fraction(0))
        plain = joined and alike and len(run) > 1 and reading.folded[close + 1 : close + 2] != "的"
        if plain and added * 2 > whole.value * 3 and max(one.value for one in run) <= whole.value:
            yield Finding(
                "parts", Verdict.MISMATCH, whole.start, whole.end,
                f"{whole.text}的分项相加得 {whole.worded(added)}",
                (" + ".join(one.text for one in run) + f" = {whole.worded(added)}",),
                (f"总数改为 {whole.worded(added)}", "或核对各项"), tuple((one.start, one.end) for one in run),
            )  # fmt: skip


def _tenfold(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """4.6万株，共920亩，每亩500株; 1260万元，9000人次，人均1.4万元: right but for one nought."""
    mean = sentence[place]
    said = _TO_ONE.match(mean.subject)
    if said is None or place < 2 or not mean.exact:
        return None
    total, head = sentence[place - 2 : place]
    wanted = ("人", "人次") if said["person"] else (said["unit"],)
    if head.unit not in wanted or total.unit != mean.unit or total.segment != mean.segment or head.value < 2:
        return None
    if not (is_level(reading, total) and is_level(reading, head)) or is_prior(reading, total):
        return None
    value = total.value / head.value
    noughts = any(abs(value * 10**power - mean.value) <= mean.step / 2 for power in (-3, -2, -1, 1, 2, 3))
    if abs(value - mean.value) <= mean.step / 2 or not noughts:
        return None
    shown = mean.worded(value)
    return Finding(
        "average", Verdict.MISMATCH, mean.start, mean.end,
        f"{mean.subject}{mean.text}，按文中的数应为 {shown}",
        (f"{total.text} ÷ {head.text} = {shown}",), (f"改为 {shown}", "或核对总数和个数"),
        ((total.start, total.end), (head.start, head.end)),
    )  # fmt: skip
