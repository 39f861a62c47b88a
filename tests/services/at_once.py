"""Several people do something at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.conf import settings
from django.db import connection

from mingjing.domain.reasons import Refusal


def at_once(*tasks: Callable[[], object]) -> list[Refusal]:
    """Run the tasks side by side where the database lets two write; SQLite has one writer by design."""
    if connection.vendor == "sqlite":
        assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return [refusal for task in tasks if (refusal := _refusal_of(task)) is not None]
    refusals: list[Refusal] = []
    barrier = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> None:
        barrier.wait()
        try:
            if (refusal := _refusal_of(task)) is not None:
                refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def _refusal_of(task: Callable[[], object]) -> Refusal | None:
    try:
        task()
    except Refusal as refusal:
        return refusal
    return None
