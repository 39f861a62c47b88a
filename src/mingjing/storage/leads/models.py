"""Leads: sealed content, the keys of those who may open it, and what runs without opening.

What a lead says, who is reported, the conversation and the files are only ever in ``LeadPart.content`` and
below the files folder, sealed before they come here. The rest is the outer shell: states, days, clocks.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mingjing.storage.people.models import Court, Person


class Salt(models.Model):
    """The one salt of this installation by which receipts are found; made on first use, never changed."""

    value = models.BinaryField("盐")


class SpentTicket(models.Model):
    """A ticket of the public entrance that was used, for as long as it would be good. It names nobody."""

    nonce = models.CharField("票号", max_length=32, unique=True)
    at = models.DateTimeField("用掉的时刻", db_index=True)


class SealKey(models.Model):
    """Somebody's key pair: the public half, and the private half under what only they know.

    ``first_half`` and ``second_half`` are the private key in two parts, sealed to the keys of two escrow
    officers; one alone says nothing. A key that was replaced stays, for what was sealed to it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="seal_keys")
    public = models.BinaryField("公钥")
    private = models.BinaryField("加密的私钥")
    salt = models.BinaryField("盐")
    passes = models.PositiveIntegerField("轮数")
    memory = models.PositiveBigIntegerField("内存")
    made_on = models.DateField("生成日期")
    retired_on = models.DateField("停用日期", null=True)
    first_officer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_half = models.BinaryField("第一半", null=True)
    second_officer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second_half = models.BinaryField("第二半", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], name="one_key_in_use", condition=Q(retired_on__isnull=True)
            )
        ]


class KeyRecovery(models.Model):
    """Somebody lost their passphrase and asks two officers; the halves are sealed to ``public``."""

    key = models.ForeignKey(SealKey, models.PROTECT, related_name="recoveries")
    public = models.BinaryField("临时公钥")
    private = models.BinaryField("临时私钥")
    salt = models.BinaryField("盐")
    passes = models.PositiveIntegerField("轮数")
    memory = models.PositiveBigIntegerField("内存")
    asked_on = models.DateField("申请日期")
    first_half = models.BinaryField("第一半", null=True)
    second_half = models.BinaryField("第二半", null=True)
    done_on = models.DateField("恢复日期", null=True)


class Lead(models.Model):
    """The outer shell of a lead. ``court`` is the one it was routed to, ``mark`` its name in the log.

    ``data`` holds the fields of the definition that say nothing of the content (days, signs, keys of those
    who work on it); ``receipt`` finds it for the reporter, ``reporter`` is the key answers are sealed to.
    ``commitment`` is the SHA-256 of the salted content, ``entry`` the entry of the log that carries it.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="leads")
    number = models.CharField("编号", max_length=60)
    mark = models.CharField("记号", max_length=32, unique=True)
    definition = models.CharField("依据版本", max_length=140)
    channel = models.CharField("渠道", max_length=10)
    named = models.BooleanField("实名", default=False)
    state = models.CharField("状态", max_length=40)
    over = models.BooleanField("已了结", default=False)
    opened_on = models.DateField("登记日期")
    over_on = models.DateField("了结日期", null=True)
    due_on = models.DateField("最近期限", null=True)
    colour = models.PositiveSmallIntegerField("颜色", default=0)
    raised = models.PositiveSmallIntegerField("上提几级", default=0)
    data = models.JSONField("外壳", default=dict)
    receipt = models.CharField("回执", max_length=64, unique=True)
    reporter = models.BinaryField("举报人公钥")
    commitment = models.CharField("内容承诺", max_length=64)
    entry = models.PositiveBigIntegerField("日志序号", null=True)
    revision = models.PositiveIntegerField("第几次办理", default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["court", "number"], name="lead_number_once")]
        indexes: ClassVar = [models.Index(fields=["court", "-id"], name="lead_newest")]


class LeadMember(models.Model):
    """Who works on a lead, as what (a person field of the definition), between two days: sight follows it."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField("身份", max_length=40)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "lead"], name="lead_of_member")]


