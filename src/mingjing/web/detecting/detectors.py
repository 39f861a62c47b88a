"""真实性核查: every rule with what it found and what people said of it; a rule's list, and handing it out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.definitions.kinds.detector import said_setting
from mingjing.domain.dates.periods import Period
from mingjing.domain.dates.reading import read_date
from mingjing.domain.indicators.detecting import Detector
from mingjing.domain.reasons import Refusal
from mingjing.services.detecting.checking import (
    USE,
    Tested,
    assign,
    checkers,
    found_by,
    may_assign,
    overview,
)
from mingjing.services.detecting.finding import detector_on, last_year
from mingjing.web.indicators.asking import WORDS, asked_period, link, span_code
from mingjing.web.routing import Route, StaffRequest

SHOWN = 200
DUE_IN = timedelta(days=14)


def listed(request: StaffRequest) -> HttpResponse:
    """Every rule in force, group by group."""
    request.family, actor = "指标", request.actor
    lines = [
        {"line": one, "url": reverse("detector", args=[one.detector.id]), "tested": said_tested(one.tested)}
        for one in overview(actor)
    ]
    groups = [
        (group, list(rows))
        for group, rows in groupby(lines, key=lambda row: row["line"].detector.group)  # type: ignore[attr-defined]
    ]
    found = sum(row["line"].run.found for row in lines if row["line"].run)  # type: ignore[attr-defined]
    waiting = sum(row["line"].tested.checking for row in lines)  # type: ignore[attr-defined]
    context = {"groups": groups, "number": len(lines), "found": found, "waiting": waiting, "on": actor.on}
    return render(request, "pages/detecting/detectors.html", context)


def one(request: StaffRequest, detector_id: str) -> HttpResponse:
    """One rule: how it reads, what it found in a period, who checks what."""
    request.family, actor = "指标", request.actor
    detector = _detector(request, detector_id)
    period = period_asked(detector, request.GET.get("period", ""), actor.on)
    report, found, tested = found_by(actor, detector.id, period)
    expected = report.expected
    rows = [
        {
            "found": row,
            "case_url": reverse("case", args=[row.hit.suspect.case_id]) if row.hit.suspect.case_id else "",
        }
        for row in found[:SHOWN]
    ]
    context = {
        "detector": detector,
        "settings": [(name, said_setting(value)) for name, value in detector.settings.items()],
        "period": period,
        "fields": period_fields(detector, request.GET.get("period", "")),
        "report": report,
        "rows": rows,
        "more": max(0, len(found) - SHOWN),
        "missing": report.missing[:10],
        "expected": None if expected is None else f"{float(expected.cases):.1f}",
        "tested": said_tested(tested),
        "may_assign": may_assign(actor),
        "checkers": checkers(actor),
        "due": (actor.on + DUE_IN).isoformat(),
        "span": span_code(period),
        "try_url": link("detector-try", detector.id, period=span_code(period)),
        "law_url": reverse("institution", args=[detector.id]),
        "on": actor.on,
    }
    return render(request, "pages/detecting/detector.html", context)


def hand_out(request: StaffRequest, detector_id: str) -> HttpResponse:
    """Hand the ticked hits to a person; nothing happens but on a POST."""
    actor = request.actor
    detector = _detector(request, detector_id)
    span = request.POST.get("period", "")
    back = link("detector", detector.id, period=span)
    if request.method != "POST":
        return HttpResponseRedirect(back)
    try:
        made = assign(
            actor,
            detector.id,
            period_asked(detector, span, actor.on),
            keys=request.POST.getlist("hit"),
            checker_id=_number(request.POST.get("checker", "")),
            due=_due(request.POST.get("due", "")),
        )
        messages.success(request, f"已交办 {len(made)} 件，首件编号 {made[0].number}。")
    except Refusal as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(back)


def _detector(request: StaffRequest, detector_id: str) -> Detector:
    try:
        return detector_on(request.actor.court, detector_id, request.actor.on)
    except Refusal as unknown:
        raise Http404 from unknown


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _due(text: str) -> date:
    return read_date(text)


def period_asked(detector: Detector, text: str, on: date) -> Period:
    """The period of an address; without one the running quarter, for whole years the last that is over."""
    if not text and detector.on == "年末日":
        return last_year(on)
    return asked_period(text or "本季度", on)


def period_fields(detector: Detector, text: str) -> list[dict[str, object]]:
    """The choice of the period."""
    words = text or ("上年" if detector.on == "年末日" else "本季度")
    options = WORDS if words in WORDS else (*WORDS, words)
    return [{"name": "period", "label": "期间", "value": words, "options": options}]


def said_tested(tested: Tested) -> str:
    """What people said of a rule's hits, in a sentence."""
    if not (tested.checking or tested.true or tested.false):
        return "还没有人核查过"
    parts = [f"属实 {tested.true}", f"不属实 {tested.false}"]
    if tested.checking:
        parts.append(f"在查 {tested.checking}")
    if tested.wrong is not None:
        parts.append(f"误报率 {tested.wrong:.0f}%")
    return "，".join(parts)


routes = (
    Route("indicators/detectors", listed, "detectors", USE),
    Route("indicators/detectors/<str:detector_id>", one, "detector", USE),
    Route("indicators/detectors/<str:detector_id>/assign", hand_out, "detector-assign", USE),
)
