"""会议: one page to run a meeting on, its papers, and all meetings together."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string

from mingjing.domain.ledgers.matters import WrongState
from mingjing.domain.meetings.outline import ASKS, CANCELLED, MINUTES
from mingjing.domain.meetings.rules import Meeting
from mingjing.domain.meetings.sitting import VOTES
from mingjing.domain.reasons import Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.records.meeting_list import meetings
from mingjing.services.reading.records.meetings import MeetingView, meeting_view
from mingjing.services.records import acting, opening
from mingjing.services.records.meetings import proposed
from mingjing.services.records.versions import registers_on, value_of
from mingjing.storage.records.models import Record, RecordAct
from mingjing.web.downloads import attachment
from mingjing.web.records.acts import act_form, lists_for, take_files
from mingjing.web.records.forms import ActForm
from mingjing.web.records.meeting_forms import entered, said, target_of, uploads
from mingjing.web.routing import Route, StaffRequest

FAMILY = "会议"
PAPERS = ("agenda", "minutes")
STEPS = ("筹备中", "已召集", "会议中", "已散会", "待签字", "已签齐", "已归档")
_ANCHORS = {
    "签到": "people",
    "请假": "people",
    "离席": "people",
    "发言": "floor",
    "表决": "floor",
    "计票": "floor",
}
_ONE_CLICK = ("召集", "宣布开会", "结束会议", "归档")


def meeting(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """The page on which a meeting is prepared, run, minuted and signed."""
    request.family = FAMILY
    if request.method != "POST":
        return _page(request, meeting_id, None)
    try:
        label = _act(request, meeting_id)
    except Refusal as refusal:
        return _page(request, meeting_id, refusal)
    return HttpResponseRedirect(f"{reverse('meeting', args=[meeting_id])}#{_ANCHORS.get(label, 'main')}")


def _act(request: StaffRequest, meeting_id: int) -> str:
    """Do what a form of the page asks; marks left by it are told."""
    view = meeting_view(request.actor, meeting_id)
    label = request.POST.get("act", "")
    act = view.options.get(label)
    if act is None:
        now = "、".join(view.options) or "没有"
        raise WrongState(f"“{view.record.state}”时您不能办理“{label}”，现在可以办的：{now}。")
    record = acting.do(
        request.actor,
        meeting_id,
        label,
        entered(request, view.register, act, lists_for(request.actor)),
        target=target_of(request.POST, ASKS.get(label, ())),
        why=said(request.POST),
        files=uploads(request, view.register, act),
    )
    _tell(request, record, label)
    return label


def _tell(request: StaffRequest, record: Record, label: str) -> None:
    last = RecordAct.objects.filter(record=record, turn=record.revision).first()
    flags = [str(one) for one in last.flags] if last else []
    if flags:
        messages.warning(request, f"已办理“{label}”，并记下：{'、'.join(flags)}。")
    elif label not in _ANCHORS:
        messages.success(request, f"已办理“{label}”。")


def _page(request: StaffRequest, meeting_id: int, refusal: Refusal | None) -> HttpResponse:
    from mingjing.services.meeting_papers import draft_minutes  # loads the writer of .docx

    view = meeting_view(request.actor, meeting_id)
    typed = request.POST if refusal is not None else {}
    minutes = str(view.values.get(MINUTES) or "")
    context = {
        "view": view,
        "record": view.record,
        "floor": view.floor,
        "can": {act: True for act, one in view.options.items() if not one.refusal},
        "held": {act: one.refusal for act, one in view.options.items() if one.refusal},
        "refusal": refusal,
        "typed": typed,
        "typed_act": typed.get("act", ""),
        "next": _next(view),
        "steps": [(one, one == view.record.state) for one in _steps(view)],
        "lists": lists_for(request.actor),
        "classes": [one.label for one in view.meeting.classes],
        "votes": VOTES,
        "minutes": minutes,
        "draft": minutes or draft_minutes(view),
        "on": request.actor.on,
    }
    return render(request, "pages/records/meeting.html", context, status=422 if refusal else 200)


def _steps(view: MeetingView) -> tuple[str, ...]:
    return (CANCELLED,) if view.record.state == CANCELLED else STEPS


def _next(view: MeetingView) -> list[dict[str, str]]:
    """The acts that move the whole meeting on; a gate that holds one back says why."""
    found = []
    for label in _ONE_CLICK:
        option = view.options.get(label)
        if option is not None:
            found.append({"label": label, "refusal": option.refusal})
    return found


def strip(request: StaffRequest, meeting_id: int) -> HttpResponse:
    """Whether anything happened since the page was opened; an open page asks every few seconds."""
    view = meeting_view(request.actor, meeting_id)
    return render(
        request,
        "pages/records/_meeting_strip.html",
        {"view": view, "record": view.record, "floor": view.floor, "since": request.GET.get("since", "")},
    )


def paper(request: StaffRequest, meeting_id: int, paper_kind: str) -> HttpResponse:
    """The agenda or the minutes as .docx."""
    from mingjing.services.meeting_papers import agenda_paper, minutes_paper  # loads the writer of .docx

    view = meeting_view(request.actor, meeting_id)
    if paper_kind not in PAPERS:
        raise NotVisible
    made = (agenda_paper if paper_kind == "agenda" else minutes_paper)(view, request.actor.on)
    return attachment(made.content, made.name)


def plan(request: StaffRequest, body_id: str) -> HttpResponse:
    """筹备: a meeting with the roster its rules name, to be changed as needed."""
    request.family = FAMILY
    value = value_of(request.actor.court, body_id, request.actor.on)
    offered = opening.openings(request.actor, body_id)
    if not isinstance(value, Meeting) or not offered:
        raise NotVisible
    form = act_form(request, value.register, offered[0], _initial(request, value))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _planned(request, body_id, offered[0].act, form)
        except Refusal as refused:
            refusal = refused
        else:
            return HttpResponseRedirect(reverse("meeting", args=[made.pk]))
    once = request.POST.get("once") or get_random_string(20)
    context = {"form": form, "refusal": refusal, "register": value.register, "once": once}
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/records/meeting_plan.html", context, status=status)


def _initial(request: StaffRequest, value: Meeting) -> Mapping[str, object]:
    keys = {one.label: one.key for one in value.register.fields}
    return {keys[label]: held for label, held in proposed(request.actor, value).items()}


def _planned(request: StaffRequest, body_id: str, label: str, form: ActForm) -> Record:
    return opening.open_record(
        request.actor,
        body_id,
        label,
        form.entered(),
        files=take_files(form),
        why=said(request.POST),
        once=request.POST.get("once", ""),
    )


def all_meetings(request: StaffRequest) -> HttpResponse:
    """What is coming, what is owed, what was filed when, how the rules of order were kept."""
    request.family = FAMILY
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and 2000 <= int(given) <= 2199 else request.actor.on.year
    found = meetings(request.actor, year)
    bodies = _bodies(request)
    context = {
        "found": found,
        "bodies": bodies,
        "late": sum(one.late or not one.sent for one in found.filed),
        "short": sum(len(one.short) for one in found.owed),
        "years": [year - 1, year + 1] if year < request.actor.on.year else [year - 1],
        "on": request.actor.on,
    }
    return render(request, "pages/records/meetings.html", context)


def _bodies(request: StaffRequest) -> list[tuple[str, str]]:
    """The bodies the actor may call: id and label."""
    actor = request.actor
    known = [one for one in registers_on(actor.court, actor.on) if one.kind == "meeting"]
    return [(one.id, one.label) for one in known if opening.openings(actor, one.id)]


def panel(request: StaffRequest, record: Record) -> tuple[str, dict[str, object]]:
    """The agenda and what became of it, on the page of the record."""
    view = meeting_view(request.actor, record.pk)
    return "pages/records/_panel_meeting.html", {"view": view}


routes = (
    Route("meetings", all_meetings, "meetings", "查看台账"),
    Route("meetings/new/<str:body_id>", plan, "meeting-plan", "办理台账"),
    Route("meetings/<int:meeting_id>", meeting, "meeting", "查看台账"),
    Route("meetings/<int:meeting_id>/strip", strip, "meeting-strip", "查看台账"),
    Route("meetings/<int:meeting_id>/<str:paper_kind>.docx", paper, "meeting-paper", "查看台账"),
)
