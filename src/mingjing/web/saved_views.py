"""常用筛选: the lists somebody keeps, and the form that keeps one more."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.installation import registry
from mingjing.services.saved_views import ViewUnknown, lasting, own_views, remove_view, save_view
from mingjing.web.context import RAIL, SUBRAIL
from mingjing.web.routing import SIGNED_IN, Route, StaffRequest


def title_of(request: StaffRequest, page: str) -> str:
    """What a list is called: its place on the rail, the register, or else its address.

    Raises
    ------
    Http404   no page has this address
    """
    try:
        found = resolve(page)
    except Resolver404:
        raise Http404 from None
    if found.url_name == "register":
        known = {one.id: one.label for one in registry(request.actor.court).registers(request.actor.on)}
        return known.get(str(next(iter(found.kwargs.values()))), page)
    places = [place for group in SUBRAIL.values() for place in group] + list(RAIL)
    return next((place.label for place in places if place.name == found.url_name), page)


def views(request: StaffRequest) -> HttpResponse:
    """Everything the person keeps; with ``page`` and ``query`` in the address, a form to keep that list."""
    request.family = "今日"
    page, query = request.GET.get("page", ""), request.GET.get("query", "")
    refused = _kept(request, page, query) if request.method == "POST" else None
    if isinstance(refused, HttpResponse):
        return refused
    groups = [
        (title_of(request, address), list(rows))
        for address, rows in groupby(own_views(request.actor), lambda one: one.page)
    ]
    context = {
        "groups": groups,
        "page": page,
        "title_here": title_of(request, page) if page else "",
        "savable": bool(page and lasting(query)),
        "refused": refused,
        "name": request.POST.get("name", ""),
    }
    return render(request, "pages/saved_views.html", context, status=422 if refused else 200)


def _kept(request: StaffRequest, page: str, query: str) -> HttpResponse | Refusal:
    """Back at the list once it is kept, or why it is not."""
    title_of(request, page)
    try:
        row = save_view(request.actor, page, query, request.POST.get("name", ""))
    except Refusal as refusal:
        return refusal
    messages.success(request, f"已存为“{row.name}”，在“常用筛选”里。")
    return HttpResponseRedirect(f"{row.page}?{row.query}")


def remove(request: StaffRequest, saved_view_id: int) -> HttpResponse:
    """Forget one."""
    if request.method == "POST":
        try:
            row = remove_view(request.actor, saved_view_id)
        except ViewUnknown:
            raise Http404 from None
        messages.success(request, f"已删除“{row.name}”。")
    return HttpResponseRedirect(reverse("saved-views"))


routes = (
    Route("views", views, "saved-views", SIGNED_IN),
    Route("views/<int:saved_view_id>/remove", remove, "saved-view-remove", SIGNED_IN),
)
