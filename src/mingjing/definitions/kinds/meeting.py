"""``meeting``: who must be there, what comes first, who speaks last, what it takes to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mingjing.definitions.definition import Head
from mingjing.definitions.kinds.kind import Kind, Section
from mingjing.definitions.kinds.meeting_checks import check_meeting, say_classes
from mingjing.definitions.kinds.meeting_examples import run_meeting
from mingjing.definitions.kinds.registers.building import BuiltIn, build_register
from mingjing.definitions.kinds.registers.parts import CLOCKS, EXAMPLE_FIELDS, NAMING, OUTCOMES, STANDING
from mingjing.definitions.kinds.registers.parts import FIELDS as OWN_FIELDS
from mingjing.definitions.kinds.registers.rules import register_rules
from mingjing.definitions.kinds.registers.sections import own_sections
from mingjing.definitions.nodes import MapNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import (
    FLAG,
    Choice,
    Edit,
    Field,
    Length,
    ListOf,
    MapOf,
    Number,
    OneOrMany,
    Record,
    Shape,
    Table,
    Text,
)
from mingjing.definitions.shapes.base import Schema, plain_text, rewrite
from mingjing.definitions.shapes.tables import at_least_one
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.periods import Every
from mingjing.domain.meetings.moves import CHAIR, NAME, RECORDER
from mingjing.domain.meetings.outline import FIELDS, STATES, acts
from mingjing.domain.meetings.proportions import EXAMPLES, Proportion, read_proportion
from mingjing.domain.meetings.rules import (
    CALLED,
    PRESENT,
    Ballot,
    Enforcement,
    FirstItem,
    Informing,
    Meeting,
    Preparation,
    TopicClass,
)
from mingjing.domain.reasons import Unreadable

_THEN = Choice({one.value: one for one in Enforcement})
_EVERY = Choice({one.value: one for one in Every if one.comes_by_itself})
_WHO = OneOrMany(Text(example="党组成员"))
_MEETING_ID = Text(
    example="meeting.judges",
    pattern=r"meeting\.[a-z][a-z0-9_.]*",
    code="bad-id",
    cause="“{}”不是会议的 id。",
)
_PROOF_ID = Text(
    example="meeting.judges",
    pattern=r"(meeting|ledger)\.[a-z][a-z0-9_.]*",
    code="bad-id",
    cause="“{}”不是会议或者台账的 id。",
)
_LEDGER_ID = Text(
    example="ledger.resolutions",
    pattern=r"ledger\.[a-z][a-z0-9_.]*",
    code="bad-id",
    cause="“{}”不是台账的 id。",
)


_LADDER = ("半数以上", "超过半数", "三分之二以上", "超过三分之二", "全体")


@dataclass(frozen=True)
class ProportionText(Shape[Proportion]):
    """``超过半数``, ``三分之二以上``, ``全体``."""

    def read(self, node: Node, notes: Notes) -> Proportion | None:
        text = plain_text(node, notes, example=EXAMPLES[0])
        if text is None:
            return None
        try:
            return read_proportion(text)
        except Unreadable as refusal:
            notes.say(node, "bad-proportion", refusal.message, allowed=EXAMPLES, example=EXAMPLES[0])
            return None

    def schema(self) -> Schema:
        return {"type": "string", "examples": list(EXAMPLES)}

    def edits(self, node: Node) -> Iterator[Edit]:
        """The next laxer and the next stricter."""
        text = node.text.strip() if isinstance(node, ScalarNode) else ""
        if isinstance(node, ScalarNode) and text in _LADDER:
            at = _LADDER.index(text)
            yield from (
                rewrite(node, one) for one in (*_LADDER[max(at - 1, 0) : at], *_LADDER[at + 1 : at + 2])
            )


@dataclass(frozen=True)
class PreparationShape(Shape[Preparation]):
    """``调查研究``, or ``{label: 专业法官会议意见, of: meeting.judges}``; a ledger proves by its end."""

    def read(self, node: Node, notes: Notes) -> Preparation | None:
        if not isinstance(node, MapNode):
            text = plain_text(node, notes, example="调查研究")
            return None if text is None else Preparation(text)
        record = _PREPARATION.read(node, notes)
        return None if record is None else Preparation(record.text("label"), record.text("of"))

    def schema(self) -> Schema:
        return {"oneOf": [{"type": "string", "examples": ["调查研究"]}, _PREPARATION.schema()]}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, MapNode):
            yield from _PREPARATION.edits(node)


_PREPARATION = Table(
    (
        Field("label", Text(example="专业法官会议意见"), "要完成什么", required=True),
        Field("of", _PROOF_ID, "由哪一种会议的纪要、哪一本台账办结的记录证明", tested=True),
    ),
    example="{label: 专业法官会议意见, of: meeting.judges}",
)
_VOTES = Table(
    (
        Field("least", ProportionText(), "至少多少人同意才算通过", required=True, tested=True),
        Field("of", Choice({one: one for one in (CALLED, PRESENT)}), "以应到还是实到为准", tested=True),
        Field("secret", FLAG, "无记名投票", tested=True),
    ),
    example="{least: 超过半数, of: 应到}",
)
_MATTER = Table(
    (
        Field("needs", ListOf(PreparationShape(), least=1), "上会之前要完成的准备", tested=True),
        Field("told", ListOf(Text(example="派驻纪检组长"), least=1), "会前要报送谁", tested=True),
        Field("decides", FLAG, "要不要作出决定；只学习、听取的写“否”", tested=True),
        Field("quorum", ProportionText(), "这类议题要多少人到会", tested=True),
        Field("votes", _VOTES, "这类议题怎样表决", tested=True),
        Field("head_last", FLAG, "主要负责人要不要末位表态；不写就是要", tested=True),
        Field("every", _EVERY, "每个期间至少上会一次"),
        Field("about", Text(example="不属于前几类的事项"), "说明"),
    ),
    example="{needs: [调查研究, 征求意见, 充分酝酿], told: [派驻纪检组长]}",
)
_TOLD = Table(
    (
        Field("who", Text(example="派驻纪检组长"), "报送谁、邀请谁", required=True),
        Field("before", Length("半个工作日"), "至迟会前多久送到", required=True, tested=True),
        Field("gap", Length("4 小时"), "此外至少隔几个小时", tested=True),
        Field("after", Length("5 天"), "不能参加的，会后多久以内送记录", tested=True),
        Field("then", _THEN, "没有按时报送：拒绝上会，还是标记", tested=True),
    ),
    example="{who: 派驻纪检组长, before: 半个工作日, gap: 4 小时, after: 5 天, then: 标记}",
)
_FIRST = Table(
    (
        Field("label", Text(example="第一议题"), "哪一类议题必须排在第一项", required=True, tested=True),
        Field("then", _THEN, "没有排在第一项：拒绝印发议程，还是标记", tested=True),
    ),
    example="{label: 第一议题, then: 拒绝}",
)
_OWN = (
    Field("by", _WHO, "谁筹备会议、作记录", required=True, tested=True),
    Field("members", _WHO, "应到的是哪些人", required=True),
    Field("chair", _WHO, "谁主持", required=True),
    Field("head", _WHO, "末位表态的主要负责人；不写就是主持人"),
    Field("observers", _WHO, "列席的是哪些人"),
    Field("quorum", ProportionText(), "多少人到会才能开会、作决定", required=True, tested=True),
    Field("first_item", _FIRST, "第一议题", tested=True),
    Field("head_last", _THEN, "主要负责人没有末位表态：拒绝，还是标记；不写就不要求", tested=True),
    Field(
        "matters",
        MapOf(_MATTER, example="{三重一大: {needs: [调查研究]}}"),
        "有哪几类议题",
        required=True,
        tested=True,
    ),
    Field("told", ListOf(_TOLD, least=1), "哪些人会前要报送", tested=True),
    Field("votes", _VOTES, "怎样表决；不写就不表决", tested=True),
    Field("resolutions", _LEDGER_ID, "通过的决议进哪个台账督办", tested=True),
    Field("signs", FLAG, "到会人员要不要在纪要上签字；不写就是要", tested=True),
    Field("every", _EVERY, "每个什么期间要开"),
    Field("times", Number(1, 60, "1"), "每个期间至少几次"),
    Field("head_chairs", FLAG, "主要负责人亲自主持的才算"),
)


def _build(record: Record, head: Head) -> Meeting:
    by, told = record.texts("by"), tuple(_informing(one) for one in record.records("told"))
    own: Mapping[str, Record] = record.get("fields", dict) or {}
    labels = tuple(one.text("label") for one in own.values())
    built_in = BuiltIn(FIELDS, STATES, acts(by, tuple(one.who for one in told), extra=labels))
    ballot = record.get("votes", Record)
    first = record.get("first_item", Record)
    # What a meeting decides is somebody else's to do: its own department is whoever prepared it.
    register = replace(
        build_register(record, head, built_in),
        title=record.text("title") or NAME,
        holder=record.text("holder") or CHAIR,
        unit=record.text("unit"),
    )
    return Meeting(
        register=register,
        by=by,
        members=record.texts("members"),
        chair=record.texts("chair"),
        quorum=_proportion(record, "quorum"),
        head=record.texts("head"),
        observers=record.texts("observers"),
        first_item=None if first is None else _first_item(first),
        head_last=record.get("head_last", Enforcement),
        classes=_classes(record),
        told=told,
        ballot=None if ballot is None else _ballot(ballot),
        resolutions=record.text("resolutions"),
        signs="signs" not in record or record.flag("signs"),
        every=record.get("every", Every),
        times=record.get("times", int) or (1 if "every" in record else 0),
        head_chairs=record.flag("head_chairs"),
    )


def _proportion(record: Record, key: str) -> Proportion:
    found = record.get(key, Proportion)
    if found is None:
        raise KeyError(key)
    return found


def _first_item(record: Record) -> FirstItem:
    return FirstItem(record.text("label"), record.get("then", Enforcement) or Enforcement.REFUSE)


def _informing(record: Record) -> Informing:
    return Informing(
        record.text("who"),
        record.get("before", Duration) or Duration(),
        record.get("gap", Duration),
        record.get("after", Duration),
        record.get("then", Enforcement) or Enforcement.MARK,
    )


def _ballot(record: Record) -> Ballot:
    return Ballot(_proportion(record, "least"), record.text("of") or CALLED, record.flag("secret"))


def _classes(record: Record) -> tuple[TopicClass, ...]:
    given: Mapping[str, Record] = record.get("matters", dict) or {}
    return tuple(_topic_class(label, one) for label, one in given.items())


def _topic_class(label: str, record: Record) -> TopicClass:
    ballot = record.get("votes", Record)
    return TopicClass(
        label,
        needs=tuple(one for one in record.get("needs", tuple) or () if isinstance(one, Preparation)),
        told=record.texts("told"),
        decides="decides" not in record or record.flag("decides"),
        quorum=record.get("quorum", Proportion),
        ballot=None if ballot is None else _ballot(ballot),
        head_last="head_last" not in record or record.flag("head_last"),
        every=record.get("every", Every),
        about=record.text("about"),
    )


def _sections(meeting: Meeting) -> Iterable[Section]:
    rules = [
        ("筹备", "、".join(meeting.by)),
        ("应到", "、".join(meeting.members)),
        ("主持", "、".join(meeting.chair)),
        ("主要负责人", "、".join(meeting.head) or "主持人"),
        ("列席", "、".join(meeting.observers) or "—"),
        ("到会人数", str(meeting.quorum)),
        ("第一议题", _first_text(meeting.first_item)),
        ("末位表态", f"违反的{meeting.head_last.value}" if meeting.head_last else "不要求"),
        ("表决", _ballot_text(meeting.ballot)),
        ("决议", f"进 {meeting.resolutions} 督办" if meeting.resolutions else "—"),
        ("次数", _times_text(meeting)),
        ("纪要签字", "到会人员要签字" if meeting.signs else "不要求"),
    ]
    yield Section("议事规则", ("事项", "规定"), tuple(rules))
    rows = tuple(
        (
            one.label,
            "、".join(f"{need.label}（{need.of}）" if need.of else need.label for need in one.needs) or "—",
            "、".join(one.told) or "—",
            _ballot_text(meeting.ballot_for(one)) if one.decides else "只学习、听取",
            str(meeting.quorum_for(one)),
            "；".join(_class_notes(meeting, one)) or "—",
        )
        for one in meeting.classes
    )
    yield Section("议题类别", ("类别", "会前准备", "会前报送", "表决", "到会人数", "说明"), rows)
    told = tuple(
        (
            one.who,
            f"会前 {one.before}" + (f"，至少隔 {one.gap}" if one.gap else ""),
            f"会后 {one.after}" if one.after else "—",
            one.then.value,
        )
        for one in meeting.told
    )
    if told:
        yield Section("会前报送", ("对象", "报送", "不能参加的送记录", "迟报"), told)
    built_in = {one.label for one in FIELDS}
    own = [one.label for one in meeting.register.fields if one.label not in built_in]
    yield from own_sections(meeting.register, of=own)


def _times_text(meeting: Meeting) -> str:
    if meeting.every is None:
        return "—"
    said = "，主要负责人亲自主持的才算" if meeting.head_chairs else ""
    return f"每{meeting.every.value} {meeting.times} 次{said}"


def _class_notes(meeting: Meeting, one: TopicClass) -> Iterable[str]:
    if one.every:
        yield f"每{one.every.value}至少上会一次"
    if meeting.head_last and not one.head_last:
        yield "不要求末位表态"
    if one.about:
        yield one.about


def _first_text(first: FirstItem | None) -> str:
    return f"“{first.label}”排第一项，违反的{first.then.value}" if first else "不要求"


def _ballot_text(ballot: Ballot | None) -> str:
    if ballot is None:
        return "不表决"
    return f"{'无记名' if ballot.secret else '记名'}，{ballot.of}人数{ballot.least}同意"


_EXAMPLE = Table(
    (
        *EXAMPLE_FIELDS,
        Field("marks", ListOf(Text(example="主要负责人先行表态")), "一路上留下的全部标记，依次写"),
    ),
    rules=(at_least_one(*OUTCOMES, "marks"),),
    example="{name: 第一议题排在第二项, steps: [2024-03-01 李文书 筹备], refused: 第一项议题}",
)
_STATIC = BuiltIn(FIELDS, STATES, acts((RECORDER,), (RECORDER,)))

MEETING = Kind(
    name="meeting",
    title="会议",
    question="哪些人到会，先议什么，谁最后说，多少人同意才算通过。",
    fields=(*_OWN, *NAMING, Field("fields", OWN_FIELDS.shape, "这种会议另外要记的字段"), *CLOCKS, *STANDING),
    example=_EXAMPLE,
    build=_build,
    run=run_meeting,
    sections=_sections,
    check=check_meeting,
    rules=(*register_rules(_STATIC), say_classes),
    dated=True,
    refusable=True,
)
