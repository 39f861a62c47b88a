"""Lists said to be in order, and days between two dates: 前五位依次为, 历时两个月."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, is_level
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

_RANKED = re.compile(
    r"前[三四五六七八九十\d]{1,2}(?:位|名|类|大)[^。;:\d]{0,16}(?:依次|分别)?(?:为|是|有)?:?|(?:由高到低|从高到低|由多到少|从多到少)[^。;\d]{0,10}"
)
_BETWEEN = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:起)?(?:至|到|—|-|~)+(?:(?P<year2>20\d\d)年)?(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日"
    r"[^。;\d]{0,40}?(?:历时|为期|共计|共)(?:了|近|约)?(?P<many>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>天|日|个月|个?星期|周)"
)
_WEEKDAY = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日[ ,(]{0,2}"
    r"(?:星期|周)(?P<week>[一二三四五六日天])(?![期次报])"
)
_PLACE = re.compile(
    r"第(?P<now>\d{1,2}|[一二三四五六七八九十]{1,2})[位名],(?:较上年|较去年|同比)?(?P<way>前移|上升|提升|前进|下降|后移|后退)(?:了)?(?P<moved>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个)?位(?:次)?,?"
    r"\(?(?:上年|去年)(?:同期)?(?:为|居|列|位列)?第(?P<then>\d{1,2}|[一二三四五六七八九十]{1,2})[位名]"
)
_YEAR = re.compile(r"(20\d\d)年")


def check_leftover_orders(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """All checks of this file."""
    for match in _RANKED.finditer(reading.folded):
        yield from _ranked(reading, settled, match)
    for match in _WEEKDAY.finditer(reading.folded):
        yield from _weekday(reading, match)
    for match in _PLACE.finditer(reading.folded):
        yield from _moved_up(match)
    for sentence in reading.sentences.values():
        yield from _placed(reading, sentence)
    for match in _BETWEEN.finditer(reading.folded):
        yield from _lasted(reading, match)


def _weekday(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """7月20日（星期五）: a year not written may be any the text speaks of, or the one after."""
    years = {int(year) for year in _YEAR.findall(reading.folded)}
    years = {int(match["year"])} if match["year"] else years | {year + 1 for year in years}
    said = "一二三四五六日".find(match["week"].replace("天", "日"))
    try:
        days = [date(year, int(match["month"]), int(match["day"])) for year in sorted(years)]
    except ValueError:
        return
    if not days or any(day.weekday() == said for day in days):
        return
    right = "、".join(f"{day.year}年是星期{'一二三四五六日'[day.weekday()]}" for day in days)
    yield Finding(
        "date", Verdict.MISMATCH, match.start("week") - 2, match.end(),
        f"{match['month']}月{match['day']}日写作星期{match['week']}，{right}",
        (right,), ("核对日期和星期",), (match.span(),),
    )  # fmt: skip


def _moved_up(match: re.Match[str]) -> Iterator[Finding]:
    """居全市第2位，较上年前移3位，上年为第4位: from the fourth to the second are two places."""
    now, moved, then = (read_number(match[name]) for name in ("now", "moved", "then"))
    if now is None or moved is None or then is None:
        return
    ahead = match["way"] in ("前移", "上升", "提升", "前进")
    if then - now == (moved if ahead else -moved):
        return
    yield Finding(
        "rank", Verdict.MISMATCH, *match.span("moved"),
        f"从第{match['then']}位到第{match['now']}位，写作{match['way']}{match['moved']}位",
        (f"{match['then']} − {match['now']} = {then - now}",), ("核对名次",),
        (match.span("now"), match.span("then")),
    )  # fmt: skip


def _placed(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """甲2140件，居第一；乙2316件，居第二: who comes second has not more."""
    ranked: list[tuple[int, Figure]] = []
    for one in sentence:
        said = re.match(
            r",(?:位|排名?)?居?(?:全[市省县区院])?第([一二三四五])(?:位|名)?(?=[,。;]|$)",
            reading.folded[one.end : one.end + 14],
        )
        named = re.match(r"(其次|第二|第三|第四|第五)(?![批期季个次场轮年月阶])", clause_of(reading, one))
        if named and is_level(reading, one):
            rank = "一次三四五".find(named[1][-1].replace("二", "次"))
            ranked.append((rank, one))
        elif re.search(r"最多的(?:是|为)", clause_of(reading, one)) and is_level(reading, one):
            ranked.append((0, one))
        elif said and is_level(reading, one):
            ranked.append(("一二三四五".index(said[1]), one))
    for (above, one), (below, other) in itertools.pairwise(ranked):
        if below == above + 1 and one.unit == other.unit and other.value > one.value:
            yield Finding(
                "rank", Verdict.MISMATCH, other.start, other.end, f"{other.text}比前一位的{one.text}多",
                (f"{other.text} > {one.text}",), ("核对名次，或核对两个数",), ((one.start, one.end),),
            )  # fmt: skip


def _ranked(reading: Reading, settled: Settled, match: re.Match[str]) -> Iterator[Finding]:
    """前五位依次为…4380件、…4536件: a later one is not larger."""
    sentence = reading.sentences.get(reading.outline.sentence_at(match.start()), [])
    behind = [one for one in sentence if one.start >= match.end() - 1 and not reading.depth(one)]
    run: list[Figure] = []
    for one in behind:
        if one.is_rate or reading.movement(one):
            continue
        if run and (
            one.unit != run[0].unit or re.search("[;。]|合计|共|其他|其余", reading.between(run[-1], one))
        ):
            break
        if not is_level(reading, one):
            break
        run.append(one)
    if len(run) < 3 or re.search("合计|共", run[0].subject):
        return
    for one, other in itertools.pairwise(run):
        if other.value > one.value:
            yield Finding(
                "rank", Verdict.MISMATCH, other.start, other.end,
                f"列在{one.text}之后的{other.text}比它多，与“{match.group().rstrip(':')}”不符",
                (f"{other.text} > {one.text}",),
                ("调整次序，或核对两个数",), ((one.start, one.end),),
            )  # fmt: skip
            return


def _lasted(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """3月1日至5月31日…历时两个月: days counted with both ends or one, months to the half."""
    years = _YEAR.findall(reading.folded[: match.end()])
    if not years:
        return
    try:
        first = date(int(match["year"] or years[-1]), int(match["month"]), int(match["day"]))
        last = date(int(match["year2"] or first.year), int(match["month2"]), int(match["day2"]))
    except ValueError:
        return
    said, days = read_number(match["many"]), (last - first).days + 1
    if said is None or days < 2:
        return
    unit = match["unit"]
    if unit in ("天", "日"):
        right, shown = days, f"{days}天"
        fits = said in (days, days - 1)
    elif unit == "个月":
        months = round(days / 30.4)
        right, shown = months, f"约{months}个月"
        fits = abs(days / 30.4 - float(said)) < 0.75
    else:
        right, shown = round(days / 7), f"约{round(days / 7)}周"
        fits = abs(days / 7 - float(said)) < 1
    if not fits and right > 0:
        yield Finding(
            "date", Verdict.MISMATCH, match.start("many"), match.end("unit"),
            f"写作{match['many']}{unit}，{first.month}月{first.day}日到{last.month}月{last.day}日是 {shown}",
            (f"{first.isoformat()} 至 {last.isoformat()}：{days}天",),
            (f"改为 {shown}", "或核对起止日期"),
        )  # fmt: skip