class LeadPart(models.Model):
    """A sealed piece: the report, a message, an answer, what an act entered, a file.

    ``kind`` is 举报内容, 来信, 答复, 办理 or 附件; ``content`` is empty for files, whose sealed bytes lie in
    ``stored``. ``salt`` and ``commitment`` let the holder of the content prove it is this one.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="parts")
    kind = models.CharField("种类", max_length=10)
    on = models.DateField("日期")
    content = models.BinaryField("密文")
    stored = models.CharField("存放位置", max_length=80, blank=True)
    commitment = models.CharField("内容承诺", max_length=64)

    class Meta:
        ordering: ClassVar = ["lead", "id"]


class PartKey(models.Model):
    """The key of a piece, sealed to one reader; ``key`` is None for the reporter's."""

    part = models.ForeignKey(LeadPart, models.PROTECT, related_name="keys")
    key = models.ForeignKey(SealKey, models.PROTECT, null=True, related_name="+")
    box = models.BinaryField("封好的钥匙")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["part", "key"], name="part_key_once")]


class LeadAct(models.Model):
    """One act on a lead: its label, who, when, the states; what was entered is in ``part``, sealed."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="acts")
    turn = models.PositiveIntegerField("第几次办理")
    label = models.CharField("办理", max_length=40)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    on = models.DateField("日期")
    after = models.CharField("办理后", max_length=40)
    values = models.JSONField("外壳", default=dict)
    part = models.ForeignKey(LeadPart, models.PROTECT, null=True, related_name="+")
    entry = models.PositiveBigIntegerField("日志序号", null=True)

    class Meta:
        ordering: ClassVar = ["lead", "turn"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["lead", "turn"], name="lead_turn_once")]


class LeadClock(models.Model):
    """One run of one clock of a lead; it is read without opening anything."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="clocks")
    label = models.CharField("时限", max_length=60)
    turn = models.PositiveIntegerField("由第几次办理起算")
    started = models.DateField("起算日")
    due_on = models.DateField("届满日", null=True)
    done_on = models.DateField("完成日", null=True)
    next_on = models.DateField("下一次提醒", null=True)
    refusal = models.CharField("算不出的原因", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lead", "label", "turn"], name="lead_clock_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_on"], name="lead_clock_next", condition=Q(next_on__isnull=False))
        ]


class LeadAlert(models.Model):
    """One rung of a clock, told once to one person (G5); only that person is ever shown it."""

    clock = models.ForeignKey(LeadClock, models.CASCADE, related_name="alerts")
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="alerts")
    rung = models.PositiveSmallIntegerField("级次")
    colour = models.PositiveSmallIntegerField("颜色")
    tell = models.CharField("告知对象", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField("应提醒日")
    due_on = models.DateField("届满日")
    settled_on = models.DateField("了结日", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clock", "due_on", "rung", "person"], name="lead_alert_once")
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-on"], name="lead_alert_by_person")]


class LeadLink(models.Model):
    """Two leads that report the same; linked by somebody who works on both."""

    first = models.ForeignKey(Lead, models.PROTECT, related_name="+")
    second = models.ForeignKey(Lead, models.PROTECT, related_name="+")
    made_on = models.DateField("日期")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second"], name="lead_link_once")]


class LeadCheck(models.Model):
    """One of the two checks of 一案双查: whose it is stands sealed in ``part``, its end in ``finding``."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="checks")
    kind = models.CharField("责任", max_length=10)
    breach_on = models.DateField("违纪日期")
    part = models.ForeignKey(LeadPart, models.PROTECT, related_name="+")
    concluded_on = models.DateField("办结日期", null=True)
    accountable = models.BooleanField("应当问责", null=True)
    finding = models.ForeignKey(LeadPart, models.PROTECT, null=True, related_name="+")


class LeadMeasure(models.Model):
    """One measure taken after a lead. ``person_mark`` is chance, the same for the same person of the lead."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="measures")
    person_mark = models.CharField("人", max_length=32)
    form = models.CharField("形态", max_length=20)
    on = models.DateField("日期")
    part = models.ForeignKey(LeadPart, models.PROTECT, related_name="+")
