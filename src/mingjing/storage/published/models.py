"""What was released to the public: all that the portal reads."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PublishedDraw(models.Model):
    """A draw as anyone may check it: no names, no link to any other table.

    ``file`` is the text that ``verifier/verify.py draw`` reads. ``digest`` is that of the list.
    """

    number = models.CharField("抽取编号", max_length=40, unique=True)
    court = models.CharField("法院", max_length=100)
    on = models.DateField("立案日")
    case = models.CharField("案号", max_length=100)
    label = models.CharField("组", max_length=40)
    turn = models.PositiveSmallIntegerField("第几次")
    digest = models.CharField("名单摘要", max_length=64)
    file = models.TextField("公开文件")
    flags = models.JSONField("标记", default=list)
    log_entry = models.PositiveBigIntegerField("名单承诺的日志序号")
    locked_at = models.DateTimeField("名单锁定时间")
    drawn_at = models.DateTimeField("抽取时间")

    class Meta:
        ordering: ClassVar = ["-drawn_at", "number"]
        indexes: ClassVar = [models.Index(fields=["case"], name="published_draw_by_case")]


class PublishedDeviation(models.Model):
    """A departure from the draw that was approved: what, why, in which case; nobody is named."""

    court = models.CharField("法院", max_length=100)
    on = models.DateField("日期")
    case = models.CharField("案号", max_length=100)
    kind = models.CharField("例外", max_length=10)
    ground = models.CharField("理由类别", max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
