"""What a stock came to, and what is left over: the last figure of a sentence follows from those before it.

应退1057.3万元，实退1021.6万元，尚有35.7万元待退; 年初112项，新增7项、销号5项，年末114项.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import slack_of
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import same_time
from mingjing.text.checks.parts import additive, is_rest, slipped_for, weighed
from mingjing.text.checks.wholes import wholes_called
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import CLOSED, FILED, PENDING, RECEIVED

_LEFT = re.compile(
    r"^(?:目前|现|截至目前|年末|期末|季末|月末|至今|最后)?(?:均|都|仅)?"
    r"(?:(?:尚|还|仍)(?:有|剩|余|欠|差)?|其余|剩余|剩下|余下|剩|余(?!额)|未(?!成年|遂|央|来)|暂未|暂缓|待|不予|不合格|不通过"
    r"|缺席|缺考|空编|空缺|缺额|退回(?!补正)|结余|流标|流拍|正在|办理中|盘亏|短缺|不符|仍在)"
)
_WAITS = re.compile(r"^(?:待|未|尚未|仍未|正在|仍在|暂未|暂缓)")
_DONE = re.compile(
    r"已|实[^习施践际]|完成|办结|化解|销号|整改|[审执]结|结案|发还|退[付还]?|支付|拨付|上缴|通过|签订|成功|合格|到位|到场|使用|在岗|发放|收回|认领|下降到|相符|一致|了结"
)
_OPEN = re.compile(
    r"(?:年初|期初|月初|季初|原有|原|上年末|上年底|去年底|去年末|上年结转|旧存|20\d\d年[底末])[^,。;:]{0,14}$"
)
_CLOSE = re.compile(
    r"(?:年末|期末|月末|季末|年底|变为|现有|现存|目前有|现|余额|结余|结存|实有|截至)[^,。;:]{0,10}$|^(?:变为|增至|降至|增加到|减少到)$"
)
_CAME = re.compile(
    r"(?:新增|新产生|新出现|新建|新设|新制定|新收|新立|新发|新录|新招|招录|调入|进账|入账|进|转入|收入|到账|拨入|拨付|下达|流入|纳入|补充|增补|追加|执收|收到)"
    r"[^,。;:]{0,8}$"
)
_WENT = re.compile(
    r"(?:减少|废止|撤销|失效|销号|销案|退出|化解|认领|办结|调出|退休|离职|辞职|出账|转出|支出|发放|发还|流出|清理|核销|上缴|使用|支付|划拨"
    r"|完成|注销|移交|审结|执结|退付|列支)[^,。;:]{0,8}$"
)
_STORED = re.compile(r"余额|结余|结存|存量|库存")
_KEPT = re.compile(r"修订|修改|完善|保留|沿用")
_WHOLE = re.compile(r"(?:合计|共计|总计|共有|受理[^,。;:]{0,6})$")
_UNDONE = re.compile(r"(?:尚未|未|暂未)(?P<verb>[一-鿿]{2})[^,。;:]{0,20}$")
LEAST = 20
"""A smaller total in an earlier sentence is near too many sums."""
_NESTED = re.compile(r"其中|包括|(?<!不)含")


def check_closings(reading: Reading) -> Iterator[Finding]:
    """All checks of this file, sentence by sentence."""
    for sentence in reading.sentences.values():
        yield from _stock(reading, sentence)
        yield from _net(reading, sentence)
        for place, figure in enumerate(sentence):
            if _counts(reading, figure):
                found = (
                    _rest(reading, sentence, place)
                    or _pending(reading, sentence, place)
                    or _undone(reading, figure)
                    or _closed(reading, sentence, place)
                )
                if found is not None:
                    yield found


def _counts(reading: Reading, one: Figure) -> bool:
    return one.exact and additive(one) and not one.is_rate and reading.movement(one) is None


def _clause(reading: Reading, one: Figure) -> str:
    return re.split(r"[,。;:、(]", reading.folded[one.sentence[0] : one.start])[-1]


def _alike(reading: Reading, sentence: list[Figure], at: Figure) -> list[Figure]:
    """The levels of the unit, at the depth and of the time of a figure, before it in its sentence."""
    return [
        one for one in sentence
        if one.start < at.start and one.unit == at.unit and _counts(reading, one)
        and reading.depth(one) == reading.depth(at) and not is_prior(reading, one)
    ]  # fmt: skip


def _stock(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """What there was, what came and what went make what there is."""
    for unit in dict.fromkeys(one.unit for one in sentence):
        levels = [one for one in sentence if one.unit == unit and _counts(reading, one)]
        opened = [one for one in levels if _OPEN.search(one.subject)]
        closed = [one for one in levels if _CLOSE.search(one.subject) and not _OPEN.search(one.subject)]
        if len(opened) != 1 or len(closed) != 1 or not opened[0].start < closed[0].start:
            continue
        between = [
            one for one in levels
            if one.start not in (opened[0].start, closed[0].start) and not _KEPT.search(one.subject)
            and (one.start < closed[0].start) and one.segment == closed[0].segment
        ]  # fmt: skip
        came = [one for one in between if _CAME.search(one.subject)]
        went = [one for one in between if _WENT.search(one.subject) and one not in came]
        if not between or len(came) + len(went) != len(between):
            continue
        yield _balanced(opened[0], came, went, closed[0])


def _net(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """到账24.8亿元、发放25.3亿元，年末余额较年初减少0.5亿元: what came less what went is the change."""
    for place, moved in enumerate(sentence):
        move = reading.movement(moved)
        if (
            move is None
            or moved.is_rate
            or not moved.exact
            or not _STORED.search(move.against + moved.subject + _clause(reading, moved))
        ):
            continue
        levels = [one for one in sentence[:place] if one.unit == moved.unit and _counts(reading, one)]
        came = [one for one in levels if _CAME.search(one.subject)]
        went = [one for one in levels if _WENT.search(one.subject) and one not in came]
        if len(came) != 1 or len(went) != 1:
            continue
        value = (came[0].value - went[0].value) * move.sign
        line = f"{came[0].text} − {went[0].text} = {moved.worded(came[0].value - went[0].value)}"
        yield _told(moved, value, line, (came[0], went[0]))


def _balanced(opened: Figure, came: list[Figure], went: list[Figure], closed: Figure) -> Finding:
    value = opened.value + sum(one.value for one in came) - sum(one.value for one in went)
    terms = (opened, *came, *went)
    line = opened.text + "".join(f" + {one.text}" for one in came) + "".join(f" − {one.text}" for one in went)
    return _told(closed, value, f"{line} = {closed.worded(value)}", terms)


def _told(at: Figure, value: Fraction, line: str, terms: tuple[Figure, ...]) -> Finding:
    beside = tuple((one.start, one.end) for one in terms)
    if abs(value - at.value) <= slack_of([one.step for one in (at, *terms) if one.value]):
        return Finding("flow", Verdict.OK, at.start, at.end, "与文中的数相符", (line,), (), beside)
    right = f"{at.worded(value)}"
    how = slipped_for(at, value)
    return Finding(
        "flow", Verdict.MISMATCH, at.start, at.end, f"{at.subject}{at.text}，按文中的数应为 {right}", (line,),
        (f"改为 {right}" + (f"（{how}，像是笔误）" if how else ""), "或核对前面的数"), beside,
    )  # fmt: skip


def _rest(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """The whole less what is done; silent where any reading of the sentence makes it right."""
    left = sentence[place]
    if not (_LEFT.match(_clause(reading, left)) or _WAITS.match(left.after)):
        return None
    if "基本完成" in reading.folded[left.segment[0] : left.start]:
        return None  # the statuses are weighed by themselves
    alike = _outer(reading, _alike(reading, sentence, left))
    if len(alike) == 1 and (found := _rest_of_named(reading, alike[0], left)):
        return found
    if len(alike) < 2:
        return None
    for first in range(len(alike) - 1):
        whole, rest = alike[first], alike[first + 1 :]
        for chosen in _readings(reading, rest):
            value = whole.value - sum(one.value for one in chosen)
            if abs(value - left.value) <= slack_of([one.step for one in (left, whole, *chosen) if one.value]):
                line = _less(whole, chosen, left)
                return _told(left, left.value, line, (whole, *chosen))
    added = left.value + sum(one.value for one in alike)
    if any(one.value == added for one in reading.levels_near(left.unit, left.start)):
        return None  # 11件、6件、其余8件, of 25件 told before
    near = [one for one in alike if one.segment == left.segment]
    if len(near) < 2 and slipped_for(left, alike[0].value - sum(one.value for one in alike[1:])):
        near = alike
    if len(near) == 1:
        near = [*[one for one in alike if _WHOLE.search(one.subject) and one.end < near[0].start][-1:], *near]
    if len(near) < 2:
        return None
    whole, done = near[0], near[1:]
    if reading.role(left).kind == PENDING and reading.role(whole).kind == FILED:
        return None  # what was carried over is pending too
    gaps = [reading.between(one, other) for one, other in itertools.pairwise([whole, *done, left])]
    words = "" if len(near) == 2 and len(alike) == 2 else "".join(gaps)
    value = whole.value - sum(one.value for one in done)
    if _NESTED.search(words) or not 0 <= value < whole.value or not same_time(whole, left):
        return None
    acts = all(_DONE.search(one.subject + one.after[:4]) for one in done)
    if acts or slipped_for(left, value):
        return _told(left, value, _less(whole, done, left), (whole, *done))
    return None


def _rest_of_named(reading: Reading, done: Figure, left: Figure) -> Finding | None:
    """司法确认1862件，占调解成功案件的三成，其余4352件: of the whole the share between them names."""
    said = re.search(r"占(?P<of>[^,。;\d]{2,12}?)的", reading.between(done, left))
    wholes = wholes_called(reading, done, done, said["of"]) if said else []
    if len({one.value for one in wholes}) != 1 or not wholes[0].exact:
        return None
    value = wholes[0].value - done.value
    if value != left.value and not slipped_for(left, value):
        return None
    return _told(left, value, _less(wholes[0], [done], left), (wholes[0], done))


def _closed(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """甲17起；乙、丙分别为12起、8起；其他6起: a list that 其他 ends, of a whole in it or right before it."""
    last = sentence[place]
    if not is_rest(reading, last) or any(one.unit == last.unit for one in sentence[place + 1 :]):
        return None
    listed = [*_alike(reading, sentence, last), last]
    headed = _headed(reading, listed)
    if headed is not None:
        whole, parts = headed
        return weighed(whole, parts, True, "parts")
    if len(listed) < 3:
        return None
    near = [
        one for before in reading.sentences_before(last.sentence, 2) for one in reading.sentences[before]
        if one.unit == last.unit and _counts(reading, one) and not is_prior(reading, one)
    ]  # fmt: skip
    everything = [*near, *listed]
    begun = len(near)
    for first, whole in enumerate(everything):
        starts = {first + 1, begun} if first < begun else {first + 1}
        if any(begin < len(everything) - 1 and _adds(whole, everything[begin:]) for begin in starts):
            return None
    most = max(one.value for one in listed)
    wholes = [one for one in near if one.value > most and one.value >= LEAST]
    if not wholes or _NESTED.search(reading.folded[listed[0].start : last.start]):
        return None
    whole = wholes[-1]
    parts = [one for one in listed if one.start > whole.start]
    added = sum((one.value for one in parts), start=Fraction(0))
    if len(parts) < 3 or abs(added - whole.value) * 6 > whole.value or not same_time(whole, parts[0]):
        return None
    return weighed(whole, parts, True, "parts")


def _headed(reading: Reading, listed: list[Figure]) -> tuple[Figure, list[Figure]] | None:
    """降至52件；其中甲19件，乙11件，其余22件: what stands before 其中, and what is listed behind it."""
    for place in range(len(listed) - 2, 0, -1):
        between = reading.between(listed[place - 1], listed[place])
        if re.search(r"[;,](?:其中|包括)", between):
            whole, parts = listed[place - 1], listed[place:]
            words = reading.folded[parts[0].start : parts[-1].start]
            plain = whole.value > max(one.value for one in parts) and not _NESTED.search(words)
            return (whole, parts) if plain and ";" in between and len(parts) > 1 else None
    return None


def _adds(whole: Figure, parts: list[Figure]) -> bool:
    added = sum((one.value for one in parts), start=Fraction(0))
    return abs(added - whole.value) <= slack_of([one.step for one in (whole, *parts) if one.value])


def _undone(reading: Reading, left: Figure) -> Finding | None:
    """涉及金额8642万元 …，整改金额7906万元 …，未整改金额736万元: the same word with and without 未."""
    said = _UNDONE.search(reading.folded[max(left.sentence[0], left.start - 24) : left.start])
    if said is None:
        return None
    stem = said["verb"]
    before = [
        one for one in reading.by_paragraph[reading.paragraph(left).start]
        if one.end <= left.start and one.unit == left.unit and _counts(reading, one)
        and not is_prior(reading, one)
    ]  # fmt: skip
    done = [one for one in before if stem in _clause(reading, one) and "未" not in _clause(reading, one)]
    if not done:
        return None
    wholes = [one for one in before if one.end <= done[-1].start and one.value > done[-1].value]
    for whole in wholes:
        value = whole.value - done[-1].value
        if abs(value - left.value) <= slack_of([one.step for one in (left, whole, done[-1])]):
            return _told(left, left.value, _less(whole, done[-1:], left), (whole, done[-1]))
    if len(wholes) != 1 or not slipped_for(left, wholes[0].value - done[-1].value):
        return None
    whole = wholes[0]
    return _told(left, whole.value - done[-1].value, _less(whole, done[-1:], left), (whole, done[-1]))


def _outer(reading: Reading, levels: list[Figure]) -> list[Figure]:
    """The levels without the parts of one of them: 处置64件，其中甲17件、乙31件、丙16件 is one."""
    kept: list[Figure] = []
    place = 0
    while place < len(levels):
        whole = levels[place]
        kept.append(whole)
        place += 1
        if place < len(levels) and _NESTED.search(reading.between(whole, levels[place])):
            for end in range(place + 2, len(levels) + 1):
                if _adds(whole, levels[place:end]):
                    place = end
                    break
    return kept


def _readings(reading: Reading, rest: list[Figure]) -> Iterator[list[Figure]]:
    """All of them, then any of them: what is part of another is not taken off twice."""
    yield rest
    if 1 < len(rest) <= 5:
        for size in range(len(rest) - 1, 0, -1):
            yield from (list(chosen) for chosen in itertools.combinations(rest, size))


def _less(whole: Figure, done: list[Figure], left: Figure) -> str:
    value = whole.value - sum(one.value for one in done)
    return whole.text + "".join(f" − {one.text}" for one in done) + f" = {left.worded(value)}"


def _pending(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """审结1547件，未结769件 in a sentence behind the one that tells what was received."""
    left = sentence[place]
    if reading.role(left).kind != PENDING or left.step != 1:
        return None
    closed = [one for one in sentence[:place] if reading.role(one).kind == CLOSED and _counts(reading, one)]
    if len(closed) != 1 or any(reading.role(one).kind == RECEIVED for one in sentence[:place]):
        return None
    topics = {reading.role(closed[0]).topic, reading.role(left).topic}
    paragraph = reading.by_paragraph[reading.paragraph(left).start]
    taken = [
        one for one in paragraph
        if one.end <= sentence[0].start and reading.role(one).kind == RECEIVED and _counts(reading, one)
        and not is_prior(reading, one) and reading.role(one).topic in topics | {""} and same_time(one, left)
    ]  # fmt: skip
    if not taken and (before := reading.sentences_before(sentence[0].sentence, 1)):
        last = [
            one for one in reading.sentences[before[0]] if one.unit == left.unit and _counts(reading, one)
        ][-1:]
        near = (
            reading.paragraph(left).start <= before[0][0]
            and last
            and re.fullmatch("共计|合计|总计|共", last[0].subject)
        )
        taken = last if near else []
    if len(taken) != 1 or len(topics - {""}) > 1 or taken[0].value <= closed[0].value:
        return None
    value = taken[0].value - closed[0].value
    return _told(left, value, _less(taken[0], closed, left), (taken[0], closed[0]))
