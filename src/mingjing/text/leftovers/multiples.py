"""How many times another, how far apart, year by year: 作出数是驳回数的12倍, 甲区与乙县相差206件."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.compared import wrong_move
from mingjing.text.leftovers.settled import Settled, clause_of, is_level, unsettled
from mingjing.text.reading import Reading

_TIMES = re.compile(
    r"^(?P<one>[一-鿿]{2,8}?)(?:数|用时|金额|数量|人数|件数)?[是为](?P<other>[一-鿿]{2,8}?)(?:数|用时|金额|数量|人数|件数)?的$"
)
_ENDS = re.compile(r"最[高多大长]者?[一-鿿]{0,2}[为是]最[低少小短]者?的$")
_SPREAD = re.compile(
    r"最[大高多](?:的|者为)(?P<one>[一-鿿]{2,6}?)与(?:信访量|数量)?最[小低少](?:的|者)(?P<other>[一-鿿]{2,6}?)相差$"
)
_YEARS = re.compile(
    r"(?P<years>20\d\d年(?:[、和]20\d\d年)+)(?:的)?(?:同比)?(?:增速|增幅|增长率|增长|上升)(?:依次|分别)为?"
    r"(?P<rates>\d[\d.]*%(?:[、和]\d[\d.]*%)+)"
)
_YEARLY = re.compile(r"(?P<many>[二两三四五])年(?:来|间)?年均[^,。;:\d]{0,6}$")


def check_multiples(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every multiple, distance and yearly mean nothing was said of."""
    for sentence, place in unsettled(reading, settled):
        one = sentence[place]
        found = _times(reading, sentence, place) if one.unit == "倍" else None
        if one.subject.endswith("相差"):
            found = _spread(reading, one)
        if found is not None:
            yield found
    for sentence in reading.sentences.values():
        for one in sentence:
            if (
                one.qualifier in ("", "约")
                and not settled.knows(one)
                and _YEARLY.search(clause_of(reading, one))
            ):
                yield from _yearly(reading, one)
    for match in _YEARS.finditer(reading.folded):
        yield from _grown(reading, settled, match)


