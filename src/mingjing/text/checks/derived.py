"""What follows from the text without being wrong in it: days between dates, sums, one of how many.

N-022, N-025, N-036, N-037, N-039, N-041, N-055 to N-058, N-071, N-080, N-081, N-084.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.periods import Day, find_days
from mingjing.text.reading import Reading

_TO = re.compile(r"起?(?:至|到|—|-|~)+")
_STAGES = (
    ("巡察", re.compile(r"^[^。;]{0,24}(?:开展了?|进行了?)?(?:常规|专项)?巡[察视]"), None),
    ("反馈", re.compile(r"^[^。;]{0,24}反馈"), None),
    ("截止", None, re.compile(r"(?:截止|截至)(?:到|目前)?$")),
    ("公布", None, re.compile(r"(?:发布|公布|印发|发文)(?:时间|日期)?[::]?\s*$")),
)
STALE = 90
"""Days between the day the facts were taken and the day they were published, above which it is said."""
_MONTHS = re.compile(
    r"((?:19|20)\d{2})年(\d{1,2})月(?:\d{1,2}日)?(?P<words>[^,。;\d]{0,10}?)((?:19|20)\d{2})年(\d{1,2})月"
)
_EACH = (
    (re.compile(r"审计|检查|督察|督查|巡察"), re.compile(r"问题"), "项检查"),
    (re.compile(r"走访|联系|服务"), re.compile(r"建议|意见"), "家"),
)
_WITHIN = {"编", "章", "部", "类", "大类"}
_PERSONS = re.compile(r"诫勉|问责|处分|处理|约谈|通报")
_SESSIONS = ("次", "场", "期", "项", "人")


def check_derived(reading: Reading) -> Iterator[Finding]:
    """All facts of this file."""
    days = find_days(reading.folded)
    yield from _spans(reading, days)
    yield from _stages(reading, days)
    yield from _months_apart(reading)
    for sentence in reading.sentences.values():
        yield from _together(reading, sentence)
        yield from _the_rest(reading, sentence)
        for one, other in itertools.pairwise(sentence):
            yield from _one_of_how_many(reading, one, other)
    yield from _same_persons(reading)


def _derived(code: str, place: tuple[int, int], message: str, line: str = "") -> Finding:
    return Finding(code, Verdict.DERIVED, *place, message, (line,) if line else ())


def _spans(reading: Reading, days: list[Day]) -> Iterator[Finding]:
    """2020年11月5日至12月4日: both days counted."""
    for first, last in itertools.pairwise(days):
        between = reading.folded[first.end : last.start]
        if first.day and last.day and _TO.fullmatch(between) and first.day <= last.day:
            count = (last.day - first.day).days + 1
            yield from _lasted(reading, first, last, count)
            yield _derived(
                "date", (first.start, last.end), f"首尾都算共 {count} 天", f"{first.day} 至 {last.day}"
            )


def _lasted(reading: Reading, first: Day, last: Day, count: int) -> Iterator[Finding]:
    """6月1日起至8月31日止，历时92天: with one of the two days counted, or both."""
    behind = [one for one in reading.figures if last.end <= one.start < last.end + 12 and one.unit == "天"]
    for stated in behind[:1]:
        said = re.search(r"历时|为期|共计?|持续|用时", reading.folded[last.end : stated.start])
        if said and stated.exact and stated.value not in (count - 1, count):
            yield Finding(
                "date", Verdict.MISMATCH, stated.start, stated.end,
                f"写作{stated.text}，{first.label}至{last.label}首尾都算是 {count} 天",
                (f"{first.day} 至 {last.day}",), (f"改为 {count} 天", "或核对起止日期"),
                ((first.start, last.end),),
            )  # fmt: skip


def _stages(reading: Reading, days: list[Day]) -> Iterator[Finding]:
    """Inspection, feedback, cut-off and publication: how long from each to the next."""
    found: dict[str, tuple[date, Day]] = {}
    for day in days:
        behind = reading.folded[day.end : day.end + 40]
        before = reading.folded[max(day.start - 10, 0) : day.start]
        for name, after, ahead in _STAGES:
            told = (after and after.search(behind)) or (ahead and ahead.search(before))
            if told and day.day and name not in found and not _TO.match(behind):
                found[name] = (day.day, day)
                break
    ordered = [(name, *found[name]) for name, _, _ in _STAGES if name in found]
    for place, (name, on, day) in enumerate(ordered):
        earlier = [(other, then) for other, then, _ in ordered[:place] if then <= on]
        if earlier:
            gaps = "，".join(f"距{other} {(on - then).days} 天" for other, then in earlier)
            yield _derived("date", (day.start, day.end), f"{name}之日{gaps}")
    if "截止" in found and "公布" in found:
        apart = (found["公布"][0] - found["截止"][0]).days
        if apart > STALE:
            day = found["截止"][1]
            yield Finding(
                "date", Verdict.TENSION, day.start, day.end,
                f"数据截止到公布已过 {apart} 天，超过 {STALE} 天：公布时请写明截止日，或更新数据",
                (), ("写明截止日，或更新到公布之日",), ((found["公布"][1].start, found["公布"][1].end),),
            )  # fmt: skip


def _months_apart(reading: Reading) -> Iterator[Finding]:
    """于2021年4月收回2017年3月发放的: months between two acts of one clause."""
    for match in _MONTHS.finditer(reading.folded):
        if _TO.search(match["words"]) or not match["words"]:
            continue
        later, earlier = (int(match[1]), int(match[2])), (int(match[4]), int(match[5]))
        months = (later[0] - earlier[0]) * 12 + later[1] - earlier[1]
        if months > 0:
            yield _derived("date", match.span(), f"前后相隔 {months} 个月")


def _together(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """8次党组会和21次领导小组会: the sum nobody printed."""
    runs: list[list[Figure]] = []
    for one in sentence:
        last = runs[-1][-1] if runs else None
        plain = one.unit in _SESSIONS and one.exact and additive(one) and reading.movement(one) is None
        if not plain:
            continue
        between = reading.between(last, one) if last else ""
        joined = last is not None and last.unit == one.unit and re.fullmatch(r"[^。;:()\d]{0,14}", between)
        if joined and not re.search("其中|已|共|合计", between + one.subject):
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:
        if len(run) > 1 and len({*(one.printed_unit for one in run)}) == 1:
            added = sum((one.value for one in run), start=Fraction(0))
            line = " + ".join(one.text for one in run) + f" = {run[0].worded(added)}"
            yield _derived("together", (run[0].start, run[-1].end), f"合计 {run[0].worded(added)}", line)


def _the_rest(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """全市208条，已销号205条；其中中院22条，已销号20条: what is left for the others."""
    if (
        len(sentence) != 4
        or len({one.unit for one in sentence}) != 1
        or not all(one.exact for one in sentence)
    ):
        return
    found, done, own, own_done = sentence
    if "其中" not in reading.between(done, own) or any(reading.movement(one) for one in sentence):
        return
    whole, part = found.value - own.value, done.value - own_done.value
    if not 0 < part <= whole or not (found.value >= done.value and own.value >= own_done.value):
        return
    share = printed(rounded(part * 100 / whole, 2), 2)
    lines = f"{found.text} − {own.text} = {printed(whole)}，{done.text} − {own_done.text} = {printed(part)}"
    yield _derived(
        "subset", (own_done.start, own_done.end),
        f"其余的为 {found.worded(whole)}、{found.worded(part)}，{share}%，"
        f"还有 {found.worded(whole - part)}", lines,
    )  # fmt: skip


def _one_of_how_many(reading: Reading, one: Figure, other: Figure) -> Iterator[Finding]:
    """3项审计、9个问题; 32家企业、19条建议; 11编52项: how many come to one."""
    between = reading.between(one, other)
    if not (one.exact and other.exact) or one.value <= 1 or len(between) > 8 or one.unit == other.unit:
        return
    around = (one.subject + one.after, other.subject + other.after)
    each = next(
        (name for first, second, name in _EACH if first.search(around[0]) and second.search(around[1])), ""
    )
    if each or (not between and one.unit in _WITHIN):
        value = other.value / one.value
        more = "；查出的问题总数没有给出，整改率核不了" if each == "项检查" else ""
        yield _derived(
            "average", (other.start, other.end),
            f"平均每{one.printed_unit} {printed(value, 2)}{other.printed_unit}{more}",
            f"{other.text} ÷ {one.text} = {printed(value, 2)}",
        )  # fmt: skip


def _same_persons(reading: Reading) -> Iterator[Finding]:
    """People dealt with, counted in several places: whether they are the same people nobody can tell."""
    counted = [
        one for one in reading.figures
        if one.unit == "人" and one.value < 1000 and reading.movement(one) is None
        and _PERSONS.search(reading.folded[max(one.sentence[0], one.start - 24) : one.end + 24])
    ]  # fmt: skip
    whole = next((one for one in counted if re.search("处理|查处", one.subject)), None)
    if whole is None:
        return
    for one in counted:
        if one.segment != whole.segment:
            yield Finding(
                "persons", Verdict.UNCHECKED, one.start, one.end,
                f"这{one.text}是否在{whole.subject}{whole.text}之内，文中没有写明：按人去重，人数和措施分开列",
                (), (), ((whole.start, whole.end),),
            )  # fmt: skip
