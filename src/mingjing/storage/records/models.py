"""Records that follow a definition, whatever the machinery: one table, one table of their acts, their clocks.

A record's state and values are the fold of its acts, kept beside them so that one act costs the same after
ten thousand others.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mingjing.storage.people.models import Court, Department, Person

REPEATED = ("register", "over", "state", "due_on", "place", "court")
"""What the parts in a record repeat of it, in the order of their indexes."""


class Record(models.Model):
    """One record of a register (台账、填报、活动、审批、会议).

    ``register`` is the id of its definition and ``definition`` the version it began with
    (``id @ day # hash``). ``data`` holds the fields by key (see ``domain.ledgers.register.FieldType``),
    ``inner`` the machinery's own memory. ``holder`` and ``unit`` mirror the fields the definition names,
    ``subject`` the person it is about, ``period`` the period of an obligation (``2026-07``, ``2026-W30``,
    ``2026-H1``); ``obligation`` makes it unique. ``due_on`` and ``colour`` sum up the open clocks.
    ``revision`` counts acts, so that two people acting at once do not overwrite each other. ``once`` is the
    mark of the form or row a record came from, so that the same one sent again makes no second record;
    ``likeness`` a digest of the fields by which a record counts as the return of an older one (``returns``).
    ``margin`` holds what belongs beside the fields: an act waiting for approval, reasons that must be
    destroyed with the content.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="records", db_index=False)
    register = models.CharField("台账", max_length=80)
    definition = models.CharField("依据版本", max_length=140)
    number = models.CharField("编号", max_length=60)
    title = models.CharField("标题", max_length=200, blank=True)
    state = models.CharField("状态", max_length=40)
    over = models.BooleanField("已了结", default=False)
    holder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="records_held", db_index=False)
    unit = models.ForeignKey(Department, models.PROTECT, null=True, related_name="records", db_index=False)
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="records_about")
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    acted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    above = models.ForeignKey("self", models.PROTECT, null=True, related_name="below", db_index=False)
    returns = models.ForeignKey("self", models.PROTECT, null=True, related_name="returned", db_index=False)
    period = models.CharField("期间", max_length=12, blank=True)
    obligation = models.CharField("义务", max_length=120, blank=True)
    opened_on = models.DateField("登记日期")
    over_on = models.DateField("了结日期", null=True)
    due_on = models.DateField("最近期限", null=True)
    colour = models.PositiveSmallIntegerField("颜色", default=0)
    data = models.JSONField("内容", default=dict)
    inner = models.JSONField("过程", default=dict)
    margin = models.JSONField("旁注", default=dict)
    once = models.CharField("一次性标记", max_length=90, blank=True)
    likeness = models.CharField("重复特征", max_length=64, blank=True)
    search = models.TextField("检索文字", blank=True)
    revision = models.PositiveIntegerField("第几次办理", default=0)
    shredded_on = models.DateField("销毁日期", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["court", "register", "number"], name="record_number_once"),
            models.UniqueConstraint(
                fields=["court", "register", "obligation"],
                name="obligation_once",
                condition=~Q(obligation=""),
            ),
            models.UniqueConstraint(fields=["court", "once"], name="record_once", condition=~Q(once="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["court", "register", "-id"], name="record_newest"),
            models.Index(fields=["court", "register", "over", "due_on", "id"], name="record_by_due"),
            models.Index(fields=["court", "register", "state", "-id"], name="record_by_state"),
            models.Index(fields=["court", "register", "period"], name="record_by_period"),
            models.Index(fields=["holder", "over", "due_on"], name="record_by_holder"),
            models.Index(fields=["unit", "register", "-id"], name="record_by_unit"),
            # Most records stand under none and return none: an index over all of them misleads SQLite.
            models.Index(fields=["above", "over"], name="record_by_above", condition=Q(above__isnull=False)),
            models.Index(fields=["returns"], name="record_by_return", condition=Q(returns__isnull=False)),
            models.Index(
                fields=["likeness", "-opened_on"], name="record_likeness", condition=~Q(likeness="")
            ),
            models.Index(
                fields=["register", "over_on"],
                name="record_to_shred",
                condition=Q(over=True, shredded_on__isnull=True),
            ),
        ]


class RecordAct(models.Model):
    """One act on a record, never changed, never removed (triggers refuse both).

    ``values`` are the fields entered, by key; ``target`` what the act was aimed at; ``flags`` marks kept
    with it.
    ``entry`` is the number of its entry in the log of acts.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="acts", db_index=False)
    turn = models.PositiveIntegerField("第几次办理")
    label = models.CharField("办理", max_length=40)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="record_acts", db_index=False)
    on = models.DateField("日期")
    at = models.DateTimeField("时间")
    before = models.CharField("办理前", max_length=40)
    after = models.CharField("办理后", max_length=40)
    values = models.JSONField("填写内容", default=dict)
    target = models.JSONField("对象", default=dict)
    why = models.CharField("说明", max_length=400, blank=True)
    flags = models.JSONField("标记", default=list)
    entry = models.PositiveBigIntegerField("日志序号", null=True)

    class Meta:
        ordering: ClassVar = ["record", "turn"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "turn"], name="act_turn_once")]
        indexes: ClassVar = [models.Index(fields=["actor", "-id"], name="record_act_by_actor")]


class RecordParty(models.Model):
    """Who or which department has a capacity towards a record by a field: for sight and for 今日.

    ``court``, ``register``, ``over``, ``state``, ``due_on`` and ``place`` (its department) repeat the record,
    written with it by the same verb: what somebody sees of a register is counted inside one index, without
    reading the records.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="parties")
    capacity = models.CharField("身份", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+", db_index=False)
    court = models.ForeignKey(
        Court, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    register = models.CharField("台账", max_length=80, default="")
    over = models.BooleanField("已了结", default=False)
    state = models.CharField("状态", max_length=40, default="")
    due_on = models.DateField("最近期限", null=True)
    place = models.ForeignKey(
        Department, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["person", "capacity", *REPEATED, "record"],
                name="party_of_person",
                condition=Q(person__isnull=False),
            ),
            models.Index(
                fields=["unit", "capacity", *REPEATED, "record"],
                name="party_of_unit",
                condition=Q(unit__isnull=False),
            ),
        ]


class RecordClock(models.Model):
    """One clock of a record as last computed. ``turn`` is the act that started it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="clocks", db_index=False)
    label = models.CharField("时限", max_length=60)
    turn = models.PositiveIntegerField("由第几次办理起算")
    started = models.DateField("起算日")
    due_on = models.DateField("届满日", null=True)
    done_on = models.DateField("完成日", null=True)
    refusal = models.CharField("算不出的原因", max_length=300, blank=True)
    provisional = models.BooleanField("暂定", default=False)
    next_on = models.DateField("下一次提醒", null=True)
    colour = models.PositiveSmallIntegerField("颜色", default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "label", "turn"], name="record_clock_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_on", "id"], name="record_clock_next", condition=Q(next_on__isnull=False)
            ),
            models.Index(fields=["record"], name="record_clock_open", condition=Q(done_on__isnull=True)),
        ]


class RecordAlert(models.Model):
    """One rung of one record's clock, spoken once: unique by clock, due day, rung and person told (G5)."""

    clock = models.ForeignKey(RecordClock, models.CASCADE, related_name="alerts")
    record = models.ForeignKey(Record, models.CASCADE, related_name="alerts")
    court = models.ForeignKey(Court, models.PROTECT, related_name="record_alerts")
    rung = models.PositiveSmallIntegerField("级次")
    colour = models.PositiveSmallIntegerField("颜色")
    tell = models.CharField("告知对象", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="record_alerts")
    on = models.DateField("应提醒日")
    due_on = models.DateField("届满日")
    raised_at = models.DateTimeField("提醒时刻")
    settled = models.CharField("了结", max_length=10, blank=True)
    settled_on = models.DateField("了结日", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clock", "due_on", "rung", "person"], name="record_alert_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["clock", "due_on", "rung"],
                name="record_alert_once_to_nobody",
                condition=Q(person__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-on"], name="record_alert_by_person", condition=Q(settled=""))
        ]


class RecordNotice(models.Model):
    """A sentence an act has for somebody: who, of which record and act, when, and when they saw it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="notices")
    turn = models.PositiveIntegerField("第几次办理")
    tell = models.CharField("告知对象", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="record_notices")
    sentence = models.CharField("内容", max_length=400)
    on = models.DateField("日期")
    seen_on = models.DateField("看到日期", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-id"], name="record_notice_unseen", condition=Q(seen_on__isnull=True)
            )
        ]


class RecordLink(models.Model):
    """Two records that belong together, in the words of whoever linked them (many to many)."""

    source = models.ForeignKey(Record, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Record, models.CASCADE, related_name="links_in")
    label = models.CharField("关系", max_length=40)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_on = models.DateField("日期")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target", "label"], name="record_link_once")
        ]


class Evidence(models.Model):
    """A file as bytes, kept once under its SHA-256 below the files folder, however many records show it."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节")
    media_type = models.CharField("类型", max_length=80)
    stored = models.CharField("存放位置", max_length=200)
    received_at = models.DateTimeField("收到时间")

    @property
    def is_held(self) -> bool:
        """Whether anything refers to it still: a record, a document of a case, a sealed archive."""
        several = self._meta.related_objects
        return any(getattr(self, str(one.get_accessor_name())).exists() for one in several)


class Attachment(models.Model):
    """A piece of evidence on a record, under the name it came with, entered in a field by an act."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="attachments")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="attachments")
    field = models.CharField("字段", max_length=40)
    name = models.CharField("文件名", max_length=200)
    turn = models.PositiveIntegerField("第几次办理")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "evidence", "field"], name="attachment_once")
        ]


class Serial(models.Model):
    """The last number given in a register in a year."""

    court = models.ForeignKey(Court, models.CASCADE, related_name="+")
    register = models.CharField("台账", max_length=80)
    year = models.PositiveSmallIntegerField("年")
    last = models.PositiveIntegerField("序号", default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["court", "register", "year"], name="serial_once")
        ]


class Delegation(models.Model):
    """Somebody acts for somebody else for a while (休假委托): logged, expiring, revocable.

    ``registers`` lists register ids it covers, empty for all.
    """

    giver = models.ForeignKey(Person, models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Person, models.PROTECT, related_name="delegations_taken")
    registers = models.JSONField("范围", default=list)
    reason = models.CharField("事由", max_length=200)
    since = models.DateField("起")
    until = models.DateField("止")
    revoked_on = models.DateField("撤回日期", null=True)


class Look(models.Model):
    """Somebody read a record of the 保密 class; its subject is shown who and when."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="looks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField("日期")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "person", "on"], name="look_once_a_day")
        ]


class Obligation(models.Model):
    """A period of a filing or an activity for which the obliged were counted: whoever was on the roster.

    ``roster`` are the primary keys of the people or departments obliged, as of ``counted_on``; the records of
    the period are one for each, so that a missing one is a row and not an absence.
    """

    court = models.ForeignKey(Court, models.CASCADE, related_name="obligations")
    register = models.CharField("台账", max_length=80)
    definition = models.CharField("依据版本", max_length=140)
    period = models.CharField("期间", max_length=12)
    label = models.CharField("名称", max_length=80)
    first_day = models.DateField("期间首日")
    last_day = models.DateField("期间末日")
    due_on = models.DateField("截止日")
    counted_on = models.DateField("名册日")
    roster = models.JSONField("应报对象", default=list)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["court", "register", "period"], name="period_once")
        ]
