"""Runs of levels each of its own year, quarter or month, and what the paragraph says of them behind.

其中2023年审结842件、2024年审结951件、2025年审结1076件: what a later clause calls by its year is looked up
here, 2025年同比增长13.1%, 三年间增长27.8%, 2024年最多, and what they make is held against the total before.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.checks.parts import additive, slipped_for, weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import clean, role_in

_QUARTERS = "一二三四"
_YEAR, _QUARTER, _MONTH = (
    r"20\d\d(?=年)",
    r"第?(?P<q>[一二三四])季度",
    r"(?<![\d年至到—-])(?P<m>1[0-2]|[1-9])月份?(?!\d)",
)
_LABEL = re.compile(rf"(?P<y>{_YEAR})年度?|{_QUARTER}|{_MONTH}")
_EACH = re.compile(
    r"(?P<first>20\d\d)年?(?:至|到|—|-|~)(?P<last>20\d\d)年?|(?P<from>\d{1,2})月?(?:至|到|—|-|~)(?P<to>\d{1,2})月|(?P<quarters>四个?季度|各季度)"
    r"|(?P<listed>(?:20\d\d年?、)+20\d\d年(?:、|和)?(?:20\d\d年)?|(?:[一二三四]、)+[一二三四]季度|(?:[一二三四]季度、)+[一二三四]季度"
    r"|(?:\d{1,2}月?、)+\d{1,2}月)"
)
_EACH_OF = re.compile(r"(?:分别|依次)(?P<measure>[^,。;:\d]{0,14})$")
_ENDS = {
    "最高": 1,
    "最多": 1,
    "最大": 1,
    "峰值": 1,
    "最高点": 1,
    "最低点": -1,
    "低谷": -1,
    "最低": -1,
    "最少": -1,
    "最小": -1,
}
_EXTREME = re.compile(
    rf"^(?P<words>[^,。;:\d]{{0,8}}?)(?:为|达到?|是)?(?P<end>{'|'.join(_ENDS)})(?=[,。;(、])"
)
_AND = re.compile("[、,和及]{1,2}|以及")
_FILLER = re.compile(r"(?:案件)?(?:数量|数|量)?(?:的)?$")
_SPAN = re.compile(r"[二两三四五六]年(?:间|来|以来|期间)|(?:首尾|前后)[^,。;]{0,4}年")
_WHOLE = re.compile(
    r"(?:近|这)?(?P<count>[二两三四五六])年(?:来|间|以来)?|(?P<first>20\d\d)年?(?:至|到|—|-|~)(?P<last>20\d\d)年"
)
_FASTEST = re.compile(
    r"(?:20\d\d年|[一二三四]季度|\d{1,2}月)(?:份)?(?:增幅|增速|增长|降幅|升幅)(?:最大|最快|最高)?,?(?:为|达到?)"
)
_OF_YEAR = re.compile(r"(?P<now>20\d\d)年[^,。;\d]{0,10}(?:是|为|相当于)(?P<then>20\d\d)年[^,。;\d]{0,8}的$")
FAR = Fraction(3)


@dataclass(frozen=True, slots=True)
class Run:
    """``labels`` are years, or quarters and months as 1, 2, …; ``measure`` what every one of them counts."""

    labels: tuple[int, ...]
    figures: tuple[Figure, ...]
    measure: str

    def at(self, label: int) -> Figure | None:
        """The level of one label."""
        return self.figures[self.labels.index(label)] if label in self.labels else None


def check_labelled(reading: Reading) -> Iterator[Finding]:
    """All runs of each paragraph."""
    for start, paragraph in reading.by_paragraph.items():
        runs = _runs(reading, start)
        for run in runs:
            end = reading.paragraph(run.figures[0]).end
            others = [one for one in runs if one is not run]
            yield from _extremes(reading, run, others, end)
            yield from _fastest(reading, run, end)
            if run.labels[0] > 2000:
                yield from _total(reading, run, paragraph)
        if runs:
            yield from _moved(reading, runs, paragraph)
            for figure in paragraph:
                if figure.unit == "倍":
                    yield from _times(reading, runs, figure)


def is_labelled(reading: Reading, moved: Figure) -> bool:
    """Whether a movement names two levels of a run before it by their labels: it is held against those."""
    if not _LABEL.match(moved.subject):
        return False
    runs = [
        run for run in _runs(reading, reading.paragraph(moved).start) if run.figures[-1].end <= moved.start
    ]
    runs = [run for run in runs if not _glued(reading, run)]
    return any(_pair(run, moved, len(runs)) for run in runs)


def _runs(reading: Reading, start: int) -> list[Run]:
    """The runs of the paragraph that begins at a place."""
    known = reading.memo.get(("runs", start))
    if known is None:
        paragraph = reading.by_paragraph[start]
        found = [*_each(reading, paragraph), *_named(reading, paragraph)]
        known = reading.memo["runs", start] = [run for run in found if len(run.labels) > 1]
    assert isinstance(known, list)  # kept just so
    return known


def _label(match: re.Match[str]) -> int:
    if match["y"]:
        return int(match["y"])
    return _QUARTERS.index(match["q"]) + 1 if match["q"] else int(match["m"])


def _level(reading: Reading, one: Figure) -> bool:
    return one.exact and reading.movement(one) is None and one.unit not in ("位", "个百分点", "倍")


def _named(reading: Reading, paragraph: list[Figure]) -> Iterator[Run]:
    """2023年审结842件、2024年审结951件: each with its own label, and the same words but for it."""
    found: list[tuple[int, Figure]] = []
    measure = ""
    for one in [*paragraph, None]:
        if one is not None and not _level(reading, one):
            continue
        labels = list(_LABEL.finditer(one.subject)) if one is not None else []
        label = _label(labels[0]) if len(labels) == 1 else 0
        words = _measure(one.subject) if one is not None else ""
        follows = (
            bool(found) and one is not None and label == found[-1][0] + 1 and one.unit == found[-1][1].unit
        )
        if follows and one is not None and words in ("", measure) and _joined(reading, found[-1][1], one):
            found.append((label, one))
            continue
        if found and one is not None and (one.unit != found[-1][1].unit or reading.depth(one)):
            continue
        if len(found) > 1:
            yield Run(tuple(each for each, _ in found), tuple(each for _, each in found), measure)
        compared = one is not None and re.search(r"比|较|同期|预计|目标", one.subject)
        found = [(label, one)] if one is not None and label and not compared else []
        measure = words


def _joined(reading: Reading, one: Figure, other: Figure) -> bool:
    between = reading.between(one, other)
    return len(between) < 60 and not re.search("比|较|目标", between.rsplit(",", 1)[-1])


def _measure(subject: str) -> str:
    return clean(_LABEL.sub("", re.sub("^其中|^年|案件", "", subject)))


def _each(reading: Reading, paragraph: list[Figure]) -> Iterator[Run]:
    """四个季度分别新收a件、b件、c件、d件: the labels first, then as many levels."""
    for place, first in enumerate(paragraph):
        head = reading.folded[first.sentence[0] : first.start]
        each = _EACH_OF.search(head) if _level(reading, first) else None
        said = [*_EACH.finditer(head, 0, each.start())][-1:] if each else []
        labels = _listed(said[0]) if said else []
        figures = paragraph[place : place + len(labels)]
        alike = len(figures) == len(labels) > 1 and all(
            one.unit == first.unit and _level(reading, one) and _AND.fullmatch(reading.between(last, one))
            for last, one in itertools.pairwise(figures)
        )
        if each and alike:
            words = re.split("[,;。:]", head[: each.start()])[-1]
            measure = clean(_EACH.sub("", words)) + clean(each["measure"])
            yield Run(tuple(labels), tuple(figures), measure)


def _listed(said: re.Match[str]) -> list[int]:
    if said["first"]:
        return [*range(int(said["first"]), int(said["last"]) + 1)]
    if said["from"]:
        return [*range(int(said["from"]), int(said["to"]) + 1)]
    if said["quarters"]:
        return [1, 2, 3, 4]
    years = re.findall(r"20\d\d", said["listed"])
    if years:
        return [int(year) for year in years]
    if "季" in said["listed"]:
        return [_QUARTERS.index(sign) + 1 for sign in re.findall("[一二三四]", said["listed"])]
    return [int(month) for month in re.findall(r"\d+", said["listed"])]


def _fits(run: Run, words: str) -> bool:
    """Whether what a claim speaks of is what the run counts, or left out."""
    bare = clean(_FILLER.sub("", words))
    if not bare or bare in run.measure or (run.measure and run.measure in bare):
        return True
    asked, told = role_in(words).kind, role_in(run.measure).kind
    return bool(asked) and asked == told


def _extremes(reading: Reading, run: Run, others: list[Run], end: int) -> Iterator[Finding]:
    """一季度最高, right behind the run or with the words of its measure."""
    last = run.figures[-1].end
    for match in _LABEL.finditer(reading.folded, last, end):
        said = _EXTREME.match(reading.folded[match.end() : min(match.end() + 20, end)])
        clause = re.split(r"[,。;:(]", reading.folded[last : match.start()])[-1]
        own = run.at(_label(match))
        if said is None or own is None or re.search(r"\d|同比|占|比", clause):
            continue
        words = re.sub("^其中|^以|[在于]$", "", clause) + said["words"]
        nearer = any(last < one.figures[0].start < match.start() for one in others)
        if not _fits(run, words) or (nearer and not clean(_FILLER.sub("", words))) or len(run.labels) < 3:
            continue
        best = max(run.figures, key=lambda one: one.value * _ENDS[said["end"]])
        if best.value != own.value:
            yield Finding(
                "parts", Verdict.MISMATCH, match.start(), match.end() + said.end(),
                f"写作{match.group()}{said['end']}（{own.text}），列出的是{best.text}",
                (f"{best.text}，{own.text}",),
                ("改正说法，或核对各期的数",), ((own.start, own.end), (best.start, best.end)),
            )  # fmt: skip


def _fastest(reading: Reading, run: Run, end: int) -> Iterator[Finding]:
    """2022年增幅最大，达20.6%: the growth of one label over the one before it."""
    for match in _FASTEST.finditer(reading.folded, run.figures[-1].end, end):
        label = _LABEL.match(reading.folded, match.start())
        now, then = (run.at(_label(label)), run.at(_label(label) - 1)) if label else (None, None)
        rates = [one for one in reading.figures if one.start == match.end() and one.unit == "%"]
        if now is None or then is None or not then.value or len(rates) != 1 or now.is_rate:
            continue
        right = rounded((now.value - then.value) * 100 / then.value, rates[0].decimals)
        if abs(right) != rates[0].value:
            yield from _wrong(rates[0], now, then, 1)


def _moved(reading: Reading, runs: list[Run], paragraph: list[Figure]) -> Iterator[Finding]:
    """2025年结案数同比增长13.1%, 2025年比2023年增长27.8%, 三年间增长27.8%."""
    for moved in paragraph:
        move = reading.movement(moved)
        before = [run for run in runs if run.figures[-1].end <= moved.start and not _glued(reading, run)]
        if move is None or not moved.exact or not before:
            continue
        pairs = [pair for run in before if (pair := _pair(run, moved, len(before)))]
        pairs = pairs or _by_clause(reading, before, moved)
        if not pairs or any(_agrees(moved, *pair, move.sign) for pair in pairs):
            continue
        if len({(now.value, then.value) for now, then in pairs}) == 1:
            yield from _wrong(moved, *pairs[0], move.sign)


def _by_clause(reading: Reading, runs: list[Run], moved: Figure) -> list[tuple[Figure, Figure]]:
    """2025年首次回落，同比下降5.8%: the label stands in the clause before, the last run is meant."""
    run = runs[-1]
    words = reading.folded[max(run.figures[-1].end, moved.segment[0]) : moved.start]
    labels = [_label(match) for match in _LABEL.finditer(words)]
    if not re.match("同比", moved.subject) or len(set(labels)) != 1 or len(words) > 24 or labels[0] < 2000:
        return []
    now, then = run.at(labels[0]), run.at(labels[0] - 1)
    close = run.figures[-1].sentence == moved.sentence
    return [(now, then)] if now is not None and then is not None and then.value and close else []


def _times(reading: Reading, runs: list[Run], stated: Figure) -> Iterator[Finding]:
    """2024年受理数是2021年的1.47倍: the levels of the two years, of the only run before."""
    said = _OF_YEAR.search(reading.folded[stated.sentence[0] : stated.start])
    before = [run for run in runs if run.figures[-1].end <= stated.start]
    if said is None or len(before) != 1 or not stated.decimals or not stated.exact:
        return
    now, then = before[0].at(int(said["now"])), before[0].at(int(said["then"]))
    if (
        now is None
        or then is None
        or not then.value
        or abs(now.value / then.value - stated.value) < stated.step
    ):
        return
    shown = f"{printed(rounded(now.value / then.value, stated.decimals), stated.decimals)}倍"
    yield Finding(
        "growth", Verdict.MISMATCH, stated.start, stated.end, f"写作{stated.text}，按前面列出的数是 {shown}",
        (f"{now.text} ÷ {then.text} = {shown}",), (f"改为 {shown}", "或核对各期的数"),
        ((now.start, now.end), (then.start, then.end)),
    )  # fmt: skip


def _glued(reading: Reading, run: Run) -> bool:
    """2023年124件187人: nobody says which of the two a later clause speaks of."""
    last = run.figures[0].end
    return any(one.start == last for one in reading.sentences[run.figures[0].sentence])


def _pair(run: Run, moved: Figure, count: int) -> tuple[Figure, Figure] | None:
    labels = [_label(match) for match in _LABEL.finditer(moved.subject)]
    begun = _LABEL.match(moved.subject)
    words = re.split(r"同比|环比|比|较", _LABEL.sub("", _SPAN.sub("", moved.subject)))[0]
    words = re.sub(r"(?:增长|上升|增加|下降|减少|累计|总体|年均)[了幅]*$", "", words)
    if not _fits(run, words) or (count > 1 and not clean(words)) or "年均" in moved.subject:
        return None
    if _SPAN.search(moved.subject) and not labels:
        return run.figures[-1], run.figures[0]
    if begun is None or not labels:
        return None
    if len(labels) == 2 and re.search("比|较", moved.subject):
        now, then = run.at(labels[0]), run.at(labels[1])
    elif len(labels) == 1 and re.search(
        "同比|上年" if labels[0] > 2000 else "环比|上季|上月|上个", moved.subject
    ):
        now, then = run.at(labels[0]), run.at(labels[0] - 1)
    else:
        return None
    return (now, then) if now is not None and then is not None and then.value else None


def _right(moved: Figure, now: Figure, then: Figure) -> Fraction | None:
    """What moved by how much, in the unit it is printed in; None where the units do not go together."""
    apart = now.value - then.value
    if moved.unit == "%" and not now.is_rate:
        return rounded(apart * 100 / then.value, moved.decimals)
    if (moved.unit == now.unit and not now.is_rate) or (moved.unit == "个百分点" and now.is_rate):
        return apart
    return None


def _agrees(moved: Figure, now: Figure, then: Figure, sign: int) -> bool:
    right = _right(moved, now, then)
    rough = moved.step if now.step != 1 or moved.step != 1 else Fraction(0)
    return right is None or abs(right - moved.value * sign) <= (rough if now.step != 1 or now.is_rate else 0)


def _wrong(moved: Figure, now: Figure, then: Figure, sign: int) -> Iterator[Finding]:
    right = _right(moved, now, then)
    if right is None or now.value > then.value * FAR or then.value > now.value * FAR:
        return
    way = "上升" if right > 0 else "下降"
    shown = f"{printed(abs(right), moved.decimals)}%" if moved.unit == "%" else moved.worded(abs(right))
    yield Finding(
        "growth", Verdict.MISMATCH, moved.start, moved.end,
        f"{moved.subject}{moved.text}，按前面列出的数应为{way} {shown}",
        (f"{then.text} → {now.text}，{way} {shown}",), (f"改为{way} {shown}", "或核对各期的数"),
        ((now.start, now.end), (then.start, then.end)),
    )  # fmt: skip


def _total(reading: Reading, run: Run, paragraph: list[Figure]) -> Iterator[Finding]:
    """三年共审结2869件。其中2023年842件、…: the level before that speaks of as many years."""
    if not all(additive(one) for one in run.figures) or run.figures[0].is_rate or len(run.labels) < 2:
        return
    first = run.figures[0]
    levels = [
        one for one in paragraph
        if one.end <= first.start and one.unit == first.unit and _level(reading, one) and additive(one)
        and one.value > max(each.value for each in run.figures)
    ]  # fmt: skip
    added = sum((one.value for one in run.figures), start=Fraction(0))
    kinds = {role_in(run.measure).kind, ""}
    wholes = [one for one in levels if reading.role(one).kind in kinds or not role_in(run.measure).kind]
    if not wholes or any(one.value == added for one in levels) or first.start - wholes[-1].end > 60:
        return
    whole = wholes[-1]
    said = [*_WHOLE.finditer(reading.folded, whole.sentence[0], whole.start)]
    spans = [match for match in said if _years_of(match) == len(run.labels)]
    between = reading.folded[whole.end : first.start]
    near = abs(added - whole.value) * 10 <= whole.value
    if (
        spans
        and near
        and ("其中" in between or slipped_for(whole, added) or slip(int(whole.value), int(added)))
    ):
        found = weighed(whole, list(run.figures), True, "parts")
        if found is not None:
            yield found


def _years_of(match: re.Match[str]) -> int:
    if match["count"]:
        return {"两": 2}.get(match["count"], "一二三四五六".find(match["count"]) + 1)
    return int(match["last"]) - int(match["first"]) + 1
