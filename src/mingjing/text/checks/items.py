"""Totals of items that stand a line or a sentence apart: 四个法庭合计受理7423件，审结6757件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import slack_of
from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.parts import additive, slipped_for
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

_TOTAL = re.compile(
    r"(?P<many>[二两三四五六七八九十]|\d{1,2})(?:个|家|所|类|项|名)[^,。;:\d]{0,8}?(?:合计|共计|总计|累计|一共|总共|共)"
)
MOST = 12


def check_items(reading: Reading) -> Iterator[Finding]:
    """Each figure of a clause that adds up so many items, against as many figures of its name before it."""
    for sentence in reading.sentences.values():
        start = sentence[0].sentence[0]
        for match in _TOTAL.finditer(reading.folded, start, sentence[-1].end):
            many = int(read_number(match["many"]) or 0)
            if not 2 <= many <= MOST:
                continue
            segment = reading.outline.segment_at(match.start())
            behind = [one for one in sentence if one.start >= match.end() and one.segment == segment]
            for total in behind:
                if reading.movement(total) or not additive(total) or total.is_rate or not total.exact:
                    continue
                yield from _held(reading, total, match.start(), many)


def _name(reading: Reading, one: Figure) -> tuple[str, str]:
    """What a figure counts, as far as two items must agree in it."""
    role = reading.role(one)
    if role.kind:
        return role.kind, role.topic if len(role.topic) < 4 else ""
    return "", re.sub(r".*?(?:合计|共计|总计|共)", "", one.subject)[-4:]


def _held(reading: Reading, total: Figure, start: int, many: int) -> Iterator[Finding]:
    kind, words = _name(reading, total)
    if not kind and len(words) < 2:
        return
    before = []
    for one in reading.levels_near(total.unit, total.start):
        if one.end > start or is_earlier(reading, one) or one.sentence == total.sentence:
            continue
        own = _name(reading, one)
        if (kind and own[0] == kind) or (not kind and one.subject.endswith(words)):
            before.append(one)
    items = before[-many:]
    if len(items) < many or len({one.segment for one in items}) < many:
        return
    added = Fraction(sum(one.value for one in items))
    line = " + ".join(one.text for one in items) + f" = {total.worded(added)}"
    beside = tuple((one.start, one.end) for one in items)
    if abs(added - total.value) <= slack_of([one.step for one in (total, *items)]):
        yield Finding("parts", Verdict.OK, total.start, total.end, "各处相加相符", (line,), (), beside)
        return
    how = slipped_for(total, added)
    slipped = how or any(slipped_for(one, one.value + total.value - added) for one in items)
    if abs(added - total.value) * 20 > total.value or not slipped:
        return
    repairs = [f"改为 {total.worded(added)}" + (f"（{how}，像是笔误）" if how else "")]
    for one in items:
        right = one.value + total.value - added
        if right > 0 and (slip := slipped_for(one, right)):
            repairs.append(f"或{one.text}应为 {one.worded(right)}（{slip}，像是笔误）")
    yield Finding(
        "parts", Verdict.MISMATCH, total.start, total.end,
        f"{total.text}，前面 {many} 处相加是 {total.worded(added)}", (line,), tuple(repairs[:4]),
        beside,
    )  # fmt: skip
