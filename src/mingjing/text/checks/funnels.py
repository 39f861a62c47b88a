"""Steps each of which can only keep what the one before left: 移送、立案、起诉、判处; 发出、回复、采纳."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from mingjing.text.checks.bases import is_prior
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_CHAINS = (
    ("移送(?:公安)?[^,。;]{0,4}", "(?<!登记)立案(?:侦查)?", "公诉|起诉", "判处(?:刑罚)?|判刑|定罪|获刑|判决"),
    ("发出|提出|制发|建议", "回复|复函|回函|反馈", "采纳"),
    ("上拍|挂拍", "成交"),
    ("报名", "参加考试|参考", "通过|合格", "录用|聘任"),
    ("推荐|报送|上报", "入围|入选", "获奖"),
)
_GLUE = re.compile("的?(?:案件|人员|法官)?(?:有|共)?")
_MEANT = re.compile(r"另|往年|上年|以前|存量|旧存|自诉|累计")


def check_funnels(reading: Reading) -> Iterator[Finding]:
    """Each sentence that counts two neighbouring steps of one chain in one unit."""
    for sentence in reading.sentences.values():
        yield from _nested(reading, sentence)
        if not _MEANT.search(reading.folded[sentence[0].sentence[0] : sentence[-1].end]):
            for chain in _CHAINS:
                yield from _narrowing(reading, sentence, chain)


def _nested(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """超过1000万元的28件，超过5000万元的31件: fewer can pass the higher bar."""
    for (low, less), (high, more) in itertools.combinations(itertools.pairwise(sentence), 2):
        bars = all(one.qualifier in ("余", "以上") and not one.is_rate for one in (low, high))
        if not bars or low.unit != high.unit or low.value >= high.value:
            continue
        counts = less.unit == more.unit != low.unit and less.exact and more.exact
        glued = all(_GLUE.fullmatch(reading.between(*pair)) for pair in ((low, less), (high, more)))
        if counts and glued and more.value > less.value:
            yield Finding(
                "subset", Verdict.TENSION, more.start, more.end,
                f"{high.text}的有{more.text}，比{low.text}的{less.text}还多",
                (f"{more.text} − {less.text} = {more.worded(more.value - less.value)}",), ("核对两个数",),
                ((less.start, less.end),),
            )  # fmt: skip


def _narrowing(reading: Reading, sentence: list[Figure], chain: tuple[str, ...]) -> Iterator[Finding]:
    steps = [
        (step, one) for one in sentence
        if one.exact and not one.is_rate and reading.movement(one) is None and not is_prior(reading, one)
        and (step := _step(one, chain)) is not None
    ]  # fmt: skip
    for (place, wider), (later, narrower) in itertools.pairwise(steps):
        follows = place + 1 == later or (chain is _CHAINS[0] and place < later)
        if follows and wider.unit == narrower.unit and narrower.value > wider.value:
            yield Finding(
                "subset", Verdict.TENSION, narrower.start, narrower.end,
                f"{narrower.subject}{narrower.text}多于前一步的{wider.subject}{wider.text}",
                (f"{narrower.text} − {wider.text} = {narrower.worded(narrower.value - wider.value)}",),
                ("核对两个数，或写明含往年的",), ((wider.start, wider.end),),
            )  # fmt: skip


def _step(one: Figure, chain: tuple[str, ...]) -> int | None:
    """Which step the words right before a count name; the first may be named behind it: 27份建议."""
    named = [place for place, verbs in enumerate(chain) if re.search(rf"(?:{verbs})(?:了|的)?$", one.subject)]
    if not named and re.match(rf"(?:{chain[0]})", one.after):
        named = [0]
    return named[-1] if named else None
