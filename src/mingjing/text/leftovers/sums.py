"""Totals no list was found for, spreads, round sums: 两项合计, 相差, 合计近3000万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import overlap
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, digits, is_level
from mingjing.text.reading import Reading

_TOTAL = re.compile(r"(?:合计|共计|总计|[两三四]项共|一共)[^,。;:\d]{0,6}$")
_LEADING = re.compile(r"前(?P<many>[两三四五])(?:项|类|位|个|名|者|家)")
_ITEMS = re.compile(r"(?P<many>[两三四五])(?:项|类|者)(?:合计|共计|共)")
_MEAN = re.compile(r"(?:日均|月均|人均|平均)[^,。;:]{0,6}$")
_MOST = re.compile(r"最(?:高|多|大|长)")
_LEAST = re.compile(r"最(?:低|少|小|短)")
_APART = re.compile(r"(?:相差|差距|极差)(?:为|达|约)?$")
_BOTH = re.compile(
    r"(?P<many>[两三四])(?:项|类|者)(?:合计|共计|相加|之和)?(?:将近|接近|近|超过|超|逾|突破)?$"
)


def check_leftover_sums(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every total, difference of extremes and round sum nothing was said of."""
    for sentence in reading.sentences.values():
        yield from _between(reading, sentence)
        for place, total in enumerate(sentence):
            if settled.knows(total) or reading.movement(total) or total.unit == "位":
                continue
            clause = clause_of(reading, total)
            found = None
            if _APART.search(clause):
                found = _spread(reading, sentence, total)
            elif not total.exact and _BOTH.search(clause + total.text[:2].strip("0123456789,.")):
                found = _roundly(reading, sentence, place)
            elif _TOTAL.search(clause) and is_level(reading, total) and not overlap(reading, total):
                found = _added(reading, sentence, place)
            if found is not None:
                yield found


def _spread(reading: Reading, sentence: list[Figure], apart: Figure) -> Finding | None:
    """最高416件，最低212件，相差214件, in whatever order."""
    unit = "%" if apart.unit == "个百分点" else apart.unit
    alike = [one for one in sentence if one is not apart and one.unit == unit and one.exact]
    most = [one for one in alike if _MOST.search(_item_of(reading, one))]
    least = [one for one in alike if _LEAST.search(_item_of(reading, one))]
    if len(most) != 1 or len(least) != 1 or most[0] is least[0] or not apart.exact:
        return None
    right = most[0].value - least[0].value
    if right <= 0 or abs(right - apart.value) <= (apart.step if apart.step != 1 else 0):
        return None
    shown = apart.worded(right)
    return Finding(
        "parts", Verdict.MISMATCH, apart.start, apart.end, f"写作相差{apart.text}，按文中的数应为 {shown}",
        (f"{most[0].text} − {least[0].text} = {shown}",), (f"改为 {shown}", "或核对最高、最低的数"),
        ((most[0].start, most[0].end), (least[0].start, least[0].end)),
    )  # fmt: skip


def _item_of(reading: Reading, figure: Figure) -> str:
    """The words of its item before it: of 最短14天、最长140天 those behind the last mark."""
    return clause_of(reading, figure).rpartition("、")[2]


