"""算一个期限: facts typed in, the last day and its working as the answer; no case is needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from mingjing.definitions.asking import ask, read_pairs
from mingjing.definitions.registry import Registry
from mingjing.domain.deadlines.rules import Due
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.installation import registry
from mingjing.web.acting import DayField
from mingjing.web.routing import Route, StaffRequest

SAMPLE = "案件类型=民事一审\n审理程序=简易程序\n立案日期=2024-03-13\n鉴定期间=2024-04-01 至 2024-04-20"


class CalculatorForm(forms.Form):
    """Which deadline, on which facts, seen from which day."""

    name = forms.CharField(
        label="算哪个期限", max_length=80, help_text="期限的名称、所属期限或者 id，例如：审理期限。"
    )
    facts = forms.CharField(
        label="事实",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="一行一项，写作“名称=内容”；几段期间用顿号隔开，还没结束的写“至 今”。",
    )
    on = DayField(label="站在哪一天看", required=False, help_text="不填就是今天；没结束的扣除算到这一天。")

    def __init__(self, *args: Any, known: Registry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted({*known.clocks(), *(rule.label for rule in known.deadlines())})
        self.fields["name"].widget = ListedInput(names)


class ListedInput(forms.TextInput):
    """A text box that offers words while one types, and accepts others."""

    template_name = "pages/listed_input.html"

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self.words = words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget with its list of words."""
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-words"})
        return {**context, "words": self.words, "list": f"{name}-words"}


def calculator(request: StaffRequest) -> HttpResponse:
    """The form, and under it the answer or the refusal. Asked by GET, so that a working can be linked to."""
    request.family = "制度"
    known = registry(request.actor.court)
    form = CalculatorForm(request.GET or None, known=known, initial={"name": "审理期限", "facts": SAMPLE})
    answer, refusal = _answer(form, request, known) if form.is_valid() else (None, None)
    return render(request, "pages/calculator.html", {"form": form, "answer": answer, "refusal": refusal})


def _answer(
    form: CalculatorForm, request: StaffRequest, known: Registry
) -> tuple[Answer[Due] | None, Refusal | None]:
    on = form.cleaned_data["on"] or request.actor.on
    try:
        facts = read_pairs(form.cleaned_data["facts"].splitlines())
        return ask(known, form.cleaned_data["name"].strip(), facts, as_of=on), None
    except Refusal as refusal:
        return None, refusal


routes = (Route("institutions/calculate", calculator, "due-calculator", "查看制度"),)
