"""Every staff page, gathered from the page families."""

from __future__ import annotations

from mingjing.web import calculator, sign_in, today
from mingjing.web.cases import acts, lists, page
from mingjing.web.routing import Route, patterns
from mingjing.web.supervision import alerts, findings, long_pending, notices, proposals, requests

ROUTES: tuple[Route, ...] = (
    *sign_in.routes,
    *today.routes,
    *calculator.routes,
    *lists.routes,
    *page.routes,
    *acts.routes,
    *alerts.routes,
    *notices.routes,
    *long_pending.routes,
    *requests.routes,
    *proposals.routes,
    *findings.routes,
)

urlpatterns = patterns(ROUTES)
