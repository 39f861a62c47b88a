"""Addresses of the pages of a register: the same filter under another view."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from mingjing.domain.ledgers.register import Register
from mingjing.services.reading.records.filters import RecordFilter
from mingjing.services.records.bulletins import bulletins_offered
from mingjing.web.routing import StaffRequest

VIEWS = (
    ("逐条", "register"),
    ("看板", "register-board"),
    ("日历", "register-calendar"),
    ("层级", "register-tree"),
    ("统计", "register-figures"),
    ("打印稿", "register-paper"),
)
BULLETIN = ("通报", "register-bulletin")
"""Where a document counts the register."""
NOT_CARRIED = ("after", "before", "month")
NOTHING: Mapping[str, str] = {}


def asked(request: StaffRequest) -> dict[str, str]:
    """The query; columns chosen one by one stand in one value, as links carry them."""
    query = {name: value for name, value in request.GET.items() if isinstance(value, str) and value}
    if shown := request.GET.getlist("show"):
        query["show"] = ",".join(one for one in map(str, shown) if one)
    return query


def chosen_of(request: StaffRequest, register: Register | None = None) -> RecordFilter:
    """The filter in the address. Raises BadFilter."""
    return RecordFilter.read(asked(request), register)


def within(name: str, register: Register, query: Mapping[str, str] = NOTHING, **more: str) -> str:
    """A page of a register with a filter; empty values are left out."""
    filled = {key: value for key, value in {**query, **more}.items() if value and key not in NOT_CARRIED}
    path = reverse(name, args=[register.id])
    return f"{path}?{urlencode(filled)}" if filled else path


def view_tabs(request: StaffRequest, register: Register, here: str) -> list[dict[str, object]]:
    """Links to the same records in every view."""
    query = asked(request)
    views = [*VIEWS, BULLETIN] if bulletins_offered(request.actor, register) else VIEWS
    return [
        {"label": label, "url": within(name, register, query), "current": name == here}
        for label, name in views
    ]
