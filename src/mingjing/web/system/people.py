"""机构人员: the roster of a day, and one person."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.dates.reading import read_date
from mingjing.services.actors import Actor
from mingjing.services.highest import is_highest
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.people import Staff, roster, staff
from mingjing.web.routing import Route, StaffRequest


def _court(request: StaffRequest) -> int | None:
    given = request.GET.get("court", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit()) or len(given) > 15:
        raise NotVisible
    return int(given)


def people(request: StaffRequest) -> HttpResponse:
    """Who held which post on the chosen day, department by department."""
    request.family = "系统"
    actor = request.actor
    asked = request.GET.get("on", "")
    day: date = read_date(asked) if asked else actor.on
    found = roster(actor, _court(request), day)
    same = {"court": found.court.pk}
    acts = [
        ("登记人员", reverse("person-new", args=[found.court.pk]), "维护机构人员"),
        ("设立部门", reverse("department-new", args=[found.court.pk]), "维护机构人员"),
    ]
    if is_highest(actor):
        acts.append(("设立下级法院", reverse("court-new"), "维护机构人员"))
    context = {
        "found": found,
        "day": day,
        "acts": [(label, url) for label, url, needs in acts if actor.may(needs)],
        "may_oversee": actor.may("授予职务"),
        "may_close": actor.may("维护机构人员"),
        "same": same,
        "on": actor.on,
    }
    return render(request, "pages/system/people.html", context)


def _acts(actor: Actor, found: Staff) -> list[tuple[str, str]]:
    """What this actor may do about the person."""
    person, account = found.person, found.account
    offered = [
        ("授予职务", reverse("posting-new", args=[person.pk]), "授予职务"),
        ("更正姓名、邮箱", reverse("person-edit", args=[person.pk]), "维护机构人员"),
    ]
    if account is None:
        offered.append(("开通账号", reverse("account-new", args=[person.pk]), "维护账号"))
    else:
        state = "停用账号" if account.is_active else "启用账号"
        offered.append(("重置口令", reverse("account-password", args=[account.pk]), "维护账号"))
        offered.append((state, reverse("account-state", args=[account.pk]), "维护账号"))
        offered.append(("登录与双因素", reverse("account-safety", args=[account.pk]), "管理会话"))
    if person.court_id == actor.court.pk:
        offered.append(("廉政档案", reverse("dossier", args=[person.pk]), "查看廉政档案"))
    return [(label, url) for label, url, needs in offered if actor.may(needs)]


def person(request: StaffRequest, person_id: int) -> HttpResponse:
    """One person: posts held since when, departments overseen, the login."""
    request.family = "系统"
    actor = request.actor
    found = staff(actor, person_id)
    held = [
        one for one in found.postings if one.since <= actor.on and not (one.until and one.until < actor.on)
    ]
    context = {
        "found": found,
        "person": found.person,
        "held": held,
        "acts": _acts(actor, found),
        "may_grant": actor.may("授予职务"),
        "pairs": [
            ("法院", found.person.court.name),
            ("工号", found.person.staff_number),
            ("拼音首字母", found.person.initials),
            ("邮箱", found.person.email),
        ],
        "on": actor.on,
    }
    return render(request, "pages/system/person.html", context)


routes = (
    Route("people", people, "people", "查看机构人员"),
    Route("people/<int:person_id>", person, "person", "查看机构人员"),
)
