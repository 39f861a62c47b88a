"""Random courts: rules, flows, cases and events, for holding the fast path to the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import strategies as st

from mingjing.definitions.definition import Definition
from mingjing.definitions.shelf import Shelf
from mingjing.domain.caseflow.rules import Caseflow, Each, Event, Node
from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.dates.months import MonthRule
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.rules import Counting, Deadline, Direction, Extension, Fact, RollRule, Version
from mingjing.domain.ladders.rungs import Colour, Rung
from tests.domain.samples import ZONE, calendar

KINDS = ("收案", "立案", "开庭", "宣判", "结案")
SLOTS = ("审理期限", "送达期限")
FIRST = date(2025, 9, 1)
SPANS = ("鉴定期间", "中止期间")
FIELDS: dict[str, tuple[str, ...]] = {
    "案件类型": ("民事一审", "刑事一审"),
    "审理程序": ("普通程序", "简易程序"),
    "在押": ("是", "否"),
}
LIMITS = ("3 天", "10 天", "2 个工作日", "30 个工作日", "1 个月", "1 个半月", "3 年", "0 天")
HOURS = ("24 小时", "90 分钟", "半个工作日")

days = st.sampled_from([FIRST + timedelta(days=n) for n in (0, 1, 2, 30, 45, 120, 240)])
"""Few, so that cases of one court often agree in one fact and differ in the next."""
hours = st.sampled_from([time(9), time(11, 30), time(14), time(23, 59)])
"""Never midnight: there the domain takes a known hour for an unknown one."""


@dataclass(frozen=True)
class Story:
    """One case: its facts, its events, and the days its flow is looked for."""

    facts: Mapping[str, Fact]
    granted: Mapping[str, tuple[Duration, ...]]
    events: tuple[Event, ...]
    filed: date | None
    known: date | None


@dataclass(frozen=True)
class World:
    """A court's rules and its cases on a day."""

    shelf: Shelf
    stories: tuple[Story, ...]
    as_of: date


@st.composite
def applies(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    named = draw(
        st.lists(st.sampled_from(sorted(FIELDS)), max_size=draw(st.sampled_from([0, 0, 2])), unique=True)
    )
    return {
        name: tuple(draw(st.lists(st.sampled_from(FIELDS[name]), min_size=1, unique=True))) for name in named
    }


@st.composite
def versions(draw: st.DrawFn) -> tuple[Version, ...]:
    found = []
    for since in sorted({draw(days) for _ in range(draw(st.integers(1, 3)))}, reverse=True):
        since = since if draw(st.booleans()) else since.replace(year=2020)
        form = draw(st.sampled_from(["limit", "limit", "limit", "hours", "none", "due"]))
        needs = draw(st.sampled_from(["", "案情复杂"]))
        longer = Extension("院长", at_most=read_duration("3 个月"), needs=needs, repeatable=True)
        steps = (longer,) if draw(st.booleans()) else ()
        if form == "none":
            found.append(Version(since, no_limit=True))
        elif form == "due":
            found.append(Version(since, due="登记期限届满日"))
        else:
            limit = draw(st.sampled_from(LIMITS if form == "limit" else HOURS))
            found.append(Version(since, limit=read_duration(limit), extensions=steps))
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


@st.composite
def deadlines(draw: st.DrawFn, number: int) -> Deadline:
    names = [f"{kind}日期" for kind in KINDS]
    counting = Counting(
        starts=draw(st.sampled_from(names)),
        stops=draw(st.sampled_from(["", *names])),
        first_day_counts=draw(st.booleans()),
        no_such_day=draw(st.sampled_from(MonthRule)),
        last_day=draw(st.sampled_from(RollRule)),
        direction=draw(st.sampled_from([Direction.FORWARD, Direction.FORWARD, Direction.BACKWARD])),
    )
    return Deadline(
        id=f"deadline.{number}",
        label=f"期限{number}",
        owner="审判管理办公室",
        clock=draw(st.sampled_from(SLOTS)),
        applies=draw(applies()),
        counting=counting,
        versions=draw(versions()),
        excludes=tuple(draw(st.lists(st.just(SPANS[0]), max_size=1))),
        suspends=tuple(draw(st.lists(st.just(SPANS[1]), max_size=1))),
        restarts=tuple(draw(st.lists(st.sampled_from(["补正完毕", "改变管辖收案"]), unique=True))),
        version_by=draw(st.sampled_from(["", "", "立案日期"])),
        content_hash="0123456789",
    )


@st.composite
def nodes(draw: st.DrawFn, number: int) -> Node:
    ladder = draw(st.lists(st.tuples(st.sampled_from(LIMITS), st.booleans()), max_size=3))
    rungs = tuple(
        Rung(colour, "庭长", read_duration(offset), before=before)
        for colour, (offset, before) in zip(Colour, ladder, strict=False)
    )
    slot = draw(st.sampled_from(["", *SLOTS, *SLOTS, "没人填的期限"]))
    limit = None if slot else read_duration(draw(st.sampled_from(LIMITS + HOURS)))
    return Node(
        label=f"节点{number}",
        follows=draw(st.sampled_from(KINDS)),
        done=tuple(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True))),
        within=limit,
        clock=slot,
        each=draw(st.sampled_from(Each)),
        rungs=rungs,
        applies=draw(applies()),
    )


