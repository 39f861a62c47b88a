"""Documents of cases, version by version; what proofreading found in each; the files of archived cases."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Person
from mingjing.storage.records.models import Evidence


class Paper(models.Model):
    """One version of a document of a case. A later version replaces an earlier one; none is changed.

    ``text`` is what was read from ``evidence``; ``rules`` says under which lists it was checked. An issued
    document is the last of its kind.
    """

    class State(models.TextChoices):
        """Where a version stands."""

        CHECKED = "待处理"
        READY = "可签发"
        ISSUED = "已签发"
        REPLACED = "已替换"

    court = models.ForeignKey(Court, models.PROTECT, related_name="papers", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers", db_index=False)
    kind = models.CharField("文书种类", max_length=30)
    version = models.PositiveSmallIntegerField("第几稿")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="papers")
    name = models.CharField("文件名", max_length=200)
    text = models.TextField("正文")
    rules = models.CharField("依据版本", max_length=400)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField("校对时间")
    open = models.PositiveSmallIntegerField("没有回应的", default=0)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField("签发日期", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind", "version"], name="paper_version_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["court", "state", "-id"], name="paper_by_state"),
            models.Index(
                fields=["court", "issued_on"], name="paper_issued", condition=Q(issued_on__isnull=False)
            ),
        ]


class PaperRemark(models.Model):
    """One thing proofreading found in a version, and what was said to it.

    ``answer`` is empty while nobody has; ``reason`` says why a remark was left as it is.
    """

    class Answer(models.TextChoices):
        """What became of it."""

        FIXED = "已改"
        KEPT = "不改"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="remarks", db_index=False)
    place = models.PositiveSmallIntegerField("序号")
    code = models.CharField("规则", max_length=20)
    group = models.CharField("类别", max_length=20)
    level = models.CharField("级别", max_length=10)
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    quote = models.CharField("原文", max_length=200)
    what = models.CharField("问题", max_length=300)
    why = models.CharField("依据", max_length=300)
    proposal = models.CharField("建议", max_length=200, blank=True)
    answer = models.CharField("处理", max_length=4, choices=Answer.choices, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("处理日期", null=True)

    class Meta:
        ordering: ClassVar = ["paper", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "place"], name="remark_once")]


class Seal(models.Model):
    """The files of a case as they were when it was archived. ``root`` is the digest of the catalogue.

    ``checked_on`` and ``broken`` say when the bytes were last compared with it, and which no longer agree.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="seal")
    court = models.ForeignKey(Court, models.PROTECT, related_name="seals", db_index=False)
    root = models.CharField("目录摘要", max_length=64)
    files = models.PositiveIntegerField("件数")
    sealed_on = models.DateField("封存日期")
    sealed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    checked_on = models.DateField("上次核验", null=True)
    broken = models.JSONField("核验不符", default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["court", "-sealed_on", "-id"], name="seal_newest")]


class SealedFile(models.Model):
    """One line of the catalogue: which file, from where, under which digest."""

    seal = models.ForeignKey(Seal, models.CASCADE, related_name="lines", db_index=False)
    place = models.PositiveIntegerField("序号")
    source = models.CharField("来处", max_length=120)
    name = models.CharField("文件名", max_length=200)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="sealed")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        ordering: ClassVar = ["seal", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["seal", "place"], name="sealed_file_once")]
