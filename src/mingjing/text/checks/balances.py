"""Money that comes in and goes out, pairs of counts and amounts that must run alike, the widest apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import Span
from mingjing.text.checks.parts import slipped_for
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_OPENING = re.compile(r"(?:年初|期初|月初)(?:余额|结余|结存)|(?:上年|上期|上月)(?:结转|结余)")
_CLOSING = re.compile(r"(?:年末|期末|月末|年底|账户|专户)?(?:余额|结余|结存)(?:为|达)?$")
_IN = re.compile(r"(?:拨付|拨款|到账|收入|下达|收到|新增|转入|流入|执收)[^,。;:]{0,6}$")
_OUT = re.compile(r"(?:支出|发放|支付|退付|使用|列支|划拨|上缴|转出)[^,。;:]{0,6}$")
_POSTS = (
    ("缺", (r"编制|核定|应有|定员", r"实有|在编|实际在岗|现有", r"空编|缺编|空缺|缺额|缺员")),
    (
        "缺",
        (
            r"应到|应考|应参加|应出席|应参训",
            r"实到|实考|实际参加|实参训|实训",
            r"缺席|缺考|缺勤|请假|未到|未参加",
        ),
    ),
)
_APART = re.compile(
    r"最[高多](?:的)?[^,。;:\d]{0,8}(?:与|和|同|比)最[低少](?:的)?[^,。;:\d]{0,8}?(?:相差|差距|差|高|多|落差)(?:为|达|出|了)?$"
)
_FROM_TOP = re.compile(
    r"(?:与|和|比|较|距)(?P<end>最多|最高|首位|最少|最低|末位)的?[^,。;:\d]{0,8}(?:相差|差距|差|少|低|多|高)(?:为|达|了)?$"
)
_BARE_APART = re.compile(
    r"^(?:二者|两者|首尾|前后|高低|极差|最高最低)?(?:间)?(?:相差|差距|极差|落差|差了?)(?:为|达)?$"
)
_MOST_OR_LEAST = re.compile(r"最[多少高低大小长短]|居首|居末|第一|末位|首位")
_NAMED = re.compile(r"[一-鿿]")


def check_balances(reading: Reading) -> Iterator[Finding]:
    """All checks of this file, sentence by sentence."""
    for sentence in reading.sentences.values():
        for kind, names in _POSTS:
            yield from _posts(reading, sentence, kind, names)
        yield from _money(reading, sentence)
        yield from _alike(reading, sentence)
        for place, figure in enumerate(sentence):
            if place > 1 and _APART.search(_clause(reading, figure)):
                yield from _widest(reading, sentence, place)
            elif place > 1 and _BARE_APART.search(_clause(reading, figure)):
                yield from _two_ends(reading, sentence, place)
            elif place > 1 and (found := _FROM_TOP.search(_clause(reading, figure))):
                yield from _from_end(reading, sentence, place, found["end"] in "最少最低末位")


def _clause(reading: Reading, figure: Figure) -> str:
    return re.split(r"[,。;:]", reading.folded[figure.sentence[0] : figure.start])[-1]


def _posts(
    reading: Reading, sentence: list[Figure], kind: str, names: tuple[str, str, str]
) -> Iterator[Finding]:
    """编制98人，实有93人，空编5人: what there should be, what there is, what is wanting."""
    roles: list[list[Figure]] = [[], [], []]
    for one in sentence:
        kinds = [place for place, name in enumerate(names) if re.search(name, one.subject)]
        if kinds and one.unit == "人" and one.exact:
            roles[kinds[0]].append(one)
    if any(len(found) != 1 for found in roles) or any(reading.movement(found[0]) for found in roles):
        return
    due, here, gone = (found[0] for found in roles)
    if not due.start < here.start < gone.start:
        return
    rest = due.value - here.value
    line = f"{due.text} − {here.text} = {gone.worded(rest)}"
    beside = ((due.start, due.end), (here.start, here.end))
    agreed, repair = f"{kind}的与应有、实有相符", "或核对应有和实有"
    yield _compared(gone, rest, rest == gone.value, "数", line, (agreed, repair), beside)


def _money(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """年初余额 + 收入 − 支出 = 年末余额; without an opening balance, what was granted less what was spent."""
    levels = [one for one in sentence if one.unit == units.MONEY and reading.movement(one) is None]
    roles: dict[str, list[Figure]] = {"open": [], "close": [], "in": [], "out": []}
    for one in levels:
        if _OPENING.search(one.subject):
            roles["open"].append(one)
        elif _CLOSING.search(one.subject):
            roles["close"].append(one)
        elif _IN.search(one.subject):
            roles["in"].append(one)
        elif _OUT.search(one.subject):
            roles["out"].append(one)
    if any(len(roles[kind]) != 1 for kind in ("close", "in", "out")) or len(roles["open"]) > 1:
        return
    close, came, went = roles["close"][0], roles["in"][0], roles["out"][0]
    plain = "结余" in close.subject or roles["open"]
    if not plain or close.start < max(came.start, went.start) or not (came.exact and went.exact):
        return
    begun = [*roles["open"], came]
    low = sum((one.span.low for one in begun), start=Fraction(0)) - went.span.high
    high = sum((one.span.high for one in begun), start=Fraction(0)) - went.span.low
    value = sum((one.value for one in begun), start=Fraction(0)) - went.value
    line = f"{' + '.join(one.text for one in begun)} − {went.text} = {close.worded(value)}"
    beside = tuple((one.start, one.end) for one in (*begun, went))
    agreed, repair = "收支结余相符", "或核对收入和支出"
    yield _compared(close, value, Span(low, high).meets(close.span), "收支", line, (agreed, repair), beside)


def _compared(
    at: Figure,
    value: Fraction,
    holds: bool,
    parts: str,
    line: str,
    words: tuple[str, str],
    beside: tuple[tuple[int, int], ...],
) -> Finding:
    """A figure against what its ``parts`` give; ``words`` are what to say where they agree, and what else
    may be wrong where they do not."""
    agreed, repair = words
    if holds:
        return Finding("flow", Verdict.OK, at.start, at.end, agreed, (line,), (), beside)
    right = f"{at.worded(value)}"
    cause = f"{at.subject}{at.text}，按文中的{parts}应为 {right}"
    return Finding(
        "flow", Verdict.MISMATCH, at.start, at.end, cause, (line,), (f"改为 {right}", repair), beside
    )


def _alike(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """应发382笔2176万元，已发369笔2089万元，提存13笔87万元: where the counts add up, the amounts must too."""
    levels = [one for one in sentence if reading.movement(one) is None and not one.is_rate]
    for place in range(len(levels) - 5):
        six = levels[place : place + 6]
        pairs = [(six[0], six[1]), (six[2], six[3]), (six[4], six[5])]
        if not all(_glued(reading, *pair) for pair in pairs) or six[0].unit == six[1].unit:
            continue
        if len({one.unit for one, _ in pairs}) > 1 or len({one.unit for _, one in pairs}) > 1:
            continue
        counts, amounts = [one for one, _ in pairs], [one for _, one in pairs]
        adds = counts[0].value == counts[1].value + counts[2].value
        if not adds or not all(one.exact for one in six):
            continue
        yield _parallel(counts, amounts)


def _glued(reading: Reading, one: Figure, other: Figure) -> bool:
    return bool(re.fullmatch(r"[,、]?(?:共计?|合计|计|金额|标的额?)?", reading.between(one, other)))


def _parallel(counts: list[Figure], amounts: list[Figure]) -> Finding:
    whole, first, second = amounts
    value = first.value + second.value
    line = f"{first.text} + {second.text} = {whole.worded(value)}"
    beside = tuple((one.start, one.end) for one in (whole, first, *counts))
    if (first.span + second.span).meets(whole.span):
        return Finding(
            "flow", Verdict.OK, second.start, second.end, "件数和数额都对得上", (line,), (), beside
        )
    rest = whole.value - first.value
    return Finding(
        "flow", Verdict.MISMATCH, second.start, second.end,
        f"{counts[1].text} + {counts[2].text} = {counts[0].text}，数额却应为 {whole.worded(rest)}",
        (line, f"{whole.text} − {first.text} = {whole.worded(rest)}"),
        (f"改为 {whole.worded(rest)}", "或核对另两个数额"), beside,
    )  # fmt: skip


def _widest(reading: Reading, sentence: list[Figure], place: int) -> Iterator[Finding]:
    """最高与最低相差10.21分, behind all of them."""
    stated = sentence[place]
    listed = [
        one for one in sentence[:place]
        if one.unit == stated.unit or (one.is_rate and stated.unit == units.POINT)
    ]  # fmt: skip
    listed = [one for one in listed if reading.movement(one) is None]
    joined = [
        one for last, one in itertools.pairwise(listed)
        if re.fullmatch("[、和及]", reading.between(last, one))
    ]  # fmt: skip
    listed = [one for one in listed if _NAMED.search(one.subject) or one in joined]
    if len(listed) < 2 or not all(one.exact and one.step == listed[0].step for one in (*listed, stated)):
        return
    most, least = max(listed, key=lambda one: one.value), min(listed, key=lambda one: one.value)
    apart = most.value - least.value
    line = f"{most.text} − {least.text} = {stated.worded(apart)}"
    beside = ((most.start, most.end), (least.start, least.end))
    if apart == stated.value:
        yield Finding(
            "movement", Verdict.OK, stated.start, stated.end, "最高与最低之差相符", (line,), (), beside
        )
    else:
        yield Finding(
            "movement", Verdict.MISMATCH, stated.start, stated.end,
            f"最高与最低相差写作{stated.text}，按文中的数应为 {stated.worded(apart)}", (line,),
            (f"改为 {stated.worded(apart)}",), beside,
        )  # fmt: skip


def _from_end(reading: Reading, sentence: list[Figure], place: int, least: bool) -> Iterator[Finding]:
    """最少的是某院312件，与最多的相差1015件: the level before it, and the widest of those printed."""
    stated = sentence[place]
    listed = [
        one for one in sentence[:place]
        if one.unit == stated.unit and reading.movement(one) is None and one.exact
    ]  # fmt: skip
    if len(listed) < 2 or not stated.exact:
        return
    own, others = listed[-1], listed[:-1]
    gaps = {abs(one.value - own.value): one for one in others}
    far = (min if least else max)(others, key=lambda one: one.value)
    apart = abs(far.value - own.value)
    line = f"{far.text} − {own.text} = {stated.worded(abs(far.value - own.value))}"
    beside = ((far.start, far.end), (own.start, own.end))
    if stated.value in gaps:
        yield Finding("movement", Verdict.OK, stated.start, stated.end, "与文中的数相符", (line,), (), beside)
        return
    if (far.value > own.value) == least:
        return
    yield Finding(
        "movement", Verdict.MISMATCH, stated.start, stated.end,
        f"相差写作{stated.text}，按文中的数应为 {stated.worded(apart)}", (line,),
        (f"改为 {stated.worded(apart)}",), beside,
    )  # fmt: skip


def _two_ends(reading: Reading, sentence: list[Figure], place: int) -> Iterator[Finding]:
    """最多的512件，最少的也有186件，相差326件: the two levels right before it, each said to be an end."""
    stated = sentence[place]
    alike = {stated.unit, "%"} if stated.unit == units.POINT else {stated.unit}
    ends = [
        one for one in sentence[:place] if one.unit in alike and one.exact and reading.movement(one) is None
    ]
    if len(ends) < 2 or not stated.exact:
        return
    one, other = ends[-2:]
    apart = abs(one.value - other.value)
    said = all(_MOST_OR_LEAST.search(_two_clauses(reading, each)) for each in (one, other))
    if not said and (len(ends) > 2 or not slipped_for(stated, apart)):
        return
    line = f"{one.text}、{other.text}，相差 {stated.worded(apart)}"
    beside = ((one.start, one.end), (other.start, other.end))
    place_ = (stated.start, stated.end)
    if apart == stated.value:
        yield Finding("movement", Verdict.OK, *place_, "两头之差相符", (line,), (), beside)
    else:
        message = f"相差写作{stated.text}，按文中的数应为 {stated.worded(apart)}"
        repairs = (f"改为 {stated.worded(apart)}",)
        yield Finding("movement", Verdict.MISMATCH, *place_, message, (line,), repairs, beside)


def _two_clauses(reading: Reading, figure: Figure) -> str:
    return "".join(re.split(r"[,。;:]", reading.folded[figure.sentence[0] : figure.start])[-2:])
