"""Months and quarters that make up a longer time: 1月、2月、3月 against 一季度, wherever they are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.parts import slipped_for
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import CLOSED, FILED

Months = tuple[int, int]
_FLOWS = (FILED, CLOSED)
"""What adds up over time; what is carried over or pending does not."""


def check_adding(reading: Reading) -> Iterator[Finding]:
    """Each count of cases whose time the other counts of its kind divide between them."""
    listed: dict[tuple[str, str, int], dict[Months, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in reading.figures:
        role, period = reading.role(figure), figure.period
        if role.kind not in _FLOWS or role.topic or reading.movement(figure) or not figure.exact:
            continue
        if period is None or period.months is None or is_earlier(reading, figure) or figure.step != 1:
            continue
        if period.label[0] in "去上" or "同期" in reading.folded[period.end : figure.start][:4]:
            continue
        listed[role.kind, role.scope, period.year or 0][period.months].append(figure)
    for periods in listed.values():
        yield from _covered({months: found for months, found in periods.items() if _one(found)})


def _one(found: list[Figure]) -> bool:
    return len({one.value for one in found}) == 1


def _covered(periods: dict[Months, list[Figure]]) -> Iterator[Finding]:
    """Each time that shorter times fill without a gap, nothing left over."""
    for (first, last), found in periods.items():
        parts: list[Figure] = []
        month = first
        while month <= last:
            step = next(
                (months for months in sorted(periods) if months[0] == month and months != (first, last)
                 and months[1] <= last), None,
            )  # fmt: skip
            if step is None:
                break
            parts.append(periods[step][0])
            month = step[1] + 1
        if month > last and len(parts) > 1:
            yield _told(found[0], parts)


def _told(whole: Figure, parts: list[Figure]) -> Finding:
    added = Fraction(sum(one.value for one in parts))
    line = " + ".join(one.text for one in parts) + f" = {whole.worded(added)}"
    beside = tuple((one.start, one.end) for one in parts)
    if added == whole.value:
        return Finding("parts", Verdict.OK, whole.start, whole.end, "各段时间相加相符", (line,), (), beside)
    rest = whole.value - added
    repairs = [f"改为 {whole.worded(added)}"]
    for one in parts:
        if how := slipped_for(one, one.value + rest):
            repairs.append(f"或{one.text}应为 {one.worded(one.value + rest)}（{how}，像是笔误）")
    return Finding(
        "parts", Verdict.MISMATCH, whole.start, whole.end,
        f"各段时间相加是 {whole.worded(added)}，写作{whole.text}", (line,), tuple(repairs[:4]), beside,
    )  # fmt: skip
