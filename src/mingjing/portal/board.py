"""审务公开: what a court lets stand in the open, by column; a page each, to read and to print."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from mingjing.portal.limiting import limited
from mingjing.storage.published.models import PublishedRecord

BIG, ON_A_PAGE = "big", 20
BYLINE = ("来源", "作者", "编辑", "发布时间")
LONG, MOMENT = "长文本", "时刻"


@limited
def board(request: HttpRequest, code: str) -> HttpResponse:
    """The newest of a court, or of one of its columns; ``before`` goes on from the last of a page."""
    code = _clean(code)
    wanted, before = _clean(request.GET.get("column", "")), request.GET.get("before", "")
    after = int(before) if before.isdecimal() and len(before) < 18 else 0
    page = PublishedRecord.newest(code, wanted, after, ON_A_PAGE + 1)
    context = {
        "code": code,
        "columns": PublishedRecord.columns(code),
        "wanted": wanted,
        "rows": page[:ON_A_PAGE],
        "last": page[ON_A_PAGE - 1].pk if len(page) > ON_A_PAGE else None,
        **_size(request),
    }
    return _said(render(request, "portal/board.html", context))


@limited
def notice(request: HttpRequest, code: str, published_id: int) -> HttpResponse:
    """One of them. What was taken down, or never stood here, is not there."""
    found = PublishedRecord.objects.filter(code=_clean(code), pk=min(published_id, 2**62)).first()
    if found is None:
        raise Http404
    shown = [one for one in found.shown if one[0] != "标题" and one[2] != found.title]
    context = {
        "code": code,
        "one": found,
        "byline": [(label, _short(kind, text)) for label, kind, text in shown if label in BYLINE],
        "facts": [one for one in shown if one[1] != LONG and one[0] not in (*BYLINE, "栏目")],
        "texts": [(label, _paragraphs(text)) for label, kind, text in shown if kind == LONG],
        **_size(request),
    }
    return _said(render(request, "portal/notice.html", context))


def _clean(text: str) -> str:
    """A word of an address as the database can be asked for it."""
    return text.replace("\x00", "")[:60]


def _said(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    return response


def _size(request: HttpRequest) -> dict[str, object]:
    big = request.GET.get("size") == BIG
    return {"big": big, "size": f"?size={BIG}" if big else "", "more": f"&size={BIG}" if big else ""}


def _short(kind: str, text: str) -> str:
    return text[:16].replace("T", " ") if kind == MOMENT else text


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


urlpatterns = [
    path("public/board/<str:code>/", board, name="public-board"),
    path("public/board/<str:code>/<int:published_id>", notice, name="public-notice"),
]
