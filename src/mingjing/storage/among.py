"""Thousands of keys as one value of a statement, so that neither Django nor the driver handles each."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

FEW = 200
"""Up to so many keys are written out, which every plan knows best."""


def among(keys: Sequence[int]) -> Sequence[int] | RawSQL:
    """Keys as the right side of ``__in``."""
    if len(keys) <= FEW:
        return keys
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])  # no text of anyone
