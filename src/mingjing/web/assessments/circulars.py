"""季度廉政通报, 案件质量评查通报: the system writes them, people put them up and approve them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.assessments.cards import Quarter
from mingjing.domain.assessments.dealing import Card
from mingjing.domain.reasons import Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.records.compiling import (
    INTEGRITY,
    REVIEWS,
    integrity_circular,
    may_compile,
    quarters_of,
    review_circular,
)
from mingjing.services.records.versions import value_of
from mingjing.storage.records.models import Record
from mingjing.web.acting import DayField
from mingjing.web.routing import Route, StaffRequest


class QuarterForm(forms.Form):
    """Which quarter, among those whose months are all confirmed."""

    def __init__(self, *args: Any, quarters: tuple[Quarter, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["quarter"] = forms.ChoiceField(
            choices=[(f"{one.year}-{one.number}", str(one)) for one in quarters],
            label="季度",
            help_text="三个月的评分都确认了的季度才能选。",
        )


class DaysForm(forms.Form):
    """From which day to which."""

    first = DayField(label="从哪一天", help_text="按评查表确认的日期算，首尾两天都算。例如 2026-07-01。")
    last = DayField(label="到哪一天", help_text="最晚到今天。")


def card_circular(request: StaffRequest, card_id: str) -> HttpResponse:
    """Write the circular of a quarter, then go to it."""
    actor = request.actor
    card = value_of(actor.court, card_id, actor.on) if card_id.startswith("card.") else None
    if not isinstance(card, Card) or not may_compile(actor, INTEGRITY):
        raise NotVisible
    quarters = quarters_of(actor, card)
    form = QuarterForm(request.POST if request.method == "POST" else None, quarters=quarters)

    def run(given: dict[str, Any]) -> Record:
        year, _, number = given["quarter"].partition("-")
        return integrity_circular(actor, card_id, Quarter(int(year), int(number)))

    lead = "得分、名次、牌和理由由系统按确认的评分写，不能手改；党组批准以后印发。"
    if not quarters:
        lead = "还没有一个季度的三个月全部确认，写不出通报。先在“考核”里把评分表确认完。"
    title, back = f"{card.register.label}：出季度廉政通报", reverse("cards", args=[card_id])
    return _written(request, form, run, title=title, lead=lead, back=back)


def reviews_circular(request: StaffRequest) -> HttpResponse:
    """Write the circular of the case reviews of some days, then go to it."""
    actor = request.actor
    if not may_compile(actor, REVIEWS):
        raise NotVisible
    form = DaysForm(request.POST if request.method == "POST" else None)

    def run(given: dict[str, Any]) -> Record:
        return review_circular(actor, given["first"], given["last"])

    lead = "件数、等级、问题分类、要点名的案件由系统按确认的评查表数，不能手改；分析和要求报批的时候写。"
    title = "出案件质量评查通报"
    return _written(request, form, run, title=title, lead=lead, back=reverse("assessments"))


def _written(
    request: StaffRequest, form: forms.Form, run: Any, *, title: str, lead: str, back: str
) -> HttpResponse:
    """The form; sent, the record it made. A refusal is said above the form."""
    request.family, refusal = "考核", None
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(reverse("record", args=[run(form.cleaned_data).pk]))
        except Refusal as refused:
            refusal = refused
    context = {"title": title, "lead": lead, "form": form, "refusal": refusal, "button": "生成通报"}
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/form.html", {**context, "back": back}, status=status)


routes = (
    Route("assessments/reviews/circular", reviews_circular, "review-circular", "办理台账"),
    Route("assessments/<str:card_id>/circular", card_circular, "card-circular", "办理台账"),
)
