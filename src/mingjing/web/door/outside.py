"""To the court's identity server and back."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.security.outside import Journey, OutsideRefused, Provider, come_back, provider, set_out
from mingjing.web.door.entering import JOURNEY, let_in, onward
from mingjing.web.routing import ANYONE, Route


def _provider() -> Provider:
    place = provider()
    if place is None:
        raise Http404
    return place


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("outside-back"))


def leave(request: HttpRequest) -> HttpResponse:
    """Send the browser to the identity server."""
    place = _provider()
    try:
        address, journey = set_out(place, _back(request))
    except Refusal as refused:
        return _refused(request, refused)
    request.session[JOURNEY] = {**asdict(journey), "next": onward(request, request.GET.get("next", ""))}
    return HttpResponseRedirect(address)


def back(request: HttpRequest) -> HttpResponse:
    """The browser comes back with an answer; it is good once."""
    place, kept = _provider(), request.session.pop(JOURNEY, None)
    try:
        if kept is None:
            raise OutsideRefused("没有等待中的统一身份登录，或者已经用过一次。请从登录页重新开始。")
        journey = Journey(kept["state"], kept["nonce"], kept["verifier"])
        account = come_back(place, journey, _back(request), request.GET.dict())
        return let_in(request, account, "统一身份", kept["next"])
    except Refusal as refused:
        return _refused(request, refused)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "pages/door/outside_refused.html", {"refusal": refusal}, status=422)


routes = (
    Route("login/outside", leave, "outside", ANYONE),
    Route("login/outside/back", back, "outside-back", ANYONE),
)
