"""What is done about courts, departments and people: every act here is one form and one log entry."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mingjing.services import people as verbs
from mingjing.services.people import court_kept
from mingjing.services.reading.people import department_kept, staff
from mingjing.storage.people.models import Court
from mingjing.web.acting import act_page
from mingjing.web.routing import Route, StaffRequest
from mingjing.web.system import forms


def roster_of(court: Court) -> str:
    """The address of a court's roster."""
    return f"{reverse('people')}?court={court.pk}"


def court_new(request: StaffRequest) -> HttpResponse:
    """设立下级法院."""
    request.family = "系统"

    def run(data: dict[str, Any]) -> str:
        made = verbs.add_court(request.actor, **data)
        return f"已设立{made}（{made.code}）。接着在它的名册里设部门、登记人员。"

    return act_page(
        request,
        title="设立下级法院",
        lead=f"{request.actor.court}的下级。",
        form_class=forms.CourtForm,
        run=run,
        back=reverse("people"),
        button="设立",
    )


def department_new(request: StaffRequest, court_id: int) -> HttpResponse:
    """设立部门."""
    request.family = "系统"
    court = court_kept(request.actor, court_id)

    def run(data: dict[str, Any]) -> str:
        made = verbs.add_department(request.actor, court_id=court.pk, **data)
        return f"已设立“{made}”（{made.since} 起）。"

    return act_page(
        request,
        title="设立部门",
        lead=court.name,
        form_class=forms.DepartmentForm,
        run=run,
        back=roster_of(court),
        initial={"since": request.actor.on},
        button="设立",
    )


def department_close(request: StaffRequest, department_id: int) -> HttpResponse:
    """撤销部门."""
    request.family = "系统"
    department = department_kept(request.actor, department_id)

    def run(data: dict[str, Any]) -> str:
        verbs.close_department(request.actor, department_id=department.pk, until=data["until"])
        return f"“{department}”于 {data['until']} 撤销。"

    return act_page(
        request,
        title=f"撤销“{department}”",
        lead="部门里还有任职或者未结案件时不能撤销。历史记录都保留。",
        form_class=forms.EndForm,
        run=run,
        back=roster_of(department.court),
        initial={"until": request.actor.on},
        button="撤销",
    )


def person_new(request: StaffRequest, court_id: int) -> HttpResponse:
    """登记人员."""
    request.family = "系统"
    court = court_kept(request.actor, court_id)

    def run(data: dict[str, Any]) -> str:
        made = verbs.add_person(request.actor, court_id=court.pk, **data)
        return f"已登记{made}（工号 {made.staff_number}）。职务由安全管理员授予，账号由系统管理员开通。"

    return act_page(
        request,
        title="登记人员",
        lead=court.name,
        form_class=forms.PersonForm,
        run=run,
        back=roster_of(court),
        button="登记",
    )


def person_edit(request: StaffRequest, person_id: int) -> HttpResponse:
    """更正人员."""
    request.family = "系统"
    person = staff(request.actor, person_id).person

    def run(data: dict[str, Any]) -> str:
        made = verbs.correct_person(request.actor, person_id=person.pk, **data)
        return f"已更正{made}。"

    return act_page(
        request,
        title=f"更正{person}",
        lead=f"{person.court}　工号 {person.staff_number}（不能改）",
        form_class=forms.MendPersonForm,
        run=run,
        back=reverse("person", args=[person.pk]),
        initial={"name": person.name, "initials": person.initials, "email": person.email},
        button="更正",
    )


routes = (
    Route("people/courts/new", court_new, "court-new", "维护机构人员"),
    Route("people/courts/<int:court_id>/departments/new", department_new, "department-new", "维护机构人员"),
    Route("people/courts/<int:court_id>/new", person_new, "person-new", "维护机构人员"),
    Route(
        "people/departments/<int:department_id>/close", department_close, "department-close", "维护机构人员"
    ),
    Route("people/<int:person_id>/edit", person_edit, "person-edit", "维护机构人员"),
)
