"""Yearly values one after another: 年均增长, 五年间增长, 连续四年上升 against the values themselves."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_YEARLY = re.compile(r"年均(?:增长|递增|增幅|上升|增速|下降|递减)(?:为|达|约)?$")
_WHOLE = re.compile(
    r"(?:[二两三四五六]年(?:间|来)?|期间|累计|总共|共)(?:增长|上升|增加|下降|减少)(?:了|达|为)?$"
)
_RUNS = re.compile(
    r"(?:连续[二两三四五六]年|逐年|年年|持续|连年)(?P<way>上升|增长|递增|攀升|提高|提升|下降|减少|递减|回落|降低|下滑)"
)
_JOINED = re.compile(r"(?:[、,和及]|以及){1,2}(?:20\d\d年(?:为|的)?)?|[一-鿿]{0,6}20\d\d年[一-鿿]{0,6}")
_OF_YEAR = re.compile(r"(?P<now>20\d\d)年[^,。;\d]{0,10}(?:是|为|相当于)(?P<then>20\d\d)年[^,。;\d]{0,8}的$")
_FALLING = "下减降回"
LEAST, FAR = 3, 900


def check_series(reading: Reading) -> Iterator[Finding]:
    """The runs of yearly values of a paragraph, and what the paragraph says of them."""
    for paragraph in reading.by_paragraph.values():
        runs = list(_series(reading, paragraph))
        for figure in paragraph:
            if figure.unit == "%" and figure.exact and runs:
                yield from _growth(reading, figure, runs)
            elif figure.unit == "倍" and figure.exact and figure.decimals and runs:
                yield from _times(reading, figure, runs)
        if len(runs) == 1:
            yield from _running(reading, runs[0])


def _series(reading: Reading, paragraph: list[Figure]) -> Iterator[list[Figure]]:
    """各年分别为9812件、10436件、11278件: three or more exact levels of one unit, with years said."""
    run: list[Figure] = []
    for one in [*paragraph, None]:
        plain = one is not None and one.exact and reading.movement(one) is None
        if run and one is not None and plain and one.unit == run[-1].unit and _JOINED.fullmatch(
            reading.between(run[-1], one)
        ):  # fmt: skip
            run.append(one)
            continue
        if len(run) >= LEAST and _of_years(reading, run):
            yield run
        run = [one] if one is not None and plain else []


def _of_years(reading: Reading, run: list[Figure]) -> bool:
    head = reading.folded[max(run[0].sentence[0], run[0].start - 40) : run[0].start]
    inside = re.findall(r"20\d\d(?=年)", reading.folded[max(run[0].start - 12, 0) : run[-1].start])
    if len(set(inside)) >= len(run):
        return inside == sorted(inside)
    years = re.findall(r"20\d\d(?=年)|[各每]年|近?[三四五]年", head)
    return bool(years) and bool(re.search("分别|依次", head)) and not re.search(r"[院庭局县区市]、", head)


def _growth(reading: Reading, stated: Figure, runs: list[list[Figure]]) -> Iterator[Finding]:
    yearly, whole = _YEARLY.search(stated.subject), _WHOLE.search(stated.subject)
    if not yearly and not whole:
        return
    rights = [right for run in runs if (right := _rates(run, bool(yearly)))]
    if not rights or any(
        abs(each - float(stated.value)) < float(stated.step) for right in rights for each in right
    ):
        return
    run = runs[0]
    if len(runs) > 1 or abs(rights[0][0]) > FAR:
        return
    shown = f"{rights[0][0]:.{stated.decimals}f}%"
    line = (
        f"({run[-1].text} ÷ {run[0].text}) 开 {len(run) - 1} 次方 − 1 = {shown}" if yearly
        else f"({run[-1].text} − {run[0].text}) ÷ {run[0].text} = {shown}"
    )  # fmt: skip
    yield Finding(
        "growth", Verdict.MISMATCH, stated.start, stated.end,
        f"{stated.subject}{stated.text}，按各年的数应为 {shown}", (line,),
        (f"改为 {shown}", "或核对各年的数"), tuple((one.start, one.end) for one in run),
    )  # fmt: skip


def _times(reading: Reading, stated: Figure, runs: list[list[Figure]]) -> Iterator[Finding]:
    """2025年收案是2021年的1.7倍: the last of a series of the first, where the series has these years."""
    said = _OF_YEAR.search(reading.folded[stated.sentence[0] : stated.start])
    if said is None:
        return
    apart = int(said["now"]) - int(said["then"])
    fitting = [run for run in runs if len(run) == apart + 1 and run[0].value > 0]
    ratios = [run[-1].value / run[0].value for run in fitting]
    if not ratios or any(abs(ratio - stated.value) * 2 <= stated.step for ratio in ratios) or len(ratios) > 1:
        return
    run, shown = fitting[0], f"{float(ratios[0]):.{stated.decimals}f}倍"
    yield Finding(
        "growth", Verdict.MISMATCH, stated.start, stated.end, f"写作{stated.text}，按各年的数是 {shown}",
        (f"{run[-1].text} ÷ {run[0].text} = {float(ratios[0]):.3f}",), (f"改为 {shown}", "或核对各年的数"),
        ((run[0].start, run[0].end), (run[-1].start, run[-1].end)),
    )  # fmt: skip


def _rates(run: list[Figure], yearly: bool) -> list[float]:
    """The growth in percent by each way people work it out, the usual one first."""
    if any(one.value <= 0 for one in run):
        return []
    first, last, count = float(run[0].value), float(run[-1].value), len(run) - 1
    if not yearly:
        return [abs(last / first - 1) * 100]
    steps = [float(two.value / one.value) - 1 for one, two in itertools.pairwise(run)]
    return [
        abs((last / first) ** (1 / count) - 1) * 100,
        abs(sum(steps) / count) * 100,
        abs(last / first - 1) / count * 100,
        abs((last / first) ** (1 / (count + 1)) - 1) * 100,
    ]


def _running(reading: Reading, run: list[Figure]) -> Iterator[Finding]:
    """逐年上升 said of values one of which fell."""
    start, end = run[0].sentence
    for match in _RUNS.finditer(reading.folded, start, end):
        if not re.search(r"^[,:]?[^,。;:]{0,4}$", reading.folded[run[-1].end : match.start()]):
            continue
        falling = match["way"][0] in _FALLING
        some = re.search("前([两二三四五])年$", reading.folded[run[-1].end : match.start()])
        run = run[: {"两": 2}.get(some[1], "一二三四五".find(some[1]) + 1)] if some else run
        for one, two in itertools.pairwise(run):
            if one.value != two.value and (two.value < one.value) != falling:
                yield Finding(
                    "movement", Verdict.MISMATCH, match.start(), match.end(),
                    f"写作“{match.group()}”，{one.text}之后是{two.text}",
                    (f"{two.text} − {one.text} = {one.worded(two.value - one.value)}",),
                    ("改写法，或核对各年的数",), ((one.start, one.end), (two.start, two.end)),
                )  # fmt: skip
                break
