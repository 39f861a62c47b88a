"""What the court watches: clocks, alerts, notices, requests, findings, circulars, proposals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Person


class Clock(models.Model):
    """One clock of one node of one case, as last computed.

    ``occurrence`` is the key of the event that started it. ``next_on`` is the day on which the next
    silent rung speaks; the daily tick needs nothing but this column.
    """

    class State(models.TextChoices):
        """Whether and how the clock runs."""

        RUNNING = "计算中"
        SUSPENDED = "停止计算"
        NO_LIMIT = "没有期限"
        DONE = "已完成"
        REFUSED = "算不出"
        VOID = "不再适用"

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", db_index=False)
    flow = models.CharField("流程", max_length=80)
    definition = models.CharField("依据版本", max_length=140)
    label = models.CharField("节点", max_length=60)
    slot = models.CharField("期限", max_length=40, blank=True)
    occurrence = models.CharField("第几次", max_length=80, blank=True)
    started = models.DateField("起算日", null=True)
    due_on = models.DateField("届满日", null=True)
    due_moment = models.DateTimeField("届满时刻", null=True)
    done_on = models.DateField("完成日", null=True)
    state = models.CharField("状态", max_length=10)
    refusal = models.CharField("算不出的原因", max_length=300, blank=True)
    provisional = models.BooleanField("暂定", default=False)
    next_on = models.DateField("下一次提醒", null=True)
    colour = models.PositiveSmallIntegerField("颜色", default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "flow", "label", "occurrence"], name="clock_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_on", "id"], name="clock_next", condition=Q(next_on__isnull=False)),
            models.Index(fields=["case", "state"], name="clock_by_case"),
        ]


class Alert(models.Model):
    """One rung of one breach, spoken once: unique by clock, due day and rung (G5).

    ``on`` is the day on which the rung spoke by right, ``raised_at`` when the system got to it (later
    after a downtime). ``settled`` says why it no longer asks for anything.
    """

    class Settled(models.TextChoices):
        """Why an alert is over."""

        DONE = "已办结"
        MOVED = "期限已变更"
        VOID = "不再适用"

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="alerts", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="alerts", db_index=False)
    court = models.ForeignKey(Court, models.PROTECT, related_name="alerts")
    label = models.CharField("节点", max_length=60)
    rung = models.PositiveSmallIntegerField("级次")
    colour = models.PositiveSmallIntegerField("颜色")
    tell = models.CharField("告知对象", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="alerts")
    on = models.DateField("应提醒日")
    due_on = models.DateField("届满日")
    definition = models.CharField("依据版本", max_length=140)
    raised_at = models.DateTimeField("提醒时刻")
    seen_at = models.DateTimeField("已看时刻", null=True)
    snoozed_until = models.DateField("暂缓至", null=True)
    snooze_reason = models.CharField("暂缓理由", max_length=200, blank=True)
    settled = models.CharField("了结", max_length=10, blank=True)
    settled_on = models.DateField("了结日", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clock", "due_on", "rung"], name="alert_once_per_rung")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-on", "-id"], name="alert_open_by_person", condition=Q(settled="")
            ),
            models.Index(
                fields=["court", "-colour", "on", "id", "case", "due_on", "snoozed_until"],
                name="alert_open_by_court",
                condition=Q(settled=""),
            ),
            models.Index(
                fields=["-colour", "on", "id", "court", "case", "due_on", "snoozed_until"],
                name="alert_open_anywhere",
                condition=Q(settled=""),
            ),
            models.Index(
                fields=["person", "-colour", "due_on", "id", "snoozed_until"],
                name="alert_urgent_by_person",
                condition=Q(settled=""),
            ),
            models.Index(fields=["case", "on"], name="alert_by_case"),
        ]


class Delivery(models.Model):
    """An attempt to carry a person's alerts of one day outside the system (e-mail)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="deliveries")
    day = models.DateField()
    channel = models.CharField(max_length=10)
    alerts = models.PositiveIntegerField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day", "channel"], name="delivery_once_a_day")
        ]


class Notice(models.Model):
    """督办通知: obliges a written reason by ``reply_by`` and a closing by ``close_by`` (R-059)."""

    class State(models.TextChoices):
        """Where the notice stands."""

        ISSUED = "待回复"
        REPLIED = "待结案"
        CLOSED = "已了结"

    court = models.ForeignKey(Court, models.PROTECT, related_name="notices")
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField("文号", max_length=60)
    definition = models.CharField("依据版本", max_length=140)
    reason = models.CharField("事由", max_length=400)
    issued_on = models.DateField("签发日期")
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    addressee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="notices")
    level = models.CharField("督办层级", max_length=20)
    reply_by = models.DateField("回复期限")
    close_by = models.DateField("结案期限")
    reply = models.TextField("书面原因", blank=True)
    replied_on = models.DateField("回复日期", null=True)
    planned_close = models.DateField("承诺结案日期", null=True)
    closed_on = models.DateField("了结日期", null=True)
    state = models.CharField("状态", max_length=10, default=State.ISSUED)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["court", "year", "serial"], name="notice_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["court", "state", "reply_by"], name="notice_open"),
            models.Index(fields=["addressee", "state"], name="notice_by_addressee"),
        ]


