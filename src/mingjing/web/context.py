"""What every page shows: the rail with what this person may see, and who they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_urlconf, reverse

from mingjing.services.actors import Actor
from mingjing.services.installation import definition_problems
from mingjing.services.reading.counts import Waiting, waiting


@lru_cache(maxsize=256)
def _address(name: str, urls: object) -> str:
    """The address of a page, looked up once for each table of ``urls``."""
    return reverse(name)


def address(name: str) -> str:
    """The address of a page of the rail: asked for on every page."""
    return _address(name, get_urlconf() or settings.ROOT_URLCONF)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail, shown to whoever may do ``needs``, or one of them where it lists several."""

    label: str
    name: str
    needs: str
    group: int = 0


RAIL = (
    Place("今日", "today", ""),
    Place("案件", "case-list", "查看案件"),
    Place("台账", "registers", "查看台账"),
    Place("会议", "meetings", "查看台账"),
    Place("考核", "assessments", "查看台账"),
    Place("线索", "leads", "办理线索"),
    Place("指标", "indicators", "查看指标", 1),
    Place("制度", "institutions", "查看制度", 1),
    Place("审计", "acts", "查看日志", 1),
    Place("系统", "system", "查看系统", 1),
)

SUBRAIL = {
    "审计": (
        Place("日志", "acts", "查看日志"),
        Place("检查点", "checkpoints", "查看日志"),
        Place("见证", "witnesses", "查看日志"),
        Place("核验", "log-check", "核验日志"),
    ),
    "案件": (
        Place("全部案件", "case-list", "查看案件"),
        Place("节点看板", "case-board", "查看案件"),
        Place("预警", "alerts", "查看预警"),
        Place("督办", "notices", "查看案件"),
        Place("长期未结", "long-pending", "查看长期未结"),
        Place("审批", "requests", "查看案件"),
        Place("分案", "draws", "查看分案"),
        Place("识别与分流", "proposals", "查看案件"),
        Place("录入核查", "findings", "查看案件"),
        Place("办案情况", "case-handling", "查看案件"),
        Place("收结与周期", "case-figures", "查看案件"),
        Place("文书校对", "papers", "校对文书"),
        Place("节点材料", "papers-due", "查看案件"),
        Place("档案目录", "archives", "校对文书"),
        Place("报告核数", "report-check", "查看案件"),
        Place("导入", "imports", "导入数据"),
    ),
    "台账": (
        Place("全部台账", "registers", "查看台账"),
        Place("由您办的", "records", "查看台账"),
        Place("审批", "approvals", "查看台账"),
        Place("挂图作战", "wall", "查看台账"),
        Place("您的廉政档案", "dossier-mine", "查看台账"),
    ),
    "线索": (
        Place("您办的线索", "leads", "办理线索"),
        Place("登记线索", "lead-new", "登记线索"),
        Place("找线索", "lead-find", "办理线索"),
        Place("四种形态", "lead-forms", "办理线索"),
        Place("密钥", "lead-keys", "持有密钥"),
    ),
    "指标": (
        Place("全部指标", "indicators", "查看指标"),
        Place("驾驶舱", "cockpit", "查看指标"),
        Place("保存的数字", "figures-kept", "查看指标"),
        Place("参考区间", "indicator-ranges", "查看指标"),
        Place("院庭长办案", "leaders", "查看指标"),
        Place("真实性核查", "detectors", "核查真实性"),
    ),
    "制度": (
        Place("全部制度", "institutions", "查看制度"),
        Place("算一个期限", "due-calculator", "查看制度"),
        Place("制度沙盘", "institution-try", "试算制度"),
        Place("起草与批准", "drafts", "起草制度、批准制度"),
    ),
    "系统": (
        Place("概况", "system", "查看系统"),
        Place("机构人员", "people", "查看机构人员"),
        Place("工作日历", "calendar", "查看机构人员"),
        Place("谁能做什么", "rights", "查看权限表"),
        Place("设置", "settings", "查看系统"),
    ),
}


def _open(actor: Actor, place: Place) -> bool:
    return not place.needs or any(actor.may(act) for act in place.needs.split("、"))


def _door(actor: Actor, place: Place) -> str | None:
    """Where an entry of the rail leads: its own page, else the first page below it that is allowed."""
    below = SUBRAIL.get(place.label, ())
    open_ = (one for one in (place, *below) if _open(actor, one))
    first = next(open_, None)
    return address(first.name) if first else None


def _problems(actor: Actor) -> int:
    """How many mistakes keep the definition files from coming into force, for whoever can mend them."""
    told = actor.may("查看系统") or actor.may("起草制度")
    return len(definition_problems(actor.court)) if told else 0


def shell(request: HttpRequest) -> dict[str, object]:
    """``nav``, ``subnav``, ``actor`` and ``court`` for the page frame; empty before log-in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"nav": [], "subnav": [], "demo": settings.CONFIGURATION.demo}
    family = getattr(request, "family", "")
    counted: Waiting = getattr(request, "waiting", None) or waiting(actor)
    nav = [
        {
            "label": place.label,
            "url": url,
            "current": place.label == family,
            "count": counted.total if place.name == "today" else None,
            "must": place.name == "today" and counted.total > 0,
            "gap": place.group and place.group != RAIL[index - 1].group,
        }
        for index, place in enumerate(RAIL)
        if (url := _door(actor, place)) is not None
    ]
    subnav = [
        {"label": place.label, "url": address(place.name), "current": request.path == address(place.name)}
        for place in SUBRAIL.get(family, ())
        if _open(actor, place)
    ]
    return {
        "nav": nav,
        "subnav": subnav,
        "actor": actor,
        "court": actor.court,
        "definition_problems": _problems(actor),
        "problems_url": address("system" if actor.may("查看系统") else "institutions"),
        "demo": settings.CONFIGURATION.demo,
    }
