"""How many rose and how many fell, against what is listed: 三升两降, 两升一降."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

_TALLY = re.compile(r"(?P<up>[一二两三四五六七八九])升(?P<down>[一二两三四五六七八九])降")
_RISEN = re.compile(r"上升|提升|提高|增长|增加")
_FALLEN = re.compile(r"下降|降低|减少|缩短|压降")


def check_tallies(reading: Reading) -> Iterator[Finding]:
    """Each tally with as many movements listed right before it, or right behind it after 即."""
    for match in _TALLY.finditer(reading.folded):
        up, down = (int(read_number(match[side]) or 0) for side in ("up", "down"))
        listed = _behind(reading, match) or _before(reading, match, up + down)
        if listed is not None and listed != (up, down):
            line = f"列出的是 {listed[0]} 个升、{listed[1]} 个降"
            yield Finding(
                "list", Verdict.TENSION, *match.span(), f"写作“{match.group()}”，{line}", (line,),
                ("改正写法，或补齐列举",), ((match.end(), reading.outline.sentence_at(match.start())[1]),),
            )  # fmt: skip


def _behind(reading: Reading, match: re.Match[str]) -> tuple[int, int] | None:
    """“两升两降”，即结案率上升、…、发改率下降."""
    end = reading.outline.sentence_at(match.start())[1]
    told = re.match(r"”?,?(?:即|:|分别是|就是)(?P<list>[^。;]+)", reading.folded[match.end() : end])
    items = told["list"].split("、") if told else []
    moved = [bool(_RISEN.search(one)) for one in items if _RISEN.search(one) or _FALLEN.search(one)]
    return (sum(moved), len(moved) - sum(moved)) if len(items) > 1 and len(moved) == len(items) else None


def _before(reading: Reading, match: re.Match[str], count: int) -> tuple[int, int] | None:
    """甲下降8.4%；乙上升11.2%；…: as many as the tally says, in its sentence or the one before it."""
    sentence = reading.outline.sentence_at(match.start())
    own = [one for one in reading.sentences.get(sentence, []) if one.end <= match.start()]
    near = reading.sentences_before(sentence, 1) if not own else [sentence]
    moves = [
        move for each in near for one in reading.sentences[each]
        if one.end <= match.start() and one.unit in ("%", "个百分点")
        and (move := reading.movement(one)) is not None
    ]  # fmt: skip
    rises = sum(move.sign > 0 for move in moves)
    return (rises, count - rises) if len(moves) == count else None
