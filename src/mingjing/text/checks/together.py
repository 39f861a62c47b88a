"""Several counts said to be taken together: 三类合计占, 两项之和占, 以上五地共占."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from mingjing.text.figures import Figure
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

TOGETHER = re.compile(
    r"^(?:合计|共计|总计|共|(?:以上|上述|这|前)?(?P<many>[二两三四五六七八九])[者类项家个种位名地](?:案件|罪名|纠纷|法院)?)"
    r"(?:合计|共计|之和|共)*占"
)
"""The beginning of a clause that says what share several counts before it are together."""


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
