"""A register as a workbook: the list as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse

from mingjing.domain.ledgers.register import Field, Register
from mingjing.services.exporting import LIMIT, Column, Sheet
from mingjing.services.reading.records.listing import RecordRow, every_row, names_of
from mingjing.services.reading.records.overview import seen_register
from mingjing.services.reading.records.values import Names, plain
from mingjing.web.listing import workbook
from mingjing.web.records.addresses import chosen_of
from mingjing.web.routing import Route, StaffRequest


def register_export(request: StaffRequest, register_id: str) -> HttpResponse:
    """The list by the same filter, with every field anybody who sees the record may read."""
    actor = request.actor
    register = seen_register(actor, register_id)
    chosen = chosen_of(request, register)
    rows = every_row(actor, register, chosen, LIMIT)
    fields = [one for one in register.fields if not one.seen_by]
    columns = columns_for(register, fields, names_of(fields, rows))
    sheet = Sheet(register.label, columns, rows, " · ".join(chosen.sentence()), "条")
    return workbook(request, sheet, verb="导出台账")


def columns_for(register: Register, fields: Sequence[Field], names: Names) -> tuple[Column[RecordRow], ...]:
    """Number, state, the fields, then the days."""
    return (
        Column("编号", lambda row: row.number),
        Column("状态", lambda row: row.state),
        *(_of(field, names) for field in fields),
        Column("登记日期", lambda row: row.opened_on),
        Column("期限", lambda row: row.due_on),
        Column("了结日期", lambda row: row.over_on),
    )


def _of(field: Field, names: Names) -> Column[RecordRow]:
    return Column(field.label, lambda row: plain(field, row.data.get(field.key), names))


routes = (Route("registers/<str:register_id>/export", register_export, "register-export", "导出数据"),)
