"""Room and quiet for the time an import works: rows by the hundred thousand, none of them in a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SELDOM = 200_000
"""New objects between two looks for cycles; looking as often as usual costs a fifth of the whole."""
ROOM = 256_000
"""Kilobytes of pages SQLite may keep in memory while it writes; with fewer it writes the same page again."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for cycles seldom until the block ends."""
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def with_room() -> Iterator[None]:
    """Let SQLite keep what a large import touches in memory until the block ends; PostgreSQL has its own."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = -{ROOM}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {usual}")
