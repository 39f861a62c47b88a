"""How often something is to be done, against how often it was done: 每季度通报一次 and 全年通报3次."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_RHYTHMS = {4: ("每季度", "每季度 1 次"), 12: ("每月", "每月 1 次")}
_TIMES = {"季度": 4, "季": 4, "月": 12, "半年": 2}
_ACTS = re.compile(r"会议|召开|开展|明察暗访|督察|督查|检查|学习|研究")
_ASKED = re.compile(
    r"每(?P<every>季度?|个?月|半年)(?:至少|不少于)?(?P<verb>[一-鿿]{2,6}?)(?:不少于|至少)?(?:一|1)次"
)
_WHOLE_YEAR = re.compile(r"全年|年内|年度|一年来|20\d\d年(?![至\d])")


def check_rhythms(reading: Reading) -> Iterator[Finding]:
    """What a year's count comes to, and where it is less than the text itself asks for."""
    for sentence in reading.sentences.values():
        words = reading.folded[sentence[0].sentence[0] : sentence[0].sentence[1]]
        asked = _ASKED.search(words) if _WHOLE_YEAR.search(words) else None
        for figure in sentence:
            if asked and (found := _too_few(figure, asked, sentence[0].sentence[0])):
                yield found
            else:
                yield from _rhythm(reading, figure)


def _too_few(figure: Figure, asked: re.Match[str], start: int) -> Finding | None:
    """按每季度通报一次的要求，全年已通报3次: three of four."""
    due = _TIMES[asked["every"].removeprefix("个")]
    same = figure.unit == "次" and figure.exact and asked["verb"][-2:] in figure.subject
    if not same or not 1 < figure.value < due or figure.start < start + asked.end():
        return None
    place = (start + asked.start(), start + asked.end())
    return Finding(
        "frequency", Verdict.TENSION, figure.start, figure.end,
        f"全年{figure.text}，不到“{asked.group()}”要的 {due} 次", (f"{due} − {figure.text}",),
        ("核对次数，或写明为什么少",), (place,),
    )  # fmt: skip


def _rhythm(reading: Reading, figure: Figure) -> Iterator[Finding]:
    """专题会议4次 of a year: once a quarter; right where the text asks for that."""
    known = _RHYTHMS.get(int(figure.value)) if figure.unit == "次" and figure.exact else None
    named = re.search(r"([一-鿿]{2})$", figure.subject)
    if known is None or named is None or not _ACTS.search(figure.subject):
        return
    words = figure.subject[-4:]
    asked = re.search(rf"{known[0]}[^。;]{{0,20}}{re.escape(words)}", reading.folded)
    if asked:
        yield Finding(
            "frequency", Verdict.OK, figure.start, figure.end, f"全年{figure.text}，与“{known[0]}”相符",
            (), (), (asked.span(),),
        )  # fmt: skip
    else:
        message = f"全年{figure.text}，合{known[1]}"
        yield Finding("frequency", Verdict.DERIVED, figure.start, figure.end, message)
