"""``detector``: which rows look as if a number had been worked on, put to a person as a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.indicator import plain_value
from mingjing.definitions.kinds.indicator_checks import FIELDS_OF_CASES, say_asked, say_condition_error
from mingjing.definitions.kinds.indicator_examples import read_cell
from mingjing.definitions.kinds.indicator_shapes import FormulaText, RowText, Stands, place_in
from mingjing.definitions.kinds.kind import Kind, Outcome, Section
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Choice, Field, Record, Table, Text
from mingjing.definitions.shapes.conditions import Condition
from mingjing.definitions.values.suspects import EVENTS, OVER, suspects
from mingjing.domain.expressions.kinds import Kind as Holds
from mingjing.domain.expressions.reading import Expression, ExpressionError, Value
from mingjing.domain.indicators.counts import CASES
from mingjing.domain.indicators.detecting import BLANK, Detector, Found, Verdict
from mingjing.domain.indicators.formula import Formula

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

GROUPS = ("立案", "审限", "结案", "执行", "文书", "院庭长", "类案")
_EXAMPLE = Table(
    (
        Field("name", Text(example="第三十天再立"), "例子的名字", required=True),
        Field("given", RowText(), "给定的数据项", required=True),
        Field("expect", Choice({one.value: one for one in Verdict}), "应得的结论", required=True),
        Field("chance", Text(example="10%"), "碰巧也会检出的可能，百分数；不写就不核对"),
    ),
    example="{name: 第三十天再立, given: {结案方式: 准许撤诉, 撤诉后再立天数: 30}, expect: 检出}",
)


def fields_of(over: str, shelf: Shelf) -> Mapping[str, Holds] | None:
    """The fields of the rows of one name at a court."""
    return suspects(over, shelf.population(CASES), shelf.population(EVENTS))


def _build(record: Record, head: Head) -> Detector:
    when = record.get("when", Expression)
    if when is None:
        raise KeyError("when")
    return Detector(
        head.id,
        head.label,
        head.owner,
        record.day("from"),
        record.text("group"),
        record.text("over"),
        record.text("on"),
        when,
        record.text("reason"),
        record.text("look"),
        record.get("where", Expression),
        _values(record, "settings"),
        _values(record, "absent"),
        record.get("chance", Formula),
        head.basis,
        head.questions,
        head.content_hash,
    )


def _values(record: Record, key: str) -> Mapping[str, Value]:
    given: Mapping[str, str] = record.get(key, dict) or {}
    return {name: plain_value(text) for name, text in given.items()}


def _run(detector: Detector, example: Example, shelf: Shelf) -> Outcome:
    kinds = fields_of(detector.over, shelf)
    given: Mapping[str, str] = example.record.get("given", dict) or {}
    wanted = example.record.get("expect", Verdict) or Verdict.CLEAR
    if kinds is None:
        return Outcome(False, wanted.value, "数据项的字典读不出来")
    row = {name: read_cell(text, kinds.get(name, Holds.TEXT)) for name, text in given.items()}
    found = detector.asked(kinds)(row)
    expected, got = [wanted.value], [found.verdict.value]
    if (chance := example.record.text("chance")) != "":
        expected.append(chance)
        got.append(said_chance(found))
    return Outcome(expected == got, "，碰巧 ".join(expected), "，碰巧 ".join(got))


def said_chance(found: Found) -> str:
    """The chance of a row in percent, as an example writes it."""
    return "—" if found.chance is None else f"{float(found.chance) * 100:.4g}%"


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    detector, record = definition.value, definition.record
    if not isinstance(detector, Detector):
        return
    if not detector.basis and not detector.questions:
        cause = "没有写依据：请写 basis；没有成文规则的，在 questions 里写明待谁确认。"
        notes.say(definition.root, "no-law", cause, example="basis: 《防止人为调节审判指标的通知》")
    if any(map(shelf.may_be_broken, FIELDS_OF_CASES)):
        return  # which fields there are cannot be said
    fields = fields_of(detector.over, shelf)
    if fields is None:
        return
    kinds = {**fields, **{name: _holds(value) for name, value in detector.settings.items()}}
    if kinds.get(detector.on) is not Holds.DAY:
        days = tuple(name for name, kind in fields.items() if kind is Holds.DAY)
        cause = f"“{detector.over}”没有“{detector.on}”这个日期。{nearest(detector.on, days)}"
        notes.say(record.at("on"), "unknown-name", cause, example="on: 结案日期")
    for key in ("where", "when"):
        expression = record.get(key, Expression)
        if expression is not None:
            say_asked(expression, record.at(key), kinds, notes)
    if detector.chance is not None:
        for name, column in detector.chance.names:
            if kinds.get(name) not in (Holds.NUMBER, Holds.MONEY):
                error = ExpressionError(f"没有“{name}”这个数。", column)
                say_condition_error(error, record.at("chance"), kinds, notes)
    for blank in BLANK.finditer(detector.reason):
        if blank[1].strip() not in kinds:
            cause = f"理由里的“{blank[1]}”不是数据项，也不是本规则的设置。{nearest(blank[1], kinds)}"
            notes.say(place_in(record.at("reason"), blank.start()), "bad-placeholder", cause)
    for name in detector.settings:
        if name in fields:
            notes.say(record.at("settings"), "reserved-name", f"“{name}”已经是数据项，设置请换个名称。")
    for name in detector.absent:
        if name not in fields:
            notes.say(record.at("absent"), "unknown-name", f"没有“{name}”这个数据项。{nearest(name, fields)}")


def _holds(value: Value) -> Holds:
    return Holds.FLAG if isinstance(value, bool) else Holds.TEXT if isinstance(value, str) else Holds.NUMBER


def _sections(detector: Detector) -> Iterable[Section]:
    rows = (
        ("环节", detector.group),
        ("看什么", detector.over),
        ("按哪个日期归到期间", detector.on),
        ("范围", detector.base.text if detector.base else "全部"),
        ("检出条件", detector.when.text),
        ("理由", detector.reason),
        ("请人看什么", detector.look),
        ("碰巧也会检出", detector.chance.text if detector.chance else "没有碰巧一说"),
    )
    yield Section("规则", ("项目", "内容"), rows)
    if detector.settings:
        settings = tuple((name, said_setting(value)) for name, value in detector.settings.items())
        yield Section("设置", ("名称", "现在是"), settings)


def said_setting(value: Value) -> str:
    """A setting as it is written in the file."""
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


DETECTOR = Kind(
    name="detector",
    title="真实性核查规则",
    question="哪些记录看起来像是为了数字好看，值得请人看一眼；结论由人下。",
    fields=(
        Field("group", Choice({one: one for one in GROUPS}), "哪个环节", required=True),
        Field("over", Choice({one: one for one in OVER}), "看什么", required=True),
        Field("on", Text(example="结案日期"), "按哪个日期归到期间", required=True),
        Field(
            "where", Condition(names="", example="结案方式 == 准许撤诉"), "范围：哪些才可能检出", tested=True
        ),
        Field(
            "when",
            Condition(names="", example="撤诉后再立天数 <= 再立天数"),
            "检出条件",
            required=True,
            tested=True,
        ),
        Field("settings", Stands(), "本院可调的数和开关，例如 {再立天数: 30}", tested=True),
        Field("absent", Stands(), "没有登记的算作什么，例如 {阅卷次数: 0}", tested=True),
        Field("chance", FormulaText(), "没有人做手脚也会检出的可能，例如 末几天 / 30", tested=True),
        Field(
            "reason",
            Text(example="撤诉后第 {撤诉后再立天数} 天又立案"),
            "理由；{数据项} 会换成实际内容",
            required=True,
        ),
        Field("look", Text(example="撤诉笔录是否当事人真实意思"), "请人看什么", required=True),
    ),
    example=_EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=_check,
    dated=True,
)
