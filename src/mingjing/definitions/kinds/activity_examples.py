"""Examples of an activity: what was held in a period, by whom; what each still owes, and the three counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.filing_examples import period_kind
from mingjing.definitions.kinds.kind import Outcome, refusal_outcome
from mingjing.definitions.kinds.registers.parts import EXAMPLE_FIELDS, OUTCOMES
from mingjing.definitions.kinds.registers.shapes import ExampleStep, StepText
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Day, Field, ListOf, MapOf, OneOrMany, Record, Table, Text
from mingjing.definitions.shapes.scalars import share_text
from mingjing.definitions.shapes.tables import at_least_one
from mingjing.domain.activities.counting import Key, Progress, completion, counted, coverage, progress
from mingjing.domain.activities.rules import Activity, Session
from mingjing.domain.dates.periods import Period, called_period, read_period
from mingjing.domain.filings.rates import NO_DATA, percent
from mingjing.domain.ledgers.register import Field as RecordField
from mingjing.domain.ledgers.register import FieldType
from mingjing.domain.ledgers.values import SEVERAL_KINDS, check_value
from mingjing.domain.reasons import MissingFact, Refusal, Unreadable

_SESSION = "2026-07-03 第一支部 记录 类别=一课"
_COUNT = re.compile(r"(\d{1,5})\s*(?:人|个)")
_WORDS = ListOf(Text(example="第一支部：一实践"), drops=False)
_PLAIN = ("场次", "人数", "人次")
_MEASURED = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.DAY)
_OWN = ("gaps", "counts", "coverage", "done")


def _of_one_form(record: Record, notes: Notes) -> None:
    """An example plays steps, or counts what was held."""
    if ("steps" in record.node.entries) == ("held" in record.node.entries):
        cause = "例子要么写 steps（依次办了什么），要么写 held（办过哪些活动），只写一种。"
        notes.say(record.node, "conflicting-keys", cause, example=f"held: [{_SESSION}]")


EXAMPLE = Table(
    (
        *(
            Field(one.key, one.shape, one.title, required=one.required and one.key != "steps")
            for one in EXAMPLE_FIELDS
        ),
        Field("held", ListOf(StepText()), "办过哪些活动：日期 谁 记录 字段=内容"),
        Field("period", Text(example="2026-07"), "哪一期；发起的写发起那天"),
        Field("until", Day(), "发起的写到哪一天为止"),
        Field("roster", ListOf(Text(example="第一支部"), drops=False), "应完成的有谁"),
        Field(
            "targets",
            MapOf(OneOrMany(Text(example="18 人")), example="{顾副院长: 18 人}"),
            "覆盖人员的：谁要覆盖哪些人（名字，或者“18 人”即 1 号到 18 号）",
        ),
        Field("gaps", _WORDS, "谁还差什么；都完成了写 []"),
        Field(
            "counts",
            MapOf(Text(example="3"), example="{场次: 3, 人数: 5, 人次: 8}"),
            "场次、人数、人次和累计各是多少",
        ),
        Field("coverage", share_text("94.4%"), "覆盖率"),
        Field("done", share_text("50%"), "完成率"),
    ),
    rules=(at_least_one(*OUTCOMES, *_OWN), _of_one_form),
    example=f"{{name: 一课, period: 2026-07, roster: [第一支部], held: [{_SESSION}], gaps: []}}",
)


def run_counts(activity: Activity, example: Example) -> Outcome:
    """Count the sessions of an example and compare everything it writes."""
    record = example.record
    held = [one for one in record.get("held", tuple) or () if isinstance(one, ExampleStep)]
    try:
        people: dict[str, int] = {}
        sessions = [_session(activity, place, one, people) for place, one in enumerate(held, start=1)]
        rows = _progress(activity, record, sessions) if "period" in record else []
    except Refusal as refusal:
        return refusal_outcome(example.refused, str(refusal))
    found = {
        "gaps": "、".join(gap for row in rows for gap in gaps_of(row, len(activity.quotas) > 1)) or "无",
        "coverage": percent(coverage([row for row in rows if row.quota.covers])),
        "done": percent(completion(rows)),
    }
    expected, got = [], []
    for key in _OWN:
        if key == "counts" and "counts" in record:
            wanted: Mapping[str, str] = record.get("counts", dict) or {}
            have = _counts(activity, sessions)
            expected.append("；".join(f"{what} {number}" for what, number in wanted.items()))
            got.append("；".join(f"{what} {have.get(what, '没有这个数')}" for what in wanted))
        elif key in record:
            value = record.values[key]
            text = ("、".join(map(str, value)) or "无") if isinstance(value, tuple) else str(value)
            expected.append(f"{key}：{text}")
            got.append(f"{key}：{found[key]}")
    return Outcome(expected == got, "；".join(expected), "；".join(got))


def gaps_of(row: Progress, named: bool) -> list[str]:
    """What somebody still owes, in words: ``第一支部：一实践``, ``顾副院长：还差 1``."""
    what = f"{row.quota.label} " if named else ""
    if row.lacks:
        return [f"{row.key}：{what}{lack}" for lack in row.lacks]
    return [] if row.met else [f"{row.key}：{what}还差 {row.short.normalize():f}"]


def _progress(activity: Activity, record: Record, sessions: Sequence[Session]) -> list[Progress]:
    period = _period(record)
    roster: Sequence[Key] = record.texts("roster")
    every = [
        one
        for one in activity.quotas
        if not one.every.comes_by_itself
        or (_is_of_calendar(period) and period_kind(period.code) is one.every)
    ]
    if not every:
        raise MissingFact(f"没有以“{period.code}”为一期的要求。")
    rows: list[Progress] = []
    for quota in every:
        targets = {key: activity.options(quota) for key in roster} if not quota.among else _targets(record)
        rows += progress(quota, roster, sessions, period, targets)
    return rows


def _is_of_calendar(period: Period) -> bool:
    return len(period.code) < len("2026-03-02")


def _period(record: Record) -> Period:
    code = record.text("period")
    if len(code) == 10 and code[4] == code[7] == "-":
        try:
            first = date.fromisoformat(code)
        except ValueError:
            raise Unreadable(f"没有“{code}”这一天，请核对月份和日子。", example="2026-03-02") from None
        return called_period(first, record.get("until", date) or first)
    return read_period(code)


def _targets(record: Record) -> dict[Key, Sequence[Key]]:
    given: Mapping[str, tuple[str, ...]] = record.get("targets", dict) or {}
    found: dict[Key, Sequence[Key]] = {}
    for key, words in given.items():
        count = _COUNT.fullmatch(words[0]) if len(words) == 1 else None
        found[key] = [f"{n}号" for n in range(1, int(count[1]) + 1)] if count else words
    return found


def _session(activity: Activity, place: int, held: ExampleStep, people: dict[str, int]) -> Session:
    values: dict[str, object] = {}
    for label, text in held.entries.items():
        known = next((one for one in activity.register.fields if one.label == label), None)
        if known is None:
            raise MissingFact(
                f"没有“{label}”这个字段。", allowed=[one.label for one in activity.register.fields]
            )
        values[label] = _several(text) if known.type in SEVERAL_KINDS else _one(known, text)
    for quota in activity.quotas:
        values.setdefault(quota.by, held.who)
    came = values.get(activity.attended)
    attended = came if isinstance(came, list) else []
    heads = values.get(activity.heads)
    made_up = values.get(activity.makes_up)
    return Session(
        place,
        held.on,
        date.fromisoformat(str(made_up)) if made_up else held.on,
        tuple(people.setdefault(name, len(people) + 1) for name in attended),
        int(str(heads)) if heads is not None else None,
        values,
    )


def _one(field: RecordField, text: str) -> object:
    """Names stay names: in an example nobody has a key."""
    value = int(text) if field.type is FieldType.INTEGER and text.isdecimal() else text
    if field.type in _MEASURED:
        check_value(field, value)
    return value


def _several(text: str) -> list[str]:
    """``林知远、何叙``, or ``1号至18号``: everybody between."""
    if between := re.fullmatch(r"(\d+)号至(\d+)号", text):
        return [f"{n}号" for n in range(int(between[1]), int(between[2]) + 1)]
    return [part.strip() for part in text.split("、") if part.strip()]


def _counts(activity: Activity, sessions: Sequence[Session]) -> dict[str, str]:
    count = counted(sessions, activity.sums)
    persons = NO_DATA if count.persons is None else str(count.persons)
    found = dict(zip(_PLAIN, (str(count.sessions), persons, str(count.person_times)), strict=True))
    return found | {label: f"{_plain(total)}" for label, total in count.sums.items()}


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
