"""台账: all registers, the list of one, records across registers, the finding page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.ledgers.register import Register
from mingjing.services.reading.case_list import CaseFilter
from mingjing.services.reading.case_list import page as case_page
from mingjing.services.reading.keyset import COUNT_LIMIT
from mingjing.services.reading.records import filters
from mingjing.services.reading.records.filters import RecordFilter
from mingjing.services.reading.records.finding import across
from mingjing.services.reading.records.listing import (
    Numbers,
    columns_offered,
    columns_shown,
    record_page,
)
from mingjing.services.reading.records.overview import Standing, known_register, overview
from mingjing.services.records.opening import openings
from mingjing.web.listing import Field, carried, choice, linked
from mingjing.web.records.addresses import asked, chosen_of, view_tabs, within
from mingjing.web.records.panels import register_panel
from mingjing.web.records.rows import across_columns, columns_of, table
from mingjing.web.routing import SIGNED_IN, Route, StaffRequest

KINDS = {
    "ledger": "台账",
    "filing": "填报",
    "activity": "活动",
    "approval": "审批",
    "meeting": "会议",
    "sheet": "评分表",
    "card": "牌",
}
SHOWN_CASES = 8


def registers(request: StaffRequest) -> HttpResponse:
    """Every register this person may see: those with something going on, then by who keeps them."""
    request.family = "台账"
    q = request.GET.get("q", "").strip()
    found = overview(request.actor, q)
    context = {
        "groups": _groups(found),
        "count": len(found),
        "open": sum(one.open for one in found),
        "late": sum(one.late for one in found),
        "mine": sum(one.mine for one in found),
        "q": q,
        "mine_url": linked("records", whose=filters.MINE),
        "late_url": linked("records", due=filters.LATE),
        "on": request.actor.on,
    }
    return render(request, "pages/records/registers.html", context)


def _groups(found: Sequence[Standing]) -> list[dict[str, object]]:
    busy = sorted((one for one in found if one.open or one.mine), key=_press)
    quiet = (one for one in found if not (one.open or one.mine))
    kept = [_group(owner, rows) for owner, rows in groupby(quiet, lambda one: one.register.owner)]
    return [_group("有事在办的", busy), *kept] if busy else kept


def _press(one: Standing) -> tuple[int, int, int, str]:
    """One's own first, then what is late, then what is most."""
    return -one.mine, -one.late, -one.open, one.register.label


def _group(owner: str, rows: Iterable[Standing]) -> dict[str, object]:
    return {"owner": owner, "rows": [_register_row(one) for one in rows]}


def _register_row(one: Standing) -> dict[str, object]:
    register = one.register
    return {
        "one": one,
        "kind": KINDS.get(register.kind, register.kind),
        "url": within("register", register),
        "late_url": within("register", register, due=filters.LATE),
        "week_url": within("register", register, due=filters.WEEK),
        "mine_url": within("register", register, whose=filters.MINE),
        "new_url": within("register-new", register, act=one.opening) if one.opening else "",
    }


def register_list(request: StaffRequest, register_id: str) -> HttpResponse:
    """The records of one register by filter."""
    request.family = "台账"
    actor = request.actor
    register = known_register(actor, register_id)
    chosen = chosen_of(request, register)
    found = record_page(actor, register, chosen)
    fields = columns_shown(register, chosen)
    columns = columns_of(register, fields, found.names, actor.on)
    may_act = actor.may("办理台账")
    context = {
        **frame(request, register, "register"),
        "page": found,
        "table": table(found.rows, columns, pick=may_act) if found.rows else "",
        "lead": sentence(register, found.numbers),
        "chosen": chosen,
        "fields": filter_fields(register, chosen, found.units),
        "query": " · ".join(chosen.sentence()),
        "openings": openings(actor, register.id),
        "offered": columns_offered(register),
        "shown": {one.key for one in fields},
        "kept": [
            (name, value) for name, value in asked(request).items() if name not in ("show", "after", "before")
        ],
        "may_act": may_act,
        "tools": _tools(request, register),
    }
    return render(request, "pages/records/list.html", context)


def frame(request: StaffRequest, register: Register, here: str) -> dict[str, object]:
    """What every page of a register shows: its name, the views, what its machinery adds."""
    return {
        "register": register,
        "kind": KINDS.get(register.kind, register.kind),
        "tabs": view_tabs(request, register, here),
        "panel": register_panel(request, register) if here == "register" else None,
        "list_url": within("register", register),
        "on": request.actor.on,
    }


def sentence(register: Register, numbers: Numbers) -> list[dict[str, object]]:
    """The numbers on top, each with the list behind it."""
    finals = [state.label for state in register.states if state.final]
    parts = [("未了结", numbers.open, {"status": filters.OPEN}, True, False)]
    parts += [
        (state.label, numbers.states[state.label], {"state": state.label}, False, False)
        for state in register.states
        if not state.final and numbers.states[state.label]
    ]
    parts.append(("逾期", numbers.late, {"due": filters.LATE}, False, True))
    parts.append(("七天内到期", numbers.week, {"due": filters.WEEK}, False, False))
    parts.append(("您的", numbers.mine, {"whose": filters.MINE}, False, False))
    parts += [(label, numbers.states[label], {"state": label}, False, False) for label in finals]
    return [
        {
            "label": label,
            "count": min(count, COUNT_LIMIT),
            "more": count > COUNT_LIMIT,
            "url": within("register", register, query),
            "strong": strong,
            "must": must,
        }
        for label, count, query, strong, must in parts
        if count or strong
    ]


