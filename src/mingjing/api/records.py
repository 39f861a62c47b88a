"""Registers and their records for other systems: the same sight, the same verbs, the same refusals."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from mingjing.api.record_shapes import (
    ActIn,
    FieldOut,
    RecordIn,
    RecordLineOut,
    RecordOut,
    RecordsOut,
    RegisterActOut,
    RegisterOut,
)
from mingjing.api.shapes import Problem
from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.permissions import require
from mingjing.services.reading.records.filters import RecordFilter
from mingjing.services.reading.records.listing import RecordRow, record_page
from mingjing.services.reading.records.overview import seen_register
from mingjing.services.records.acting import do, options
from mingjing.services.records.opening import open_record
from mingjing.services.records.sight import SEE, fields_seen, registers_seen, seen_record
from mingjing.services.records.versions import register_at
from mingjing.services.records.words import by_label
from mingjing.storage.records.models import Record


class KeyedRequest(HttpRequest):
    """A request whose key was recognised."""

    auth: Actor


router = Router(tags=["台账"])
PROBLEMS: dict[int, Any] = dict.fromkeys((401, 403, 404, 422, 503), Problem)
RegisterId = Annotated[str, Path(description="台账的 id", example="ledger.rectification", max_length=80)]
RecordId = Annotated[int, Path(description="记录的编号"), Field(ge=1, le=2**63 - 1)]


@router.get(
    "/registers",
    response={200: list[RegisterOut], **PROBLEMS},
    summary="看得到的台账",
    operation_id="registers",
)
def registers(request: KeyedRequest) -> list[RegisterOut]:
    """每种台账的字段、状态、办理。"""
    require(request.auth, SEE)
    return [_register(one) for one in registers_seen(request.auth)]


@router.get(
    "/registers/{register_id}/records",
    response={200: RecordsOut, **PROBLEMS},
    summary="一种台账的记录",
    operation_id="register_records",
)
def register_records(
    request: KeyedRequest,
    register_id: RegisterId,
    status: Annotated[str, Query(description="未了结、已了结、全部", max_length=10)] = "未了结",
    state: Annotated[str, Query(description="状态", max_length=40)] = "",
    q: Annotated[str, Query(description="编号、标题、内容里的字", max_length=100)] = "",
    after: Annotated[str, Query(description="上一页给出的 next", max_length=200)] = "",
) -> RecordsOut:
    """与页面上看到的相同，每页一百条。"""
    require(request.auth, SEE)
    register = seen_register(request.auth, register_id)
    query = {"status": status, "state": state, "q": q.replace("\x00", ""), "after": after, "rows": "100"}
    found = record_page(request.auth, register, RecordFilter.read(query, register))
    lines = [_line(row) for row in found.rows]
    return RecordsOut(count=found.count, more=found.more, next=found.next_after, records=lines)


@router.post(
    "/registers/{register_id}/records",
    response={200: RecordOut, **PROBLEMS},
    summary="登记一条",
    operation_id="open_record",
)
def post_record(request: KeyedRequest, register_id: RegisterId, body: RecordIn) -> RecordOut:
    """与在页面上登记相同：同样的权限、同样的必填、同样留痕。"""
    actor = request.auth
    require(actor, SEE)
    seen_register(actor, register_id)
    made = open_record(
        actor, register_id, body.act, body.values, above=body.above, why=body.why, once=body.once
    )
    return _record(actor, made)


@router.get(
    "/records/{record_id}", response={200: RecordOut, **PROBLEMS}, summary="一条记录", operation_id="record"
)
def one_record(request: KeyedRequest, record_id: RecordId) -> RecordOut:
    """能看的字段，和这个密钥现在能办的事。"""
    return _record(request.auth, seen_record(request.auth, record_id))


@router.post(
    "/records/{record_id}/acts",
    response={200: RecordOut, **PROBLEMS},
    summary="办理一次",
    operation_id="act_on_record",
)
def post_act(request: KeyedRequest, record_id: RecordId, body: ActIn) -> RecordOut:
    """与在页面上办理相同。"""
    actor = request.auth
    require(actor, SEE)
    done = do(actor, record_id, body.act, body.values, why=body.why, revision=body.revision)
    return _record(actor, done)


def _register(one: Register) -> RegisterOut:
    return RegisterOut(
        id=one.id,
        label=one.label,
        owner=one.owner,
        kind=one.kind,
        states=[state.label for state in one.states],
        fields=[
            FieldOut(label=f.label, type=f.type.value, options=list(f.options), help=f.help)
            for f in one.fields
        ],
        acts=[
            RegisterActOut(
                label=act.label,
                by=list(act.by),
                opens=act.opens_record,
                fill=list(act.fill),
                may_fill=list(act.may_fill),
            )
            for act in one.acts
        ],
    )


def _line(row: RecordRow) -> RecordLineOut:
    return RecordLineOut(
        id=row.pk,
        number=row.number,
        title=row.title,
        state=row.state,
        over=row.over,
        holder=row.holder or "",
        unit=row.unit or "",
        opened_on=row.opened_on.isoformat(),
        due_on=_day(row.due_on),
        over_on=_day(row.over_on),
    )


def _record(actor: Actor, record: Record) -> RecordOut:
    register = register_at(record)
    readable = fields_seen(actor, record, register)
    values = {label: held for label, held in by_label(register, record.data).items() if label in readable}
    return RecordOut(
        id=record.pk,
        number=record.number,
        title=record.title if register.title in readable else "",
        state=record.state,
        over=record.over,
        holder=record.holder.name if record.holder else "",
        unit=record.unit.name if record.unit else "",
        opened_on=record.opened_on.isoformat(),
        due_on=_day(record.due_on),
        over_on=_day(record.over_on),
        register_id=register.id,
        definition=record.definition,
        revision=record.revision,
        values=values,
        acts=[one.act for one in options(actor, record) if not one.refusal],
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
