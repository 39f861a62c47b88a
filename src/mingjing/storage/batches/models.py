"""Files brought in from outside, row by row accounted for (G1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingjing.storage.people.models import Court, Person


class SavedMapping(models.Model):
    """How the columns of one source's export become facts, kept by name."""

    court = models.ForeignKey(Court, models.CASCADE, related_name="mappings")
    name = models.CharField("名称", max_length=60)
    body = models.JSONField("对应关系")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["court", "name"], name="mapping_once")]


class Batch(models.Model):
    """One uploaded file or one push. added + updated + unchanged + refused = rows, always.

    ``stored`` is the file's place under the files folder; the counts are those of the preview until the
    batch is confirmed, and those of what was written afterwards. ``fixes`` are cells corrected in the page:
    row number → column → text. ``push_key`` is the sender's own key of a push. ``moved_at`` is when the
    worker last touched it, by the machine's own clock.
    """

    class State(models.TextChoices):
        """How far the batch has come."""

        UPLOADED = "已上传"
        CHECKING = "预检中"
        CHECKED = "待确认"
        WRITING = "写入中"
        DONE = "已导入"
        CANCELLED = "已放弃"
        FAILED = "失败"

    court = models.ForeignKey(Court, models.PROTECT, related_name="batches")
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("摘要", max_length=64, db_index=True)
    stored = models.CharField("存放位置", max_length=200)
    mapping = models.JSONField("对应关系", default=dict)
    mapping_name = models.CharField("对应关系名称", max_length=60, blank=True)
    encoding = models.CharField("编码", max_length=20, blank=True)
    state = models.CharField("状态", max_length=10, default=State.UPLOADED)
    rows = models.PositiveIntegerField("读到行数", default=0)
    added = models.PositiveIntegerField("新增", default=0)
    updated = models.PositiveIntegerField("更新", default=0)
    unchanged = models.PositiveIntegerField("未变", default=0)
    refused = models.PositiveIntegerField("退回", default=0)
    skipped = models.PositiveIntegerField("合计行与空行", default=0)
    events = models.PositiveIntegerField("事项数", default=0)
    events_refused = models.PositiveIntegerField("退回事项数", default=0)
    lateness = models.JSONField("文件自带期限的逾期情况", default=list)
    notes = models.JSONField("提示", default=list)
    fixes = models.JSONField("页面上改正的单元格", default=dict)
    origin = models.CharField("来源", max_length=10, default="页面")
    push_key = models.CharField("推送批号", max_length=80, blank=True)
    progress = models.PositiveIntegerField("进度", default=0)
    moved_at = models.DateTimeField("最近一次处理", null=True)
    error = models.TextField("失败原因", blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["court", "push_key"], name="push_once", condition=~models.Q(push_key="")
            )
        ]


class RefusedRow(models.Model):
    """A row that was returned, and why."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="refused_rows")
    row = models.PositiveIntegerField("行号")
    column = models.CharField("列", max_length=120)
    value = models.CharField("内容", max_length=200)
    reason = models.CharField("原因", max_length=300)
    allowed = models.CharField("可用", max_length=300, blank=True)
    example = models.CharField("例如", max_length=120, blank=True)


class PreviewRow(models.Model):
    """What a row would change, field by field, before anybody confirms it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="preview_rows")
    row = models.PositiveIntegerField("行号")
    number = models.CharField("案号", max_length=100)
    effect = models.CharField("效果", max_length=10)
    changes = models.JSONField("差异", default=list)