@st.composite
def flows(draw: st.DrawFn, kind: str) -> tuple[Caseflow, ...]:
    """One or two versions of a flow, newest first."""
    since = sorted({date(2020, 1, 1), *draw(st.lists(days, max_size=1))}, reverse=True)
    return tuple(
        Caseflow(
            id=f"caseflow.{kind}",
            label=kind,
            owner="审判管理办公室",
            since=one,
            applies={"案件类型": (kind,)},
            stages=(),
            nodes=tuple(draw(nodes(number)) for number in range(draw(st.sampled_from([4, 3, 2])))),
        )
        for one in since
    )


@st.composite
def facts_of(draw: st.DrawFn) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for name, allowed in FIELDS.items():
        value = draw(st.sampled_from([*allowed * 4, None, "别的"]))
        if value is not None:
            found[name] = value == "是" if name == "在押" and value in ("是", "否") else value
    if draw(st.booleans()):
        found["案情复杂"] = draw(st.booleans())
    for kind in (*KINDS, "补正完毕", "改变管辖收案", "登记期限届满日"):
        form = draw(st.sampled_from(["day", "day", "day", "day", "none", "moment", "word"]))
        name = kind if kind not in KINDS else f"{kind}日期"
        if form == "day":
            found[name] = draw(days)
        elif form == "moment":
            found[name] = datetime.combine(draw(days), draw(hours), ZONE)
        elif form == "word" and draw(st.integers(0, 9)) == 0:
            found[name] = "不详"
    for name in SPANS if draw(st.integers(0, 2)) == 2 else ():
        spans = [
            _span(*pair) for pair in draw(st.lists(st.tuples(days, st.sampled_from([-1, 9, 40])), max_size=2))
        ]
        if spans:
            found[name] = tuple(spans)
    return found


@st.composite
def granted(draw: st.DrawFn) -> dict[str, tuple[Duration, ...]]:
    """Extensions slot by slot."""
    lengths = st.lists(
        st.sampled_from(["1 个月", "10 天", "4 个月"]).map(read_duration), min_size=1, max_size=2
    )
    return {slot: tuple(draw(lengths)) for slot in SLOTS if draw(st.integers(0, 3)) == 0}


def _span(first: date, length: int) -> Span:
    return Span(first, None if length < 0 else first + timedelta(days=length))


@st.composite
def events(draw: st.DrawFn) -> tuple[Event, ...]:
    found = []
    for number in range(draw(st.sampled_from([9, 6, 4, 2, 0]))):
        day = draw(days)
        moment = datetime.combine(day, draw(hours), ZONE) if draw(st.booleans()) else None
        found.append(Event(draw(st.sampled_from(KINDS)), day, moment, id=f"第{number}条"))
    return tuple(found)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to four cases of two kinds, each with one that hardly differs, under up to five deadlines."""
    asked = st.sampled_from([FIRST, FIRST, FIRST + timedelta(days=120), None])
    drawn = [draw(deadlines(number)) for number in range(draw(st.sampled_from([4, 3, 2, 1, 0])))]
    # Two rules with the same conditions for one slot are refused when a court's files are read.
    rules = list({(rule.clock, str(rule.applies)): rule for rule in drawn}.values())
    both = [flow for kind in FIELDS["案件类型"] for flow in draw(flows(kind))]
    stories = tuple(
        Story(draw(facts_of()), draw(granted()), draw(events()), draw(asked), draw(asked))
        for _ in range(draw(st.integers(1, 4)))
    )
    stories += tuple(_varied(draw, one) for one in stories)
    as_of = FIRST + timedelta(days=draw(st.sampled_from([400, 240, 60, 1])))
    return World(shelf_of(rules, both), stories, as_of)


def _varied(draw: st.DrawFn, story: Story) -> Story:
    """The same case but for one fact or one hour: what a table must not take for the same."""
    facts, others = dict(story.facts), draw(facts_of())
    name = draw(st.sampled_from(sorted({*facts, *others}) or ["案件类型"]))
    facts.pop(name, None)
    if name in others:
        facts[name] = others[name]
    events = tuple(
        replace(one, moment=None if draw(st.integers(0, 3)) == 0 else one.moment) for one in story.events
    )
    return replace(story, facts=facts, events=events)


def shelf_of(rules: list[Deadline], flows: list[Caseflow]) -> Shelf:
    """A shelf of these rules and the sample calendar, as if read from files."""
    years = [_file("calendar.cn", "calendar", year, None) for year in calendar().years.values()]
    texts = [_file(rule.id, "deadline", rule, None) for rule in rules]
    return Shelf((*years, *texts, *(_file(flow.id, "caseflow", flow, flow.since) for flow in flows)))


def _file(id_: str, kind: str, value: object, since: date | None) -> Definition:
    record = cast(Any, SimpleNamespace(texts=lambda _: ()))
    return Definition(
        id=id_, kind=kind, label=id_, owner="", question="", path=Path(id_), basis="", questions=(),
        since=since, versions=(since,) if since else (), text="", content_hash="", examples=(), value=value,
        record=record, references=(),
    )  # fmt: skip
