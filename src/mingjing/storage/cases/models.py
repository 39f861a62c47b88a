"""A case and everything dated about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mingjing.storage.cases import prefix as prefix  # registers the lookup
from mingjing.storage.cases.indexes import case_indexes
from mingjing.storage.people.models import Court, Department, Person


class Case(models.Model):
    """One case number at one court.

    ``original_filed_on`` is the filing day of the dispute's first number, so that remand and re-filing
    do not reset the age. ``stage``, ``due_on``, ``next_due_on`` and ``colour`` are kept in step by
    ``services.clocks`` so that lists need no arithmetic; ``colour`` is 0 none, 1 蓝, 2 黄, 3 红.
    ``milestones`` maps an event kind to the ISO day it first happened, so that one new event is handled
    without reading a long history. ``known_since`` is the day the case came under supervision here.
    """

    court = models.ForeignKey(
        Court, models.PROTECT, related_name="cases", verbose_name="法院", db_index=False
    )  # every index of a list begins with it
    number = models.CharField("案号", max_length=100)
    number_year = models.PositiveSmallIntegerField("案号年份", null=True)
    serial = models.PositiveIntegerField("序号", null=True, db_index=True)
    type_code = models.CharField("类型代字", max_length=20, blank=True)
    kind = models.CharField("案件类型", max_length=40, blank=True)
    procedure = models.CharField("审理程序", max_length=40, blank=True)
    cause = models.CharField("案由", max_length=300, blank=True)
    filed_on = models.DateField("立案日期", null=True)
    original_filed_on = models.DateField("原始立案日期", null=True)
    closed_on = models.DateField("结案日期", null=True)
    closing_approved_on = models.DateField("结案审批日期", null=True)
    outcome = models.CharField("结案方式", max_length=60, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="cases", verbose_name="承办部门", db_index=False
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="cases", verbose_name="承办人", db_index=False
    )
    handler_name = models.CharField("承办人姓名", max_length=120, blank=True)
    amount = models.DecimalField("标的额", max_digits=18, decimal_places=2, null=True)
    in_custody = models.BooleanField("在押", default=False)
    party_count = models.PositiveIntegerField("当事人人数", default=0)
    parties_text = models.CharField("当事人", max_length=200, blank=True)
    facts = models.JSONField("其他数据项", default=dict)
    milestones = models.JSONField("各事项首次日期", default=dict)
    known_since = models.DateField("纳入监督日期", null=True)
    track = models.CharField("分流去向", max_length=20, blank=True)
    stage = models.CharField("环节", max_length=30, blank=True)
    due_on = models.DateField("审限届满日", null=True)
    due_state = models.CharField("审限状态", max_length=10, blank=True)
    next_due_on = models.DateField("最近期限", null=True)
    colour = models.PositiveSmallIntegerField("预警颜色", default=0)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "案件"
        constraints: ClassVar = [models.UniqueConstraint(fields=["court", "number"], name="case_number_once")]
        indexes: ClassVar = case_indexes()

    def __str__(self) -> str:
        return self.number


class CaseLink(models.Model):
    """Two numbers of one dispute: 发回重审, 再审, 诉前调转立案, 恢复执行, 移送管辖."""

    earlier = models.ForeignKey(Case, models.CASCADE, related_name="later_links", verbose_name="前案")
    later = models.ForeignKey(Case, models.CASCADE, related_name="earlier_links", verbose_name="后案")
    relation = models.CharField("关系", max_length=20)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["earlier", "later"], name="case_link_once"),
            models.CheckConstraint(condition=~Q(earlier=models.F("later")), name="case_link_not_to_itself"),
        ]


class Party(models.Model):
    """A party and its role (原告, 被告, 上诉人 …)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties", db_index=False)
    role = models.CharField("诉讼地位", max_length=20)
    name = models.CharField("姓名或名称", max_length=120)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["name", "case"],
                name="party_name_to_case",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
            models.Index(fields=["case", "name"], name="party_of_case"),
        ]


class PanelMember(models.Model):
    """A member of the panel or team that tries the case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="panel")
    person = models.ForeignKey(Person, models.PROTECT, related_name="panels", db_index=False)
    role = models.CharField("合议庭职务", max_length=20)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "case"], name="panel_of_person")]


class CaseTag(models.Model):
    """A policy tag (S-179), proposed at filing and confirmed by a person. ``court`` is that of the case:
    of a tag many cases have, a court's own are found without reading the others."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tags", db_index=False)
    court = models.ForeignKey(Court, models.PROTECT, related_name="+", null=True, db_index=False)
    tag = models.CharField("标签", max_length=40)
    tagged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed = models.BooleanField("已确认", default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "tag"], name="case_tag_once")]
        indexes: ClassVar = [models.Index(fields=["tag", "court", "case"], name="tag_to_case")]


class CaseEvent(models.Model):
    """Something that happened in a case. It is corrected by striking it out, never by editing it.

    ``happened`` is the day in the court's zone; ``recorded_at`` the moment somebody wrote it down (None
    where the source does not say); ``due`` and ``finished`` are imported facts of logs that carry them.
    ``source_key`` makes a re-import recognise the same event.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField("事项", max_length=120)
    happened = models.DateField("发生日期")
    moment = models.DateTimeField("发生时刻", null=True)
    until = models.DateField("结束日期", null=True)
    recorded_at = models.DateTimeField("录入时刻", null=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due = models.DateField("登记期限", null=True)
    finished = models.DateField("登记完成", null=True)
    note = models.CharField("说明", max_length=400, blank=True)
    attributes = models.JSONField("原始属性", default=dict)
    source_key = models.CharField("来源标识", max_length=80)
    struck_at = models.DateTimeField("作废时刻", null=True)
    struck_reason = models.CharField("作废理由", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "source_key"], name="case_event_once")
        ]
        indexes: ClassVar = [models.Index(fields=["case", "kind", "happened"], name="event_by_kind")]


class Exclusion(models.Model):
    """Days that do not count, with the document that began them and the one that ended them."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="exclusions", db_index=False)
    kind = models.CharField("扣除事由", max_length=40)
    first = models.DateField("起")
    last = models.DateField("止", null=True)
    start_document = models.CharField("起始文书", max_length=120, blank=True)
    end_document = models.CharField("结束文书", max_length=120, blank=True)
    approver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("录入时刻", null=True)
    struck_at = models.DateTimeField("作废时刻", null=True)
    struck_reason = models.CharField("作废理由", max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "first"], name="exclusion_by_case")]


class GrantedExtension(models.Model):
    """An approved lengthening of a limit, in the order granted."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    clock = models.CharField("期限", max_length=40)
    length = models.CharField("延长", max_length=20)
    approved_on = models.DateField("批准日期")
    approver = models.CharField("批准人", max_length=60)
