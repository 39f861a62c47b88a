"""The log of acts: one row per act, never changed, never removed (triggers refuse both)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Act(models.Model):
    """Who did what, on which record, under which definition version, why, when.

    ``leaf`` is the RFC 6962 leaf hash of the canonical entry; ``payload`` is only committed to (salted),
    so that it can be shredded later while the entry stays provable.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=60)
    court = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=60)
    definition = models.CharField(max_length=140, blank=True)
    why = models.CharField(max_length=400, blank=True)
    payload = models.TextField()
    salt = models.CharField(max_length=64)
    payload_commitment = models.CharField(max_length=64)
    leaf = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "seq"], name="act_by_subject"),
            models.Index(fields=["actor", "-seq"], name="act_by_actor"),
            models.Index(fields=["court", "-seq"], name="act_by_court"),
        ]