def _times(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """作出66份，驳回7份，作出数是驳回数的12倍多; 最高者为最低者的4倍: the two by their names."""
    one = sentence[place]
    levels = [each for each in sentence[:place] if is_level(reading, each) or _time(each)]
    said = _TIMES.match(one.subject)
    if _ENDS.search(one.subject):
        most = [each for each in sentence[:place] if re.search("最[高多大长]", each.subject)]
        least = [each for each in sentence[:place] if re.search("最[低少小短]", each.subject)]
    elif said:
        most = _called(reading, levels, said["one"])
        least = _called(reading, levels, said["other"])
    else:
        return None
    if len(most) != 1 or len(least) != 1 or most[0] is least[0] or most[0].unit != least[0].unit:
        return None
    if not least[0].value:
        return None
    right = most[0].value / least[0].value
    loose = one.after.startswith(("多", "余")) or one.qualifier
    if abs(right - one.value) < (1 if loose else one.step) or right < 1:
        return None
    shown = f"{printed(rounded(right, max(one.decimals, 1)), max(one.decimals, 1))}倍"
    return Finding(
        "growth", Verdict.MISMATCH, one.start, one.end, f"写作{one.text}，按文中的数是 {shown}",
        (f"{most[0].text} ÷ {least[0].text} = {shown}",), (f"改为 {shown}", "或核对两个数"),
        ((most[0].start, most[0].end), (least[0].start, least[0].end)),
    )  # fmt: skip


def _time(one: Figure) -> bool:
    return one.unit in ("天", "分钟", "小时", "日", "分") and one.exact and one.value > 0


def _called(reading: Reading, levels: list[Figure], name: str) -> list[Figure]:
    """By the words before it, or by its place in a list told together: 小额、普通程序…分别为19天、96天."""
    short = re.sub("程序|案件|类$|期$", "", name)
    if len(short) < 2:
        return []
    plain = [each for each in levels if short in each.subject and "、" not in clause_of(reading, each)]
    found = []
    for first, one in enumerate(levels):
        clause = re.sub("【[^】]*】", "", clause_of(reading, one))
        if not re.search(r"分别为?$|依次为?$", clause):
            continue
        names = re.split("[、和]", re.sub(r"(?:平均|分别|依次|审理|用时).*", "", clause))
        run = levels[first : first + len(names)]
        joined = all(reading.between(each, other) in "、和" for each, other in itertools.pairwise(run))
        if len(run) == len(names) > 1 and joined:
            found = [each for word, each in zip(names, run, strict=True) if short in word]
            plain = [each for each in plain if each not in run]
    return found or plain


def _spread(reading: Reading, one: Figure) -> Finding | None:
    """最大的甲区与最小的乙县相差206件次: the counts the lines before print behind those names."""
    said = _SPREAD.search(clause_of(reading, one))
    if said is None:
        return None
    head = reading.folded[reading.paragraph(one).start : one.start]
    found = [
        re.findall(rf"(?:^|[;、,。\n]){re.escape(said[name])}(\d[\d,]*)(?=[;、,。\n件人])", head)
        for name in ("one", "other")
    ]
    if len(found[0]) != 1 or len(found[1]) != 1:
        return None
    most, least = (Fraction(each[0].replace(",", "")) for each in found)
    right = most - least
    if right == one.value or right <= 0 or not one.exact:
        return None
    shown = one.worded(right)
    return Finding(
        "parts", Verdict.MISMATCH, one.start, one.end, f"写作相差{one.text}，按文中的数应为 {shown}",
        (f"{printed(most)} − {printed(least)} = {printed(right)}",), (f"改为 {shown}", "或核对两个数"),
    )  # fmt: skip


def _yearly(reading: Reading, mean: Figure) -> Iterator[Finding]:
    """7406件。逐年为2188件、2467件、2751件；…三年年均约2649件: the total the years come to, by the years."""
    said = _YEARLY.search(clause_of(reading, mean))
    many = " 一二三四五".find(said["many"].replace("两", "二")) if said else 0
    levels = [
        one for one in reading.by_paragraph[reading.paragraph(mean).start]
        if one.end <= mean.start and one.unit == mean.unit and one.exact and not reading.movement(one)
    ]  # fmt: skip
    runs = [levels[first : first + many] for first in range(len(levels) - many + 1)]
    years = [
        run for run in runs
        if all(re.search(r"20\d\d年$", one.subject) for one in run)
        and len({one.subject for one in run}) == many
    ]  # fmt: skip
    if many < 2 or len(years) != 1:
        return
    added = sum((one.value for one in years[0]), start=Fraction(0))
    slack = mean.value / 50 if mean.qualifier else mean.step
    if (
        any(abs(one.value / many - mean.value) <= slack for one in levels)
        or abs(added / many - mean.value) <= slack
    ):
        return
    if added not in {one.value for one in levels}:
        return
    shown = mean.worded(rounded(added / many / mean.step, 0) * mean.step)
    message = f"{mean.subject}{mean.text}，按各年的数应为 {shown}"
    yield Finding(
        "average", Verdict.MISMATCH, mean.start, mean.end, message,
        (f"{printed(added)} ÷ {many} = {printed(added / many, mean.decimals + 1)}",),
        (f"改为 {shown}", "或核对各年的数"), tuple((one.start, one.end) for one in years[0]),
    )  # fmt: skip


def _grown(reading: Reading, settled: Settled, match: re.Match[str]) -> Iterator[Finding]:
    """2021年2188件，2022年2467件，2023年2751件；2022年、2023年增速分别为12.8%、15.1%: year by year."""
    years = [int(one) for one in re.findall(r"20\d\d", match["years"])]
    rates = reading.figures_in(match.start("rates"), match.end("rates"))
    if len(years) != len(rates):
        return
    paragraph = reading.by_paragraph[reading.paragraph(rates[0]).start]
    levels: dict[int, list[Figure]] = {}
    for one in paragraph:
        told = re.fullmatch(r"(?:其中)?(20\d\d)年", one.subject)
        if told and one.end <= rates[0].start and is_level(reading, one):
            levels.setdefault(int(told[1]), []).append(one)
    if any(len(each) != 1 for each in levels.values()):
        return
    for year, rate in zip(years, rates, strict=True):
        if year not in levels or year - 1 not in levels or settled.knows(rate):
            continue
        now, then = levels[year][0], levels[year - 1][0]
        right = (now.value / then.value - 1) * 100
        if now.unit == then.unit and abs(right - rate.value) > rate.step:
            yield wrong_move(rate, rounded(right, rate.decimals), now, then)
