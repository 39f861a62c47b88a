"""Registration of the people tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people tables."""

    name = "mingjing.storage.people"
    label = "people"
    verbose_name = "机构人员"
