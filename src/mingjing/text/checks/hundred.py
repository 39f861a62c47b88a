"""Shares listed without their counts, the last of the others: together they are 100%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed
from mingjing.text.checks.parts import is_rest
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_SHARE = re.compile(r"占|比重|比例|分别[为是]")
_QUARTERS = re.compile(r"四个?季度|各季度|[一1]至四季度")
FAR = 15
"""Percentage points off which a list was not meant to be all there is."""


def check_hundred(reading: Reading) -> Iterator[Finding]:
    """民营企业占82.4%，国有企业占9.7%，外资企业占4.6%，其他占3.3%."""
    for sentence in reading.sentences.values():
        for run in _runs(reading, sentence):
            added = sum((one.value for one in run), start=Fraction(0))
            step = max(one.step for one in run)
            line = " + ".join(one.text for one in run) + f" = {printed(added)}%"
            beside = tuple((one.start, one.end) for one in run[:-1])
            apart = added - 100
            place = (run[-1].start, run[-1].end)
            if abs(apart) <= step * len(run) / 2:
                yield Finding("share", Verdict.OK, *place, "各项占比相加为 100%", (line,), (), beside)
            elif abs(apart) <= FAR:
                more = f"{'多出' if apart > 0 else '还差'} {printed(abs(apart))} 个百分点"
                message = f"各项占比相加是 {printed(added)}%，{more}"
                repairs = ("核对各项占比，或写明可以重复计算",)
                yield Finding("share", Verdict.MISMATCH, *place, message, (line,), repairs, beside)


def _runs(reading: Reading, sentence: list[Figure]) -> Iterator[list[Figure]]:
    """Three or more shares with nothing counted between them, the last said to be of the rest."""
    run: list[Figure] = []
    for one in sentence:
        if one.unit != "%" or reading.movement(one) or not one.exact or reading.depth(one):
            run = []
            continue
        if run and re.search("[;。]|其中", reading.between(run[-1], one)):
            run = []
        run.append(one)
        words = reading.folded[sentence[0].sentence[0] : one.start]
        whole = is_rest(reading, one) or (len(run) == 4 and _QUARTERS.search(words))
        if len(run) > 2 and whole and _SHARE.search(words):
            yield run
            run = []
