"""What every page shows: the rail with what this person may see, and who they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from mingjing.services.actors import Actor
from mingjing.services.reading.counts import waiting_for


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail: shown to whoever may do ``needs``; current when the path starts with its own."""

    label: str
    name: str
    needs: str
    group: int = 0


RAIL = (
    Place("今日", "today", ""),
    Place("案件", "case-list", "查看案件"),
    Place("制度", "institutions", "查看制度", 1),
    Place("审计", "acts", "查看日志", 1),
    Place("系统", "system", "查看系统", 1),
)

SUBRAIL = {
    "案件": (
        Place("全部案件", "case-list", "查看案件"),
        Place("节点看板", "case-board", "查看案件"),
        Place("预警", "alerts", "查看案件"),
        Place("督办", "notices", "查看案件"),
        Place("长期未结", "long-pending", "查看案件"),
        Place("审批", "requests", "查看案件"),
        Place("识别与分流", "proposals", "查看案件"),
        Place("录入核查", "findings", "查看案件"),
        Place("导入", "imports", "导入数据"),
    ),
    "制度": (
        Place("全部制度", "institutions", "查看制度"),
        Place("算一个期限", "due-calculator", "查看制度"),
    ),
    "系统": (
        Place("概况", "system", "查看系统"),
        Place("机构人员", "people", "查看机构人员"),
        Place("设置", "settings", "查看系统"),
    ),
}


def shell(request: HttpRequest) -> dict[str, object]:
    """``nav``, ``subnav``, ``actor`` and ``court`` for the page frame; empty before log-in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"nav": [], "subnav": [], "demo": settings.CONFIGURATION.demo}
    family = getattr(request, "family", "")
    waiting = waiting_for(actor)
    nav = [
        {
            "label": place.label,
            "url": reverse(place.name),
            "current": place.label == family,
            "count": waiting if place.name == "today" else None,
            "must": place.name == "today" and waiting > 0,
            "gap": place.group and place.group != RAIL[index - 1].group,
        }
        for index, place in enumerate(RAIL)
        if not place.needs or actor.may(place.needs)
    ]
    subnav = [
        {"label": place.label, "url": reverse(place.name), "current": request.path == reverse(place.name)}
        for place in SUBRAIL.get(family, ())
        if actor.may(place.needs)
    ]
    return {
        "nav": nav,
        "subnav": subnav,
        "actor": actor,
        "court": actor.court,
        "demo": settings.CONFIGURATION.demo,
    }
