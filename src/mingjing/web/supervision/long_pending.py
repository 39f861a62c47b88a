"""长期未结: tiers, cases, those about to become long pending, and notices for the chosen ones."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.reading import long_pending as reading
from mingjing.services.reading.choices import words
from mingjing.services.reading.long_pending import LongFilter, TierCount
from mingjing.services.reading.scope import places
from mingjing.web.listing import carried, choice, linked, place_fields, tools, workbook
from mingjing.web.routing import Route, StaffRequest


def _read(request: StaffRequest) -> LongFilter:
    return LongFilter.read(request.GET.dict(), reading.known_tiers(request.actor))


def _tier(row: TierCount) -> dict[str, object]:
    """A line of the table of tiers, each number a link."""
    label = row.tier.label
    return {
        "tier": row.tier,
        "cases": row.cases,
        "unwatched": row.unwatched,
        "ahead": row.ahead,
        "cases_url": linked("long-pending", tier=label),
        "unwatched_url": linked("long-pending", tier=label, notice="没有督办"),
        "ahead_url": linked("long-pending", tier=label, ahead="是"),
    }


def long_list(request: StaffRequest) -> HttpResponse:
    """The tiers with their counts, and the cases chosen by filter."""
    request.family = "案件"
    actor = request.actor
    chosen = _read(request)
    counts, matching = reading.tier_counts(actor, chosen)
    page = reading.long_page(actor, chosen, matching)
    fields = [
        carried("ahead", chosen.ahead),
        choice("tier", "档次", chosen.tier, [row.tier.label for row in counts], "全部档次"),
        *place_fields(places(actor), court=chosen.court, department=chosen.department),
        choice("kind", "案件类型", chosen.kind, words(actor, "dictionary.case_kinds"), "全部类型"),
        choice("notice", "督办", chosen.notice, reading.NOTICE, "不限督办"),
    ]
    total, ahead = sum(row.cases for row in counts), sum(row.ahead for row in counts)
    context = {
        "tiers": [_tier(row) for row in counts],
        "total": total,
        "unwatched": sum(row.unwatched for row in counts),
        "ahead_total": ahead,
        "tabs": [
            {
                "label": "已经长期未结",
                "url": reverse("long-pending"),
                "count": total,
                "current": not chosen.ahead,
            },
            {
                "label": "即将进入下一档",
                "url": linked("long-pending", ahead="是"),
                "count": ahead,
                "current": bool(chosen.ahead),
            },
        ],
        "page": page,
        "rows": reading.described(page.rows, actor),
        "chosen": chosen,
        "fields": fields,
        "tools": tools(request, "long-pending-export"),
        "query": " · ".join(chosen.sentence()),
        "may_urge": actor.may("签发督办"),
        "on": actor.on,
    }
    return render(request, "pages/supervision/long_pending.html", context)


def long_export(request: StaffRequest) -> HttpResponse:
    """The list as .xlsx."""
    return workbook(request, reading.sheet(request.actor, _read(request)), verb="导出长期未结")


routes = (
    Route("long-pending", long_list, "long-pending", "查看长期未结"),
    Route("long-pending/export", long_export, "long-pending-export", "导出数据"),
)
