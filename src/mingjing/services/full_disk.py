"""A disk that takes no more: what the database and the file system say of it, as a refusal with a way out."""

from __future__ import annotations

import errno

from django.db import DatabaseError

from mingjing.domain.reasons import Refusal

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
BROKEN = frozenset({errno.EIO, errno.EROFS})
FULL_WORDS = ("disk is full", "no space left", "disk full", "could not extend file")
BROKEN_WORDS = ("disk i/o error", "readonly database", "read-only")
"""As SQLite and PostgreSQL word it."""


class DiskRefuses(Refusal):
    """The disk of the server is full, broken or read-only; the act was taken back whole."""

    code = "disk-refuses"


def disk_refusal(error: BaseException) -> DiskRefuses | None:
    """What to tell whoever asked; None where the disk is not the cause."""
    number = error.errno if isinstance(error, OSError) else None
    said = str(error).lower() if isinstance(error, DatabaseError) else ""
    if number in FULL or any(word in said for word in FULL_WORDS):
        return DiskRefuses(
            "服务器磁盘已满，这一步没有办成，也没有办一半；以前办成的都在。请系统管理员腾出空间后再办一次。"
        )
    if number in BROKEN or any(word in said for word in BROKEN_WORDS):
        return DiskRefuses(
            "服务器磁盘读写失败，这一步没有办成。请系统管理员检查磁盘、核验日志（mingjing log fsck）后再办。"
        )
    return None
