"""Several counts said to be taken together: 三类合计占, 两项之和占, 以上五地共占."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from mingjing.text.checks.dividing import agrees, worked, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading
from mingjing.text.roles import clean

TOGETHER = re.compile(
    r"^(?:合计|共计|总计|共|(?:以上|上述|这|前)?(?P<many>[二两三四五六七八九])[者类项家个种位名地档级](?:案件|罪名|纠纷|法院)?)"
    r"(?:合计|共计|之和|共)*占"
)
"""The beginning of a clause that says what share several counts before it are together."""

_NAMES = re.compile(
    r"^(?:其中|仅)?(?P<names>[^,。;:、\d]{2,12}(?:、[^,。;:、\d]{2,12})*(?:、|和|与|及)[^,。;:、\d]{2,12}?)"
    r"(?:[两二三四五六](?:者|项|类|家|个|种|院|庭|县|地|档|级)[^,。;:\d占]{0,4}|案件|纠纷)?(?:合计|共计|共|之和)*占(?:比(?:合计|共计|之和|共)?|全部|总数|全[市院县区])?"
    r"的?(?:为|达)?$"
)


def named_together(reading: Reading, rate: Figure) -> Finding | None:
    """行政征收、行政处罚两类合计占45.9%: the items of a list, by their names, of what the list adds up to."""
    head = re.split(r"[,。;:(]", reading.folded[rate.sentence[0] : rate.start])[-1]
    said = _NAMES.match(head)
    if said is None or not rate.exact:
        return None
    names = re.split("、|和|与|及", said["names"])
    levels = [
        one for one in reading.by_paragraph[reading.paragraph(rate).start]
        if one.end <= rate.start - len(head) and one.exact and not one.is_rate
        and reading.movement(one) is None
    ]  # fmt: skip
    parts = []
    for name in names:
        called = [one for one in levels if len(name) > 1 and clean(one.subject).startswith(clean(name))]
        parts += (called or [one for one in levels if len(name) > 1 and one.subject.endswith(name)])[-1:]
    alike = len({(one.unit, one.sentence) for one in parts}) == 1
    if len(parts) != len(names) or not alike:
        return None
    listed = [one for one in levels if one.sentence == parts[0].sentence and one.unit == parts[0].unit]
    added = [sum((one.value for one in listed[place:]), start=Fraction(0)) for place in range(2)]
    wholes = [one for one in levels if one.unit == parts[0].unit and one.value in added and one not in parts]
    text = "（" + " + ".join(one.text for one in parts) + "）"
    part = replace(parts[0], value=sum((one.value for one in parts), start=Fraction(0)), text=text)
    if not wholes and re.search(r"(?:其他|其它|其余)", listed[-1].subject):
        wholes = [replace(listed[-1], value=added[0], text=f"（各项合计 {added[0]}）")]
    if not wholes or len(listed) <= len(parts):
        return None
    whole = wholes[0]
    if not agrees(rate, part, whole):
        return wrong_share(rate, part, whole, "share", "占比")
    line = worked(part, whole, rate.decimals)
    beside = tuple((one.start, one.end) for one in (*parts, whole))
    return Finding("share", Verdict.OK, rate.start, rate.end, "占比与文中的数相符", (line,), (), beside)


def together(reading: Reading, before: list[Figure], many: str) -> Figure:
    """甲、乙、丙分别3418件、2906件、9655件，合计占: the list before, added, at the place of its first."""
    listed = [before[-1]]
    for one in reversed(before[:-1]):
        if one.unit != listed[0].unit or not re.fullmatch(
            "[、和][^,。;]{0,12}", reading.between(one, listed[0])
        ):
            break
        listed.insert(0, one)
    count = int(read_number(many) or 0) if many else 0
    alike = [one for one in before if one.unit == before[-1].unit]
    if count > 1 and len(alike) >= count:
        listed = alike[-count:]
    if len(listed) == 1:
        return before[-1]
    added = sum((one.value for one in listed), start=Fraction(0))
    return replace(listed[0], value=added, text="（" + " + ".join(one.text for one in listed) + "）")
