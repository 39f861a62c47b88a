"""Second factors, passkeys, sessions, wrong guesses: what stands between a stranger and a login."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from mingjing.storage.people.models import Account


class Session(AbstractBaseSession):
    """A browser that is logged in, or about to be. ``expire_date`` is when it ends if nothing more is asked.

    ``digest`` names it on pages and in the log: the key itself opens it and is shown to nobody.
    """

    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="sessions", verbose_name="账号"
    )
    digest = models.CharField("编号", max_length=24, db_index=True)
    begun_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近使用", null=True)
    ends_at = models.DateTimeField("最迟到", null=True)
    idle_minutes = models.PositiveIntegerField("闲置分钟", default=0)
    address = models.CharField("地址", max_length=60, blank=True)
    device = models.CharField("设备", max_length=60, blank=True)
    way = models.CharField("登录方式", max_length=30, blank=True)

    class Meta:
        ordering: ClassVar = ["-seen_at"]


class Standing(models.Model):
    """What a login owes at its next use: ``must_change`` is set where somebody else chose its password."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="standing", verbose_name="账号")
    must_change = models.BooleanField("须改口令", default=False)
    changed_at = models.DateTimeField("口令改于")


class Guess(models.Model):
    """Wrong passwords in a row, by login name and by address; an unknown name is counted like a known one."""

    kind = models.CharField("按", max_length=10)
    who = models.CharField("账号或地址", max_length=80)
    failures = models.PositiveIntegerField("连错次数", default=0)
    last_at = models.DateTimeField("最近一次")
    until = models.DateTimeField("在此之前不再受理")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "who"], name="guess_once")]


class Authenticator(models.Model):
    """A secret shared with a telephone (TOTP). ``sealed`` is encrypted; ``step`` is the last one used up."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="authenticator", verbose_name="账号")
    sealed = models.CharField("密封的密钥", max_length=200)
    made_at = models.DateTimeField("开通时间")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    step = models.BigIntegerField("用过的时间步", default=0)


class RecoveryCode(models.Model):
    """One use of a login without its second factor; only the hash is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes", verbose_name="账号")
    digest = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("生成时间")
    used_at = models.DateTimeField("用掉时间", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")
        ]


class Passkey(models.Model):
    """A key pair of which the public half is here. ``uses`` is the authenticator's own counter."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="passkeys", verbose_name="账号")
    label = models.CharField("名称", max_length=60)
    credential = models.CharField("凭据", max_length=1400, unique=True)
    public_key = models.BinaryField("公钥")
    uses = models.BigIntegerField("计数", default=0)
    made_at = models.DateTimeField("登记时间")
    used_at = models.DateTimeField("最近使用", null=True)

    class Meta:
        ordering: ClassVar = ["made_at"]
