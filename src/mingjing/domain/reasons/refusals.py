"""Refusals: what is said instead of a guess (G3). They are values a page can show, not crashes."""

from __future__ import annotations

from collections.abc import Sequence


class Refusal(Exception):  # noqa: N818 (nothing went wrong: a rule declined to answer)
    """A rule cannot or may not answer.

    ``code`` is stable and documented in the error reference; ``message`` says what is wrong in Chinese;
    ``allowed`` lists what would have been accepted; ``example`` is one correct input.
    """

    code = "refused"

    def __init__(self, message: str, *, allowed: Sequence[str] = (), example: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.allowed = tuple(allowed)
        self.example = example

    def __str__(self) -> str:
        parts = [self.message]
        if self.allowed:
            parts.append("可用：" + "、".join(self.allowed) + "。")
        if self.example:
            parts.append(f"例如：{self.example}")
        return "".join(parts)


class NotInForce(Refusal):
    """No version of the definition covers the day asked about."""

    code = "not-in-force"


class MissingFact(Refusal):
    """A fact the definition needs is absent."""

    code = "missing-fact"


class CalendarMissing(Refusal):
    """Working days were asked of a year whose holiday notice nobody entered."""

    code = "calendar-missing"


class Ambiguous(Refusal):
    """Two readings are possible and nobody has chosen one."""

    code = "ambiguous"


class Unreadable(Refusal):
    """A text is not a date, a duration, a number of a case …"""

    code = "unreadable"
