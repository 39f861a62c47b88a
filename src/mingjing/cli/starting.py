"""Django is started only by the commands that need it, once, under the installation's settings."""

from __future__ import annotations

import os


def start_django() -> None:
    """Read the settings and load the tables; raises what the settings refuse."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingjing.site.settings")
    import django

    django.setup()
