"""``screening``: what the system proposes and a person confirms; what looks wrong in an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.kind import Kind, Outcome, Section
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Choice, Field, ListOf, Record, Table, Text
from mingjing.definitions.shapes.conditions import Condition, PlainFields
from mingjing.definitions.shapes.tables import at_least_one
from mingjing.definitions.values.screenings import BLANK, Proposal, Screening
from mingjing.domain.expressions.reading import Expression

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

MARKS = ("四类案件", "繁简分流", "录入核查", "破产简化审")
OVER = ("案件", "事项", "扣除期间")


_RULE = Table(
    (
        Field("label", Text(example="群体性纠纷"), "提出什么", required=True),
        Field("category", Text(example="第二类"), "归到哪一类"),
        Field("when", Condition(), "在什么条件下提出", required=True, tested=True),
        Field(
            "reason",
            Text(example="当事人 {当事人人数} 人，达到 10 人"),
            "理由；{数据项} 会换成实际内容",
            required=True,
        ),
        Field("law", Text(example="法发〔2021〕30号第四条"), "依据"),
    ),
    example="{label: 群体性纠纷, when: 当事人人数 >= 10, reason: 当事人 {当事人人数} 人}",
)
_EXAMPLE = Table(
    (
        Field("name", Text(example="满十人"), "例子的名字", required=True),
        Field("given", PlainFields(), "给定的数据项", required=True),
        Field("expect", ListOf(Text(example="群体性纠纷")), "应提出的全部规则名称，可以为空"),
        Field("missing", ListOf(Text(example="群体性纠纷")), "因缺数据而没有开口的规则"),
    ),
    rules=(at_least_one("expect", "missing"),),
    example="{name: 满十人, given: {当事人人数: 10}, expect: [群体性纠纷]}",
)


def _labels_unique(record: Record, notes: Notes) -> None:
    seen: set[str] = set()
    for item in record.records("rules"):
        label = item.text("label")
        if label in seen:
            notes.say(item.at("label"), "duplicate-row", f"规则“{label}”写了两次。名称不能重复。")
        seen.add(label)
        for blank in BLANK.finditer(item.text("reason")):
            if not blank[1].strip():
                notes.say(
                    item.at("reason"),
                    "bad-placeholder",
                    "理由里的“{}”是空的。",
                    example="当事人 {当事人人数} 人",
                )


def _build(record: Record, head: Head) -> Screening:
    rules = tuple(_proposal(item) for item in record.records("rules"))
    return Screening(
        head.id,
        head.label,
        head.owner,
        record.day("from"),
        record.text("marks"),
        record.text("over"),
        rules,
        head.basis,
        head.questions,
        head.content_hash,
    )


def _proposal(record: Record) -> Proposal:
    when = record.get("when", Expression)
    if when is None:
        raise KeyError("when")
    return Proposal(
        record.text("label"), when, record.text("reason"), record.text("category"), record.text("law")
    )


def _run(screening: Screening, example: Example, shelf: Shelf) -> Outcome:
    given: Mapping[str, object] = example.record.get("given", dict) or {}
    screened = screening.screen(given, shelf.field_names())
    expected: list[str] = []
    got: list[str] = []
    if "expect" in example.record:
        expected.append("提出：" + ("、".join(sorted(example.record.texts("expect"))) or "无"))
        got.append("提出：" + ("、".join(sorted(finding.label for finding in screened.findings)) or "无"))
    if "missing" in example.record:
        expected.append("缺数据：" + ("、".join(sorted(example.record.texts("missing"))) or "无"))
        got.append("缺数据：" + ("、".join(sorted(screened.missing)) or "无"))
    return Outcome(expected == got, "；".join(expected), "；".join(got))


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    screening = definition.value
    if (
        isinstance(screening, Screening)
        and not screening.basis
        and not all(rule.law for rule in screening.rules)
    ):
        notes.say(
            definition.root,
            "no-law",
            "没有写依据：请写 basis，或者给每条规则写 law。",
            example="basis: 法发〔2021〕30号",
        )


def _sections(screening: Screening) -> Iterable[Section]:
    yield Section("用途", ("标注", "对象"), ((screening.marks, screening.over),))
    rows = tuple((r.label, r.category or "—", r.when.text, r.reason, r.law or "—") for r in screening.rules)
    yield Section("规则", ("提出", "类别", "条件", "理由", "依据"), rows)


SCREENING = Kind(
    name="screening",
    title="筛查规则",
    question="什么样的案件、录入值得提出来请人看一眼。",
    fields=(
        Field("marks", Choice({mark: mark for mark in MARKS}), "提出来做什么", required=True),
        Field("over", Choice({over: over for over in OVER}), "看的是案件、事项，还是扣除期间", required=True),
        Field("rules", ListOf(_RULE, least=1), "规则", required=True, tested=True),
    ),
    example=_EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=_check,
    rules=(_labels_unique,),
    dated=True,
)
