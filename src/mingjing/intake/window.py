"""The public window: services and their forms, the receipt, progress by it, one's own case, what to bring,
how to reach the court. No login, no cookie, no script needed; all is asked of ``services.window.door``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingjing.domain.reasons import Refusal
from mingjing.intake.calendars import calendar
from mingjing.intake.pages import ASKED, page, public
from mingjing.services.window import door

MOST_LETTERS = 100_000
"""Letters of all answers of a form together."""
KEPT = ("too-early",)
"""Refusals that leave the ticket good."""


@public
def courts(request: HttpRequest) -> HttpResponse:
    """The courts; with one alone, its page."""
    found = door.courts()
    if len(found) == 1:
        return HttpResponseRedirect(reverse("window", args=[found[0].code]))
    return page(request, "courts", courts=found)


@public
def home(request: HttpRequest, code: str) -> HttpResponse:
    """What can be done here."""
    return page(request, "home", place=_place(code))


@public
def apply(request: HttpRequest, code: str, service: str) -> HttpResponse:
    """The form of a service; then the receipt, once."""
    place = _place(code)
    try:
        offer = door.offer(code, service)
        if request.method != "POST":
            return page(request, "apply", place=place, offer=offer, **_fresh(offer.form))
        entered = door.hand_in(code, service, _filled(request, offer.form), *_ticket(request))
    except door.NotVisible:
        raise Http404 from None
    except Refusal as refusal:
        again = _again(request, offer.form, refusal)
        return page(request, "apply", 422, place=place, offer=offer, **again)
    return page(request, "receipt", place=place, entered=entered)


@public
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """How a matter stands, for whoever has the receipt, and what may be done to it now."""
    place, key = _place(code), door.Key(request.POST.get("number", ""), request.POST.get("code", ""))
    if request.method != "POST":
        return page(request, "ask", place=place, ticket=door.new_ticket())
    try:
        if wanted := request.POST.get("file", ""):
            return _file(door.file(code, key, int(wanted) if wanted.isdecimal() else 0))
        if request.POST.get("give") == "calendar":
            found = door.still_there(code, key)
            return calendar(found.days, f"{place.name} {found.number}", found.opened_on)
        if act := request.POST.get("act", ""):
            return _acted(request, place, key, act)
        found = door.ask(code, key, *_ticket(request))
    except Refusal as refusal:
        said = {"key": key, **_again(request, None, refusal)}
        return page(request, "ask", 422, place=place, **said)
    return _shown(request, place, key, found)


@public
def case(request: HttpRequest, code: str) -> HttpResponse:
    """A party's own case: number, name and query code."""
    place = _place(code)
    typed = {name: request.POST.get(name, "")[:200] for name in ("number", "name", "code")}
    if request.method != "POST":
        return page(request, "ask_case", place=place, typed=typed, ticket=door.new_ticket())
    known = (typed["number"], typed["name"], typed["code"])
    try:
        if wanted := request.POST.get("file", ""):
            return _file(door.case_file(code, *known, int(wanted) if wanted.isdecimal() else 0))
        ticket, proof = _ticket(request)
        found = door.case(code, *known, ticket=ticket, proof=proof)
    except Refusal as refusal:
        return page(request, "ask_case", 422, place=place, typed=typed, **_again(request, None, refusal))
    days = [(f"{one.title} {what}", day) for one in found.papers for what, day in one.days]
    if request.POST.get("give") == "calendar":
        return calendar(days, found.number, found.filed_on or date.min)
    fresh = door.new_ticket()
    return page(request, "case", place=place, typed=typed, found=found, days=days, ticket=fresh)


@public
def materials(request: HttpRequest, code: str) -> HttpResponse:
    """What to bring when a case is filed."""
    place, known = _place(code), door.materials(code)
    wanted = request.GET.get("cause", "")
    chosen = {wanted: known[wanted]} if wanted in known else known
    return page(request, "materials", place=place, causes=list(known), chosen=chosen, wanted=wanted)


@public
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Address, hours, lines."""
    return page(request, "contact", place=_place(code), rows=door.contacts(code))


def _acted(request: HttpRequest, place: door.Place, key: door.Key, act: str) -> HttpResponse:
    """An act of the receipt's holder; refused, what was written is still there."""
    before = door.still_there(place.code, key)
    form = next((one for one in before.forms if one.act == act), None)
    filled = _filled(request, form or door.Form(act, "", ()))
    try:
        found = door.add(place.code, key, filled, *_ticket(request))
    except Refusal as refusal:
        return _shown(request, place, key, before, act=act, status=422, **_again(request, form, refusal))
    return _shown(request, place, key, found, done=act)


def _shown(
    request: HttpRequest, place: door.Place, key: door.Key, found: door.Progress, **more: Any
) -> HttpResponse:
    """The page of a matter, a form for each thing that may be done to it."""
    status, tried, kept = more.pop("status", 200), more.pop("act", ""), more.pop("asked", None)
    forms = []
    for one in found.forms:
        asked = kept if one.act == tried and kept else _asked(one, {})
        forms.append({"form": one, "asked": asked, "ticket": door.new_ticket()})
    lost = tried not in [one.act for one in found.forms]  # refused, and no form is there to say so
    said = {"place": place, "key": key, "found": found, "forms": forms, "tried": tried, "lost": lost, **more}
    return page(request, "progress", status, **said)


def _place(code: str) -> door.Place:
    try:
        return door.place_of(code)
    except door.NotVisible:
        raise Http404 from None


def _ticket(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("ticket", "")[:400], request.POST.get("proof", "")[:40]


def _filled(request: HttpRequest, form: door.Form) -> door.Act:
    """The answers and files of a form, by the short names of its questions."""
    said, uploads = {}, {}
    for one in form.questions:
        said[one.name] = [text[:MOST_LETTERS] for text in request.POST.getlist(ASKED + one.name)]
        uploads[one.name] = list(request.FILES.getlist(ASKED + one.name))
    return door.Act(form.act, said, uploads)


def _asked(form: door.Form, said: Any) -> list[dict[str, object]]:
    """The questions with what was answered."""
    return [{"question": one, "texts": list(said.get(one.name, ()))} for one in form.questions]


def _fresh(form: door.Form) -> dict[str, Any]:
    return {"asked": _asked(form, {}), "ticket": door.new_ticket()}


def _again(request: HttpRequest, form: door.Form | None, refusal: Refusal) -> dict[str, Any]:
    """A form once more after a refusal: the words kept, a new ticket unless the old one is still good."""
    asked = _asked(form, _filled(request, form).said) if form else None
    kept = refusal.code in KEPT
    ticket = None if kept else door.new_ticket()
    return {"refusal": refusal, "asked": asked, "ticket": ticket, "kept": _ticket(request)[0] if kept else ""}


def _file(found: Any) -> HttpResponse:
    """A file to be saved."""
    response = FileResponse(found.path.open("rb"), content_type=found.media_type)
    for name, value in found.headers.items():
        response[name] = value
    return response  # type: ignore[return-value] # a stream, answered as every other page


urlpatterns = [
    path("window/", courts, name="window-courts"),
    path("window/<str:code>/", home, name="window"),
    path("window/<str:code>/apply/<str:service>/", apply, name="window-apply"),
    path("window/<str:code>/progress/", progress, name="window-progress"),
    path("window/<str:code>/case/", case, name="window-case"),
    path("window/<str:code>/materials/", materials, name="window-materials"),
    path("window/<str:code>/contact/", contact, name="window-contact"),
]
