"""Who belongs where, as of a day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Dated(models.QuerySet[Row]):
    """Rows that hold from ``since`` until ``until`` (both counted; an empty ``until`` is still open)."""

    def on(self, day: date) -> Self:
        """Rows in force on ``day``."""
        return self.filter(Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day)))


class Court(models.Model):
    """A court. ``folder`` names its folder of definitions; ``number_grammar`` is 案号 or 自由."""

    code = models.CharField("法院代字", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40)
    level = models.CharField("级别", max_length=10)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级法院"
    )
    time_zone = models.CharField("时区", max_length=40, default="Asia/Shanghai")
    calendar = models.CharField("日历", max_length=60, default="calendar.cn")
    number_grammar = models.CharField("编号规则", max_length=10, default="案号")
    folder = models.CharField("制度目录", max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = "法院"

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A division or office (庭室) of a court."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="departments", verbose_name="法院")
    name = models.CharField("名称", max_length=120)
    field = models.CharField("业务", max_length=20, blank=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    since = models.DateField("设立日期")
    until = models.DateField("撤销日期", null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering: ClassVar = ["court", "order", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["court", "name"], name="department_once")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works at a court. ``initials`` are pinyin initials, for the search box."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="people", verbose_name="法院")
    name = models.CharField("姓名", max_length=120)
    initials = models.CharField("拼音首字母", max_length=20, blank=True, db_index=True)
    staff_number = models.CharField("工号", max_length=30)
    email = models.EmailField("邮箱", blank=True)

    class Meta:
        ordering: ClassVar = ["court", "staff_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["court", "staff_number"], name="staff_number_once")
        ]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """A post held by a person, in a department or in the court's leadership, between two days."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="postings", verbose_name="人员")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name="部门"
    )
    post = models.CharField("职务", max_length=40)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering: ClassVar = ["person", "since"]
        indexes: ClassVar = [models.Index(fields=["department", "post"], name="posting_by_department")]


class Oversight(models.Model):
    """Which court leader is in charge of which department (分管), between two days."""

    leader = models.ForeignKey(Person, models.PROTECT, related_name="oversights", verbose_name="分管领导")
    department = models.ForeignKey(Department, models.PROTECT, related_name="oversights", verbose_name="部门")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = Dated.as_manager()


class AccountManager(BaseUserManager["Account"]):
    """Creation of accounts."""

    def create_account(self, username: str, password: str, person: Person) -> Account:
        """An active account of ``person``; the password is stored hashed. None opens it where it is empty."""
        account = self.model(username=username, person=person)
        account.set_password(password or None)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A login. What it may do follows from the person's posts on the day, never from the account."""

    username = models.CharField("账号", max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account", verbose_name="人员")
    is_active = models.BooleanField("启用", default=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username


class ApiToken(models.Model):
    """A key by which another system pushes data. Only its hash is kept; it was shown once, when made."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens", verbose_name="接口账号")
    label = models.CharField("用途", max_length=60)
    digest = models.CharField("摘要", max_length=64, unique=True)
    beginning = models.CharField("开头", max_length=8)
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]


class SavedView(models.Model):
    """A list as somebody likes to see it: the page and the query of its address, under a name of theirs."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views", verbose_name="谁的")
    page = models.CharField("页面", max_length=120)
    name = models.CharField("名称", max_length=30)
    query = models.CharField("筛选", max_length=1000)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "page", "name"], name="saved_view_once")
        ]
