"""概况, 设置 and 工作日历."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mingjing.services.reading.calendars import calendars
from mingjing.services.reading.system import Overview, overview, settings_shown
from mingjing.web import wording
from mingjing.web.routing import Route, StaffRequest


def system(request: StaffRequest) -> HttpResponse:
    """The state of the installation."""
    request.family = "系统"
    found = overview(request.actor)
    context = {
        "found": found,
        "pairs": _pairs(found),
        "counts": _counts(found),
        "waiting": sum(found.waiting.values()),
        "problems": found.problems,
        "on": request.actor.on,
    }
    return render(request, "pages/system/overview.html", context)


def _pairs(found: Overview) -> list[tuple[object, ...]]:
    store = found.store
    return [
        ("明镜", found.version),
        ("数据库", f"{store.engine} {store.version}"),
        ("数据库大小", wording.file_size(store.size) if store.size is not None else "查不到"),
        ("磁盘剩余", f"{wording.file_size(store.disk_free)}（共 {wording.file_size(store.disk_total)}）"),
        ("邮件", "已配置" if found.mail else "没有配置，提醒只在页面里"),
        ("今天没发出的邮件", f"{found.undelivered} 封" if found.undelivered else ""),
    ]


def _counts(found: Overview) -> list[tuple[object, ...]]:
    counted = (
        ("法院", found.courts),
        ("人员", found.people),
        ("启用的账号", found.accounts),
        ("案件", found.cases),
        ("未了结的提醒", found.open_alerts),
        ("制度", found.definitions),
    )
    return [(label, f"{number:,}") for label, number in counted]


def settings_page(request: StaffRequest) -> HttpResponse:
    """Every setting with its value, where it came from and what it means; secrets are masked."""
    request.family = "系统"
    context = {
        "settings": settings_shown(),
        "may_read": request.actor.may("查看制度"),
        "on": request.actor.on,
    }
    return render(request, "pages/system/settings.html", context)


def calendar(request: StaffRequest) -> HttpResponse:
    """The years of the calendar, and how one is entered."""
    request.family = "系统"
    found = calendars(request.actor)
    context = {
        "found": found,
        "provisional": [year for year in found.years if year.provisional],
        "may_read": request.actor.may("查看制度"),
        "on": request.actor.on,
    }
    return render(request, "pages/system/calendar.html", context)


routes = (
    Route("system", system, "system", "查看系统"),
    Route("system/settings", settings_page, "settings", "查看系统"),
    Route("system/calendar", calendar, "calendar", "查看机构人员"),
)
