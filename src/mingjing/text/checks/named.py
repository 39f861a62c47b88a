"""Totals that name their parts: 拘传、拘留、罚款合计1177人次, 五类合计1102件, counted up before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import slack_of
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import same_time
from mingjing.text.checks.parts import additive, slipped_for
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_SUM = r"(?:合计|共计|总计|总共|一共|共|加起来|合起来|相加|之和|两项|三项|四项|五项|累计)+"
_NAMES = re.compile(
    rf"(?:^|[,。;:(])(?P<names>[^,。;:()\d、]{{1,12}}(?:、[^,。;:()\d、]{{2,12}})*(?:、|和|及|与|以及)[^,。;:()\d、]{{2,12}}?)"
    rf"(?:(?:等)?(?P<many>[二两三四五六七八九]|\d)?(?:者|项|类|家|个|种)?[^,。;:()\d、]{{0,6}}?)?{_SUM}[^,。;:()\d]{{0,8}}$"
)
_FEW = re.compile(r"^(?:案件|人员|金额|款项|支出|收入|问题|纠纷)$")
SAME = ({"人", "人次", "名"}, {"件", "起", "件次"}, {"次", "场", "场次"})
"""Units people add up together."""


def check_named(reading: Reading) -> Iterator[Finding]:
    """Each total whose clause names at least two figures before it."""
    for sentence in reading.sentences.values():
        for total in sentence:
            if reading.movement(total) or not additive(total) or total.is_rate or not total.exact:
                continue
            head = reading.folded[total.sentence[0] : total.start]
            named = _NAMES.search(head)
            if named is None:
                continue
            names = re.split("、|和|及|与|以及", named["names"])
            if any(len(name) == 1 for name in names):
                yield from _abridged(reading, total, names)
                continue
            parts = _parts(reading, total, names)
            if parts:
                yield _told(total, parts)


def _abridged(reading: Reading, total: Figure, names: list[str]) -> Iterator[Finding]:
    """一、二审合计: 一审 and 二审, each the latest count with it; told where a slip parts them."""
    last = names[-1]
    if len(last) != 2 or any(len(name) > 1 for name in names[:-1]):
        return
    paragraph = reading.by_paragraph[reading.paragraph(total).start]
    found = []
    for name in (*(name + last[1:] for name in names[:-1]), last):
        called = [
            one for one in paragraph
            if one.end < total.start and one.unit == total.unit and one.exact and name in one.subject
            and reading.movement(one) is None and not is_prior(reading, one) and same_time(one, total)
        ]  # fmt: skip
        found += called[-1:]
    told = _told(total, found) if len(found) == len(names) else None
    added = sum((one.value for one in found), start=Fraction(0))
    if told and (not told.verdict.accuses or slipped_for(total, added)):
        yield told


def _parts(reading: Reading, total: Figure, names: list[str]) -> list[Figure]:
    """For each name the nearest figure before that is called so; empty unless every name has one."""
    paragraph = reading.by_paragraph[reading.paragraph(total).start]
    units = next((group for group in SAME if total.unit in group), {total.unit})
    found: list[Figure] = []
    for name in names:
        if _FEW.match(name):
            return []
        called = [
            one for one in paragraph
            if one.end < total.start and one.unit in units and reading.movement(one) is None and one.exact
            and not is_prior(reading, one) and one.subject.endswith((name, name + "案件"))
            and same_time(one, total)
        ]  # fmt: skip
        if not called:
            return []
        found.append(called[-1])
    return found if len({one.start for one in found}) == len(names) else []


def _told(total: Figure, parts: list[Figure]) -> Finding:
    added = Fraction(sum(one.value for one in parts))
    line = " + ".join(one.text for one in parts) + f" = {total.worded(added)}"
    beside = tuple((one.start, one.end) for one in parts)
    if abs(added - total.value) <= slack_of([one.step for one in (total, *parts)]):
        return Finding("parts", Verdict.OK, total.start, total.end, f"分项相加等于{total.text}", (line,), (),
                       beside)  # fmt: skip
    right = f"{total.worded(added)}"
    how = slipped_for(total, added)
    message = f"写作{total.text}，点到名的几项相加是 {right}"
    repairs = (f"改为 {right}" + (f"（{how}，像是笔误）" if how else ""), "或核对各分项")
    return Finding("parts", Verdict.MISMATCH, total.start, total.end, message, (line,), repairs, beside)
