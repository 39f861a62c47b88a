"""概况: what runs here, how large it has grown, what the clock did last and what it does next."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count

from mingjing import __version__
from mingjing.definitions.problems import Problem
from mingjing.services.actors import Actor
from mingjing.services.installation import definition_problems, registry
from mingjing.storage.batches.models import Batch
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Account, Court, Person
from mingjing.storage.supervision.models import Alert, Clock, Delivery, SweepRun

WAITING = (Batch.State.UPLOADED, Batch.State.CHECKING, Batch.State.CHECKED, Batch.State.WRITING)
SIDE_FILES = ("", "-wal", "-shm")
PASSES = 7


@dataclass(frozen=True, slots=True)
class Store:
    """The database and the disk it lies on; sizes in bytes, None where they cannot be asked."""

    engine: str
    version: str
    size: int | None
    disk_free: int
    disk_total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of the installation. Numbers only: whoever keeps the system sees no case."""

    version: str
    store: Store
    passes: list[SweepRun]
    unfinished: SweepRun | None
    next_on: date | None
    overdue: int
    waiting: Mapping[str, int]
    undelivered: int
    mail: bool
    courts: int
    people: int
    accounts: int
    cases: int
    open_alerts: int
    definitions: int
    problems: tuple[Problem, ...]

    @property
    def last(self) -> SweepRun | None:
        """The last pass of the clock that came to its end."""
        return self.passes[0] if self.passes else None


def overview(actor: Actor) -> Overview:
    """The state as of now."""
    passes = list(SweepRun.objects.filter(finished_at__isnull=False).order_by("-pk")[:PASSES])
    newest = SweepRun.objects.order_by("-pk").first()
    ahead = Clock.objects.filter(next_on__isnull=False).order_by("next_on").values_list("next_on", flat=True)
    waiting = Batch.objects.filter(state__in=WAITING).values_list("state").annotate(n=Count("pk"))
    return Overview(
        version=__version__,
        store=_store(),
        passes=passes,
        unfinished=newest if newest and newest.finished_at is None else None,
        next_on=ahead.first(),
        overdue=Clock.objects.filter(next_on__lt=actor.on).count(),
        waiting=dict(waiting),
        undelivered=Delivery.objects.filter(sent_at__isnull=True, day=actor.on).count(),
        mail=bool(settings.CONFIGURATION.email_host),
        courts=Court.objects.count(),
        people=Person.objects.count(),
        accounts=Account.objects.filter(is_active=True).count(),
        cases=Case.objects.count(),
        open_alerts=Alert.objects.filter(settled="").count(),
        definitions=len(registry(actor.court).all()),
        problems=definition_problems(actor.court),
    )


def _store() -> Store:
    disk = shutil.disk_usage(Path(settings.CONFIGURATION.data))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            version, size = cursor.fetchone()
        return Store("PostgreSQL", version, size, disk.free, disk.total)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
    files = [Path(f"{connection.settings_dict['NAME']}{side}") for side in SIDE_FILES]
    sizes = [path.stat().st_size for path in files if path.is_file()]
    return Store("SQLite", version, sum(sizes) if sizes else None, disk.free, disk.total)


@dataclass(frozen=True, slots=True)
class SettingShown:
    """A setting as people may see it: secrets are masked."""

    variable: str
    value: str
    source: str
    meaning: str


MASK = "********"


def settings_shown() -> list[SettingShown]:
    """Every setting, what it is now and where that came from; secrets are masked."""
    sources = {origin.variable: origin.source for origin in settings.ORIGINS}
    found = []
    for setting in settings.KNOWN_SETTINGS:
        value = getattr(settings.CONFIGURATION, setting.field)
        text = MASK if setting.secret and value else _written(value)
        found.append(SettingShown(setting.variable, text, sources[setting.variable], setting.meaning))
    return found


def _written(value: object) -> str:
    """A value as it would be written in the environment; 空 where nothing is set."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "空"
    return str(value) or "空"
