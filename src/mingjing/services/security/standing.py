"""How strong a password must be, and who chose the one that is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from mingjing.services.demands import WrongEntry
from mingjing.services.security.rules import number
from mingjing.services.security.wall import wall
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Standing


class LongEnough:
    """A validator of passwords: as long as dictionary.security_settings asks, never above what is hashed."""

    LONGEST = 200

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuse what is too short or absurdly long."""
        least = number("口令最短")
        if not least <= len(password) <= self.LONGEST:
            raise ValidationError(f"口令有 {len(password)} 个字符，应为 {least} 至 {self.LONGEST} 个。")

    def get_help_text(self) -> str:
        """The rule, told before it is broken."""
        return f"至少 {number('口令最短')} 个字符。"


def told_rules() -> list[str]:
    """What a password must be, one sentence each."""
    return [*map(str, password_validators_help_texts()), "不能与现在的口令相同。"]


def require_strong(password: str, account: Account) -> None:
    """Refuse a password the installation's rules call weak, and say why."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise WrongEntry(
            f"口令不合要求：{''.join(weak.messages)}", example="至少十个字符，不要用账号和常见词"
        ) from None


def must_change(account: Account) -> bool:
    """Whether the password was chosen by somebody else, or has outlived its days."""
    row = Standing.objects.filter(account=account).first()
    if row is None:
        return False
    days = number("口令有效期", account.person.court)
    return row.must_change or bool(days and wall() - row.changed_at > timedelta(days=days))


def note_changed(account: Account, *, by_owner: bool) -> None:
    """Remember that a password was set now; where not by its owner, it must be changed at the next log-in."""
    values: dict[str, Any] = {"must_change": not by_owner, "changed_at": wall()}
    Standing.objects.update_or_create(account=account, defaults=values)
