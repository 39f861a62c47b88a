"""The clocks of a case for the system that pushed it: dates and rules, neither parties nor facts."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible, require
from mingjing.services.reading.case_page import Explained, explain
from mingjing.storage.cases.models import Case


def clocks_of(actor: Actor, number: str, court: str = "") -> tuple[Case, tuple[Explained, ...]]:
    """The case and every clock of it as of today, for a sender of its court or of the court above.

    Brackets may be of either width. With ``court`` (a code) the number is looked for there only.

    Raises
    ------
    NotVisible   no such case, or not for this sender
    NotAllowed   no role of the sender lists 查询期限
    """
    require(actor, "查询期限")
    if "\x00" in number or "\x00" in court:
        raise NotVisible
    plain = number.strip().replace("(", "（").replace(")", "）")
    rows = Case.objects.select_related("court", "department", "handler")
    rows = rows.filter(number__in={number.strip(), plain})
    rows = rows.filter(court=actor.court) | rows.filter(court__parent=actor.court)
    found = (rows.filter(court__code=court) if court else rows).order_by("court__code").first()
    if found is None:
        raise NotVisible
    return found, explain(found, actor.on)