def _between(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """日均86册，最高213册，最低94册: no mean lies outside; 最高额是最低额的67.7倍."""
    for least in sentence:
        if (
            not least.exact
            or least.is_rate
            or least.unit == "倍"
            or not _LEAST.search(_item_of(reading, least))
        ):
            continue
        alike = [
            one for one in sentence if one.unit == least.unit and one.exact and one.segment == least.segment
        ]
        means = [
            one for one in alike if _MEAN.search(clause_of(reading, one)) and reading.movement(one) is None
        ]
        most = [one for one in alike if _MOST.search(_item_of(reading, one))]
        if len(means) == len(most) == 1 and most[0].value >= least.value > means[0].value:
            yield Finding(
                "average", Verdict.MISMATCH, least.start, least.end,
                f"最低的{least.text}比平均的{means[0].text}还多",
                (f"{least.text} > {means[0].text}",), ("核对两个数",), ((means[0].start, means[0].end),),
            )  # fmt: skip
        if len(means) == len(most) == 1 and means[0].value > most[0].value >= least.value:
            yield Finding(
                "average", Verdict.MISMATCH, most[0].start, most[0].end,
                f"最高的{most[0].text}比平均的{means[0].text}还少",
                (f"{most[0].text} < {means[0].text}",), ("核对两个数",), ((means[0].start, means[0].end),),
            )  # fmt: skip
        times = [
            one for one in sentence if one.unit == "倍" and one.exact and one.value > 0
            and re.search("最[高多大长][^,。;]{0,6}是最[低少小短]", clause_of(reading, one))
        ]  # fmt: skip
        if len(times) == len(most) == 1 and least.value > 0:
            right = most[0].value / least.value
            if abs(right - times[0].value) >= times[0].step:
                shown = f"{printed(rounded(right, times[0].decimals), times[0].decimals)}倍"
                yield Finding(
                    "growth", Verdict.MISMATCH, times[0].start, times[0].end,
                    f"写作{times[0].text}，按文中的数是 {shown}",
                    (f"{most[0].text} ÷ {least.text} = {shown}",), (f"改为 {shown}", "或核对两个数"),
                    ((most[0].start, most[0].end), (least.start, least.end)),
                )  # fmt: skip


def _parts(reading: Reading, sentence: list[Figure], place: int) -> list[Figure]:
    total = sentence[place]
    return [
        one for one in sentence[:place]
        if {one.unit, total.unit} in ({total.unit}, {"次", "人次"}) and is_level(reading, one)
        and reading.depth(one) == reading.depth(total) and not is_prior(reading, one)
    ]  # fmt: skip


def _above(reading: Reading, total: Figure) -> list[Figure]:
    """The levels of the sentence before, for a total that says how many it is of."""
    before = reading.sentences_before(total.sentence, 1)
    return [
        one for one in (reading.sentences[before[0]] if before else [])
        if one.unit == total.unit and is_level(reading, one) and not is_prior(reading, one)
        and reading.paragraph(one).start == reading.paragraph(total).start
    ]  # fmt: skip


def _added(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """建议38件…；提案24件，建议提案合计64件: the stretch before it that one slip parts from the total."""
    total, parts = sentence[place], _parts(reading, sentence, place)
    leading = _LEADING.search(clause_of(reading, total))
    if leading and not parts:
        return _led(reading, sentence, total, " 一两三四五".find(leading["many"]))
    many = _ITEMS.search(clause_of(reading, total))
    count = " 一两三四五".find(many["many"]) if many else 0
    if len(parts) < count:
        parts = (_above(reading, total) + parts)[-count:]
    near = []
    for first in range(len(parts)):
        for last in range(first + 2, len(parts) + 1):
            added = sum((one.value for one in parts[first:last]), start=Fraction(0))
            if added == total.value:
                return None
            if last == len(parts) and slip(*digits(total, added)):
                near.append((added, parts[first:last]))
    if len(near) != 1 or total.value / total.step < 10:
        return None
    return _wrong(total, *near[0])


def _led(reading: Reading, sentence: list[Figure], total: Figure, many: int) -> Finding | None:
    """…8.42亿元，…5.11亿元，…。其中前两项合计13.63亿元: the first of the list of the sentence before."""
    before = reading.sentences_before(total.sentence, 1)
    listed = [
        one for one in (reading.sentences[before[0]] if before else [])
        if one.unit == total.unit and is_level(reading, one) and not reading.depth(one)
    ]  # fmt: skip
    if many < 2 or len(listed) <= many:
        return None
    ways = [listed[first : first + many] for first in range(len(listed) - many + 1)]
    sums = [sum((one.value for one in way), start=Fraction(0)) for way in ways]
    if total.value in sums or not slip(*digits(total, sums[0])):
        return None
    return _wrong(total, sums[0], ways[0])


def _roundly(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """1860万元…，1327万元，两项合计近3000万元: 近 is not more, 超 not less."""
    total, parts = sentence[place], _parts(reading, sentence, place)
    many = _BOTH.search(clause_of(reading, total) + total.text[:2].strip("0123456789,."))
    count = " 两三四".find(many["many"]) + 1 if many else 0
    if not 2 <= count <= len(parts):
        return None
    listed = parts[-count:]
    added = sum((one.value for one in listed), start=Fraction(0))
    bound = total.value
    near = total.qualifier == "近" and bound < added < bound * Fraction(3, 2)
    over = total.qualifier in ("余", "以上") and bound * Fraction(2, 3) < added < bound
    return _wrong(total, added, listed) if near or over else None


def _wrong(total: Figure, added: Fraction, parts: list[Figure]) -> Finding:
    shown = total.worded(added)
    return Finding(
        "parts", Verdict.MISMATCH, total.start, total.end, f"写作合计{total.text}，相加是 {shown}",
        (" + ".join(one.text for one in parts) + f" = {shown}",), (f"改为 {shown}", "或核对各项"),
        tuple((one.start, one.end) for one in parts),
    )  # fmt: skip
