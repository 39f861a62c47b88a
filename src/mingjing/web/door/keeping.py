"""What the security keeper does about other people's logins: sessions, lost second factors, locks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.reading.people import account_kept
from mingjing.services.security import ending, guessing, second
from mingjing.services.security.fresh import RESET
from mingjing.services.security.overview import safety_of
from mingjing.web.acting import act_page, post_act
from mingjing.web.routing import Route, StaffRequest


class WhyForm(forms.Form):
    """理由."""

    why = forms.CharField(label="理由", max_length=200, help_text="例如：手机丢失，本人当面申请。")


def account_safety(request: StaffRequest, account_id: int) -> HttpResponse:
    """Where a login is open, what second factor it has, whether it is locked."""
    request.family = "系统"
    account = account_kept(request.actor, account_id)
    context = {"found": safety_of(account), "person": account.person}
    return render(request, "pages/door/account.html", context)


def account_sessions_end(request: StaffRequest, account_id: int) -> HttpResponse:
    """结束一个账号的全部登录."""
    request.family = "系统"
    account = account_kept(request.actor, account_id)

    def run(data: dict[str, Any]) -> str:
        ended = ending.end_sessions(request.actor, account, data["why"])
        return f"已结束“{account.username}”的 {ended} 处登录。"

    return act_page(
        request,
        title=f"结束“{account.username}”的全部登录",
        lead=f"{account.person}（{account.person.court}）。没有保存的内容会丢失，本人可以马上重新登录。",
        form_class=WhyForm,
        run=run,
        back=reverse("account-safety", args=[account.pk]),
        button="结束登录",
    )


def account_second_reset(request: StaffRequest, account_id: int) -> HttpResponse:
    """重置双因素."""
    request.family = "系统"
    account = account_kept(request.actor, account_id)

    def run(data: dict[str, Any]) -> str:
        second.reset_second(request.actor, account, data["why"])
        return f"“{account.username}”的验证码、恢复码、通行密钥都已删去，由本人登录后重新开通。"

    return act_page(
        request,
        title=f"重置“{account.username}”的双因素",
        lead="核对本人身份以后再办。口令由系统管理员重置，双因素由安全管理员重置：一个人不能独自进别人的账号。",
        form_class=WhyForm,
        run=run,
        back=reverse("account-safety", args=[account.pk]),
        button="重置",
    )


def account_unlock(request: StaffRequest, account_id: int) -> HttpResponse:
    """解除登录锁定."""
    account = account_kept(request.actor, account_id)

    def run() -> str:
        guessing.unlock(request.actor, account)
        return f"“{account.username}”可以马上登录。"

    return post_act(request, run, reverse("account-safety", args=[account.pk]))


routes = (
    Route("accounts/<int:account_id>/safety", account_safety, "account-safety", "管理会话"),
    Route("accounts/<int:account_id>/sessions/end", account_sessions_end, "account-sessions-end", "管理会话"),
    Route(
        "accounts/<int:account_id>/second/reset",
        account_second_reset,
        "account-second-reset",
        "管理会话",
        RESET,
    ),
    Route("accounts/<int:account_id>/unlock", account_unlock, "account-unlock", "管理会话"),
)
