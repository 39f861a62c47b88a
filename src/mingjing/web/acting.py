"""A page with one form and one act: what was typed is kept, a refusal says what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mingjing.domain.dates.reading import read_date
from mingjing.domain.reasons import Refusal
from mingjing.web.routing import StaffRequest


class DayField(forms.Field):
    """A civil date in any of the ways people write it; the refusal shows the accepted ones."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> Any:
        """The date, or None where nothing was typed."""
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return value
        try:
            return read_date(value)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def act_page(
    request: StaffRequest,
    *,
    title: str,
    form_class: type[forms.Form],
    run: Callable[[dict[str, Any]], str],
    back: str,
    lead: str = "",
    button: str = "提交",
    initial: dict[str, Any] | None = None,
    arguments: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or do the act and go ``back``. ``run`` returns the sentence shown afterwards."""
    form = form_class(request.POST or None, request.FILES or None, initial=initial, **(arguments or {}))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, run(form.cleaned_data))
        except Refusal as refused:
            refusal = refused
        else:
            return HttpResponseRedirect(back)
    context = {"title": title, "lead": lead, "form": form, "refusal": refusal, "button": button, "back": back}
    return render(
        request,
        "pages/form.html",
        {**context, **(extra or {})},
        status=422 if refusal or form.errors else 200,
    )


def post_act(request: StaffRequest, run: Callable[[], str], back: str) -> HttpResponse:
    """An act that needs no form of its own (a button): do it, say so, go back; a refusal is said there too.

    Anything but a POST does nothing: a link that leads here may be followed by a machine.
    """
    if request.method != "POST":
        return HttpResponseRedirect(back)
    try:
        messages.success(request, run())
    except Refusal as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(back)
