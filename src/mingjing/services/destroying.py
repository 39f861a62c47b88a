"""Destroying the content of entries when the law says so: the entry, its commitment and every proof stay."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from mingjing.storage.auditlog.models import Act

DESTROYED = "销毁内容的日志条目"
"""The key under which the entry about a destruction names the entries whose content it took."""


def destroy_contents(subject_kind: str, subject_ids: Iterable[object]) -> list[int]:
    """Empty content and salt of every entry about these records, inside the act that says so.

    The caller puts the numbers returned into its own payload under ``DESTROYED``: an emptied entry that no
    entry names is a finding of ``verify_log``. Entries that themselves name destructions are left.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # what is freed is overwritten
    rows = Act.objects.filter(subject_kind=subject_kind, subject_id__in=[str(one) for one in subject_ids])
    rows = rows.exclude(payload="").exclude(payload__contains=f'"{DESTROYED}"')
    numbers = sorted(rows.order_by().values_list("seq", flat=True))
    Act.objects.filter(seq__in=numbers).update(payload="", salt="")
    return numbers
