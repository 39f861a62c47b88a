"""A register as a workbook that goes out: an empty template, or the records somebody sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.imports.rows import Cell
from mingjing.imports.sheets import Styles, new_book, put
from mingjing.imports.workbook_words import DATA_SHEET, GUIDE_SHEET
from mingjing.services.actors import Actor
from mingjing.services.acts import Record as Entry
from mingjing.services.acts import acts_together
from mingjing.services.permissions import require
from mingjing.services.records.cells import ABOVE, HINTS, cell_of, head_of
from mingjing.services.records.machineries import register_of
from mingjing.services.records.naming import Names
from mingjing.services.records.sight import LOOKED, SECRET, SEE, fields_seen, visible
from mingjing.services.records.standing import Hands, hands_of
from mingjing.services.records.verbs import ACT, KIND, verb
from mingjing.services.records.versions import value_of
from mingjing.services.records.words import by_label
from mingjing.storage.records.models import Look, Record

EXPORTED, CHUNK, FILLED = 100_000, 1_000, 5_000
_INLINE = 250  # a list typed into a validation may not be longer


def template(actor: Actor, register_id: str, act_label: str = "") -> bytes:
    """An empty workbook: the layout of the export, with notes and lists to choose from.

    Raises
    ------
    NotAllowed   the actor may not act on records
    """
    require(actor, ACT)
    register = register_of(value_of(actor.court, register_id, actor.on))
    acts = [act for act in register.acts if act.opens_record]
    act = next((one for one in acts if one.label == act_label), acts[0] if acts else None)
    asked = set(act.fill) | set(act.may_fill) if act else set()
    out = BytesIO()
    book = new_book(out)
    styles = Styles(book)
    sheet = book.add_worksheet(DATA_SHEET)
    _write_head(sheet, register, styles)
    for place, field in enumerate(register.fields, len(head_of(register))):
        note = _hint(field, required=bool(act and field.label in act.fill), asked=field.label in asked)
        sheet.write_comment(0, place, note, {"x_scale": 2.0, "author": "明镜"})
        options = ("是", "否") if field.type is FieldType.FLAG else field.options
        short = len(",".join(options)) <= _INLINE
        if options and short and field.type is not FieldType.CHOICES:
            sheet.data_validation(1, place, FILLED, place, {"validate": "list", "source": list(options)})
    guide = book.add_worksheet(GUIDE_SHEET)
    _write_guide(guide, register, asked, set(act.fill) if act else set(), styles)
    sheet.activate()
    book.close()
    return out.getvalue()


def export(actor: Actor, register_id: str, keys: Iterable[int] | None = None) -> bytes:
    """The records of a register the actor sees (those of ``keys`` where given), up to 100,000, newest first.

    Cells cannot run as formulas. Fields the actor does not read are empty. One log entry; of a 保密 register
    every record in it counts as looked at, with an entry of its own as if its page had been opened.
    """
    register = register_of(value_of(actor.court, register_id, actor.on))
    hands = hands_of(actor)
    rows = (
        Record.objects.filter(visible(actor, register, hands))
        .select_related("court", "above")
        .order_by("-pk")
    )
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    out = BytesIO()
    with verb(actor, "导出台账", actor.court, subject_id=register.id, needs=SEE) as work:
        book = new_book(out)
        styles = Styles(book)
        sheet = book.add_worksheet(DATA_SHEET)
        _write_head(sheet, register, styles)
        written, looked = 0, list[Entry]()
        for chunk in _chunks(rows.iterator(chunk_size=CHUNK)):
            for cells in _cells(actor, register, hands, chunk):
                written += 1
                for place, cell in enumerate(cells):
                    put(sheet, written, place, cell, styles)
            if register.secrecy == SECRET:
                looked += _look(actor, register, chunk)
        book.close()
        if looked:
            with acts_together(actor, LOOKED, needs=SEE) as entries:
                entries.extend(looked)
        work.entry.payload = {"台账": register.label, "条数": written}
    return out.getvalue()


def _write_head(sheet: Any, register: Register, styles: Styles) -> None:
    sheet.freeze_panes(1, 1)
    for place, label in enumerate((*head_of(register), *(field.label for field in register.fields))):
        sheet.set_column(place, place, max(len(label) * 2 + 2, 14))
        sheet.write_string(0, place, label, styles.head)


def _hint(field: Field, *, required: bool, asked: bool) -> str:
    if not asked:
        return "登记时不用填。"
    return f"{'必填。' if required else ''}{HINTS[field.type]}{field.help}"


def _write_guide(sheet: Any, register: Register, asked: set[str], required: set[str], styles: Styles) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 90)
    lines = (
        f"请在“{DATA_SHEET}”工作表中从第 2 行起填写，一行一条；列的次序可以变，列名不要改。",
        "“编号”“状态”由系统给出，不用填；“登记日期”不填就是导入当天。",
        "上传后先检查、不入库；没有通过的行会写明哪一格错在哪里。",
        *([f"“{ABOVE}”填上级记录的编号，上级要先登记好。"] if register.under else []),
        "同一文件重复上传，不会产生重复记录；从系统导出的文件原样上传，什么也不会变。",
    )
    sheet.write_string(0, 0, "填写说明", styles.title)
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, f"{row}. {line}")
    start = len(lines) + 2
    for place, name in enumerate(("列名", "必填", "怎么填")):
        sheet.write_string(start, place, name, styles.head)
    for row, field in enumerate(register.fields, start + 1):
        must = field.label in required
        sheet.write_string(row, 0, field.label)
        sheet.write_string(row, 1, "是" if must else "否")
        options = f"可填：{'、'.join(field.options[:40])}。" if field.options else ""
        said = _hint(field, required=False, asked=field.label in asked)
        sheet.write_string(row, 2, said + options, styles.wrapped)


def _chunks(rows: Iterator[Record]) -> Iterator[list[Record]]:
    left = EXPORTED
    while left > 0 and (chunk := list(islice(rows, min(CHUNK, left)))):
        left -= len(chunk)
        yield chunk


def _cells(actor: Actor, register: Register, hands: Hands, records: Sequence[Record]) -> Iterator[list[Any]]:
    """One row for each record, in the layout of the template."""
    values = [by_label(register, record.data) for record in records]
    names = Names(register, values)
    narrow = any(field.seen_by for field in register.fields)
    everything = frozenset(field.label for field in register.fields)
    for record, held in zip(records, values, strict=True):
        asks = narrow or record.subject_id == actor.person.pk
        seen = fields_seen(actor, record, register, hands) if asks else everything
        head: list[Cell] = [record.number, record.opened_on, record.state]
        if register.under:
            head.append(record.above.number if record.above else None)
        yield [
            *head,
            *(
                cell_of(field, held.get(field.label), names.shown(field, held.get(field.label)))
                if field.label in seen
                else None
                for field in register.fields
            ),
        ]


def _look(actor: Actor, register: Register, records: Sequence[Record]) -> list[Entry]:
    """Keep that these records were looked at today; the entries for those that were not before."""
    rows = Look.objects.filter(person=actor.person, on=actor.on, record__in=records)
    known = set(rows.values_list("record", flat=True))
    fresh = [one for one in records if one.subject_id != actor.person.pk and one.pk not in known]
    Look.objects.bulk_create(
        (Look(record=one, person=actor.person, on=actor.on) for one in fresh), ignore_conflicts=True
    )
    return [
        Entry(KIND, str(one.pk), one.definition, payload={"台账": register.label, "编号": one.number})
        for one in fresh
    ]
