"""The small forms of drafting: how to begin, what to put in, why to submit, what was decided."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from mingjing.definitions.definition import Definition
from mingjing.domain.ledgers.register import NEW, FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.drafting import pieces
from mingjing.services.drafting.beginnings import BLANKS
from mingjing.services.installation import registry
from mingjing.storage.people.models import Court

KINDS = (
    "ledger",
    "filing",
    "activity",
    "approval",
    "meeting",
    "deadline",
    "indicator",
    "caseflow",
    "dictionary",
    "document",
)
"""Kinds offered to begin from, the ones people ask for most first."""


class BeginForm(forms.Form):
    """How to begin."""

    how = forms.ChoiceField(
        label="怎么开始",
        widget=forms.RadioSelect,
        choices=[
            ("blank", "从一份能用的空白开始"),
            ("next", "改现行的一份，作为新版"),
            ("copy", "照着一份，另立一份新的"),
        ],
    )
    kind = forms.ChoiceField(
        label="空白的哪一种",
        required=False,
        initial="ledger",
        choices=list(BLANKS.items()),
        help_text="照着现行的改，不用选这一项。",
    )
    like = forms.ChoiceField(label="照着哪一份", required=False, help_text="从空白开始的不用选。")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = registry(actor.court)
        groups = [(kind, [(id_, _name(known.files(id_)[0])) for id_ in known.ids(kind)]) for kind in KINDS]
        field = self.fields["like"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "（空白）"), *(pair for _, pairs in groups for pair in pairs)]

    def clean(self) -> dict[str, Any]:
        """A definition has to be named where one is to be changed or copied, and is not where it is blank."""
        data = super().clean() or {}
        data["kind"] = data.get("kind") or "ledger"
        if data.get("how") == "blank":
            data["like"] = ""
        elif not data.get("like"):
            self.add_error("like", "请选照着哪一份。")
        return data


def _name(definition: Definition) -> str:
    return f"{definition.label}（{definition.id}）"


class SubmitForm(forms.Form):
    """Why it should be in force."""

    reason = forms.CharField(
        label="为什么要立、要改",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="批准人和以后查制度沿革的人都会看到。例如：会议室借用常有冲突，需要登记。",
    )


class DecideForm(forms.Form):
    """批准 or 退回."""

    decision = forms.ChoiceField(
        label="决定",
        widget=forms.RadioSelect,
        choices=[("批准", "批准，按写明的日期施行；那一天已经过去的，从今天起施行"), ("退回", "退回修改")],
    )
    opinion = forms.CharField(
        label="意见", required=False, max_length=400, help_text="退回时必须写，起草人照着改。"
    )


class PutForm(forms.Form):
    """A piece for a draft; ``definition`` is None while the draft has errors, then words are typed."""

    def __init__(self, *args: Any, definition: Definition | None, court: Court, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register = getattr(definition.value, "register", definition.value) if definition else None
        self.offer(register if isinstance(register, Register) else None, court)

    def offer(self, register: Register | None, court: Court) -> None:
        """Say which words there are already."""

    def hint(self, field: str, words: list[str]) -> None:
        """Words to choose from, beside typing another."""
        if words:
            self.fields[field].help_text = "例如：" + "、".join(words[:12])


class FieldForm(PutForm):
    """字段."""

    label = forms.CharField(label="名称", max_length=20)
    type = forms.ChoiceField(label="填什么", choices=[(one.value, one.value) for one in FieldType])
    options = forms.CharField(
        label="可选的内容", required=False, help_text="只有选项和多选要填，用逗号或者空格分开。"
    )


class StateForm(PutForm):
    """状态."""

    label = forms.CharField(label="名称", max_length=20)
    final = forms.BooleanField(label="到这里就了结", required=False)


class ActForm(PutForm):
    """办理."""

    label = forms.CharField(label="名称", max_length=20)
    by = forms.CharField(label="谁来办", max_length=40)
    before = forms.CharField(label="在哪个状态办", max_length=40)
    after = forms.CharField(label="办完是什么状态", max_length=40)
    fill = forms.CharField(label="必须填的字段", required=False, help_text="用逗号或者空格分开。")

    def offer(self, register: Register | None, court: Court) -> None:
        """States, fields and capacities that the draft has."""
        if register is None:
            return
        states = [state.label for state in register.states]
        people = [one.label for one in register.fields if one.type in (FieldType.PERSON, FieldType.UNIT)]
        self.hint("before", [NEW, "任意", *states])
        self.hint("after", [*states, "不变"])
        self.hint("fill", [one.label for one in register.fields])
        self.hint("by", [*people, "登记人", "任何人", "庭长", "综合办主任"])


class ClockForm(PutForm):
    """时限."""

    label = forms.CharField(label="名称", max_length=20)
    starts = forms.CharField(label="从哪一步起算", max_length=20)
    stops = forms.CharField(label="到哪一步为止", max_length=20)
    within = forms.CharField(
        label="多长", max_length=20, help_text="例如：3 个工作日、30 天、2 个月、48 小时"
    )
    tell = forms.CharField(label="超过了告诉谁", max_length=20, required=False)

    def offer(self, register: Register | None, court: Court) -> None:
        """Acts and people that the draft has."""
        if register is None:
            return
        acts = [one.label for one in register.acts]
        self.hint("starts", acts)
        self.hint("stops", acts)
        self.hint("tell", [one.label for one in register.fields if one.type is FieldType.PERSON])


@dataclass(frozen=True, slots=True)
class Put:
    """A kind of piece: what it is called, its form, how it goes into the text, which definitions have it."""

    label: str
    form: type[PutForm]
    put: Callable[[str, dict[str, Any]], str]
    kinds: tuple[str, ...] = ("ledger", "filing", "activity", "approval")


def _words(text: str) -> list[str]:
    return [word for word in text.replace("，", " ").replace(",", " ").replace("、", " ").split() if word]


PUTS = {
    "field": Put(
        "字段",
        FieldForm,
        lambda text, data: pieces.put_field(text, data["label"], data["type"], _words(data["options"])),
        ("ledger", "filing", "activity", "approval", "meeting"),
    ),
    "state": Put(
        "状态", StateForm, lambda text, data: pieces.put_state(text, data["label"], final=data["final"])
    ),
    "act": Put(
        "办理",
        ActForm,
        lambda text, data: pieces.put_act(
            text, data["label"], data["by"], data["before"], data["after"], _words(data["fill"])
        ),
    ),
    "clock": Put(
        "时限",
        ClockForm,
        lambda text, data: pieces.put_clock(
            text, data["label"], data["starts"], data["stops"], data["within"], data["tell"]
        ),
    ),
}


def puts_of(text: str) -> list[tuple[str, str]]:
    """The pieces that a definition of this text's kind may hold: key and name."""
    found = re.search(r"^id:\s*([a-z]+)\.", text, flags=re.MULTILINE)
    kind = found[1] if found else "ledger"
    return [(what, put.label) for what, put in PUTS.items() if kind in put.kinds]