class NoticeStep(models.Model):
    """One link of a notice's chain: 签发, 回复, 逾期升级, 了结. An escalation happens once per cause."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="steps")
    kind = models.CharField("步骤", max_length=20)
    cause = models.CharField("缘由", max_length=40, blank=True)
    on = models.DateField("日期")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    tell = models.CharField("报告对象", max_length=40, blank=True)
    text = models.CharField("内容", max_length=400, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notice", "kind", "cause"], name="notice_escalates_once", condition=Q(kind="逾期升级")
            ),
        ]


class Request(models.Model):
    """A one-step request on a case: 审限变更 or 结案审批."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "待审批"
        APPROVED = "同意"
        DECLINED = "不同意"
        WITHDRAWN = "已撤回"

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    court = models.ForeignKey(Court, models.PROTECT, related_name="requests")
    kind = models.CharField("类别", max_length=20)
    subkind = models.CharField("事由类别", max_length=40, blank=True)
    clock = models.CharField("期限", max_length=40, blank=True)
    content = models.JSONField("申请内容", default=dict)
    reason = models.CharField("理由", max_length=400)
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="requests")
    applied_on = models.DateField("申请日期")
    approver_role = models.CharField("审批人", max_length=40)
    apply_by = models.DateField("最迟申请日", null=True)
    decide_by = models.DateField("最迟决定日", null=True)
    definition = models.CharField("依据版本", max_length=140, blank=True)
    state = models.CharField("状态", max_length=10, default=State.OPEN)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True)
    opinion = models.CharField("审批意见", max_length=400, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["court", "state", "decide_by"], name="request_open")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind", "clock", "subkind"],
                name="one_open_request",
                condition=Q(state="待审批"),
            ),
        ]


class Finding(models.Model):
    """录入核查: a late, wrong or missing entry, found once, until it is mended or explained."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "待改"
        FIXED = "已改"
        EXPLAINED = "已说明"

    court = models.ForeignKey(Court, models.PROTECT, related_name="findings")
    case = models.ForeignKey(Case, models.CASCADE, related_name="findings", db_index=False)
    fault = models.CharField("问题类别", max_length=20)
    rule = models.CharField("规则", max_length=60)
    definition = models.CharField("依据版本", max_length=140)
    subject = models.CharField("对象", max_length=120)
    detail = models.CharField("情况", max_length=300)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="findings")
    found_on = models.DateField("发现日期")
    week = models.CharField("周次", max_length=8)
    state = models.CharField("状态", max_length=10, default=State.OPEN)
    settled_on = models.DateField("了结日期", null=True)
    explanation = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "rule", "subject"], name="finding_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["court", "week", "state"], name="finding_by_week"),
            models.Index(fields=["person", "state"], name="finding_by_person"),
        ]


class Circular(models.Model):
    """录入核查通报: the findings of one week, put to one court, as they stood on that day.

    ``fields`` are the blanks of the document and ``rows`` the lines of its list, so that it can be printed
    again as it was. ``issuer`` is the court's own office or that of the court above.
    """

    issuer = models.ForeignKey(Court, models.PROTECT, related_name="circulars_issued")
    court = models.ForeignKey(Court, models.PROTECT, related_name="circulars")
    week = models.CharField("周次", max_length=8)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField("文号", max_length=60)
    definition = models.CharField("依据版本", max_length=140)
    fields = models.JSONField("通报各项", default=dict)
    rows = models.JSONField("问题清单", default=list)
    sent_on = models.DateField("发出日期")
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "year", "serial"], name="circular_number_once"),
            models.UniqueConstraint(fields=["issuer", "court", "week"], name="circular_once_a_week"),
        ]


class Proposal(models.Model):
    """Something a stated rule proposes and a person confirms or declines: 四类案件, 繁简分流 …"""

    class State(models.TextChoices):
        """What the person said."""

        OPEN = "待确认"
        CONFIRMED = "已确认"
        DECLINED = "不认定"

    court = models.ForeignKey(Court, models.PROTECT, related_name="proposals")
    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals", db_index=False)
    marks = models.CharField("标识", max_length=20)
    category = models.CharField("类别", max_length=60)
    rule = models.CharField("规则", max_length=60, blank=True)
    definition = models.CharField("依据版本", max_length=140, blank=True)
    reason = models.CharField("理由", max_length=300)
    proposed_on = models.DateField("提示日期")
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=10, default=State.OPEN)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True)
    decision_reason = models.CharField("决定理由", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "marks", "category"], name="proposal_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["court", "marks", "state"], name="proposal_open"),
            models.Index(
                fields=["proposed_on", "id", "case"], name="proposal_oldest", condition=Q(state="待确认")
            ),
            models.Index(
                fields=["court", "proposed_on", "id", "case"],
                name="proposal_oldest_of_court",
                condition=Q(state="待确认"),
            ),
        ]


class SupervisionNote(models.Model):
    """A supervisor's note on a case: visible to the panel, permanent, without effect on the result (G10)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="supervision_notes")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    author_role = models.CharField("身份", max_length=40)
    text = models.CharField("意见", max_length=1000)
    at = models.DateTimeField("时间")


class TipAcknowledgement(models.Model):
    """A tip shown at a node was read by a person (S-178)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="acknowledgements")
    node = models.CharField("节点", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "node", "person"], name="tip_read_once")
        ]


class SweepRun(models.Model):
    """One pass of the clock process. Passes need no cursor: every step is idempotent and can be repeated.

    ``definitions`` is the fingerprint of the rules the pass used; when it changes, everything is recomputed.
    """

    day = models.DateField(db_index=True)
    definitions = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    alerts = models.PositiveIntegerField(default=0)
    escalations = models.PositiveIntegerField(default=0)
