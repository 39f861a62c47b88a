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


class PublishedRecord(models.Model):
    """A record as its definition lets it stand on the public pages: the fields it shows, and nothing else.

    ``record`` is the key of the record it was taken from, for the service that takes it down again; ``shown``
    lists (label, type, text). ``column`` groups the pages: the record's 栏目, else the register's label.
    """

    record = models.PositiveBigIntegerField("记录", unique=True)
    code = models.CharField("法院代字", max_length=40)
    court = models.CharField("法院", max_length=100)
    column = models.CharField("栏目", max_length=60)
    title = models.CharField("标题", max_length=200)
    shown = models.JSONField("公开内容", default=list)
    published_at = models.DateTimeField("公开时刻")

    class Meta:
        ordering: ClassVar = ["-published_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["code", "column", "-published_at"], name="published_by_column")
        ]

    @classmethod
    def columns(cls, code: str) -> list[tuple[str, int]]:
        """The columns of a court that hold something, and how much."""
        rows = cls.objects.filter(code=code).values_list("column").annotate(models.Count("pk"))
        return list(rows.order_by("column"))

    @classmethod
    def newest(cls, code: str, column: str, before: int, most: int) -> list[PublishedRecord]:
        """The newest of a court (of a column, where one is named), those older than the one of the key
        ``before`` where there is one; without what they show."""
        rows = cls.objects.filter(code=code).only("pk", "court", "column", "title", "published_at")
        rows = rows.filter(column=column) if column else rows
        last = cls.objects.filter(code=code, pk=before).first()
        if last is not None:
            same = models.Q(published_at=last.published_at, pk__lt=last.pk)
            rows = rows.filter(same | models.Q(published_at__lt=last.published_at))
        return list(rows[:most])
