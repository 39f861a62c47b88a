"""The court's own signing key: made at first need, kept in the data folder, never in the database."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from mingjing.domain.reasons import Refusal
from mingjing.services.highest import highest_court
from mingjing.services.installation import now
from mingjing.services.on_disk import settle_folder
from mingjing.services.proving.signing import Signer, make_key, read_key
from mingjing.storage.auditlog.models import Act, SignedCheckpoint

NEW_KEY = "更换日志密钥"


class LostKey(Refusal):
    """Checkpoints were signed before, and the key that signed them is not there."""

    code = "lost-log-key"


def key_path() -> Path:
    """Where the key file stands."""
    return Path(settings.CONFIGURATION.data) / "keys" / "log-signing-key"


def waiting_path() -> Path:
    """Where a new key stands until the entry about it does."""
    return key_path().with_name("waiting-log-signing-key")


def settle_key() -> None:
    """A new key takes its place once the log has the entry about it; the old one is kept beside it. Where the
    process ended in between, the next that asks for the key does the rest."""
    path, waiting = key_path(), waiting_path()
    if not waiting.exists():
        return
    told = Act.objects.filter(verb=NEW_KEY).order_by("-seq").first()
    if told is None or json.loads(told.payload or "{}").get("公钥") != read_key(waiting).vkey:
        return
    if path.exists():
        path.rename(path.with_name(f"{path.name}-{now():%Y%m%d%H%M%S}"))
    waiting.rename(path)
    settle_folder(path.parent)


def own_key() -> Signer:
    """The key, made on first use and named after the highest court of the installation.

    Raises
    ------
    LostKey   checkpoints exist and the file is gone: a new key would look like another log
    """
    settle_key()
    path = key_path()
    if path.exists():
        return read_key(path)
    if SignedCheckpoint.objects.exists():
        raise LostKey(
            f"日志的签名密钥 {path} 不见了，以前的检查点是用它签的。请从备份恢复这个文件；"
            "确实找不回来，执行 mingjing log new-key，并通知所有见证单位更换公钥。"
        )
    return make_key(path, f"{_place()}/mingjing-log")


def own_vkeys() -> tuple[str, ...]:
    """The public keys of this log: the one in use, and those it replaced, kept beside it."""
    settle_key()
    path = key_path()
    files = [path, *sorted(path.parent.glob(f"{path.name}-*"), reverse=True)]
    return tuple(read_key(one).vkey for one in files if one.exists())


def key_state() -> tuple[str, str]:
    """The public key in use, and what is wrong with the key file; one of the two is empty."""
    try:
        keys = own_vkeys()
    except Refusal as refusal:
        return "", refusal.message
    if keys:
        return keys[0], ""
    if SignedCheckpoint.objects.exists():
        return "", "签名密钥文件不在数据目录里，签不了检查点。请从备份恢复。"
    return "", ""


def _place() -> str:
    top = highest_court()
    return "".join(top.code.split()) if top else "mingjing"
