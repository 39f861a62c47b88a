"""Numbers of a list that has its unit once, at the end: 参训人数依次为61、36、62、35人次，合计194人次.

Their sum and their number are held against what is printed around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import ARABIC
from mingjing.text.reading import Reading

_LIST = re.compile(
    rf"(?P<lead>[^,。;:\n]{{0,16}}?)(?:依次|分别|先后)[一-鿿]{{0,4}}?[为是有达:]?(?P<numbers>{ARABIC}(?:[一-鿿]{{1,2}})?"
    rf"(?:[、和及]{ARABIC}(?:[一-鿿]{{1,2}})?){{2,15}})"
)
_NUMBER = re.compile(rf"(?P<number>{ARABIC})(?P<unit>[一-鿿]{{1,2}})?")
_ROUNDS = frozenset({"期", "场", "轮", "批", "次", "批次", "场次", "家", "个", "支"})
_TOTAL = re.compile(r"[,;(]?(?:[^,。;:\d]{0,6})(?:合计|共计|总计|累计|一共|共)[^,。;:\d]{0,6}")


def check_bare_lists(reading: Reading) -> Iterator[Finding]:
    """Every such list behind 依次为 or 分别为."""
    for match in _LIST.finditer(reading.folded):
        numbers = list(_NUMBER.finditer(match["numbers"]))
        units = [one["unit"] or "" for one in numbers]
        if units[-1] == "" or len({unit for unit in units if unit}) > 1:
            continue
        values = [Fraction(one["number"].replace(",", "")) for one in numbers]
        sentence = reading.sentences.get(reading.outline.sentence_at(match.start("numbers")), [])
        if not any(units[:-1]):
            yield from _summed(reading, sentence, match, values)
        yield from _counted(reading, sentence, match, len(values))


def _summed(
    reading: Reading, sentence: list[Figure], match: re.Match[str], values: list[Fraction]
) -> Iterator[Finding]:
    behind = [one for one in sentence if one.start >= match.end()]
    last = next((one for one in sentence if one.start < match.end() <= one.end), None)
    if not behind or last is None or last.start < match.start("numbers"):
        return
    total, added = behind[0], sum(values, start=Fraction(0)) * last.step * 10**last.decimals
    said = _TOTAL.fullmatch(reading.between(last, total))
    if not said or total.unit != last.unit or not total.exact or reading.movement(total):
        return
    line = f"{' + '.join(printed(one) for one in values)} = {total.worded(added)}"
    beside = (match.span("numbers"),)
    place = (total.start, total.end)
    if abs(added - total.value) <= (total.step if total.step != 1 else 0):
        yield Finding("parts", Verdict.OK, *place, "各项相加相符", (line,), (), beside)
        return
    shown = total.worded(added)
    yield Finding(
        "parts", Verdict.MISMATCH, *place, f"写作合计{total.text}，相加是 {shown}", (line,),
        (f"改为 {shown}", "或核对各项"), beside,
    )  # fmt: skip


def _counted(reading: Reading, sentence: list[Figure], match: re.Match[str], count: int) -> Iterator[Finding]:
    """培训班7期，参训人数依次为52、73、80、53、32、59人次: as many as were held, or not."""
    before = [one for one in sentence if one.end <= match.start("numbers")]
    if not before:
        return
    held = before[-1]
    between = reading.folded[held.end : match.start("numbers")]
    plain = held.unit in _ROUNDS and held.exact and reading.movement(held) is None and 2 <= held.value <= 20
    if not plain or not re.fullmatch(r"[^,。;:]{0,8}[,:][^,。;:]{0,14}", between) or "其中" in between:
        return
    place = (held.start, held.end)
    line = f"列出的有 {count} 个：{match['numbers']}"
    if held.value == count:
        yield Finding("list", Verdict.OK, *place, f"{held.text}与列举的个数相符", (line,))
    elif abs(held.value - count) <= 2:
        yield Finding(
            "list", Verdict.TENSION, *place, f"写作{held.text}，依次列出的数有 {count} 个", (line,),
            (f"改为 {count}，或补齐列举",), (match.span("numbers"),),
        )  # fmt: skip
