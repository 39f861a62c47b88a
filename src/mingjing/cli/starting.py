"""Django is started only by the commands that need it, once, under the installation's settings."""

from __future__ import annotations

import os
from pathlib import Path


def start_django() -> None:
    """Read the settings and load the tables; raises what the settings refuse."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingjing.site.settings")
    import django

    django.setup()


def prepare() -> None:
    """Create the data folder and bring the tables to this version; quick when nothing is to be done."""
    from django.conf import settings
    from django.core.management import call_command

    folder = Path(settings.CONFIGURATION.data)
    folder.mkdir(parents=True, exist_ok=True)
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
