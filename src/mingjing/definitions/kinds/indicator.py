"""``indicator``: which rows count, what is missing, and the figure computed from the counts."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from mingjing.definitions.definition import Head
from mingjing.definitions.kinds.indicator_checks import check_indicator, say_counts
from mingjing.definitions.kinds.indicator_examples import run_indicator
from mingjing.definitions.kinds.indicator_lights import LIGHTS, read_lights, say_lights
from mingjing.definitions.kinds.indicator_shapes import FormulaText, PeriodText, Quantity, RowText, Stands
from mingjing.definitions.kinds.kind import Kind, Section
from mingjing.definitions.shapes import Choice, Field, ListOf, Number, OneOrMany, Record, Table, Text
from mingjing.definitions.shapes.conditions import Condition
from mingjing.definitions.shapes.conditions import plain_field as read_plain
from mingjing.domain.expressions.reading import Expression, Value
from mingjing.domain.indicators.counts import CASES, At, Count, Direction, Indicator, Measure, MeasureKind
from mingjing.domain.indicators.evenness import PARTS
from mingjing.domain.indicators.formula import Formula
from mingjing.domain.indicators.grains import Grain
from mingjing.domain.indicators.lights import Light

GROUPS = ("综合", "质量", "效率", "效果", "执行", "队伍", "监督", "公开", "服务", "政务", "国际通用")
EACH = {one.value: one for one in PARTS}
RANKS = {"median": 50, "p75": 75, "p90": 90, "p95": 95}
_OVER = Text(
    example=CASES,
    pattern=r"案件|事项|[a-z]+(?:\.[a-z][a-z0-9_]*)+",
    code="unknown-definition",
    cause="没有“{}”这个统计范围。写“案件”“事项”，或者一个台账的 id。",
)
_FIELD = Text(example="结案日期")

_COUNT = Table(
    (
        Field("label", Text(example="结案"), "名称，算式里用它", required=True),
        Field("over", _OVER, "数什么：案件、事项，或者一个台账的 id；不写就是案件"),
        Field("on", _FIELD, "哪个日期落在期间里才数（流量）", tested=True),
        Field("at", Choice({one.value: one for one in At}), "数到哪个时点还在的（存量）", tested=True),
        Field("where", Condition(names="", example="案件类型 == 民事一审"), "在什么条件下数", tested=True),
        Field("needs", OneOrMany(_FIELD), "缺了哪一项就另列为缺数据", tested=True),
        Field("among", Text(example="结案"), "是哪个计数的一部分", tested=True),
        Field("absent", Stands(), "没有登记的算作什么，例如 {延长次数: 0}", tested=True),
        Field("sum", Quantity(), "不数件数，合计这一项", tested=True),
        *(
            Field(
                key,
                Quantity(),
                f"不数件数，取这一项的{'中位数' if rank == 50 else f'第 {rank} 百分位'}",
                tested=True,
            )
            for key, rank in RANKS.items()
        ),
        Field("even", Choice(EACH), "不数件数，看落在各月（季）均衡不均衡，1 为完全均衡", tested=True),
    ),
    example="{label: 结案, on: 结案日期}",
)
_MORE = Table(
    (
        Field("over", _OVER, "下面这些行属于哪个统计范围", required=True),
        Field("rows", ListOf(RowText()), "有哪些行", required=True),
    ),
    example="{over: ledger.reminder, rows: [{登记日期: 2024-02-01}]}",
)
_EXAMPLE = Table(
    (
        Field("name", Text(example="两件结案一件超期"), "例子的名字", required=True),
        Field("period", PeriodText(), "哪个期间", required=True),
        Field("over", _OVER, "下面这些行属于哪个统计范围；不写就是第一个计数的"),
        Field("rows", ListOf(RowText()), "有哪些行", required=True),
        Field("more", ListOf(_MORE), "别的统计范围各有哪些行"),
        Field("expect", Text(example="50.00%"), "应得的数字，连同单位；没有就写“无数据”", required=True),
        Field("missing", Number(0, 999, "1"), "缺数据的件数；不写就是 0"),
        Field("light", Choice({one.value: one for one in Light}), "应亮的灯"),
    ),
    example="{name: 结一件, period: 2024-Q1, rows: [{结案日期: 2024-02-01}], expect: 1 件}",
)


def _build(record: Record, head: Head) -> Indicator:
    parts = tuple(_count(one) for one in record.records("counts"))
    value = record.get("value", Formula)
    if value is None:
        raise KeyError("value")
    return Indicator(
        id=head.id,
        label=head.label,
        owner=head.owner,
        since=record.day("from"),
        group=record.text("group"),
        direction=record.get("direction", Direction) or Direction.NEITHER,
        unit=record.text("unit"),
        decimals=record.get("decimals", int) or 0,
        parts=_dated(_parents_first(parts)),
        value=value,
        caveats=record.texts("caveats"),
        lights=read_lights(record),
        basis=head.basis,
        questions=head.questions,
        content_hash=head.content_hash,
    )


def _count(record: Record) -> Count:
    given: Mapping[str, str] = record.get("absent", dict) or {}
    absent = {name: plain_value(text) for name, text in given.items()}
    return Count(
        label=record.text("label"),
        over=record.text("over") or CASES,
        on=record.text("on"),
        at=record.get("at", At),
        where=record.get("where", Expression),
        needs=record.texts("needs"),
        among=record.text("among"),
        measure=_measure(record),
        absent=absent,
    )


def plain_value(text: str) -> Value:
    """A number as it was written, not as the nearest binary fraction; a flag; a word."""
    value = read_plain(text)
    return Decimal(text) if type(value) in (int, float) else value  # type: ignore[return-value]


def _measure(record: Record) -> Measure:
    if "sum" in record:
        return Measure(MeasureKind.SUM, record.get("sum", Expression))
    for key, rank in RANKS.items():
        if key in record:
            return Measure(MeasureKind.RANK, record.get(key, Expression), rank)
    if "even" in record:
        return Measure(MeasureKind.EVEN, each=record.get("even", Grain))
    return Measure()


def _dated(parts: tuple[Count, ...]) -> tuple[Count, ...]:
    """Evenness is that over the months of the day a count is counted by, which a part has from its whole."""
    days: dict[str, str] = {}
    found = []
    for one in parts:
        day = days[one.label] = days.get(one.among, "") or one.on
        if one.measure.kind is MeasureKind.EVEN:
            of = Expression(day, ast.Name(day, ast.Load()), ((day, 0),))
            one = replace(one, measure=replace(one.measure, of=of))
        found.append(one)
    return tuple(found)


def _parents_first(parts: tuple[Count, ...]) -> tuple[Count, ...]:
    """In order of writing, but a part after what it is a part of."""
    found: list[Count] = []
    waiting = list(parts)
    while waiting:
        ready = [one for one in waiting if not one.among or any(one.among == it.label for it in found)]
        if not ready:
            raise ValueError("a ring of parts, which the rules of the file refuse")
        found.append(ready[0])
        waiting.remove(ready[0])
    return tuple(found)


def _sections(indicator: Indicator) -> Iterable[Section]:
    rows = (
        ("类别", indicator.group),
        ("方向", f"{indicator.direction.value} {_SAID[indicator.direction]}"),
        ("单位和小数", f"{indicator.unit}，{indicator.decimals} 位小数"),
        ("算式", indicator.value.text),
        *((("亮灯", indicator.lights.text),) if indicator.lights else ()),
        *(("注意", caveat) for caveat in indicator.caveats),
    )
    yield Section("指标", ("项目", "内容"), rows)
    columns = ("计数", "数什么", "日期或时点", "条件", "要有")
    yield Section("计数", columns, tuple(_row(indicator, one) for one in indicator.parts))


_SAID = {Direction.UP: "越高越好", Direction.DOWN: "越低越好", Direction.NEITHER: "不分好坏"}


def _row(indicator: Indicator, count: Count) -> tuple[str, ...]:
    over = f"“{count.among}”中的" if count.among else count.over
    when = count.on or (count.at.value if count.at else "—")
    what = count.measure.of.text if count.measure.of else ""
    named = {
        MeasureKind.SUM: f"，合计 {what}",
        MeasureKind.RANK: f"，{what} 的第 {count.measure.rank} 百分位",
        MeasureKind.EVEN: f"，在各{count.measure.each and count.measure.each.value}的均衡度",
    }
    over += named.get(count.measure.kind, "")
    return (
        count.label,
        over,
        when,
        count.where.text if count.where else "全部",
        "、".join(count.needs) or "—",
    )


INDICATOR = Kind(
    name="indicator",
    title="指标",
    question="数哪些、缺什么、怎么算，得出一个打得开的数字。",
    fields=(
        Field("group", Choice({one: one for one in GROUPS}), "类别", required=True),
        Field("direction", Choice({one.value: one for one in Direction}), "方向", required=True),
        Field("unit", Text(example="%"), "单位", required=True, tested=True),
        Field("decimals", Number(0, 6, "2"), "几位小数；不写就是 0", tested=True),
        Field("caveats", ListOf(Text(example="不是考核指标。")), "随数字一起显示的提醒"),
        Field("counts", ListOf(_COUNT, least=1), "数哪些", required=True, tested=True),
        Field("value", FormulaText(), "由计数得出数字的算式", required=True, tested=True),
        Field("lights", LIGHTS, "到哪里亮黄灯、红灯", tested=True),
    ),
    example=_EXAMPLE,
    build=_build,
    run=run_indicator,
    sections=_sections,
    check=check_indicator,
    rules=(say_counts, say_lights),
    dated=True,
)
