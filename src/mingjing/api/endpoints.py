"""The endpoints. Each answers with what the pages would show, for the court of the key and those below it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import NinjaAPI, Path, Query
from ninja.security import HttpBearer
from pydantic import Field

from mingjing import __version__
from mingjing.api.problems import speak_problems
from mingjing.api.records import router as records
from mingjing.api.shapes import (
    BatchOut,
    CaseIn,
    CasesIn,
    ClockOut,
    ClocksOut,
    EventsIn,
    Problem,
    RefusedOut,
    StepOut,
)
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.importing.pushing import (
    EVENT_ITEMS,
    NUMBER,
    TAGS,
    cases_mapping,
    court_for,
    events_mapping,
    push,
    pushed_batch,
)
from mingjing.services.reading.case_page import Explained
from mingjing.services.reading.imports import refused_cells
from mingjing.services.reading.pushed_clocks import clocks_of
from mingjing.services.security.rules import number
from mingjing.services.security.throttle import Throttle
from mingjing.services.security.wall import wall
from mingjing.services.tokens import bearer
from mingjing.storage.batches.models import Batch

THROTTLE = Throttle()


class Key(HttpBearer):
    """``Authorization: Bearer mj_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor behind the key. Raises TooOften, KeyIsOneFactor."""
        actor = bearer(token)
        if actor is not None:
            THROTTLE.ask(str(actor.person.pk), number("接口每分钟", actor.court), wall())
        return actor


class KeyedRequest(HttpRequest):
    """A request whose key was recognised."""

    auth: Actor


api = NinjaAPI(
    title="明镜接口",
    version=__version__,
    description=(
        "其他系统推送案件和事项，查询期限的算法，登记和办理台账。"
        "所有拒绝都是 RFC 9457 的问题文档，code 固定不变。"
    ),
    docs_url=None,
    auth=Key(),
    urls_namespace="api",
)
speak_problems(api)
api.add_router("", records)

PROBLEMS: dict[int, Any] = dict.fromkeys((401, 403, 404, 409, 422, 503), Problem)
Code = Annotated[str, Path(description="法院代字", example="云9801", max_length=40)]


@api.post(
    "/courts/{code}/events",
    response={200: BatchOut, **PROBLEMS},
    summary="推送一批事项",
    operation_id="push_events",
    tags=["推送"],
)
def push_events(request: KeyedRequest, code: Code, body: EventsIn) -> BatchOut:
    """同一批号、同样内容再推一次，结果不变。退回的条目不写入，其余写入。"""
    actor = request.auth
    court = court_for(actor, code)
    records = [
        {
            NUMBER: event.number,
            **{item: getattr(event, name) for name, item in EVENT_ITEMS.items()},
        }
        for event in body.events
    ]
    return _out(push(actor, court, key=body.batch_key, mapping=events_mapping(court), records=records))


@api.post(
    "/courts/{code}/cases",
    response={200: BatchOut, **PROBLEMS},
    summary="推送一批案件",
    operation_id="push_cases",
    tags=["推送"],
)
def push_cases(request: KeyedRequest, code: Code, body: CasesIn) -> BatchOut:
    """没有写的数据项不变；退回的案件不写入，其余写入。"""
    actor = request.auth
    court = court_for(actor, code)
    mapping = cases_mapping(
        court,
        dict.fromkeys(name for case in body.cases for name in case.fields),
        dict.fromkeys(party.role for case in body.cases for party in case.parties),
        dict.fromkeys(span.kind for case in body.cases for span in case.exclusions),
    )
    records = [_record(case) for case in body.cases]
    return _out(push(actor, court, key=body.batch_key, mapping=mapping, records=records))


def _record(case: CaseIn) -> dict[str, object]:
    """A case as one flat row."""
    flat: dict[str, object] = {**case.fields, NUMBER: case.number, TAGS: "、".join(case.tags) or None}
    for party in case.parties:
        column = f"当事人/{party.role}"
        flat[column] = f"{flat[column]}、{party.name}" if column in flat else party.name
    for span in case.exclusions:
        column, words = f"扣除/{span.kind}", f"{span.first} 至 {span.last or '今'}"
        flat[column] = f"{flat[column]}；{words}" if column in flat else words
    return flat


@api.get(
    "/cases/{number}/clocks",
    response={200: ClocksOut, **PROBLEMS},
    summary="一件案件的期限和算法",
    operation_id="case_clocks",
    tags=["查询"],
)
def case_clocks(
    request: KeyedRequest,
    number: Annotated[str, Path(description="案号", example="（2024）云9801民初12号", max_length=100)],
    court: Annotated[str, Query(description="法院代字；几个法院有同一个编号时写明", max_length=40)] = "",
) -> ClocksOut:
    """只有日期、算法和条文，没有当事人和案情。"""
    case, clocks = clocks_of(request.auth, number, court)
    return ClocksOut(
        number=case.number,
        court=case.court.code,
        on=request.auth.on.isoformat(),
        clocks=[_clock(clock) for clock in clocks],
    )


@api.get(
    "/batches/{batch_id}",
    response={200: BatchOut, **PROBLEMS},
    summary="一批的结果",
    operation_id="batch",
    tags=["推送"],
)
def batch(
    request: KeyedRequest,
    batch_id: Annotated[int, Path(description="批的编号"), Field(ge=1, le=2**63 - 1)],
) -> BatchOut:
    """读到多少、新增、更新、未变、退回各多少；退回的原因。"""
    return _out(pushed_batch(request.auth, batch_id))


def _out(found: Batch) -> BatchOut:
    return BatchOut(
        id=found.pk,
        court=found.court.code,
        batch_key=found.push_key,
        state=found.state,
        rows=found.rows,
        added=found.added,
        updated=found.updated,
        unchanged=found.unchanged,
        refused=found.refused,
        error=found.error,
        notes=list(found.notes),
        refused_rows=[
            RefusedOut(
                row=one.row,
                item=one.column,
                value=one.value,
                reason=one.reason,
                allowed=one.allowed,
                example=one.example,
            )
            for one in refused_cells(found)
        ],
    )


def _clock(clock: Explained) -> ClockOut:
    due = clock.due
    answered = None if isinstance(due, Refusal) else due
    return ClockOut(
        label=clock.label,
        slot=clock.slot,
        state=clock.state,
        started=_day(clock.started),
        last_day=_day(clock.last_day),
        done=_day(clock.done),
        late_days=clock.late_days,
        law=clock.law,
        definition=answered.definition if answered else "",
        steps=[StepOut(amount=s.amount, text=s.text, law=s.law) for s in answered.steps] if answered else [],
        caveats=list(answered.caveats) if answered else [],
        questions=list(answered.questions) if answered else [],
        refusal=str(due) if isinstance(due, Refusal) else "",
    )


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
