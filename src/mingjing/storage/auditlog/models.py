"""The log of acts: rows that are never changed and never removed (triggers refuse both)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Act(models.Model):
    """Who did what, on which record, under which definition version, why, when, from where.

    ``leaf`` is the RFC 6962 leaf hash of the canonical entry; ``payload`` is only committed to (salted). The
    one change the triggers allow is to empty ``payload`` and ``salt`` together, which destroys the content
    and leaves the entry provable. ``whence`` None marks the first shape of an entry.

    One key and one index: the table is written with every act, and each index costs as much as the entry. On
    SQLite ``seq`` is the number of the row itself (``integer``, migration 0005).
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
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
    whence = models.CharField(max_length=160, null=True, blank=True)
    leaf = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "seq"], name="act_by_subject"),
        ]


class Node(models.Model):
    """A complete node of the Merkle tree above the leaves, at the place ``merkle.place_of`` gives it."""

    place = models.PositiveBigIntegerField(primary_key=True)
    digest = models.BinaryField(max_length=32)


class SignedCheckpoint(models.Model):
    """What the log was at one size, as the court signed it. ``note`` is the C2SP note with that signature."""

    size = models.PositiveBigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    day = models.DateField(db_index=True)
    made_at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering: ClassVar = ["-size"]


class Witness(models.Model):
    """An office outside the court whose key countersigns checkpoints. ``until`` is its last day."""

    name = models.CharField("见证单位", max_length=60)
    vkey = models.CharField("公钥", max_length=240, unique=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class Countersignature(models.Model):
    """A witness's line under a checkpoint; ``at`` is the moment the witness itself signed for."""

    checkpoint = models.ForeignKey(SignedCheckpoint, models.PROTECT, related_name="countersignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="countersignatures")
    line = models.CharField(max_length=400)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="countersigned_once")
        ]


class LogCheck(models.Model):
    """One verification of the whole log: how far it is, and what it found (``findings``, a list of texts)."""

    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    sound = models.BooleanField(null=True, blank=True)
    findings = models.JSONField(default=list)
    said = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-pk"]
