"""Every staff page, gathered from the page families."""

from __future__ import annotations

from mingjing.web import sign_in, today
from mingjing.web.cases import acts, lists, page
from mingjing.web.routing import Route, patterns

ROUTES: tuple[Route, ...] = (*sign_in.routes, *today.routes, *lists.routes, *page.routes, *acts.routes)

urlpatterns = patterns(ROUTES)
