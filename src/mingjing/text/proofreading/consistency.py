"""The head and the order against the case: number, court, cause, procedure, what the paper calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.folding import fold
from mingjing.text.numerals import read_number
from mingjing.text.proofreading.known import Known, Lists
from mingjing.text.proofreading.paper import Paper
from mingjing.text.proofreading.remarks import Remark

_VERBS = {"判决书": "判决", "裁定书": "裁定", "决定书": "决定"}
_PROCEDURES = ("小额诉讼程序", "简易程序", "速裁程序", "普通程序")
_APPEAL = re.compile(
    r"(?P<days>[一二三四五六七八九十]{1,3}|\d{1,2})日内,?(?:通过本院|向本院递交|向本院提出|向[^,。;]{2,30}人民法院(?:提出|提起)?上诉)"
)
_MISCALLED = re.compile(r"(?:不服本|送达之日|接到)(?P<word>判决|裁定)(?:书)?")
_CAUSE = re.compile(r"(?P<cause>[\u4e00-\u9fff、]{2,30}?(?:纠纷|争议|罪|异议|申请))一案")


def check_case(paper: Paper, known: Known, lists: Lists) -> Iterator[Remark]:
    """Everything the case says about its document."""
    yield from _number(paper, known)
    yield from _court(paper, known)
    yield from _lead(paper, known)
    yield from _itself(paper)
    yield from _appeal(paper, lists)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))


def _number(paper: Paper, known: Known) -> Iterator[Remark]:
    if paper.number is None or not known.number:
        return
    start, end = paper.number
    shown = paper.text[start:end]
    if _plain(shown) != _plain(known.number):
        yield Remark(
            "案号不一致",
            start,
            end,
            f"文书案号是“{shown}”，案件是“{known.number}”",
            "与案件信息核对",
            known.number,
        )


def _court(paper: Paper, known: Known) -> Iterator[Remark]:
    """The line above the title names the court that tries the case."""
    if paper.title is None or not known.court:
        return
    above = [span for span in paper.lines if span[1] <= paper.title[0]]
    if not above:
        return
    start, end = above[-1]
    shown = _plain(paper.text[start:end])
    if shown.endswith("法院") and shown != _plain(known.court) and not shown.endswith(_plain(known.court)):
        yield Remark(
            "法院名称不一致",
            start,
            end,
            f"首部法院是“{shown}”，本案由{known.court}审理",
            "与案件信息核对",
            known.court,
        )


def _lead(paper: Paper, known: Known) -> Iterator[Remark]:
    if paper.lead is None:
        return
    start, end = paper.lead
    line = paper.folded[start:end]
    match = _CAUSE.search(line)
    cause = _plain(known.cause)
    if (
        match is not None
        and cause
        and not match["cause"].endswith(cause)
        and cause.endswith(("纠纷", "争议", "罪"))
    ):
        shown = _own_words(match["cause"], paper)
        place = start + match.end("cause") - len(shown)
        yield Remark(
            "案由不一致",
            place,
            place + len(shown),
            f"案由写的是“{shown}”，案件信息里是“{known.cause}”",
            "与案件信息核对",
            known.cause,
        )
    said = next((one for one in _PROCEDURES if f"适用{one}" in line), "")
    registered = next((one for one in _PROCEDURES if one.removesuffix("程序") in known.procedure), "")
    turned = "转为" in line or "转换" in line or "变更" in line
    if said and registered and said != registered and not turned:
        place = start + line.index(f"适用{said}") + 2
        yield Remark(
            "程序不一致",
            place,
            place + len(said),
            f"写的是{said}，案件信息里是{known.procedure}",
            "与案件信息核对",
            registered,
        )


def _own_words(said: str, paper: Paper) -> str:
    """The cause without the name of the party that stands before it."""
    ends = [said.rfind(one.name) + len(one.name) for one in paper.parties if one.name in said]
    return said[max(ends, default=0) :] or said


def _itself(paper: Paper) -> Iterator[Remark]:
    """A 判决书 decides by 判决如下, and speaks of itself as such."""
    verb = next((verb for kind, verb in _VERBS.items() if paper.kind.endswith(kind)), "")
    if not verb:
        return
    if paper.order_words is not None and paper.order_words[2] != verb:
        start, end, said = paper.order_words
        yield Remark(
            "文书名称不一致",
            start,
            end,
            f"文书是{paper.kind}，主文写“{said}如下”",
            "文书名称与主文用词一致",
            f"{verb}如下：",
        )
    for match in _MISCALLED.finditer(paper.folded):
        if verb in ("判决", "裁定") and match["word"] != verb and match.group().startswith("不服本"):
            yield Remark(
                "文书名称不一致",
                *match.span(),
                f"文书是{paper.kind}，这里写“{match['word']}”",
                "文书名称与上诉告知一致",
                f"不服本{verb}",
            )


def _appeal(paper: Paper, lists: Lists) -> Iterator[Remark]:
    terms = dict(lists.appeal)
    if paper.kind not in terms or "上诉" not in paper.folded:
        return
    start = paper.folded.rfind("不服本")
    match = _APPEAL.search(paper.folded, start) if start >= 0 else None
    if match is None:
        return
    days = _days(match["days"])
    if days != terms[paper.kind]:
        yield Remark(
            "上诉期写错",
            *match.span("days"),
            f"{paper.kind}的上诉期是 {terms[paper.kind]} 日，写的是 {days} 日",
            "上诉期按本院登记的表",
            "",
        )


def _days(text: str) -> int:
    return int(read_number(text) or 0)
