"""The door for self-service terminals: a key, a job or only a sign of life; JSON goes back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from mingjing.domain.reasons import Refusal
from mingjing.intake.pages import ASKED, public
from mingjing.services.window import door

BEARER = "Bearer "


@public
def terminal(request: HttpRequest) -> HttpResponse:
    """A terminal hands in a job (multipart: ``service``, ``job``, ``q.NAME`` for each question) with its key
    in ``Authorization``; without ``service`` it says that it is there."""
    if request.method != "POST":
        return _problem(405, "method-not-allowed", "这里只收终端送来的件，请用 POST。")
    given = request.headers.get("Authorization", "")
    key = given.removeprefix(BEARER) if given.startswith(BEARER) else ""
    service, job = request.POST.get("service", "")[:80], request.POST.get("job", "")[:60]
    said = {name.removeprefix(ASKED): request.POST.getlist(name) for name in request.POST}
    uploads = {name.removeprefix(ASKED): request.FILES.getlist(name) for name in request.FILES}
    try:
        entered = door.terminal_hands_in(key, job, service, door.Act("", said, uploads))
    except door.WrongKey as refusal:
        return _problem(401, refusal.code, str(refusal))
    except door.NotVisible:
        return _problem(404, "no-such-service", "这个法院没有开这项服务。")
    except Refusal as refusal:
        return _problem(422, refusal.code, str(refusal))
    if entered is None:
        return JsonResponse({"heard": True})
    told = {"number": entered.number, "code": entered.code, "service": entered.service}
    return JsonResponse(told, status=201)


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    response = JsonResponse({"type": "about:blank", "code": code, "detail": detail}, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


urlpatterns = [path("window-terminal", terminal, name="window-terminal")]
