"""Posts, departments overseen, logins: the security keeper grants posts, the system keeper opens logins."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mingjing.services import accounts, oversights, postings
from mingjing.services.reading import people as reading
from mingjing.services.reading.choices import words
from mingjing.services.security.fresh import ACCOUNTS, GRANT
from mingjing.storage.people.models import Person
from mingjing.web.acting import act_page
from mingjing.web.routing import Route, StaffRequest
from mingjing.web.system import forms
from mingjing.web.system.acts import roster_of


def _page(person: Person) -> str:
    return reverse("person", args=[person.pk])


def posting_new(request: StaffRequest, person_id: int) -> HttpResponse:
    """授予职务."""
    request.family = "系统"
    actor = request.actor
    person = reading.staff(actor, person_id).person

    def run(data: dict[str, Any]) -> str:
        made = postings.appoint(
            actor,
            person_id=person.pk,
            post=data["post"],
            department_id=int(data["department"]) if data["department"] else None,
            since=data["since"],
            until=data["until"],
        )
        return f"{person}自 {made.since} 起任“{made.post}”。"

    return act_page(
        request,
        title=f"授予{person}职务",
        lead=person.court.name,
        form_class=forms.PostingForm,
        run=run,
        back=_page(person),
        initial={"since": actor.on},
        arguments={
            "posts": words(actor, "dictionary.posts"),
            "departments": reading.departments_of(person.court, actor.on),
        },
        button="授予",
    )


def posting_end(request: StaffRequest, posting_id: int) -> HttpResponse:
    """免去职务."""
    request.family = "系统"
    posting = reading.posting_kept(request.actor, posting_id)
    person = posting.person

    def run(data: dict[str, Any]) -> str:
        postings.end_posting(request.actor, posting_id=posting.pk, until=data["until"])
        return f"{person}的“{posting.post}”到 {data['until']} 为止。"

    return act_page(
        request,
        title=f"免去{person}的“{posting.post}”",
        lead=f"{posting.department or '院领导'}，{posting.since} 起。免去后，他看得到、能办的事随即改变。",
        form_class=forms.EndForm,
        run=run,
        back=_page(person),
        initial={"until": request.actor.on},
        button="免去",
    )


def oversight_new(request: StaffRequest, department_id: int) -> HttpResponse:
    """确定分管."""
    request.family = "系统"
    actor = request.actor
    department = reading.department_kept(actor, department_id)

    def run(data: dict[str, Any]) -> str:
        made = oversights.put_in_charge(
            actor, leader_id=int(data["leader"]), department_id=department.pk, since=data["since"]
        )
        return f"{made.leader}自 {made.since} 起分管“{department}”。"

    return act_page(
        request,
        title=f"确定“{department}”的分管领导",
        lead="红色预警、督办升级按分管关系送达；分管领导看得到所分管部门的案件。",
        form_class=forms.OversightForm,
        run=run,
        back=roster_of(department.court),
        initial={"since": actor.on},
        arguments={"leaders": reading.leaders_of(department.court, actor.on)},
        button="确定",
    )


def oversight_end(request: StaffRequest, oversight_id: int) -> HttpResponse:
    """结束分管."""
    request.family = "系统"
    oversight = reading.oversight_kept(request.actor, oversight_id)

    def run(data: dict[str, Any]) -> str:
        oversights.end_oversight(request.actor, oversight_id=oversight.pk, until=data["until"])
        return f"{oversight.leader}对“{oversight.department}”的分管到 {data['until']} 为止。"

    return act_page(
        request,
        title=f"结束{oversight.leader}对“{oversight.department}”的分管",
        form_class=forms.EndForm,
        run=run,
        back=roster_of(oversight.leader.court),
        initial={"until": request.actor.on},
        button="结束",
    )


def account_new(request: StaffRequest, person_id: int) -> HttpResponse:
    """开通账号."""
    request.family = "系统"
    person = reading.staff(request.actor, person_id).person

    def run(data: dict[str, Any]) -> str:
        made = accounts.open_account(
            request.actor, person_id=person.pk, username=data["username"], password=data["password"]
        )
        return f"已为{person}开通账号“{made.username}”。"

    return act_page(
        request,
        title=f"为{person}开通账号",
        lead="账号只管登录；能看什么、能办什么由职务决定。",
        form_class=forms.AccountForm,
        run=run,
        back=_page(person),
        button="开通",
    )


def account_password(request: StaffRequest, account_id: int) -> HttpResponse:
    """重置口令."""
    request.family = "系统"
    account = reading.account_kept(request.actor, account_id)

    def run(data: dict[str, Any]) -> str:
        accounts.reset_password(request.actor, account_id=account.pk, password=data["password"])
        return f"“{account.username}”的口令已重置，原来的登录全部失效。"

    return act_page(
        request,
        title=f"重置“{account.username}”的口令",
        lead=f"{account.person}（{account.person.court}）",
        form_class=forms.PasswordForm,
        run=run,
        back=_page(account.person),
        button="重置",
    )


def account_state(request: StaffRequest, account_id: int) -> HttpResponse:
    """停用或启用账号."""
    request.family = "系统"
    account = reading.account_kept(request.actor, account_id)
    word = "停用" if account.is_active else "启用"

    def run(data: dict[str, Any]) -> str:
        accounts.set_account_active(
            request.actor, account_id=account.pk, active=word == "启用", reason=data["reason"]
        )
        return f"账号“{account.username}”已{word}。"

    return act_page(
        request,
        title=f"{word}账号“{account.username}”",
        lead=f"{account.person}（{account.person.court}）",
        form_class=forms.StateForm,
        run=run,
        back=_page(account.person),
        button=word,
    )


routes = (
    Route("people/<int:person_id>/postings/new", posting_new, "posting-new", "授予职务", GRANT),
    Route("people/postings/<int:posting_id>/end", posting_end, "posting-end", "授予职务", GRANT),
    Route(
        "people/departments/<int:department_id>/oversight", oversight_new, "oversight-new", "授予职务", GRANT
    ),
    Route("people/oversights/<int:oversight_id>/end", oversight_end, "oversight-end", "授予职务", GRANT),
    Route("people/<int:person_id>/account", account_new, "account-new", "维护账号", ACCOUNTS),
    Route("accounts/<int:account_id>/password", account_password, "account-password", "维护账号", ACCOUNTS),
    Route("accounts/<int:account_id>/state", account_state, "account-state", "维护账号", ACCOUNTS),
)
