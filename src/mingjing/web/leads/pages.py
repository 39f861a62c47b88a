"""线索: those one works on, one lead opened, its files, answers to the reporter, registering by hand."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.actors import Actor
from mingjing.services.leads import duplicates, following, parts, receipts, talking
from mingjing.services.leads.keys import Opened, key_in_use
from mingjing.services.leads.organisations import channels, reportable_courts
from mingjing.services.leads.reading import STATES, LeadFilter, alerts, floods, lead_page, leads, words_of
from mingjing.services.leads.receiving import Report, receive
from mingjing.services.leads.sight import SEE_LEADS, find_lead, open_lead
from mingjing.services.leads.uploads import check_files, sealed_uploads
from mingjing.services.leads.working import options
from mingjing.storage.leads.models import Lead
from mingjing.web.acting import act_page
from mingjing.web.leads.session import keep_open, opened_of, unlock_first
from mingjing.web.listing import choice
from mingjing.web.routing import Route, StaffRequest

FAMILY = "线索"
LATE = "逾期"


class AnswerForm(forms.Form):
    """答复举报人."""

    message = forms.CharField(
        label="写给举报人",
        max_length=talking.MOST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="举报人凭回执看得到，别人看不到。不要写办案人员的姓名。",
    )


class RegisterForm(forms.Form):
    """登记电话、短信、来信、来访."""

    channel = forms.ChoiceField(label="渠道")
    court = forms.ChoiceField(label="反映的是哪个法院的人")
    reported = forms.CharField(
        label="被反映人",
        required=False,
        max_length=200,
        help_text="几个人用顿号分开，系统据此绕开。",
    )
    unit = forms.CharField(label="所在部门", required=False, max_length=60)
    text = forms.CharField(label="反映的事", widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000)
    reporter = forms.CharField(label="反映人", required=False, max_length=60, help_text="匿名的不填。")
    contact = forms.CharField(label="联系方式", required=False, max_length=120)

    def __init__(self, *args: Any, courts: list[tuple[str, str]], ways: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options_ in (("court", courts), ("channel", [(one, one) for one in ways])):
            found = self.fields[name]
            assert isinstance(found, forms.ChoiceField)
            found.choices = options_


def lead_list(request: StaffRequest) -> HttpResponse:
    """The leads one works on."""
    request.family = FAMILY
    chosen = LeadFilter.read(request.GET.dict())
    ways = channels(request.actor.court)
    fields = [
        choice("state", "状态", chosen.state, STATES),
        choice("channel", "渠道", chosen.channel, ways, "全部渠道"),
        choice("late", "期限", chosen.late, (LATE,), "不限期限"),
    ]
    told, all_told = alerts(request.actor)
    context = {
        "found": leads(request.actor, chosen),
        "alerts": told,
        "more_alerts": all_told - len(told),
        "floods": floods(request.actor),
        "chosen": chosen,
        "fields": fields,
        "key": key_in_use(request.actor.person),
        "on": request.actor.on,
    }
    return render(request, "pages/leads/list.html", context)


def lead(request: StaffRequest, lead_id: int) -> HttpResponseBase:
    """One lead: its shell to whoever works on it, its content once the key is unlocked."""
    request.family = FAMILY
    found = find_lead(request.actor, lead_id)
    opened = opened_of(request)
    pieces: list[parts.Piece] = []
    if opened is not None:
        found, pieces = open_lead(request.actor, lead_id, opened)
    context = {**_shown(request, found, pieces), **_followed(request.actor, found, opened)}
    response = render(request, "pages/leads/lead.html", context)
    return keep_open(request, response, opened) if opened is not None else response


def _followed(actor: Actor, found: Lead, opened: Opened | None) -> dict[str, object]:
    """What followed from a founded lead, opened."""
    founded = found.data.get("ending") in following.FOUNDED
    if opened is None:
        return {"opened": False}
    return {
        "alike": duplicates.alike(actor, found, opened),
        "opened": True,
        "founded": founded and not found.over,
        "checks": following.checks(found, opened),
        "measures": following.measures(found, opened),
        "without": parts.without(found),
    }


def _shown(request: StaffRequest, found: Lead, pieces: list[parts.Piece]) -> dict[str, object]:
    talk = (parts.REPORT, parts.MESSAGE, parts.ANSWER)
    open_acts = options(request.actor, found)
    return {
        "page": lead_page(found),
        "lead": found,
        "report": [words_of(one) for one in pieces if one.part.kind == parts.REPORT],
        "talk": [one for one in pieces if one.part.kind in talk[1:]],
        "work": [(one, words_of(one)) for one in pieces if one.part.kind == parts.WORK and words_of(one)],
        "files": parts.numbered_files(found, pieces),
        "fits": [receipts.fits(found, one.says) for one in pieces if one.part.kind == parts.REPORT],
        "acts": [one for one in open_acts if not one.refusal],
        "blocked": [one for one in open_acts if one.refusal],
        "on": request.actor.on,
    }


def lead_file(request: StaffRequest, lead_id: int, file_number: int) -> HttpResponseBase:
    """A file of a lead, opened in memory and given out as something to be saved, never shown."""
    opened = opened_of(request)
    if opened is None:
        find_lead(request.actor, lead_id)
        return unlock_first(request)
    found, _ = open_lead(request.actor, lead_id, opened)
    name, _, content = parts.open_file(found, opened, file_number)
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return keep_open(request, response, opened)


def lead_answer(request: StaffRequest, lead_id: int) -> HttpResponse:
    """Write to the reporter."""
    request.family = FAMILY
    find_lead(request.actor, lead_id)

    def run(entered: dict[str, Any]) -> str:
        talking.answer(request.actor, lead_id, entered["message"])
        return "已写给举报人，凭回执可以看到。"

    back = reverse("lead", args=[lead_id])
    return act_page(request, title="答复举报人", form_class=AnswerForm, run=run, back=back, button="寄出")


@sealed_uploads
def lead_new(request: StaffRequest) -> HttpResponse:
    """Register what came by telephone, message, letter or visit."""
    request.family = FAMILY
    courts = reportable_courts(request.actor.court)
    if request.method != "POST":
        return _new_page(request, _new_form(request, courts))
    form = _new_form(request, courts)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    said = form.cleaned_data
    names = tuple(one for one in said["reported"].replace("，", "、").split("、") if one.strip())
    court = next(one for one in courts if str(one.pk) == said["court"])
    files = check_files(request.FILES.getlist("files"))
    rest = {key: said[key] for key in ("text", "unit", "reporter", "contact", "channel")}
    received = receive(Report(court, reported=names, files=files, **rest), request.actor)
    return render(request, "pages/leads/receipt.html", {"received": received})


def _new_form(request: StaffRequest, courts: list[Any]) -> RegisterForm:
    ways = [one for one in channels(request.actor.court) if one != "网络"]
    places = [(str(one.pk), one.name) for one in courts]
    return RegisterForm(request.POST or None, courts=places, ways=ways)


def _new_page(request: StaffRequest, form: RegisterForm, status: int = 200) -> HttpResponse:
    return render(request, "pages/leads/new.html", {"form": form}, status=status)


routes = (
    Route("leads/", lead_list, "leads", SEE_LEADS),
    Route("leads/new/", lead_new, "lead-new", "登记线索"),
    Route("leads/<int:lead_id>/", lead, "lead", SEE_LEADS),
    Route("leads/<int:lead_id>/answer/", lead_answer, "lead-answer", SEE_LEADS),
    Route("leads/<int:lead_id>/files/<int:file_number>/", lead_file, "lead-file", SEE_LEADS),
)
