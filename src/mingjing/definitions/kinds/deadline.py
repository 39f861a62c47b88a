"""``deadline``: by which day, counted how, lengthened by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Head
from mingjing.definitions.kinds.deadline_examples import EXAMPLE, run
from mingjing.definitions.kinds.kind import Kind, Section, mapping_text
from mingjing.definitions.nodes import ListNode, MapNode, Node, ScalarNode, shown
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import Severity
from mingjing.definitions.shapes import (
    FLAG,
    Choice,
    Day,
    Field,
    Length,
    ListOf,
    MapOf,
    OneOrMany,
    Record,
    Shape,
    Table,
    Text,
    Word,
)
from mingjing.definitions.shapes.base import Schema
from mingjing.definitions.shapes.facts import Applies, NamesWithLaw
from mingjing.definitions.shapes.tables import exactly_one
from mingjing.domain.dates.durations import Duration
from mingjing.domain.deadlines.rules import (
    Counting,
    Deadline,
    Direction,
    Extension,
    MonthRule,
    RollRule,
    Version,
)

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

NO_LIMIT = "没有期限"


@dataclass(frozen=True)
class Limit(Length):
    """A duration, or ``没有期限`` (read as an empty duration with that text)."""

    def read(self, node: Node, notes: Notes) -> Duration | None:
        if isinstance(node, ScalarNode) and node.text.strip() == NO_LIMIT:
            return Duration(text=NO_LIMIT)
        return super().read(node, notes)

    def schema(self) -> Schema:
        return {"type": "string", "examples": [self.example, NO_LIMIT]}


def _fact(what: str, example: str) -> Shape[str]:
    return Word("facts", what, example)


_COUNTING = Table(
    (
        Field("starts", _fact("起算的日期", "立案日期"), "从哪个日期起算", required=True),
        Field("stops", _fact("停止的日期", "结案日期"), "到哪个日期为止算审结"),
        Field("first_day", Choice({"不计入": False, "计入": True}), "起算当日计不计入", tested=True),
        Field(
            "no_such_day", Choice({rule.value: rule for rule in MonthRule}), "没有对应日时怎么办", tested=True
        ),
        Field(
            "last_day", Choice({rule.value: rule for rule in RollRule}), "最后一天遇休假日怎么办", tested=True
        ),
        Field("direction", Choice({way.value: way for way in Direction}), "往后数，还是往前数", tested=True),
        Field("calendar", Text(example="calendar.cn"), "照哪份工作日历"),
        Field(
            "law",
            MapOf(Text(example="民事诉讼法第八十五条")),
            "本表各键的依据，写作 {键: 条文}；也可写在行末注释里",
        ),
    ),
    example="{starts: 立案日期, first_day: 不计入, no_such_day: 取月末, last_day: 遇休假日顺延}",
)


def _asked_before_decided(record: Record, notes: Notes) -> None:
    """What is decided earlier than it may be asked for at the latest is a slip: the two were exchanged."""
    asked, decided = record.get("apply_before", Duration), record.get("decide_before", Duration)
    if asked is None or decided is None or bool(asked.months) != bool(decided.months):
        return
    if (asked.months, asked.days, asked.half_workdays) < (
        decided.months,
        decided.days,
        decided.half_workdays,
    ):
        cause = (
            f"届满前 {decided} 就要决定（decide_before），届满前 {asked} 还可以申请（apply_before）："
            "决定早于申请的最后一天。请核对是不是写反了。"
        )
        notes.say(
            record.at("decide_before"),
            "bad-duration",
            cause,
            example="apply_before: 15 天, decide_before: 5 天",
        )


_EXTENSION = Table(
    (
        Field("approver", Text(example="本院院长"), "谁批准", required=True),
        Field("at_most", Length("1 个月"), "这一次最多延长多久", tested=True),
        Field("in_total", Length("6 个月"), "连同延长，整个期限最多多久", tested=True),
        Field("needs", _fact("条件", "双方当事人同意"), "须为“是”的数据项", tested=True),
        Field("apply_before", Length("15 天"), "至迟在届满前多久申请", tested=True),
        Field("decide_before", Length("5 天"), "至迟在届满前多久决定"),
        Field("repeatable", FLAG, "能不能再次使用"),
        Field("basis", Text(example="《民事诉讼法》第一百五十二条"), "这一步的依据"),
    ),
    rules=(_asked_before_decided,),
    example="{approver: 本院院长, at_most: 1 个月}",
)
_VERSION = Table(
    (
        Field("from", Day(), "从哪一天起施行", required=True, tested=True),
        Field("limit", Limit(), "期限多长，或者“没有期限”", tested=True),
        Field("due", _fact("到期日", "审限届满日期"), "到期日直接取自导入的数据项"),
        Field("extension", OneOrMany(_EXTENSION), "怎样延长；几步写成列表，依次进行", tested=True),
        Field("basis", Text(example="《民事诉讼法》第一百六十四条"), "依据哪一条", required=True),
        Field(
            "text", Text(example="人民法院适用简易程序审理案件，应当在立案之日起三个月内审结。"), "条文原文"
        ),
    ),
    rules=(exactly_one("limit", "due"),),
    example="{from: 2022-01-01, limit: 3 个月, basis: 《民事诉讼法》第一百六十四条}",
)
_FIELDS = (
    Field("clock", Text(example="审理期限"), "计的是哪一种期限；不写就是名称"),
    Field("applies", Applies(), "适用于哪些案件", required=True, tested=True),
    Field(
        "outranks",
        ListOf(Text(example="deadline.civil.ordinary")),
        "特别规定：两份都适用时，本规定优先于哪些期限（写 id）",
    ),
    Field("counting", _COUNTING, "怎么数", required=True, tested=True),
    Field(
        "excludes",
        NamesWithLaw("dictionary.exclusions", "扣除事由", "鉴定期间"),
        "哪些期间不计入",
        tested=True,
    ),
    Field(
        "suspends",
        NamesWithLaw("dictionary.exclusions", "扣除事由", "中止诉讼期间"),
        "哪些期间停止计算",
        tested=True,
    ),
    Field(
        "restarts",
        NamesWithLaw("dictionary.events", "案件事项", "补充侦查完毕"),
        "哪些事项使期限重新计算",
        tested=True,
    ),
    Field("version_by", _fact("选版本的日期", "立案日期"), "按哪个日期选版本；不写就是起算日期"),
    Field("versions", ListOf(_VERSION, least=1), "各个版本，新的在前", required=True, tested=True),
)


def _build(record: Record, head: Head) -> Deadline:
    laws: dict[str, str] = {}
    names = {key: _names(record, key, head.remarks, laws) for key in ("excludes", "suspends", "restarts")}
    counting = record.get("counting", Record)
    if counting is None:
        raise KeyError("counting")
    return Deadline(
        id=head.id,
        label=head.label,
        owner=head.owner,
        clock=record.text("clock") or head.label,
        applies=record.get("applies", dict) or {},
        counting=_counting(counting, head.remarks),
        versions=tuple(_version(item) for item in record.records("versions")),
        excludes=names["excludes"],
        suspends=names["suspends"],
        restarts=names["restarts"],
        excludes_law=laws,
        version_by=record.text("version_by"),
        questions=head.questions,
        content_hash=head.content_hash,
    )


def _names(record: Record, key: str, remarks: Mapping[int, str], laws: dict[str, str]) -> tuple[str, ...]:
    """The names under a key; their articles go into ``laws``, a remark on the line where none is given."""
    found: Mapping[str, str] = record.get(key, dict) or {}
    node = record.at(key)
    for index, (name, law) in enumerate(found.items()):
        line = node.line
        if isinstance(node, ListNode):
            line = node.items[index].line
        elif isinstance(node, MapNode):
            line = node.keys[name].line
        if said := law or remarks.get(line, ""):
            laws[name] = said
    return tuple(found)


def _counting(record: Record, remarks: Mapping[int, str]) -> Counting:
    beside = {key: remarks[node.line] for key, node in record.node.entries.items() if node.line in remarks}
    return Counting(
        starts=record.text("starts"),
        stops=record.text("stops"),
        first_day_counts=record.flag("first_day"),
        no_such_day=record.get("no_such_day", MonthRule) or MonthRule.MONTH_END_IF_MISSING,
        last_day=record.get("last_day", RollRule) or RollRule.ROLL,
        direction=record.get("direction", Direction) or Direction.FORWARD,
        calendar=record.text("calendar") or "calendar.cn",
        law={**beside, **(record.get("law", dict) or {})},
    )


def _version(record: Record) -> Version:
    limit = record.get("limit", Duration)
    no_limit = limit is not None and limit.text == NO_LIMIT
    return Version(
        since=record.day("from"),
        limit=None if no_limit else limit,
        no_limit=no_limit,
        due=record.text("due"),
        extensions=tuple(_extension(item) for item in record.records("extension")),
        basis=record.text("basis"),
        text=record.text("text"),
    )


def _extension(record: Record) -> Extension:
    return Extension(
        approver=record.text("approver"),
        at_most=record.get("at_most", Duration),
        in_total=record.get("in_total", Duration),
        needs=record.text("needs"),
        apply_before=record.get("apply_before", Duration),
        decide_before=record.get("decide_before", Duration),
        repeatable=record.flag("repeatable"),
        basis=record.text("basis"),
    )


def _newest_first(record: Record, notes: Notes) -> None:
    """Versions stand newest first and never two on one day."""
    versions = [item for item in record.records("versions") if "from" in item]
    for above, below in pairwise(versions):
        newer, older = above.day("from"), below.day("from")
        if newer == older:
            notes.say(
                below.at("from"), "duplicate-version", f"两个版本都从 {older} 起施行。同一天只能有一个版本。"
            )
        elif newer < older:
            cause = f"{older} 的版本应写在 {newer} 的前面：版本从新到旧排列，最新的在最上面。"
            notes.say(below.at("from"), "versions-out-of-order", cause)


def _law_keys_known(record: Record, notes: Notes) -> None:
    counting = record.get("counting", Record)
    law = counting.node.entries.get("law") if counting else None
    if isinstance(law, MapNode):
        allowed = tuple(item.key for item in _COUNTING.fields if item.key != "law")
        for key in law.entries:
            if key not in allowed:
                notes.say(law.keys[key], "unknown-key", f"counting 里没有“{key}”这一项。", allowed=allowed)


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """The calendar and the deadlines outranked exist; every version quotes its article (a reminder)."""
    rule = definition.value
    if not isinstance(rule, Deadline):
        return
    _say_outranked(definition, rule, shelf, notes)
    id_ = rule.counting.calendar
    if not shelf.calendar_years(id_) and not shelf.may_be_broken(id_):
        counting = definition.record.get("counting", Record)
        at = counting.at("calendar") if counting else definition.root
        notes.say(at, "unknown-definition", f"没有工作日历“{id_}”。", allowed=shelf.ids("calendar"))
    for version in definition.record.records("versions"):
        if "text" not in version and not definition.questions:
            cause = (
                "这个版本没有写条文原文（text）。写上原文，核对的人一眼就能比对；"
                "暂时查不到的，请在 questions 里说明。"
            )
            notes.say(version.node, "no-law-text", cause, severity=Severity.WARNING)


def _say_outranked(definition: Definition, rule: Deadline, shelf: Shelf, notes: Notes) -> None:
    if "outranks" not in definition.record:
        return
    same = tuple(one.id for one in shelf.deadlines() if one.clock == rule.clock and one.id != rule.id)
    node = definition.record.at("outranks")
    for item in node.items if isinstance(node, ListNode) else ():
        if shown(item) not in same and not shelf.may_be_broken(shown(item)):
            other = next((one for one in shelf.deadlines() if one.id == shown(item)), None)
            counts = f"（它计的是“{other.clock}”，请核对两份的 clock）" if other and other is not rule else ""
            cause = (
                f"没有计“{rule.clock}”的另一份期限“{shown(item)}”{counts}。"
                "outranks 里写本规定优先于哪些同类期限的 id。"
            )
            notes.say(item, "unknown-definition", cause, allowed=same)


def _versions(rule: Deadline) -> tuple[date, ...]:
    return tuple(version.since for version in rule.versions)


def _sections(rule: Deadline) -> Iterable[Section]:
    counting = rule.counting
    rows = [
        ("计的期限", rule.clock, ""),
        ("适用于", mapping_text(rule.applies), ""),
        ("起算", counting.starts, counting.law.get("starts", "")),
        ("截止", counting.stops or "—", counting.law.get("stops", "")),
        ("起算当日", "计入" if counting.first_day_counts else "不计入", counting.law.get("first_day", "")),
        ("没有对应日", counting.no_such_day.value, counting.law.get("no_such_day", "")),
        ("最后一天", counting.last_day.value, counting.law.get("last_day", "")),
        ("方向", counting.direction.value, counting.law.get("direction", "")),
        ("选版本的日期", rule.version_by or counting.starts, ""),
    ]
    groups = (("不计入", rule.excludes), ("停止计算", rule.suspends), ("重新计算", rule.restarts))
    for title, names in groups:
        rows.extend((title, name, rule.excludes_law.get(name, "")) for name in names)
    yield Section("怎么数", ("项目", "内容", "依据"), tuple(rows))
    versions = tuple(
        (
            str(v.since),
            _limit_text(v),
            "；".join(map(_extension_text, v.extensions)) or "—",
            v.basis,
            v.text or "—",
        )
        for v in rule.versions
    )
    yield Section("各个版本", ("施行日", "期限", "延长", "依据", "条文"), versions)


def _limit_text(version: Version) -> str:
    return NO_LIMIT if version.no_limit else f"取自“{version.due}”" if version.due else str(version.limit)


def _extension_text(step: Extension) -> str:
    parts = [f"{step.approver}批准"]
    parts += [f"最多 {step.at_most}"] if step.at_most else []
    parts += [f"累计最多 {step.in_total}"] if step.in_total else []
    parts += [f"须{step.needs}"] if step.needs else []
    parts += [f"届满前 {step.apply_before}申请"] if step.apply_before else []
    parts += [f"届满前 {step.decide_before}决定"] if step.decide_before else []
    return "，".join(parts)


DEADLINE = Kind(
    name="deadline",
    title="期限",
    question="最迟哪一天，怎么数，谁能延长。",
    fields=_FIELDS,
    example=EXAMPLE,
    build=_build,
    run=run,
    sections=_sections,
    check=_check,
    rules=(_newest_first, _law_keys_known),
    versions=_versions,
    refusable=True,
)
