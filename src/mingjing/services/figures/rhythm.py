"""The rhythm of supervision: daily bulletin, weekly scheduling list, monthly analysis, and the cockpit.

The figures of a bulletin are those of ``dictionary.key_indicators``; what is to be done about them people
write. Nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from mingjing.domain.dates.periods import Every, Period, period_of
from mingjing.domain.indicators.counts import Direction
from mingjing.domain.indicators.grains import Grain, buckets
from mingjing.services.actors import Actor
from mingjing.services.figures.reading import Line, board
from mingjing.services.figures.sight import Seen
from mingjing.services.installation import registry
from mingjing.services.notice_papers import Paper

TEMPLATE = "document.figures_bulletin"
KEY = "dictionary.key_indicators"
COLUMN_OF = {"驾驶舱": "cockpit", "日通报": "daily", "周调度": "weekly", "月分析": "monthly"}
HEADINGS = (
    ("指标", 2.4),
    ("数字", 1.4, "right"),
    ("上年同期", 1.4, "right"),
    ("同比", 1.6, "right"),
    ("主管", 1.6),
)
"""Columns of the table: heading, share of the width, and the side where not the left."""


class Kind(Enum):
    """A bulletin: how it is called and what it covers."""

    DAY = "日通报"
    WEEK = "周调度"
    MONTH = "月分析"


NAMES = {Kind.DAY: "重点指标日通报", Kind.WEEK: "绩效指标周调度", Kind.MONTH: "审判管理月分析"}
BEFORE = {Kind.DAY: "前一天", Kind.WEEK: "上一周", Kind.MONTH: "上一月"}


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One bulletin of a place: its lines, and those that need somebody's word."""

    kind: Kind
    period: Period
    seen: Seen
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return NAMES[self.kind]

    @property
    def noticed(self) -> tuple[Line, ...]:
        """The lines outside their range, or moved the wrong way since last year."""
        return tuple(line for line in self.lines if line.outside or worse(line))


def worse(line: Line) -> bool:
    """Whether a figure with a direction has moved against it since last year."""
    now = line.answer.value.exact if line.answer else None
    before = line.before.exact if line.before else None
    if now is None or before is None or now == before:
        return False
    direction = line.indicator.direction
    return now < before if direction is Direction.UP else direction is Direction.DOWN and now > before


def key_ids(actor: Actor, use: str) -> list[str]:
    """The ids of the key indicators shown in a place (驾驶舱, 日通报 …), in their order."""
    words = registry(actor.court).dictionary_or_none(KEY)
    if words is None:
        return []
    rows = [words.row(word) for word in words.keys]
    return [row.get("code", "") for row in rows if row.get(COLUMN_OF[use]) == "是"]


def key_lines(actor: Actor, seen: Seen, period: Period, use: str) -> list[Line]:
    """The key indicators of a place in a period, in the order of the dictionary."""
    ids = key_ids(actor, use)
    found = {line.indicator.id: line for line in board(actor, seen, period, ids)}
    return [found[id_] for id_ in ids if id_ in found]


def covered(kind: Kind, on: date) -> Period:
    """What a bulletin made on ``on`` covers: the day before, the week before, the month so far or, in its
    first five days, the month before."""
    if kind is Kind.DAY:
        day = on - timedelta(days=1)
        return buckets(Grain.DAY, Period(day, day, "", ""))[0]
    if kind is Kind.WEEK:
        return period_of(Every.WEEK, on - timedelta(days=7))
    month = period_of(Every.MONTH, on if on.day > 5 else on - timedelta(days=5))
    return Period(month.first, min(month.last, on), month.code, month.label)


def bulletin(actor: Actor, seen: Seen, kind: Kind, period: Period) -> Bulletin:
    """The bulletin of a place."""
    return Bulletin(kind, period, seen, tuple(key_lines(actor, seen, period, kind.value)))


def overview(lines: Sequence[Line]) -> str:
    """The first counts of a bulletin in words: ``新收12件，结案15件，未结640件``."""
    told = [
        f"{line.indicator.label}{line.answer.value.text.replace(' ', '')}"
        for line in lines
        if line.answer is not None and line.indicator.unit == "件"
    ]
    return "，".join(told) or "没有可以计数的指标"


def changes(found: Bulletin) -> str:
    """What needs somebody's word, in words, without a judgment."""
    told = []
    for line in found.noticed:
        assert line.answer is not None
        words = f"{line.indicator.label}{line.answer.value.text}"
        words += f"，同比{line.change}" if line.change else ""
        told.append(words + ("，超出参考区间" if line.outside else ""))
    return "；".join(told) + "。" if told else "没有指标超出参考区间，也没有与上年同期相比变差的。"


def bulletin_paper(actor: Actor, found: Bulletin) -> Paper:
    """The .docx of a bulletin."""
    from mingjing.documents.days import format_day
    from mingjing.documents.gongwen import write_document  # the writer of .docx is loaded to write one
    from mingjing.documents.tables import Column, Table
    from mingjing.documents.template import fill_template

    template = registry(actor.court).document(TEMPLATE, actor.on)
    values = {
        "名称": found.name,
        "期间": found.period.label,
        "法院": actor.court.name,
        "概述": overview(found.lines),
        "变化": changes(found),
        "截止日期": format_day(actor.on),
    }
    rows = tuple(
        (
            line.indicator.label,
            line.answer.value.text if line.answer else "缺数据",
            line.before.text if line.before else "",
            line.change,
            line.indicator.owner,
        )
        for line in found.lines
    )
    columns = tuple(Column(*heading) for heading in HEADINGS)
    document = fill_template(
        template,
        values,
        issuer=actor.court.name,
        number="",
        issued_on=actor.on,
        tables=(Table(columns, rows, caption="重点指标"),) if rows else (),
    )
    return Paper(f"{found.name}{found.period.code}.docx", write_document(document))
