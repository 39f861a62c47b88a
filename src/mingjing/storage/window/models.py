"""Receipts: what lets somebody without a login come back to one record, or a terminal hand jobs in."""

from __future__ import annotations

from django.db import models

from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record


class Receipt(models.Model):
    """The code of a record, as a hash: whoever has number and code reads it and may act on it as 公众.

    ``given_by`` is who gave it out at the counter; None where it was made as the form came in. ``terminal``
    is the record of the device the job came from. ``seen_at`` is when the code was last used: of a terminal,
    when it was last heard of.
    """

    record = models.OneToOneField(Record, models.CASCADE, related_name="receipt")
    digest = models.CharField("查询码摘要", max_length=64, unique=True)
    given_at = models.DateTimeField("给出时刻")
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    terminal = models.ForeignKey(Record, models.PROTECT, null=True, related_name="jobs")
    seen_at = models.DateTimeField("最近使用", null=True)
