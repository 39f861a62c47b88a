"""What is typed on the pages of the draw."""

from __future__ import annotations

from typing import Any

from django import forms


class Reason(forms.Form):
    """A reason, and nothing else."""

    reason = forms.CharField(label="理由", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class Departing(Reason):
    """Approval asked for a list: which departure; for a changed weight, whose and how much."""

    kind = forms.ChoiceField(label="例外")
    person_id = forms.ChoiceField(label="改谁的份额", required=False)
    weight = forms.IntegerField(
        label="改为多少", required=False, min_value=1, help_text="100 是一份，50 是半份；只在改份额时填写。"
    )
    field_order = ("kind", "person_id", "weight", "reason")

    def __init__(self, *args: Any, kinds: list[str], people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one, one) for one in kinds]  # type: ignore[attr-defined]
        self.fields["person_id"].choices = [("", "不改份额"), *people]  # type: ignore[attr-defined]

    def clean_person_id(self) -> int | None:
        """The person's key, or None."""
        value = self.cleaned_data["person_id"]
        return int(value) if value else None


class Again(Reason):
    """A redraw: who of the drawn must recuse."""

    person_id = forms.ChoiceField(label="谁需要回避")
    field_order = ("person_id", "reason")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = people  # type: ignore[attr-defined]


class Designating(Reason):
    """A designation: who, on which ground."""

    person_id = forms.ChoiceField(label="指定谁承办")
    ground = forms.ChoiceField(label="理由类别")
    field_order = ("person_id", "ground", "reason")

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], grounds: tuple[str, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = people  # type: ignore[attr-defined]
        self.fields["ground"].choices = [(one, one) for one in grounds]  # type: ignore[attr-defined]


class Deciding(forms.Form):
    """The decision on a departure."""

    approve = forms.ChoiceField(
        label="决定", choices=[("是", "同意"), ("否", "不同意")], widget=forms.RadioSelect
    )
    opinion = forms.CharField(label="意见", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class Promising(forms.Form):
    """The commitment to a value one keeps to oneself."""

    commitment = forms.CharField(
        label="承诺",
        max_length=64,
        help_text="64 位十六进制数，由部门名称和自己保管的随机数算出；随机数本身现在不要交。",
    )


class Revealing(forms.Form):
    """The value behind the commitment."""

    value = forms.CharField(label="随机数", max_length=64, help_text="承诺时自己保管的那个 64 位十六进制数。")


class Drawing(forms.Form):
    """The public value, where the rule names one."""

    public = forms.CharField(label="公共随机值", max_length=200)
