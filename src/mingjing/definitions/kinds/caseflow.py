"""``caseflow``: which node must follow which, within what, and who is warned at which rung."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingjing.definitions.definition import Head
from mingjing.definitions.kinds.caseflow_checks import check, ladders_climb
from mingjing.definitions.kinds.caseflow_examples import EXAMPLE, run
from mingjing.definitions.kinds.kind import Kind, Section, mapping_text
from mingjing.definitions.shapes import (
    Choice,
    Field,
    Length,
    ListOf,
    MapOf,
    OneOrMany,
    Record,
    Table,
    Text,
    Word,
)
from mingjing.definitions.shapes.facts import Applies
from mingjing.definitions.shapes.rungs import RungText, rung_text
from mingjing.definitions.shapes.tables import exactly_one
from mingjing.domain.caseflow.rules import Caseflow, Each, Node, Stage
from mingjing.domain.dates.durations import Duration
from mingjing.domain.ladders.rungs import Rung

_STAGE = Table(
    (
        Field("label", Text(example="立案"), "阶段名称", required=True),
        Field(
            "begins",
            ListOf(Word("dictionary.events", "案件事项", "立案"), least=1),
            "哪些事项一发生就进入本阶段",
            required=True,
            tested=True,
        ),
    ),
    example="{label: 立案, begins: [立案]}",
)
_NODE = Table(
    (
        Field("label", Text(example="移送审判庭"), "节点名称", required=True),
        Field("stage", Text(example="立案"), "属于哪个阶段"),
        Field("follows", Word("dictionary.events", "案件事项", "立案"), "跟在哪个事项之后", required=True),
        Field(
            "each", Choice({each.value: each for each in Each}), "事项首次发生才算，还是每次都算", tested=True
        ),
        Field(
            "done",
            OneOrMany(Word("dictionary.events", "案件事项", "移送审判庭")),
            "哪些事项算办完",
            required=True,
            tested=True,
        ),
        Field("within", Length("3 天"), "多久以内", tested=True),
        Field("clock", Text(example="审理期限"), "照哪一种期限（deadline 的 clock）"),
        Field("ladder", Text(example="审限"), "用哪一组预警档"),
        Field("rungs", ListOf(RungText(), least=1), "本节点自己的预警档", tested=True),
        Field("applies", Applies(), "只对哪些案件要求", tested=True),
        Field("law", Text(example="法释〔2000〕29号第七条"), "依据"),
        Field("tips", ListOf(Text(example="移送前核对材料是否齐全。")), "到这一步时给承办人的提示"),
    ),
    rules=(exactly_one("within", "clock"), exactly_one("ladder", "rungs")),
    example="{label: 移送审判庭, stage: 立案, follows: 立案, done: [移送审判庭], within: 3 天, ladder: 审限}",
)


def _build(record: Record, head: Head) -> Caseflow:
    ladders: Mapping[str, tuple[Rung, ...]] = record.get("ladders", dict) or {}
    stages = tuple(Stage(item.text("label"), item.texts("begins")) for item in record.records("stages"))
    return Caseflow(
        id=head.id,
        label=head.label,
        owner=head.owner,
        since=record.day("from"),
        applies=record.get("applies", dict) or {},
        stages=stages,
        nodes=tuple(_node(item, ladders, stages, record.texts("ends")) for item in record.records("nodes")),
        basis=head.basis,
        calendar=record.text("calendar") or "calendar.cn",
        questions=head.questions,
        content_hash=head.content_hash,
    )


def _ended_by(follows: str, stage: str, ends: tuple[str, ...], stages: tuple[Stage, ...]) -> tuple[str, ...]:
    """The events that end the case and with it every node it has left behind.

    Nobody is urged any more to do what a closed case lacks: a missing entry is a matter for the weekly
    check. Nodes that follow such an event, or belong to a stage after it, go on.
    """
    closing = [place for place, one in enumerate(stages) if set(one.begins) & set(ends)]
    place = next((place for place, one in enumerate(stages) if one.label == stage), -1)
    after = bool(closing) and place > min(closing)
    return () if follows in ends or after else ends


def _node(
    record: Record, ladders: Mapping[str, tuple[Rung, ...]], stages: tuple[Stage, ...], ends: tuple[str, ...]
) -> Node:
    own = tuple(rung for rung in record.get("rungs", tuple) or () if isinstance(rung, Rung))
    follows, done = record.text("follows"), record.texts("done")
    closing = tuple(
        kind for kind in _ended_by(follows, record.text("stage"), ends, stages) if kind not in done
    )
    return Node(
        label=record.text("label"),
        follows=follows,
        done=(*done, *closing),
        within=record.get("within", Duration),
        clock=record.text("clock"),
        each=record.get("each", Each) or Each.FIRST,
        rungs=own or ladders.get(record.text("ladder"), ()),
        applies=record.get("applies", dict) or {},
        stage=record.text("stage"),
        law=record.text("law"),
        tips=record.texts("tips"),
    )


def _sections(flow: Caseflow) -> Iterable[Section]:
    yield Section("适用于", ("案件",), ((mapping_text(flow.applies),),))
    yield Section("阶段", ("阶段", "开始的事项"), tuple((s.label, "、".join(s.begins)) for s in flow.stages))
    rows = tuple(
        (
            node.label,
            node.stage or "—",
            f"{node.follows}（{node.each.value}）",
            node.clock or str(node.within),
            "、".join(node.done),
            "；".join(map(rung_text, node.rungs)),
            node.law or "—",
        )
        for node in flow.nodes
    )
    yield Section("节点", ("节点", "阶段", "跟在之后", "期限", "办完的事项", "预警", "依据"), rows)
    tips = tuple((node.label, tip) for node in flow.nodes for tip in node.tips)
    yield Section("提示", ("节点", "提示"), tips)


CASEFLOW = Kind(
    name="caseflow",
    title="流程",
    question="哪一步跟在哪一步之后，多久以内，慢了告诉谁。",
    fields=(
        Field("applies", Applies(), "适用于哪些案件", required=True, tested=True),
        Field(
            "outranks",
            ListOf(Text(example="caseflow.civil_first")),
            "特别流程：两份都适用时，本流程优先于哪些流程（写 id）",
        ),
        Field("calendar", Text(example="calendar.cn"), "照哪份工作日历"),
        Field("stages", ListOf(_STAGE, least=1, drops=False), "阶段，依次排列", required=True, tested=True),
        Field(
            "ends",
            ListOf(Word("dictionary.events", "案件事项", "结案"), least=1),
            "哪些事项一发生，前面没办完的节点都不再催",
            tested=True,
        ),
        Field(
            "ladders",
            MapOf(ListOf(RungText(), least=1), example="{审限: [届满前 30 天 蓝 承办人]}"),
            "预警档的几种组合",
            tested=True,
        ),
        Field("nodes", ListOf(_NODE, least=1), "节点", required=True, tested=True),
    ),
    example=EXAMPLE,
    build=_build,
    run=run,
    sections=_sections,
    check=check,
    rules=(ladders_climb,),
    dated=True,
)
