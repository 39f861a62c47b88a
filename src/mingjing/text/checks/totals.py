"""Totals named behind their parts, what is left of a total, and lists that 其他 makes complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.arithmetic import slip
from mingjing.text.checks.dividing import same_time
from mingjing.text.checks.parts import additive, counts_them, is_rest, nested, slipped_for, weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_TOTAL = re.compile(
    r"^(?:以上|上述|前述)?(?P<many>[一-鿿]{0,6}?)(?:共计|合计|总计|一共|总共|共|相加|累计)(?P<noun>[^,。;:]{0,6})$"
)
_COUNTERS = ("家", "个", "类", "项", "方面", "大类", "处", "所", "地", "院", "庭", "人", "位")
_NAMED_MANY = re.compile(
    r"(?P<count>[二两三四五六七八九十]|\d{1,2})(?:类|项|家|个|者|地|院|庭|种|级|年|方面|部分)"
)
_DONE = re.compile(r"^(?:目前|截至目前|其中|现)?(?:已|均|全部|现已|按时|按期|成功)(?:经|全部)?[^,。;:]{0,8}$")
_MONTH = re.compile(r"(?:\d{1,2}月|第?[一二三四]季度)[^,。;:]{0,6}$")
_LEFT = re.compile(
    r"^(?:目前)?(?:其余|剩余|余下|尚余|还剩|剩下|尚有|还有|仍有|暂未|尚未|未(?!成年|遂|央))"
    r"|因[^,。;:]{2,12}(?:暂未|尚未|未)[^,。;:]{2,6}$"
)
STRICT, WIDE = 33, 12
"""How many times what is over or wanting a sum must be, for a number before its list to be meant by it."""
_SORTED = re.compile(
    r"[^,。;:\d]{1,10}(?:分布|构成|类型|结构|来源|分类|类别|方式|去向)(?:[:,]|为|是)|从[^,。;:\d]{1,12}看,|按[^,。;:\d]{1,10}(?:分段?|看|统计|划分|区分)[,:]"
)
_BY = re.compile(r"\s*(?:\([一二三四五六七八九十]\))?按[^,。;:]{1,8}分段?[,:]")
_HANDLED = re.compile(r"[^,。;:\d]{0,4}(?:处置|处理|办理|结案|审理)(?:方式|结果|去向)(?:分别)?(?:为|是|:)")
_OF_THESE = re.compile(r"(?!其中)(?P<of>[^,。;:]{2,14})中,")
_RANGE_END = re.compile(r"(?:以上|以下|不满\d+岁)(?:的|者)?$")


def check_totals(reading: Reading) -> Iterator[Finding]:
    """All checks of this file; each total is told of once."""
    told: set[int] = set()
    for sentence in reading.sentences.values():
        for place, figure in enumerate(sentence):
            if reading.movement(figure) or not additive(figure):
                continue
            found = _named_total(reading, sentence, place) or _left(reading, sentence, place)
            if found is not None and found.start not in told:
                told.add(found.start)
                yield found
        yield from _completed(reading, sentence)


def _named_total(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """甲12场、乙9场、丙2场，三类活动共23场."""
    total = sentence[place]
    named = _TOTAL.match(total.subject) or _glued_total(reading, sentence, place)
    if named is None or (place < 2 and sentence[0].unit not in _COUNTERS):
        return None
    head = reading.folded[total.sentence[0] : total.start]
    if "累计" in total.subject and (place < 3 or not re.search("分别|依次", head)):
        return None
    many, parts = _how_many(reading, sentence, place, named["many"]), _before(reading, sentence, place)
    noun = named["noun"] if total.subject else ""
    alike = [one for one in parts if noun and one.subject.endswith(noun)]
    if many:
        fitting = [one for one in (alike, parts) if len(one) == many]
        if not fitting and len(parts) > many > 1 and len(_contiguous(reading, total, parts[-many:])) == many:
            leading = reading.folded[sentence[place - 1].start - 1] == "前"
            fitting = [_contiguous(reading, total, parts)[:many] if leading else parts[-many:]]
        if fitting or "年" not in named["many"]:
            return weighed(total, fitting[0], True, "parts") if fitting else None
    for first in range(len(parts) - 1):
        if len(parts) - first > 2 and sum(one.value for one in parts[first:]) == total.value:
            return weighed(total, parts[first:], True, "parts")
    listed = _contiguous(reading, total, parts)
    same = listed[_first_named(listed, noun) :] if noun else []
    if len(same) > 1 and len(same) < len(listed):
        return weighed(total, same, True, "parts")
    if len(listed) > 2 and slipped_for(total, sum((one.value for one in listed), start=Fraction(0))):
        return weighed(total, listed, True, "parts")
    verb = noun[:2] if len(noun) > 1 else ""
    if len(listed) == 2 and verb and verb in listed[0].subject and total.subject[0] in "共合总":
        return weighed(total, listed, True, "parts")
    bare = [one for one in listed if one.subject]
    if len(listed) > 1 and bare[:1] == listed[:1] and all(noun in one.subject for one in bare):
        return weighed(total, listed, not noun or total.subject[1:2] == "计", "parts")
    return None


def _first_named(listed: list[Figure], noun: str) -> int:
    """Where the stretch at the end of a list begins all of whose counts have the noun of its total."""
    place = len(listed)
    while place and noun in listed[place - 1].subject:
        place -= 1
    return place


def _glued_total(reading: Reading, sentence: list[Figure], place: int) -> re.Match[str] | None:
    """合计37场275人次: the second number of a total of two."""
    if not place or reading.between(sentence[place - 1], sentence[place]):
        return None
    return _TOTAL.match(sentence[place - 1].subject)


def _how_many(reading: Reading, sentence: list[Figure], place: int, words: str) -> int:
    """五家法院合计: how many parts the total says it has; 0 where it does not say."""
    before, total = sentence[max(place - 1, 0)], sentence[place]
    glued = re.fullmatch(r"[^,。;:]{0,12}", reading.between(before, total))
    if glued and before.unit in _COUNTERS and before.unit != total.unit and 2 <= before.value <= 20:
        return int(before.value)
    return 0 if not words else _count_in(words)


def _count_in(words: str) -> int:
    found = _NAMED_MANY.search(words)
    if found is None:
        return 0
    sign = found["count"]
    return int(sign) if sign.isdigit() else {"两": 2, "十": 10}.get(sign, "一二三四五六七八九".find(sign) + 1)


def _before(reading: Reading, sentence: list[Figure], place: int) -> list[Figure]:
    """The figures of the unit before a total, at its depth, without movements and means: of the sentence,
    or of the one before where the total begins its own."""
    total = sentence[place]
    alike = {"人次": ("人", "人次"), "件次": ("件", "件次")}.get(total.unit, (total.unit,))
    head = sentence[:place]
    if place < 2:
        paragraph = reading.by_paragraph[reading.paragraph(total).start]
        before = [one.sentence for one in paragraph if one.end <= sentence[0].start]
        head = [*(reading.sentences[before[-1]] if before else ()), *head]
    return [
        one for one in head
        if one.unit in alike and reading.depth(one) == reading.depth(total)
        and not reading.movement(one) and additive(one)
    ]  # fmt: skip


def _contiguous(reading: Reading, total: Figure, parts: list[Figure]) -> list[Figure]:
    found: list[Figure] = []
    last = total
    for one in reversed(parts):
        gap = reading.between(one, last)
        gap = re.sub(r"^[\d,.]+[一-鿿]{1,2}(?=[、,])", "", gap)
        if one.segment != total.segment or len(gap) > 24 or "其中" in gap or re.search(r"\d", gap):
            break
        found.append(one)
        last = one
    return found[::-1]


def _left(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """交办24件，已化解19件 …… 剩余5件: what is done and what is left make up what there was."""
    left = sentence[place]
    if not _LEFT.search(left.subject) or not left.exact:
        return None
    alike = _before(reading, sentence, place)
    done = [one for one in alike if _DONE.match(one.subject)]
    if not done or not alike or alike[-1] is not done[-1]:
        return None
    wholes = [one for one in alike if one.start < done[-1].start]
    if not wholes or not wholes[-1].exact or not done[-1].exact or wholes[-1].value < done[-1].value:
        return None
    begun = next(index for index, one in enumerate(alike) if one is done[-1])
    for first in range(begun, 0, -1):
        if sum(one.value for one in alike[first:]) + left.value == alike[first - 1].value:
            parts = [*alike[first:], left]
            return weighed(alike[first - 1], parts, True, "flow")
    return _not_left(wholes[-1], done[-1], left)


def _not_left(whole: Figure, done: Figure, left: Figure) -> Finding:
    rest = whole.value - done.value
    repairs = [f"改为 {left.worded(rest)}", "或核对总数和已完成的数"]
    if rest.denominator == left.value.denominator == 1 and (how := slip(int(left.value), int(rest))):
        repairs[0] += f"（{how}，像是笔误）"
    return Finding(
        "flow", Verdict.MISMATCH, left.start, left.end,
        f"{left.subject}{left.text}，按文中的数应为 {left.worded(rest)}",
        (f"{whole.text} − {done.text} = {left.worded(rest)}",), tuple(repairs),
        ((whole.start, whole.end), (done.start, done.end)),
    )  # fmt: skip


def _completed(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """新收刑事…件、民事…件、…、其他…件, against the total printed before the list."""
    for parts in _runs(reading, sentence):
        closed = is_rest(reading, parts[-1]) or bool(_RANGE_END.search(parts[-1].subject))
        closed = closed or _open_range(reading, sentence, parts[-1]) or _sorted_out(reading, parts[0])
        closed = closed or all(_MONTH.match(one.subject) for one in parts)
        earlier = _earlier(reading, parts[0])
        added = Fraction(sum(one.value for one in parts))
        if any(one.value * 2 == added for one in parts) or any(_sums_up(one) for one in parts):
            continue  # 审结126件，维持97件、…: the list has its own total
        if nested(reading, parts):
            continue
        if any(one.start > parts[-1].start and one.value == added for one in sentence):
            continue  # 导诉128人次、…，以上四项1,300人次: told of another total
        equal = [one for one in earlier if one.value == added]
        if equal:
            found = weighed(equal[-1], parts, True, "parts")
            if found is not None:
                yield found
            continue
        near = [one for one in earlier if _looks_like_total(reading, one, parts, added, closed, STRICT)]
        if not near and _heads(reading, parts):
            near = [one for one in earlier if _looks_like_total(reading, one, parts, added, closed, WIDE)]
        near.sort(key=lambda one: abs(one.value - added))
        others = [one for one in near if one.value != near[0].value]
        if near and all(abs(one.value - added) >= 3 * abs(near[0].value - added) for one in others):
            yield from _apart(near[0], parts, closed)


def _sums_up(part: Figure) -> bool:
    """改判22件、发回10件，改判发回合计32件: a part that is the sum of others."""
    return bool(re.search("合计|共计|小计|两项共", part.subject))


def _open_range(reading: Reading, sentence: list[Figure], last: Figure) -> bool:
    """1万元以下1286件，…，5万元以上656件: the label of the last part leaves nothing above it."""
    place = sentence.index(last)
    label = sentence[place - 1] if place else None
    glued = label is not None and label.unit != last.unit and not reading.between(label, last)
    return glued and label is not None and label.text.endswith("以上")


def _runs(reading: Reading, sentence: list[Figure]) -> Iterator[list[Figure]]:
    """Stretches of levels of one unit that the same mark parts; shares between them are passed over."""
    run: list[Figure] = []
    mark = ""
    passed = ""
    last: Figure | None = None
    for one in [*sentence, None]:
        if one is not None and run and (one.unit == "%" or counts_them(reading, one, run[0])):
            passed = "" if one.unit == "%" or last is None else passed + reading.between(last, one)
            last = one
            continue
        if one is not None and run and last is not None and reading.depth(one) > reading.depth(run[0]):
            passed, last = passed + reading.between(last, one), one
            continue
        between = passed + (reading.between(last, one) if last is not None and one is not None else "")
        between = re.sub(r"\([^()]*\)", "", between)
        passed = ""
        signs = _marks(between)
        fits = bool(
            one is not None and run and (len(run) == 1 or signs == mark)
            and _joins(reading, run[-1], one, signs) and "其中" not in between
        )  # fmt: skip
        if fits and one is not None:
            run.append(one)
            mark = signs
        else:
            if len(run) >= (2 if _heads(reading, run) or (run and is_rest(reading, run[-1])) else 3):
                yield run
            ended = not run or is_rest(reading, run[-1])
            follows = not ended and one is not None and _joins(reading, run[-1], one, signs)
            joined = run[-1:] if follows else []
            run = [*joined, one] if one is not None and _plain(reading, one) else []
            mark = signs if joined else ""
        last = one


def _sorted_out(reading: Reading, first: Figure) -> bool:
    """按案件分，…: a list that means to leave nothing out."""
    words = reading.folded[first.sentence[0] : first.sentence[1]]
    clause = reading.folded[first.segment[0] : first.start].lstrip()
    sorted_ = _BY.match(words) or _HANDLED.match(clause)
    return bool(sorted_) and not re.search("重叠|重复|交叉|可有多个|主要|约|等", words)


def _marks(between: str) -> str:
    """The marks between two figures; a 、 inside the name of the second (，管制、罚金264人) is none."""
    signs = "".join(sign for sign in between if sign in "、,;:(")
    return signs[0] if signs[:1] in (",", ";") and set(signs[1:]) == {"、"} else signs


def _joins(reading: Reading, last: Figure, one: Figure, signs: str) -> bool:
    """Whether one mark of a list, and nothing else, stands between two levels of a unit."""
    alike = one.unit == last.unit and reading.depth(one) == reading.depth(last) and _plain(reading, one)
    kinds = {reading.role(last).kind, reading.role(one).kind} - {""}
    return alike and len(signs) == 1 and signs in "、,;" and len(kinds) < 2


def _heads(reading: Reading, run: list[Figure]) -> bool:
    """Whether the list is all a sentence has, which begins with 其中."""
    if not run:
        return False
    begin = reading.folded[run[0].sentence[0] : run[0].start].lstrip()
    if _SORTED.match(begin.rsplit(";", 1)[-1]):
        return True
    return begin.startswith(("其中", "包括")) or bool(_OF_THESE.match(begin) or _SORTED.match(begin))


def _of_these(reading: Reading, whole: Figure, first: Figure) -> bool:
    """救助对象中，…: whether what a list is said to be of shares a word with the clause of the total."""
    named = _OF_THESE.match(reading.folded[first.sentence[0] : first.start].lstrip())
    if named is None:
        return True
    clause = re.split(r"[。;]", reading.folded[whole.sentence[0] : min(whole.end + 8, whole.sentence[1])])[-1]
    words = re.sub(r"\d|案件|人员|问题", "", named["of"])
    return len(words) < 2 or any(words[place : place + 2] in clause for place in range(len(words) - 1))


def _plain(reading: Reading, one: Figure) -> bool:
    return additive(one) and not one.is_rate and one.exact and reading.movement(one) is None


def _earlier(reading: Reading, first: Figure) -> list[Figure]:
    """The figures of the unit in the same sentence and the three before it."""
    near = [*reading.sentences_before(first.sentence, 3), first.sentence]
    return [
        one for sentence in near for one in reading.sentences[sentence]
        if one.end <= first.start and one.unit == first.unit and _plain(reading, one)
    ]  # fmt: skip


def _looks_like_total(
    reading: Reading, whole: Figure, parts: list[Figure], added: Fraction, closed: bool, times: int
) -> bool:
    """Whether a number before a list is so near its sum that it must be meant."""
    rest = abs(whole.value - added)
    total, part = reading.role(whole), reading.role(parts[0])
    shown = {one.printed_unit.replace("名", "人") for one in (whole, *parts) if one.value}
    if whole.value <= max(one.value for one in parts) or len(shown) > 1:
        return False
    if part.kind and total.kind and part.kind != total.kind:
        return False
    if not _of_these(reading, whole, parts[0]):
        return False
    other = bool(total.kind and part.kind) and total.topic not in ("", part.topic)
    other = other and not reading.folded[parts[0].sentence[0] :].lstrip().startswith("其中")
    monthly = all(_MONTH.match(one.subject) for one in parts)
    elsewhere = other or not (monthly or same_time(whole, parts[0]))
    if elsewhere and not (whole.sentence == parts[0].sentence and closed):
        return False
    if closed and rest * (10 if len(parts) > 2 else 100) <= added:
        return True
    if closed:
        slipped = any(slipped_for(one, one.value + whole.value - added) for one in (whole, *parts))
        return len(parts) > 3 and rest * 4 <= added and slipped and _heads(reading, parts)
    slipped = any(slipped_for(one, one.value + whole.value - added) for one in parts)
    headed = _heads(reading, parts)
    enough = len(parts) >= 4 or headed
    return enough and (rest * times <= added or rest == 1) and (slipped or bool(slipped_for(whole, added)))


def _apart(whole: Figure, parts: list[Figure], closed: bool) -> Iterator[Finding]:
    found = weighed(whole, parts, True, "parts")
    if found is None or not found.verdict.accuses:
        return
    verdict = Verdict.MISMATCH if closed else Verdict.TENSION
    yield replace(found, verdict=verdict)
