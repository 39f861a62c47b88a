"""Django is started only by the commands that need it, once, under the installation's settings."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path


def start_django() -> None:
    """Read the settings and load the tables; raises what the settings refuse.

    Whoever reads rows by the thousand makes little garbage and many objects: looked through as often as is
    usual, they cost half of the time of counting, importing and sweeping.
    """
    gc.set_threshold(50_000, 20, 50)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingjing.site.settings")
    import django

    django.setup()


def prepare() -> None:
    """Create the data folder, bring the tables to this version, finish what a power cut interrupted; quick
    when nothing is to be done."""
    from django.conf import settings
    from django.core.management import call_command

    folder = Path(settings.CONFIGURATION.data)
    folder.mkdir(parents=True, exist_ok=True)
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    from mingjing.services.drafting.publishing import settle_published

    settle_published()


@contextmanager
def loading() -> Iterator[None]:
    """No search for garbage while nearly everything made stays; what was made is left out of every later one,
    so that copies of this process go on sharing it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def load_pages() -> None:
    """Load every page, which the first visitor would otherwise wait for; needs no tables."""
    from django.conf import settings
    from django.urls import reverse

    reverse(settings.LOGIN_URL)  # asks for every address there is


def load_application() -> None:
    """Load what answers the requests, the definitions of every court with it. No connection to the database
    is left open: copies of this process may not share one.

    Raises
    ------
    DefinitionErrors   the files of some court do not load
    """
    from django.conf import settings

    from mingjing.services.installation import let_connections_go

    import_module(settings.WSGI_APPLICATION.rpartition(".")[0])
    let_connections_go()
