"""A bare Django list of records, as Django's own documentation teaches it: to measure ours beside it.

Sessions, log-in, a ListView with its paginator, a template; none of our middleware, rail, rights or numbers.
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.bare_settings")

import django

django.setup()

from django.contrib.auth.mixins import LoginRequiredMixin  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.generic import ListView  # noqa: E402

from mingjing.storage.records.models import Record  # noqa: E402


class Records(LoginRequiredMixin, ListView):  # type: ignore[type-arg]  # Django's own, generic only in stubs
    """The open records of a register, nearest last day first."""

    def get_queryset(self) -> QuerySet[Record]:
        """The same rows in the same order as ours."""
        rows = Record.objects.filter(register="ledger.rectification", over=False)
        return rows.select_related("unit", "holder").order_by("due_on", "pk")

    def get_paginate_by(self, queryset: Any) -> int:
        """15 or 100 on a page."""
        return int(self.request.GET.get("rows", 15))

    template_name = "bare.html"


urlpatterns = [
    path("bare", Records.as_view()),
    path("records/<int:record_id>", Records.as_view(), name="record"),
]
application = get_wsgi_application()
