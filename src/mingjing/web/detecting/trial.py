"""试门槛: another threshold over the past, beside today's, and what chance alone would bring."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.definitions.kinds.detector import said_setting
from mingjing.domain.indicators.chance import Expected
from mingjing.domain.indicators.counts import Direction
from mingjing.domain.reasons import Refusal
from mingjing.services.detecting.checking import USE
from mingjing.services.detecting.finding import Report, detector_on, last_year
from mingjing.services.detecting.trying import (
    LineTrial,
    Trial,
    WrongSetting,
    read_settings,
    try_line,
    try_settings,
)
from mingjing.services.figures.asked import indicators_on
from mingjing.services.figures.ranges import ranges_on
from mingjing.services.figures.sight import AXES
from mingjing.services.reading.keyset import BadFilter
from mingjing.web.detecting.detectors import period_asked
from mingjing.web.indicators.asking import WORDS, asked_period, link, span_code
from mingjing.web.routing import Route, StaffRequest

SHOWN = 100


def detector(request: StaffRequest, detector_id: str) -> HttpResponse:
    """The settings of a rule with today's values beside; the past under both."""
    request.family, actor = "指标", request.actor
    try:
        rule = detector_on(actor.court, detector_id, actor.on)
    except Refusal as unknown:
        raise Http404 from unknown
    asked = request.GET.get("period", "") or span_code(last_year(actor.on))
    period = period_asked(rule, asked, actor.on)
    given = {name: request.GET.get(name, "") for name in rule.settings}
    refusal, trial = None, None
    if any(text.strip() for text in given.values()):
        try:
            trial = try_settings(actor, rule.id, read_settings(rule, given), period)
        except WrongSetting as wrong:
            refusal = wrong
    context = {
        "detector": rule,
        "period": period,
        "asked": asked,
        "periods": options(asked),
        "settings": [
            (name, said_setting(value), given[name] or said_setting(value))
            for name, value in rule.settings.items()
        ],
        "refusal": refusal,
        "trial": trial,
        **(_said(trial) if trial else {}),
        "law_url": reverse("institution", args=[rule.id]),
        "on": actor.on,
    }
    return render(request, "pages/detecting/try_detector.html", context, status=422 if refusal else 200)


def _said(trial: Trial) -> dict[str, object]:
    return {
        "chance": said_chance(trial.draft.expected, trial.draft),
        "chance_now": said_chance(trial.now.expected, trial.now),
        "members": [(one, "" if one.luck is None else said_luck(one.luck)) for one in trial.members],
        "gained": trial.gained[:SHOWN],
        "lost": trial.lost[:SHOWN],
        "more": max(0, len(trial.gained) - SHOWN) + max(0, len(trial.lost) - SHOWN),
    }


def said_chance(expected: Expected | None, report: Report) -> str:
    """How many chance alone would bring, beside how many there are."""
    if expected is None:
        return "这条规则没有碰巧一说" if report.looked else "范围里一件也没有"
    luck = said_luck(expected.surprise(len(report.hits)))
    return f"碰巧也会有 {float(expected.cases):.1f} 件；靠碰巧到这么多件的可能是 {luck}"


def said_luck(luck: float) -> str:
    """A chance as people say it."""
    return "不到万分之一" if luck < 0.0001 else f"{100 * luck:.2f}%"


def line(request: StaffRequest) -> HttpResponse:
    """A warning line on an indicator, tried on the figures of departments or judges."""
    request.family, actor = "指标", request.actor
    sided = [one for one in indicators_on(actor.court, actor.on) if one.direction is not Direction.NEITHER]
    asked = request.GET.get("period", "") or span_code(last_year(actor.on))
    period = asked_period(asked, actor.on)
    split = request.GET.get("split", "部门")
    chosen = request.GET.get("indicator", "") or (sided[0].id if sided else "")
    if chosen and chosen not in {one.id for one in sided}:
        labels = [one.label for one in sided[:8]]
        raise BadFilter(f"没有“{chosen[:60]}”这个可以设预警线的指标。", allowed=labels)
    refusal: Refusal | None = None
    trial: LineTrial | None = None
    if typed := request.GET.get("warning", "").strip():
        try:
            trial = try_line(actor, chosen, _decimal(typed), period, split)
        except Refusal as wrong:
            refusal = wrong
    range_ = ranges_on(actor.court, period.last).get(chosen)
    context = {
        "indicators": [(one.id, f"{one.group} · {one.label}（{one.unit}）") for one in sided],
        "chosen": chosen,
        "split": split,
        "splits": tuple(AXES),
        "typed": typed,
        "today": range_.warning if range_ is not None else None,
        "period": period,
        "asked": asked,
        "periods": options(asked),
        "refusal": refusal,
        "trial": trial,
        "members": [
            (
                one,
                link(
                    "indicator", chosen, period=span_code(period), by=split, member=one.group.member or "none"
                ),
                "" if one.luck is None else said_luck(one.luck),
            )
            for one in (trial.members if trial else ())
        ],
        "by_chance": None if trial is None or trial.by_chance is None else f"{trial.by_chance:.1f}",
        "on": actor.on,
    }
    return render(request, "pages/detecting/try_line.html", context, status=422 if refusal else 200)


def options(asked: str) -> list[tuple[str, str]]:
    """The periods one may choose."""
    words = [(word, word) for word in WORDS]
    return words if asked in WORDS else [*words, (asked, asked.replace("~", " 至 "))]


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= 10**14:
        raise WrongSetting(f"预警线要填一个数，现在是“{text[:12]}”。", example="90")
    return found


routes = (
    Route("indicators/detectors/<str:detector_id>/try", detector, "detector-try", USE),
    Route("indicators/lines/try", line, "line-try", USE),
)
