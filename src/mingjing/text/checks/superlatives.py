"""Who is said to be first or last, against the list that prints them all: 刑事案件最多, 最少的是C县."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.arithmetic import printed
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import agrees, wrong_share
from mingjing.text.checks.parts import is_rest
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import clean

_ENDS = dict.fromkeys(("最多", "最高", "最大", "居首位", "居首"), 1)
_ENDS |= dict.fromkeys(("最少", "最低", "最小", "垫底"), -1)
_FIRST = re.compile(
    r"(?:^|(?<=[,。;:、\n]))(?:其中|以|而)?(?P<who>[一-鿿A-Z]{2,12}?)(?:案件|问题|纠纷)?(?:结案|收案|新收|受理|办案)?"
    rf"(?:数量|数|占比|比例|比重|所占比重)?(?P<end>{'|'.join(_ENDS)})(?=[,。;(])"
)
_LAST = re.compile(
    rf"(?:数量|占比|比例|比重|案件|其中|^|(?<=[,。;:\n]))(?P<end>{'|'.join(_ENDS)})的(?:分别)?(?:是|为)"
    r"(?P<who>[一-鿿A-Z]{2,12}?)(?:案件|问题|纠纷)?(?=[,。;(\d])"
)
_STATED = re.compile(r"[,(](?:为|达|有|只有|仅有?|共)?(?P<number>\d[\d,]*(?:\.\d+)?)(?!\d|[,.]\d|%|个百分点)")
_GAP = re.compile(r"(?:[、,;]|和|及)[^,。;:\d]{1,16}")


def check_superlatives(reading: Reading) -> Iterator[Finding]:
    """Each claim with a list of at least three named counts in its sentence or the one before."""
    for pattern in (_FIRST, _LAST):
        for match in pattern.finditer(reading.folded):
            sentence = reading.outline.sentence_at(match.start("who"))
            near = [*reading.sentences_before(sentence, 1), sentence]
            for run in _lists(reading, near, match.start()):
                found = _held(reading, match, run) or _share_behind(reading, match, run)
                if found is not None:
                    yield found


def _lists(reading: Reading, near: list[tuple[int, int]], start: int) -> Iterator[list[Figure]]:
    """The lists of named counts of one unit right before a place."""
    levels = [
        one for sentence in near for one in reading.sentences.get(sentence, [])
        if one.end <= start and one.exact and one.unit not in ("%", "个百分点", "位")
        and reading.movement(one) is None and not is_prior(reading, one)
    ]  # fmt: skip
    run: list[Figure] = []
    for one in [*levels, None]:
        joined = one is not None and run and one.unit == run[-1].unit
        if one is not None and joined and _GAP.fullmatch(reading.between(run[-1], one)):
            run.append(one)
            continue
        named = [each for each in _without_total(run) if not is_rest(reading, each)]
        if len(named) > 2 and "其中" not in reading.folded[run[0].end : run[-1].start]:
            yield named
        run = [one] if one is not None else []


def _without_total(run: list[Figure]) -> list[Figure]:
    """预算216万元，包括甲90万元、乙104万元、丙22万元: the first is what the others come to."""
    rest = sum((one.value for one in run[1:]), start=Fraction(0))
    return run[1:] if len(run) > 2 and run[0].value == rest else run


def _held(reading: Reading, match: re.Match[str], run: list[Figure]) -> Finding | None:
    who = clean(match["who"])
    meant = [one for one in run if len(who) > 1 and clean(one.subject).endswith((who, f"{who}类"))]
    if len(meant) != 1:
        return None
    told = _STATED.match(reading.folded, match.end("who") if match.end() == match.end("who") else match.end())
    if told and Fraction(told["number"].replace(",", "")) != meant[0].value:
        return None  # 丙院最低，为20.6件: of another measure than the list
    sign = _ENDS[match["end"]]
    best = max(run, key=lambda one: one.value * sign)
    if best.value == meant[0].value:
        return None
    return Finding(
        "parts", Verdict.MISMATCH, *match.span("who"),
        f"写作{match['who']}{match['end']}（{meant[0].text}），列出的是{best.subject}（{best.text}）",
        (f"{best.subject}{best.text}，{meant[0].subject}{meant[0].text}",),
        (f"改为{best.subject}", "或核对各项的数"), ((meant[0].start, meant[0].end), (best.start, best.end)),
    )  # fmt: skip


def _share_behind(reading: Reading, match: re.Match[str], run: list[Figure]) -> Finding | None:
    """县级部门占比最高，为55.5%: of all that its list counts."""
    who = clean(match["who"])
    sentence = reading.sentences.get(reading.outline.sentence_at(match.start("who")), [])
    rates = [
        one for one in sentence
        if one.unit == "%" and one.exact and one.start >= match.end()
        and re.fullmatch(r"[,(](?:为|达|占|占比为?)?", reading.folded[match.end() : one.start])
    ]  # fmt: skip
    meant = [one for one in run if len(who) > 1 and clean(one.subject).endswith(who)]
    if not rates or len(meant) != 1:
        return None
    if not re.search("比|占", match.group() + reading.folded[match.end() : rates[0].start]):
        return None
    added = sum((one.value for one in run), start=Fraction(0))
    whole = replace(run[-1], value=added, text=f"（各项合计 {printed(added)}）")
    near = [one for one in reading.levels_near(whole.unit, whole.start) if one.value >= meant[0].value]
    if any(agrees(rates[0], meant[0], one) for one in (whole, *near)):
        return None
    return wrong_share(rates[0], meant[0], whole, "share", "占比")
