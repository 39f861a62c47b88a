"""Rows of records as HTML, written straight: a list of a hundred rows costs what it shows and no more.

Everything that comes from a record is escaped here; the result is safe to include.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.services.reading.records.listing import RecordRow
from mingjing.services.reading.records.values import Names, said
from mingjing.web import wording

Cell = Callable[[RecordRow], str]
SHADES = ("", "blue", "yellow", "red")
COLOUR_WORDS = ("", "蓝", "黄", "红")
TITLE = 60
RIGHT = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.DAY, FieldType.MOMENT)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its cell as HTML, its class."""

    label: str
    cell: Cell
    kind: str = ""


def record_prefix() -> str:
    """The address of a record without its number at the end."""
    return reverse("record", args=[0])[:-1]


def shorter(text: str, most: int = TITLE) -> str:
    """The text, or its beginning with … where it is too long for a line."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def state_cell(row: RecordRow) -> str:
    """A lamp with the state beside it: jade ring when over, the colour of its clocks before."""
    shade = "done" if row.over else SHADES[row.colour]
    said_ = f'<span class="unseen">{COLOUR_WORDS[row.colour]}</span>' if row.colour and not row.over else ""
    lamp = f'<span class="lamp {shade}" aria-hidden="true"></span>'
    return f'<span class="nowrap">{lamp}{said_}{escape(row.state)}</span>'


def due_cell(on: date) -> Cell:
    """The day it is due and how far that is; of what is over, when it ended."""

    def cell(row: RecordRow) -> str:
        if row.over:
            return f'<span class="soft">{row.over_on} 了结</span>' if row.over_on else "—"
        if row.due_on is None:
            return '<span class="soft">没有期限</span>'
        away = (row.due_on - on).days
        shade = "red" if away < 0 else "yellow" if away <= 3 else ""
        said_ = wording.days_away(row.due_on, on)
        return f'<span class="due {shade}">{row.due_on}</span><span class="sub">{said_}</span>'

    return cell


def columns_of(register: Register, fields: Sequence[Field], names: Names, on: date) -> tuple[Column, ...]:
    """The columns of a register's list: the built-in ones, then the fields chosen."""
    prefix = record_prefix()
    found = [
        Column("编号", lambda row: escape(row.number), "id"),
        Column("标题", titled(prefix), "title"),
    ]
    if register.unit:
        found.append(
            Column(
                register.unit,
                lambda row: escape(wording.short_department(row.unit)) if row.unit else "—",
                "who",
            )
        )
    if register.holder:
        found.append(Column(register.holder, lambda row: escape(row.holder) if row.holder else "—", "who"))
    found += [_of(field, names) for field in fields]
    found += [
        Column("期限", due_cell(on), "num"),
        Column("状态", state_cell),
        Column("登记", lambda row: str(row.opened_on), "num"),
    ]
    return tuple(found)


def titled(prefix: str) -> Cell:
    """The title as the link to the record; its whole text on hover where it is cut."""

    def cell(row: RecordRow) -> str:
        text = row.title or row.number
        whole = f' title="{escape(text)}"' if len(text) > TITLE else ""
        return f'<a href="{prefix}{row.pk}"{whole}>{escape(shorter(text))}</a>'

    return cell


def _of(field: Field, names: Names) -> Column:
    def cell(row: RecordRow) -> str:
        return escape(shorter(said(field, row.data.get(field.key), names), 40)) or "—"

    return Column(field.label, cell, "num" if field.type in RIGHT else "")


def across_columns(labels: Mapping[str, str], on: date) -> tuple[Column, ...]:
    """The columns of a list over several registers."""
    return (
        Column("编号", lambda row: escape(row.number), "id"),
        Column("标题", titled(record_prefix()), "title"),
        Column("台账", lambda row: escape(labels.get(row.register, row.register))),
        Column("部门", lambda row: escape(wording.short_department(row.unit)) if row.unit else "—", "who"),
        Column("责任人", lambda row: escape(row.holder) if row.holder else "—", "who"),
        Column("期限", due_cell(on), "num"),
        Column("状态", state_cell),
    )


def table(rows: Sequence[RecordRow], columns: Sequence[Column], *, pick: bool = False) -> SafeString:
    """The table of a list; with ``pick`` a box to choose before each row."""
    box = '<th class="pick"><span class="unseen">选择</span></th>' if pick else ""
    heads = "".join(
        f'<th class="{one.kind}">{escape(one.label)}</th>' if one.kind else f"<th>{escape(one.label)}</th>"
        for one in columns
    )
    opening = [
        f'<td class="{one.kind}" data-label="{escape(one.label)}">' if one.kind
        else f'<td data-label="{escape(one.label)}">'
        for one in columns
    ]  # fmt: skip
    cells = [one.cell for one in columns]
    lines = []
    for row in rows:
        chosen = ""
        if pick:
            chosen = (
                f'<td class="pick"><input type="checkbox" name="record" value="{row.pk}" '
                f'aria-label="选择 {escape(row.number)}"></td>'
            )
        inside = "".join([f"{begin}{cell(row)}</td>" for begin, cell in zip(opening, cells, strict=True)])
        lines.append(f"<tr>{chosen}{inside}</tr>")
    body = "\n".join(lines)
    return mark_safe(  # noqa: S308  every value was escaped above
        f'<table class="list one-line records"><thead><tr>{box}{heads}</tr></thead>'
        f"<tbody>\n{body}</tbody></table>"
    )
