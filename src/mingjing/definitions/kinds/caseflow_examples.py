"""Examples of a case flow: a case with its events; who is late, who was warned, which stage it is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome
from mingjing.definitions.nodes import Node, ScalarNode
from mingjing.definitions.notes import Notes, Reference
from mingjing.definitions.shapes import Day, Field, ListOf, Shape, Table, Text
from mingjing.definitions.shapes.base import Schema, plain_text
from mingjing.definitions.shapes.facts import Facts, read_moment
from mingjing.definitions.shapes.tables import at_least_one
from mingjing.domain.caseflow.clocks import clocks, speaking, stage_of
from mingjing.domain.caseflow.rules import Caseflow, Event, NodeClock
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.computing import applies_to
from mingjing.domain.deadlines.rules import Fact
from mingjing.domain.reasons import Refusal

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_WHEN = r"\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2})?"
_EVENT = re.compile(
    rf"(?P<when>{_WHEN})(?:\s*至\s*(?P<until>{_WHEN}|今))?\s+(?P<kind>\S+)(?:\s+录入\s*(?P<recorded>{_WHEN}))?"
)
_SAMPLE = "2024-03-05 移送审判庭 录入 2024-03-09"


@dataclass(frozen=True)
class EventText(Shape[Event]):
    """``日期 [时:分] [至 日期] 事项 [录入 日期]``."""

    def read(self, node: Node, notes: Notes) -> Event | None:
        text = plain_text(node, notes, example=_SAMPLE)
        if text is None:
            return None
        match = _EVENT.fullmatch(text)
        if match is None:
            cause = f"“{text}”不是事项。写作“日期 事项”，后面可加“录入 日期”；有起止的写“日期 至 日期 事项”。"
            notes.say(node, "bad-event", cause, example=_SAMPLE)
            return None
        when = read_moment(match["when"], node, notes)
        ends = match["until"]
        until = read_moment(ends, node, notes) if ends and ends != "今" else None
        written = read_moment(match["recorded"], node, notes) if match["recorded"] else None
        if (
            when is None
            or (ends and ends != "今" and until is None)
            or (match["recorded"] and written is None)
        ):
            return None
        if isinstance(node, ScalarNode):
            notes.references.append(Reference("events", match["kind"], node, "案件事项"))
        return Event(
            match["kind"],
            _civil(when),
            moment=when if isinstance(when, datetime) else None,
            recorded=_midnight(written) if written else None,
            until=_civil(until) if until else None,
        )

    def schema(self) -> Schema:
        return {"type": "string", "examples": [_SAMPLE]}


EXAMPLE = Table(
    (
        Field("name", Text(example="移送晚了四天"), "例子的名字", required=True),
        Field("case", Facts("{案件类型: 民事一审}"), "案件的数据项", required=True),
        Field("events", ListOf(EventText()), "已发生的事项", required=True),
        Field("on", Day(), "站在哪一天看", required=True),
        Field(
            "late", ListOf(Text(example="移送审判庭")), "到这一天已经超期的节点（按流程次序，同名的写几次）"
        ),
        Field(
            "warned",
            ListOf(Text(example="2024-03-05 移送审判庭 红 分管院领导")),
            "到这一天已发出的全部预警：日期 节点 颜色 角色",
        ),
        Field("stage", Text(example="送达"), "到这一天所处的阶段"),
        Field("refused", Text(example="没有生效的版本"), "某个节点应当拒绝推算时，拒绝理由里的话"),
    ),
    rules=(at_least_one("late", "warned", "stage", "refused"),),
    example="{name: 按时, case: {案件类型: 民事一审}, events: [2024-03-01 立案], on: 2024-03-02, late: []}",
)


def run(flow: Caseflow, example: Example, shelf: Shelf) -> Outcome:
    """Compare each of ``late``, ``warned``, ``stage``, ``refused`` that the example writes."""
    record = example.record
    case: Mapping[str, Fact] = record.get("case", dict) or {}
    events = [event for event in record.get("events", tuple) or () if isinstance(event, Event)]
    on = record.day("on")
    try:
        refuse_if_not_applicable(flow, case)
        facts = {**case, **facts_of(events, shelf.exclusion_names())}
        running = clocks(
            flow, facts, events, shelf.deadlines_for(facts), shelf.calendar(flow.calendar), as_of=on
        )
    except Refusal as refusal:
        expected = example.refused
        return Outcome(
            bool(expected) and expected in str(refusal),
            f"拒绝：{expected}" if expected else _wanted(example),
            f"拒绝：{refusal}",
        )
    if example.refused:
        return _refused(running, example.refused)
    return _compared(flow, example, running, events, on)


def refuse_if_not_applicable(flow: Caseflow, case: Mapping[str, Fact]) -> None:
    """Refuse a case that the flow is not for; fields the case does not mention pass."""
    for name, words in flow.applies.items():
        if name in case and not applies_to({name: words}, case):
            raise Refusal(
                f"“{flow.label}”不适用于{name}为“{case[name]}”的案件，只适用于：{'、'.join(words)}。"
            )


def facts_of(events: Iterable[Event], exclusions: Iterable[str] = ()) -> dict[str, Fact]:
    """What events say as facts: the first of a kind gives ``X日期``, all days of it ``X``; an event named
    like an exclusion gives its span."""
    spans_of = set(exclusions)
    found: dict[str, Fact] = {}
    days: dict[str, tuple[date, ...]] = {}
    spans: dict[str, tuple[Span, ...]] = {}
    for event in sorted(events, key=lambda one: one.happened):
        if event.kind in spans_of:
            spans[event.kind] = (*spans.get(event.kind, ()), Span(event.happened, event.until))
            continue
        found.setdefault(f"{event.kind}日期", event.moment or event.happened)
        days[event.kind] = (*days.get(event.kind, ()), event.moment or event.happened)
    return {**days, **spans, **found}


def _refused(running: Iterable[NodeClock], expected: str) -> Outcome:
    said = [refusal for clock in running if (refusal := _refusal_of(clock))]
    ok = any(expected in message for message in said)
    return Outcome(ok, f"拒绝：{expected}", "；".join(said) or "没有拒绝")


def _refusal_of(clock: NodeClock) -> str:
    return str(clock.due) if isinstance(clock.due, Refusal) else ""


def _compared(
    flow: Caseflow, example: Example, running: Iterable[NodeClock], events: Iterable[Event], on: date
) -> Outcome:
    running = tuple(running)
    record = example.record
    expected: list[str] = []
    got: list[str] = []
    if "late" in record:
        _compare(
            "超期", record.texts("late"), [c.node.label for c in running if c.late_days > 0], expected, got
        )
    if "warned" in record:
        spoken = sorted(
            f"{rung.on} {clock.node.label} {rung.colour.value} {rung.tell}"
            for clock in running
            for rung in speaking(clock, on)
        )
        wanted = sorted(" ".join(text.split()) for text in record.texts("warned"))
        _compare("预警", wanted, spoken, expected, got)
    if "stage" in record:
        _compare(
            "阶段",
            [record.text("stage")],
            [stage_of(flow, [e for e in events if e.happened <= on])],
            expected,
            got,
        )
    return Outcome(expected == got, "；".join(expected), "；".join(got))


def _compare(
    what: str, wanted: Iterable[str], found: Iterable[str], expected: list[str], got: list[str]
) -> None:
    expected.append(f"{what}：{'、'.join(wanted) or '无'}")
    got.append(f"{what}：{'、'.join(found) or '无'}")


def _wanted(example: Example) -> str:
    return "、".join(key for key in ("late", "warned", "stage") if key in example.record)


def _civil(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _midnight(when: date) -> datetime:
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)  # noqa: DTZ001 - civil
