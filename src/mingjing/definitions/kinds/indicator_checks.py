"""What is wrong within one indicator, and what only the fields of its populations can tell."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition
from mingjing.definitions.kinds.indicator_shapes import place_in
from mingjing.definitions.nodes import ListNode, MapNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Record
from mingjing.domain.expressions.kinds import Kind, check_condition, field_names, quantity_of
from mingjing.domain.expressions.reading import Expression, ExpressionError
from mingjing.domain.indicators.counts import DAYS, MOMENT, Count, Indicator, Population, read_row
from mingjing.domain.indicators.formula import Formula
from mingjing.domain.ledgers.register import SEALED

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

QUANTITIES = ("sum", "median", "p75", "p90", "p95")
MEASURES = (*QUANTITIES, "even")
_FROM_PARENT = ("over", "on", "at", "needs", "absent")
_UNITS = {"天": (1, 0), "元": (0, 1), "万元": (0, 1), "亿元": (0, 1)}
_SHARES = ("%", "‰", "比")
_MEANT = dict.fromkeys(("百分比", "百分数", "百分率", "百分之", "％", "percent"), "%") | {
    "千分比": "‰", "千分数": "‰", "千分率": "‰", "千分之": "‰",
}  # fmt: skip
"""Words for a share that are not the sign of it."""
_PLAIN = ("件", "人", "次", "起", "份", "条")


def say_counts(record: Record, notes: Notes) -> None:
    """Labels, parents, dates and the formula of one file agree with each other."""
    counts = record.records("counts")
    labels = [one.text("label") for one in counts]
    for at, one in enumerate(counts):
        _say_label(one, labels[:at], notes)
        _say_date(one, notes)
        _say_measure(one, notes)
    _say_parents(counts, notes)
    formula = record.get("value", Formula)
    if formula is None or len(counts) != _written(record):
        return
    known = {*labels, DAYS}
    for name, column in formula.names:
        if name not in known:
            cause = f"算式里的“{name}”不是本文件的计数。{nearest(name, known)}"
            notes.say(
                place_in(record.at("value"), column), "unknown-name", cause, allowed=tuple(sorted(known))
            )
    used = {name for name, _ in formula.names} | {one.text("among") for one in counts}
    for one in counts:
        if one.text("label") not in used:
            cause = f"计数“{one.text('label')}”没有用到：算式里没有它，也没有别的计数是它的一部分。"
            notes.say(one.at("label"), "unused-count", cause)
    _say_unit(record, formula, notes)


def _written(record: Record) -> int:
    node = record.at("counts")
    return len(node.items) if isinstance(node, ListNode) else 0


def _say_label(record: Record, before: list[str], notes: Notes) -> None:
    label = record.text("label")
    if label in before:
        notes.say(record.at("label"), "duplicate-row", f"计数“{label}”写了两次。名称不能重复。")
    elif label == DAYS:
        notes.say(record.at("label"), "reserved-name", f"“{DAYS}”是期间的天数，计数请换个名称。")
    elif label and (not label.isidentifier() or unicodedata.normalize("NFKC", label) != label):
        cause = f"计数的名称“{label}”要写进算式，只能用汉字、字母和数字，不能以数字开头。"
        notes.say(record.at("label"), "bad-label", cause, example="超十二个月未结")


def _say_date(record: Record, notes: Notes) -> None:
    if "among" in record.node.entries:
        for key in _FROM_PARENT:
            if key in record.node.entries:
                cause = f"写了 among，“{key}”跟着上一级计数走，请删去。"
                notes.say(record.node.keys[key], "conflicting-keys", cause)
    elif ("on" in record.node.entries) == ("at" in record.node.entries):
        cause = "“on”（落在期间里的日期）和“at”（期初、期末）必须写一个，只能写一个。"
        notes.say(record.at("label"), "conflicting-keys", cause, example="on: 结案日期")


def _say_measure(record: Record, notes: Notes) -> None:
    written = [key for key in record.node.entries if key in MEASURES]
    if len(written) > 1:
        cause = f"{'、'.join(f'“{key}”' for key in written)} 只能写一个。请拆成几个计数。"
        notes.say(record.node.keys[written[1]], "conflicting-keys", cause)


def _say_parents(counts: tuple[Record, ...], notes: Notes) -> None:
    parents = {one.text("label"): one.text("among") for one in counts}
    for one in counts:
        label = one.text("among")
        if not label:
            continue
        if label not in parents:
            cause = f"没有“{label}”这个计数。{nearest(label, parents)}"
            notes.say(one.at("among"), "unknown-name", cause, allowed=tuple(parents))
            continue
        seen = {one.text("label")}
        while label and label not in seen:
            seen.add(label)
            label = parents.get(label, "")
        if label:
            cause = f"计数“{one.text('label')}”绕了一圈又是自己的一部分。"
            notes.say(one.at("among"), "among-cycle", cause)


def _say_unit(record: Record, formula: Formula, notes: Notes) -> None:
    unit = record.text("unit")
    even = {one.text("label") for one in record.records("counts") if "even" in one}
    shared = formula.divides or any(name in even for name, _ in formula.names)
    if unit in _SHARES and not shared:
        cause = f"单位是“{unit}”，算式里却没有除法。"
        notes.say(record.at("unit"), "wrong-unit", cause, example="value: 审限内结案 / 结案")
    elif unit in _PLAIN and shared:
        cause = f"算式里有除法或者均衡度，得数不是整“{unit}”。比率写“%”或者“比”，人均写“{unit}/人”。"
        notes.say(record.at("unit"), "wrong-unit", cause, example='unit: "%"')


FIELDS_OF_CASES = ("dictionary.case_fields", "dictionary.events")


def check_indicator(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """Note every field no population has, every condition an engine could not ask, a unit that is not the
    formula's, and a part that looks at a field its whole does not ask for."""
    indicator, record = definition.value, definition.record
    if not isinstance(indicator, Indicator):
        return
    if not indicator.basis and not indicator.questions:
        cause = "没有写依据：请写 basis；没有成文口径的，在 questions 里写明待谁确认。"
        notes.say(definition.root, "no-law", cause, example="basis: 审判质量管理指标体系")
    if any(map(shelf.may_be_broken, FIELDS_OF_CASES)):
        return  # which fields there are cannot be said
    populations = {one.over: shelf.population(one.over) for one in indicator.parts if not one.among}
    units: dict[str, tuple[int, int]] = {}
    for item in record.records("counts"):
        count = indicator.count(item.text("label"))
        root = indicator.lineage(count.label)[0]
        population = populations[root.over]
        if population is None:
            if count is root and not shelf.may_be_broken(root.over):
                cause = f"没有“{root.over}”这个统计范围。"
                notes.say(item.at("over"), "unknown-definition", cause, example="over: 案件")
            continue
        if count is root and _is_sealed(root.over, shelf):
            cause = f"“{root.over}”的内容是密封的，一条一条都不能数：数字也会泄露谁被反映。"
            notes.say(item.at("over"), "sealed-population", cause, example="over: ledger.reminder")
        units[count.label] = _check_count(indicator, count, item, population, notes)
    if len(units) == len(indicator.parts):
        _check_unit(indicator, units, record, notes)
    for example in definition.examples:
        _check_rows(example.record, populations, notes)


