"""The forms of acts on courts, departments, people, posts and logins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from mingjing.web.acting import DayField

LEVELS = ("基层", "中级", "高级", "专门")


def _offer(form: forms.Form, name: str, options: Iterable[tuple[object, str]], empty: str) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *((str(value), words) for value, words in options)]


class CourtForm(forms.Form):
    """设立下级法院."""

    code = forms.CharField(label="法院代字", max_length=40, help_text="案号里的代字，例如：云0102。")
    name = forms.CharField(label="名称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=40, help_text="例如：清河法院。")
    level = forms.ChoiceField(label="级别", choices=[(word, word) for word in LEVELS])
    folder = forms.CharField(
        label="制度目录", required=False, max_length=60, help_text="它自己的制度放在哪个目录；没有就留空。"
    )


class DepartmentForm(forms.Form):
    """设立部门."""

    name = forms.CharField(label="名称", max_length=60, help_text="例如：民事审判第一庭。")
    field = forms.CharField(label="业务", required=False, max_length=20, help_text="例如：民事。")
    since = DayField(label="设立日期")


class PersonForm(forms.Form):
    """登记人员."""

    name = forms.CharField(label="姓名", max_length=60)
    staff_number = forms.CharField(label="工号", max_length=30, help_text="本院唯一，以后不改。")
    initials = forms.CharField(
        label="拼音首字母", required=False, max_length=20, help_text="搜索框里用，例如：lzy。"
    )
    email = forms.EmailField(label="邮箱", required=False)


class MendPersonForm(forms.Form):
    """更正人员."""

    name = forms.CharField(label="姓名", max_length=60)
    initials = forms.CharField(label="拼音首字母", required=False, max_length=20)
    email = forms.EmailField(label="邮箱", required=False)


class PostingForm(forms.Form):
    """授予职务."""

    post = forms.ChoiceField(label="职务", help_text="职务决定角色，角色决定能看什么、能办什么。")
    department = forms.ChoiceField(
        label="部门", required=False, help_text="院领导和不属于任何部门的职务，部门留空。"
    )
    since = DayField(label="起", help_text="这一天起有效，可以填将来的日子。")
    until = DayField(label="止", required=False, help_text="这一天仍有效；还不知道就留空。")

    def __init__(
        self, *args: Any, posts: Iterable[str], departments: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "post", ((post, post) for post in posts), "请选择")
        _offer(self, "department", departments, "院领导（不属于部门）")


class EndForm(forms.Form):
    """免去职务, 结束分管, 撤销部门."""

    until = DayField(label="最后一天", help_text="这一天仍有效，次日起失效。")


class OversightForm(forms.Form):
    """确定分管."""

    leader = forms.ChoiceField(label="分管领导")
    since = DayField(label="起")

    def __init__(self, *args: Any, leaders: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "leader", leaders, "请选择")


class AccountForm(forms.Form):
    """开通账号."""

    username = forms.CharField(label="账号", max_length=60, help_text="登录时用，例如：linzhiyuan。")
    password = forms.CharField(
        label="初始口令",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少十个字符，不用账号和常见词；当面交给本人，首次登录须改。只用统一身份或统一目录登录的留空。",
    )


class PasswordForm(forms.Form):
    """重置口令."""

    password = forms.CharField(
        label="新口令",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少十个字符。重置以后，这个账号在各处的登录立即失效。",
    )


class StateForm(forms.Form):
    """停用或启用账号."""

    reason = forms.CharField(label="理由", max_length=200, help_text="例如：调离本院。")
