"""Drafts of definitions: the text as it is being written, who decides on it, what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingjing.storage.people.models import Court, Person


class Draft(models.Model):
    """One definition being written, new or as the next version of one in force.

    ``base_hash`` is the content hash of the version it began from, empty for a new definition: if that file
    changes meanwhile, the draft can no longer be approved over it. ``revision`` counts savings, so that two
    windows do not overwrite each other. ``published`` is the place of the file it became, under the court's
    own folder.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WRITING = "起草中"
        SUBMITTED = "待批准"
        RETURNED = "已退回"
        APPROVED = "已批准"
        WITHDRAWN = "已作废"

    court = models.ForeignKey(Court, models.PROTECT, related_name="drafts")
    author = models.ForeignKey(Person, models.PROTECT, related_name="drafts")
    definition_id = models.CharField("编号", max_length=80, blank=True)
    label = models.CharField("名称", max_length=120, blank=True)
    text = models.TextField("全文")
    base_hash = models.CharField("底稿指纹", max_length=64, blank=True)
    revision = models.PositiveIntegerField("第几稿", default=1)
    state = models.CharField("状态", max_length=10, default=State.WRITING)
    reason = models.CharField("修改理由", max_length=400, blank=True)
    started_at = models.DateTimeField("开始起草")
    saved_at = models.DateTimeField("最后保存")
    submitted_on = models.DateField("提交日期", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True)
    opinion = models.CharField("意见", max_length=400, blank=True)
    published = models.CharField("文件", max_length=200, blank=True)
    content_hash = models.CharField("指纹", max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["court", "state", "-saved_at"], name="draft_by_state")]
        ordering: ClassVar = ["-saved_at", "-id"]