def filter_fields(register: Register, chosen: RecordFilter, units: tuple[str, ...] = ()) -> list[Field]:
    """The filters that read as a sentence."""
    states = [state.label for state in register.states]
    fields = [
        choice("status", "范围", chosen.status, filters.STATUS),
        choice("state", "状态", chosen.state, states, "不限状态"),
        choice("whose", "归属", chosen.whose, filters.WHOSE, "不限归属"),
    ]
    if register.unit and (units or chosen.unit):
        names = units if chosen.unit in ("", *units) else (*units, chosen.unit)
        fields.append(choice("unit", "部门", chosen.unit, names, "全部部门"))
    due = (filters.LATE, *filters.DUE, filters.NO_LIMIT)
    fields.append(choice("due", "期限", chosen.due, due, "不限期限"))
    fields.append(choice("colour", "颜色", chosen.colour, filters.COLOURS, "不限颜色"))
    fields.append({"name": "holder", "label": register.holder or "责任人", "value": chosen.holder})
    fields.append({"name": "q", "label": "编号、标题", "value": chosen.q})
    fields.append(
        {
            "name": "order",
            "label": "排序",
            "value": chosen.order,
            "options": [(one, f"按{one}排") for one in filters.ORDERS],
        }
    )
    rows = [(str(size), f"每页 {size} 条") for size in filters.SIZES]
    fields.append({"name": "rows", "label": "每页", "value": chosen.rows, "options": rows})
    names = ("period", "opened", "ended", "falls", "kept", "above", "show")
    return [*fields, *(carried(name, getattr(chosen, name)) for name in names)]


def _tools(request: StaffRequest, register: Register) -> list[dict[str, str]]:
    query = asked(request)
    found = []
    if request.actor.may("导出数据"):
        found.append({"label": "导出 Excel", "url": within("register-export", register, query)})
    if openings(request.actor, register.id):
        found.append({"label": "从 Excel 登记", "url": reverse("register-import", args=[register.id])})
    return found


def records(request: StaffRequest) -> HttpResponse:
    """Records across registers: one's own, or by words."""
    request.family = "台账"
    actor = request.actor
    query = asked(request)
    if not ({"whose", "q", "due", "status"} & set(query)):
        query["whose"] = filters.MINE
    chosen = RecordFilter.read(query)
    found = across(actor, chosen)
    labels = {id_: one.label for id_, one in found.registers.items()}
    context = {
        "found": found,
        "table": table(found.rows, across_columns(labels, actor.on)) if found.rows else "",
        "chosen": chosen,
        "fields": _across_fields(chosen),
        "late_url": linked("records", **{**_plain(chosen), "due": filters.LATE}),
        "query": " · ".join(chosen.sentence()),
        "on": actor.on,
    }
    return render(request, "pages/records/across.html", context)


def _plain(chosen: RecordFilter) -> dict[str, str]:
    return {"whose": chosen.whose, "q": chosen.q, "status": chosen.status}


def _across_fields(chosen: RecordFilter) -> list[Field]:
    due = (filters.LATE, *filters.DUE, filters.NO_LIMIT)
    return [
        choice("status", "范围", chosen.status, filters.STATUS),
        choice("whose", "归属", chosen.whose, filters.WHOSE, "看得到的"),
        choice("due", "期限", chosen.due, due, "不限期限"),
        {"name": "q", "label": "编号、标题", "value": chosen.q},
        choice("order", "排序", chosen.order, filters.ORDERS),
    ]


def find(request: StaffRequest) -> HttpResponse:
    """The search box: a record by number or title, a case by number or name."""
    request.family = "今日"
    q, actor = request.GET.get("q", "").strip(), request.actor
    sees_cases = actor.may("查看案件") or not actor.may("查看台账")
    if not q and sees_cases:
        return HttpResponseRedirect(reverse("case-list"))
    found = across(actor, RecordFilter.read({"q": q, "status": filters.ALL, "order": "新登记"}))
    if not found.rows and sees_cases:
        return HttpResponseRedirect(f"{reverse('case-list')}?{urlencode({'q': q})}")
    cases = case_page(actor, CaseFilter(status="全部", q=q)) if q and actor.may("查看案件") else None
    if len(found.rows) == 1 and not (cases and cases.rows):
        return HttpResponseRedirect(reverse("record", args=[found.rows[0].pk]))
    labels = {id_: one.label for id_, one in found.registers.items()}
    context = {
        "q": q,
        "found": found,
        "table": table(found.rows, across_columns(labels, actor.on)) if found.rows else "",
        "records_url": linked("records", q=q, status=filters.ALL),
        "cases": cases,
        "some_cases": cases.rows[:SHOWN_CASES] if cases else [],
        "cases_url": linked("case-list", q=q, status="全部"),
        "on": actor.on,
    }
    return render(request, "pages/records/find.html", context)


routes = (
    Route("find", find, "find", SIGNED_IN),
    Route("records", records, "records", "查看台账"),
    Route("registers", registers, "registers", "查看台账"),
    Route("registers/<str:register_id>", register_list, "register", "查看台账"),
)