def _is_sealed(over: str, shelf: Shelf) -> bool:
    register = shelf.newest_register(over)
    return register is not None and register.secrecy == SEALED


def _check_count(
    indicator: Indicator, count: Count, item: Record, population: Population, notes: Notes
) -> tuple[int, int]:
    """Note what is wrong with one count; its unit as powers of days and of money."""
    root = indicator.lineage(count.label)[0]
    kinds = {**population.kinds, **({MOMENT: Kind.DAY} if root.at else {})}
    _check_names(count, item, population, notes)
    if count.where is not None:
        say_asked(count.where, item.at("where"), kinds, notes)
    unit = (0, 0)
    if count.measure.each is not None:
        if root.at is not None:
            cause = "均衡度按日期落在哪个月看，只能用在写“on”的计数上；期初、期末没有分布。"
            notes.say(item.at("even"), "conflicting-keys", cause, example="on: 结案日期")
    elif count.measure.of is not None:
        key = next(key for key in QUANTITIES if key in item)
        try:
            typed = quantity_of(count.measure.of, kinds)
            unit = (typed.days, typed.money)
        except ExpressionError as error:
            say_condition_error(error, item.at(key), kinds, notes)
    if count is not root:
        _check_needs(indicator, count, item, kinds, notes)
    return unit


def say_asked(expression: Expression, at: Node, kinds: Mapping[str, Kind], notes: Notes) -> None:
    """Note why a condition cannot be asked of rows with these fields."""
    try:
        check_condition(expression, kinds)
    except ExpressionError as error:
        say_condition_error(error, at, kinds, notes)


def say_condition_error(error: ExpressionError, at: Node, kinds: Mapping[str, Kind], notes: Notes) -> None:
    """Note a mistake in an expression where it stands, with the nearest field for an unknown one."""
    word = error.message.partition("“")[2].partition("”")[0]
    unknown = "没有“" in error.message
    cause = error.message + (nearest(word, kinds) if unknown else "")
    notes.say(place_in(at, error.column), "unknown-name" if unknown else "wrong-kind", cause)


def _check_names(count: Count, item: Record, population: Population, notes: Notes) -> None:
    for key, wanted in (("on", Kind.DAY), ("needs", None), ("absent", None)):
        for name, at in _names(item.node.entries.get(key)):
            kind = population.kinds.get(name)
            if kind is None:
                cause = f"“{population.over}”没有“{name}”这个数据项。{nearest(name, population.kinds)}"
                notes.say(at, "unknown-name", cause)
            elif wanted and kind is not wanted:
                cause = f"“{name}”是{kind.value}，这里要写一个日期。"
                notes.say(at, "wrong-kind", cause, example="on: 结案日期")
            elif key == "absent" and _as_kind(count.absent[name], kind) != count.absent[name]:
                cause = f"“{name}”是{kind.value}，不能是“{count.absent.get(name)}”。"
                notes.say(at, "wrong-kind", cause, example="absent: {延长次数: 0}")
    if count.at is not None and not population.opened:
        cause = f"“{population.over}”发生了就过去了，没有期初、期末的存量。请改用 on。"
        notes.say(item.node.keys["at"], "wrong-kind", cause, example="on: 发生日期")


