"""What is wrong within one scoring sheet: sums, grades, vetoes, what its grades open elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from mingjing.definitions.kinds.registers.saying import say_unknown
from mingjing.definitions.nodes import MapNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Record
from mingjing.domain.assessments.scoring import short
from mingjing.domain.assessments.sheets import Item
from mingjing.domain.dates.periods import Every

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf


def say_sheet(record: Record, items: Sequence[Item], notes: Notes) -> None:
    """Note what the parts of a sheet say against each other."""
    _say_words(record, notes)
    _say_sum(record, items, notes)
    _say_grades(record, notes)
    _say_required(record, items, notes)
    ranking = record.get("ranking", Record)
    if ranking is not None and ranking.get("per", Every) is not record.get("period", Every):
        cause = "排名的期间和考核期不一样。"
        notes.say(record.at("ranking"), "wrong-period", cause, example="period: 月；ranking: {per: 月, …}")


def _say_words(record: Record, notes: Notes) -> None:
    """The subject and what is asked are fields of the file."""
    known = [one.text("label") for one in (record.get("fields", dict) or {}).values()]
    for key, labels in (
        ("scores", (record.text("scores"),)),
        ("asks", record.texts("asks")),
        ("adds", record.texts("adds")),
    ):
        for label in labels:
            if label not in known:
                say_unknown(notes, record.at(key), label, "字段", known)


def _say_sum(record: Record, items: Sequence[Item], notes: Notes) -> None:
    """All marks, or all weights, make exactly one whole."""
    weights = [one.weight for one in items if one.weight is not None]
    full = record.get("full", Fraction) or Fraction(100)
    if weights and len(weights) < len(items):
        cause = "有的项目写了 weight，有的没有写。"
        notes.say(record.at("items"), "bad-sum", cause, example="weight: 25%")
    elif weights and sum(weights, Fraction(0)) != 1:
        cause = f"各项权重加起来是 {short(sum(weights, Fraction(0)) * 100)}%，应当是 100%。"
        notes.say(record.at("items"), "bad-sum", cause)
    elif weights and any(one.full != full for one in items):
        cause = f"写了权重的，每一项的满分都要是 {short(full)} 分，才能按比例相加。"
        notes.say(record.at("items"), "bad-sum", cause)
    elif not weights and (total := sum((one.full for one in items), Fraction(0))) != full:
        cause = f"各项满分加起来是 {short(total)} 分，应当是 {short(full)} 分。"
        notes.say(record.at("items"), "bad-sum", cause, example="full: 100")


def _say_grades(record: Record, notes: Notes) -> None:
    """Grades go down to nothing; vetoes name one of them."""
    grades = record.records("grades")
    least = [one.get("least", Fraction) or Fraction(0) for one in grades]
    if any(high <= low for high, low in pairwise(least)):
        notes.say(record.at("grades"), "bad-grades", "等级要从高到低写，分数一级比一级低。")
    elif least and least[-1] != 0:
        cause = f"{short(least[-1])} 分以下的没有等级，最后一级要写 least: 0。"
        notes.say(record.at("grades"), "bad-grades", cause, example="{label: 不合格, least: 0}")
    labels = [one.text("label") for one in grades]
    for veto in record.records("vetoes"):
        if veto.text("best") not in labels:
            say_unknown(notes, veto.at("best"), veto.text("best"), "等级", labels)


def _say_required(record: Record, items: Sequence[Item], notes: Notes) -> None:
    requires = record.get("requires", Record)
    if requires is None:
        return
    found = {"items": len(items), "categories": len({one.category for one in items if one.category})}
    for key, what in (("categories", "大类"), ("items", "项")):
        wanted = requires.get(key, int)
        if wanted is not None and wanted != found[key]:
            cause = f"方案要有 {wanted} {what}，现在是 {found[key]} {what}。"
            notes.say(record.at("items"), "wrong-count", cause)


def say_openings(record: Record, shelf: Shelf, notes: Notes) -> None:
    """What a grade opens is a register that is there, with fields it has."""
    for grade in record.records("grades"):
        say_opens(grade.records("opens"), shelf, notes)


def say_opens(openings: Iterable[Record], shelf: Shelf, notes: Notes) -> None:
    """Note openings of registers nobody wrote, and of fields those do not have."""
    for opening in openings:
        id_, known = opening.text("of"), shelf.register_ids()
        if id_ not in known and not shelf.may_be_broken(id_):
            notes.say(opening.at("of"), "unknown-definition", f"没有台账“{id_}”。{nearest(id_, known)}")
        there = shelf.newest_register(id_)
        written = opening.node.entries.get("fields")
        if there is None or not isinstance(written, MapNode):
            continue
        labels = tuple(one.label for one in there.fields)
        for label, key in written.keys.items():
            if label not in labels:
                say_unknown(notes, key, label, f"“{there.label}”的字段", labels)
