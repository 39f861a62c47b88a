"""Signed checkpoints: one a day by the clock, more on demand; what of them leaves the house."""

from __future__ import annotations

import logging
from datetime import date

from mingjing.domain.auditlog.checkpoints import Checkpoint, read_note, write_note
from mingjing.domain.auditlog.witnessing import Handed
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import CONSOLE, Machine, act
from mingjing.services.installation import now, today
from mingjing.services.proving.own_key import NEW_KEY, own_key, settle_key, waiting_path
from mingjing.services.proving.signing import Signer, make_key
from mingjing.storage.auditlog import tree
from mingjing.storage.auditlog.models import SignedCheckpoint

SIGN, KIND = "签检查点", "日志"
VERIFY = "核验日志"
"""The right to sign and to verify."""
logger = logging.getLogger(__name__)


class NoCheckpoint(Refusal):
    """The log has no signed checkpoint yet, or none of that size."""

    code = "no-checkpoint"


def sign_checkpoint(actor: Actor | Machine | None) -> SignedCheckpoint:
    """Sign the log as it is now. The entry about it names size and root, and is itself part of the next.

    Raises
    ------
    LostKey        the key is not there
    MissingEntry   the log has a hole: such a log is not signed
    """
    signer = own_key()
    tree.extend()
    with act(actor, SIGN, needs=VERIFY, subject_kind=KIND, subject_id="") as entry:
        leaves = tree.extend()
        point = Checkpoint(signer.name, leaves, tree.root_at(leaves))
        found = SignedCheckpoint.objects.create(
            size=leaves,
            root=point.root.hex(),
            day=today(),
            made_at=now(),
            note=write_note(point, (signer.sign(point),)),
        )
        entry.subject_id = str(leaves)
        entry.payload = {"条数": leaves, "根": point.root.hex(), "公钥": signer.vkey}
    return found


def sign_daily(on: date) -> SignedCheckpoint | None:
    """The checkpoint of the day, signed unless one exists; what keeps it from being signed never stops the
    clock: it is logged, and the page of checkpoints says so."""
    if SignedCheckpoint.objects.filter(day__gte=on).exists():
        return None
    try:
        return sign_checkpoint(None)
    except (Refusal, OSError) as problem:
        logger.error("今天的检查点没有签成：%s", problem)
        return None


def replace_key(why: str) -> Signer:
    """A new key in the place of the old one, which is kept beside it; done at the console, with one entry.
    Nothing is signed by it before that entry stands: the old key holds until then."""
    settle_key()
    waiting_path().unlink(missing_ok=True)
    with act(CONSOLE, NEW_KEY, needs=None, subject_kind=KIND, subject_id="key", why=why) as entry:
        signer = make_key(waiting_path(), own_name())
        entry.payload = {"公钥": signer.vkey}
    settle_key()
    return signer


def own_name() -> str:
    """The name of the log: that of its checkpoints, else of its key."""
    last = SignedCheckpoint.objects.first()
    return read_note(last.note)[0].origin if last else own_key().name


def latest(size: int | None = None) -> SignedCheckpoint:
    """The newest checkpoint, or the one of this size.

    Raises
    ------
    NoCheckpoint   there is none
    """
    rows = SignedCheckpoint.objects.all()
    found = rows.first() if size is None else rows.filter(size=size).first()
    if found is None:
        told = "日志还没有检查点。" if size is None else f"没有 {size} 条时的检查点。"
        raise NoCheckpoint(f"{told}时钟每天签一个；也可以在 审计 · 检查点 现在签一个。")
    return found


def signed_note(checkpoint: SignedCheckpoint) -> str:
    """The checkpoint with every countersignature received so far."""
    return checkpoint.note + "".join(one.line for one in checkpoint.countersignatures.all())


def handed(old: int) -> Handed:
    """The newest checkpoint for a witness that has seen the log at ``old`` entries (0: never).

    Raises
    ------
    NoCheckpoint   there is none, or the witness has seen more than there is: then it decides what that means
    """
    found = latest()
    proof = tree.consistency(old, found.size) if 0 < old < found.size else ()
    return Handed(old, proof, signed_note(found))
