"""The time on the wall. No login follows the fixed moment of a demonstration: telephones would not agree."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def wall() -> datetime:
    """What time it really is."""
    return timezone.now()
