"""Draws: filing days, the lists they are made from, what departments contribute, departures and approvals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Department, Person


class FilingDay(models.Model):
    """One draw for many cases: lists, commitments of the departments, reveals, result.

    ``locked_entry`` is the number of the log entry that commits to every list; ``contributors``, ``within``
    (minutes), ``missing`` and ``public_source`` are what the rules said then; ``round`` counts how often
    departments committed. ``seed`` is hexadecimal.
    """

    class State(models.TextChoices):
        """Where the day stands; nothing goes back."""

        LISTS = "备名单"
        COMMITTING = "等承诺"
        REVEALING = "等揭示"
        DRAWN = "已抽取"
        VOID = "作废"

    court = models.ForeignKey(Court, models.PROTECT, related_name="filing_days")
    on = models.DateField("立案日")
    turn = models.PositiveSmallIntegerField("当日第几次")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.LISTS)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("开始时间")
    locked_at = models.DateTimeField("名单锁定时间", null=True)
    locked_entry = models.PositiveBigIntegerField("锁定日志序号", null=True)
    contributors = models.JSONField("出随机数的部门", default=list)
    within = models.PositiveIntegerField("揭示时限（分钟）", default=0)
    missing = models.CharField("逾期不揭示", max_length=10, blank=True)
    public_source = models.CharField("公共随机值来源", max_length=200, blank=True)
    public = models.CharField("公共随机值", max_length=200, blank=True)
    round = models.PositiveSmallIntegerField("第几轮", default=1)
    reveal_by = models.DateTimeField("揭示截止", null=True)
    seed = models.CharField("种子", max_length=64, blank=True)
    drawn_at = models.DateTimeField("抽取时间", null=True)
    drawn_entry = models.PositiveBigIntegerField("抽取日志序号", null=True)
    void_why = models.CharField("作废原因", max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["-on", "-turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["court", "on", "turn"], name="filing_day_once")
        ]


class Draw(models.Model):
    """The draw of one group of seats of one case.

    ``pool`` is what is committed and published (people by alias); ``people`` maps an alias to a person,
    ``details`` to the reason that is not published. ``changed`` are weights asked for. ``turn`` counts the
    draws of the case for this group. ``drawn`` are aliases in the order of ``roles``.
    """

    class State(models.TextChoices):
        """Where the draw stands."""

        LISTED = "备名单"
        LOCKED = "已锁定"
        DRAWN = "待入案"
        TAKEN = "已入案"
        REDRAWN = "已重抽"
        WITHDRAWN = "撤出"

    day = models.ForeignKey(FilingDay, models.PROTECT, related_name="draws")
    case = models.ForeignKey(Case, models.PROTECT, related_name="draws")
    number = models.CharField("抽取编号", max_length=40, unique=True)
    label = models.CharField("组", max_length=40)
    turn = models.PositiveSmallIntegerField("第几次", default=1)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.LISTED)
    definition = models.CharField("依据版本", max_length=140)
    pool = models.JSONField("名单", default=dict)
    digest = models.CharField("名单摘要", max_length=64)
    people = models.JSONField("代号对照", default=dict)
    details = models.JSONField("内部说明", default=dict)
    steps = models.JSONField("份额说明", default=list)
    changed = models.JSONField("调整的份额", default=dict)
    roles = models.JSONField("担任", default=list)
    flags = models.JSONField("标记", default=list)
    drawn = models.JSONField("抽中", default=list)
    places = models.JSONField("位置", default=list)
    taken_at = models.DateTimeField("入案时间", null=True)

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "label", "turn"], name="draw_turn_once")
        ]


LEFT_TO_THE_DRAW = (Draw.State.LOCKED, Draw.State.DRAWN, Draw.State.TAKEN, Draw.State.REDRAWN)
"""From the lock of its list on a case has the handler its draw gives: also while whoever has seen the result
only has not entered it, and after an approved recusal until it is drawn again."""


class Contribution(models.Model):
    """A department's share of the seed in one round. ``false_reveals`` counts values that did not match;
    ``silent``: committed, and did not reveal in time."""

    day = models.ForeignKey(FilingDay, models.PROTECT, related_name="contributions")
    round = models.PositiveSmallIntegerField("第几轮")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    commitment = models.CharField("承诺", max_length=64)
    committed_at = models.DateTimeField("承诺时间")
    value = models.CharField("揭示的数", max_length=64, blank=True)
    revealed_at = models.DateTimeField("揭示时间", null=True)
    false_reveals = models.PositiveSmallIntegerField("不符次数", default=0)
    silent = models.BooleanField("逾期未揭示", default=False)

    class Meta:
        ordering: ClassVar = ["day", "round", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "round", "department"], name="contribution_once")
        ]


class Deviation(models.Model):
    """A departure from the plain draw: asked with a reason by one person, decided by another, counted."""

    class Kind(models.TextChoices):
        """What departs."""

        DESIGNATED = "指定分案"
        REDRAW = "回避重抽"
        ONE_LEFT = "只有一个结果"
        FALLBACK = "后备名单"
        CHANGED = "权重调整"

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "待批准"
        APPROVED = "已批准"
        DECLINED = "不予批准"

    court = models.ForeignKey(Court, models.PROTECT, related_name="deviations")
    case = models.ForeignKey(Case, models.PROTECT, related_name="deviations")
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="deviations")
    kind = models.CharField("例外", max_length=10, choices=Kind.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    definition = models.CharField("依据版本", max_length=140)
    ground = models.CharField("理由类别", max_length=60, blank=True)
    why = models.CharField("理由", max_length=400)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    weight = models.PositiveIntegerField("改为份额", null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True)
    opinion = models.CharField("意见", max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["court", "state"], name="deviation_by_state")]