def _as_kind(value: object, kind: Kind) -> object:
    return read_row({"": value}, {"": kind}).get("")


def _names(node: Node | None) -> Iterator[tuple[str, Node]]:
    if isinstance(node, ScalarNode):
        yield node.text, node
    elif isinstance(node, ListNode):
        yield from ((one.text, one) for one in node.items if isinstance(one, ScalarNode))
    elif isinstance(node, MapNode):
        yield from ((name, key) for name, key in node.keys.items())


def _check_needs(
    indicator: Indicator, count: Count, item: Record, kinds: Mapping[str, Kind], notes: Notes
) -> None:
    """A part asks for nothing its whole does not: else what is missing would count as no."""
    *elders, _ = indicator.lineage(count.label)
    root = elders[0]
    given = {*root.needs, *root.absent, root.on, MOMENT, "立案日期" if root.at else ""}
    for elder in elders:
        for expression in (elder.where, elder.measure.of):
            given |= _surely(expression.tree, field_names(expression, kinds)) if expression else set()
    for key in ("where", *QUANTITIES):
        expression = item.get(key, Expression) if key in item else None
        lacking = sorted(field_names(expression, kinds) - given) if expression else []
        if lacking:
            cause = (
                f"“{count.label}”要看{'、'.join(lacking)}，“{root.label}”却没有要求它：没有登记的会被当成“否”。"
                f"请写进“{root.label}”的 needs，或者在 absent 里写明没有登记的算作什么。"
            )
            notes.say(item.at(key), "needs-missing", cause, example=f"needs: [{', '.join(lacking)}]")


def _surely(tree: ast.expr, fields: frozenset[str]) -> set[str]:
    """The fields that were certainly looked at where a condition held."""
    if isinstance(tree, ast.BoolOp):
        if isinstance(tree.op, ast.Or):
            return _surely(tree.values[0], fields)
        return {name for value in tree.values for name in _surely(value, fields)}
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.operand, ast.BoolOp):
        return _surely(tree.operand.values[0], fields)
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & fields


def _check_unit(
    indicator: Indicator, units: Mapping[str, tuple[int, int]], record: Record, notes: Notes
) -> None:
    """The unit of the formula is the unit that is written."""
    if (meant := _MEANT.get(indicator.unit)) is not None:
        cause = f"“{indicator.unit}”会当成一个量词，数字不会乘 100。请写成“{meant}”。"
        notes.say(record.at("unit"), "wrong-unit", cause, allowed=_SHARES, example=f'unit: "{meant}"')
        return
    try:
        found = _unit(indicator.value.tree, {**units, DAYS: (1, 0)})
    except ExpressionError as error:
        notes.say(record.at("value"), "wrong-unit", error.message)
        return
    expected = _UNITS.get(indicator.unit, (0, 0))
    if found != expected and (indicator.unit in _UNITS or indicator.unit in (*_SHARES, *_PLAIN)):
        cause = f"算式得出的是{_said(found)}，单位写的是“{indicator.unit}”。"
        if expected == (1, 0) and found == (0, 0):
            cause += f"要乘天数请写“{DAYS}”，季度和年度就都算得对。"
        notes.say(record.at("unit"), "wrong-unit", cause)


def _unit(node: ast.expr, units: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    if isinstance(node, ast.Name):
        return units[node.id]
    if not isinstance(node, ast.BinOp):
        return (0, 0)
    left, right = _unit(node.left, units), _unit(node.right, units)
    if isinstance(node.op, ast.Mult):
        return left[0] + right[0], left[1] + right[1]
    if isinstance(node.op, ast.Div):
        return left[0] - right[0], left[1] - right[1]
    if left != right:
        raise ExpressionError(f"算式里{_said(left)}和{_said(right)}不能相加减。", 0)
    return left


def _said(unit: tuple[int, int]) -> str:
    known = {(0, 0): "件数或者比率", (1, 0): "天数", (0, 1): "金额"}
    return known.get(unit, "说不出单位的数")


def _check_rows(example: Record, populations: Mapping[str, Population | None], notes: Notes) -> None:
    _check_table(example, example.text("over") or next(iter(populations)), populations, notes)
    for one in example.records("more"):
        _check_table(one, one.text("over"), populations, notes)


def _check_table(
    table: Record, over: str, populations: Mapping[str, Population | None], notes: Notes
) -> None:
    population = populations.get(over)
    if over not in populations:
        cause = f"本指标不数“{over}”。"
        notes.say(table.at("over"), "unknown-name", cause, allowed=tuple(populations))
    node = table.at("rows")
    if population is None or not isinstance(node, ListNode):
        return
    for row in node.items:
        for name, at in _names(row):
            if name not in population.kinds:
                cause = f"“{over}”没有“{name}”这个数据项。{nearest(name, population.kinds)}"
                notes.say(at, "unknown-name", cause)
