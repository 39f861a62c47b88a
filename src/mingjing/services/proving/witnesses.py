"""The court's side of being witnessed: who may countersign, and the countersignatures that came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from mingjing.domain.auditlog.checkpoints import COSIGNATURE, BadNote, read_note, read_verifier_key
from mingjing.domain.auditlog.witnessing import Forked
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import Machine, act
from mingjing.services.highest import require_highest
from mingjing.services.installation import now, today
from mingjing.services.proving.checkpoints import KIND, VERIFY
from mingjing.services.proving.signing import signature_of
from mingjing.storage.auditlog.models import Countersignature, SignedCheckpoint, Witness

ADMIT, END, RECEIVE = "登记见证单位", "停用见证单位", "收到副署"
_SOON = 300
"""Seconds by which a witness's clock may run before ours."""


class NoWitness(Refusal):
    """Nobody known signed, or the witness is known already."""

    code = "no-witness"


def admit(actor: Actor | Machine, name: str, vkey: str) -> Witness:
    """Enter a witness with its public key, told face to face or by letter.

    Raises
    ------
    BadNote      the key is misspelt, or is no key for countersigning
    NoWitness    the key is entered already, or the name is empty
    NotAllowed   of another court than the highest: the log is that of all
    """
    require_highest(actor, ADMIT)
    name, vkey = name.strip(), vkey.strip()
    _, _, kind = read_verifier_key(vkey)
    if kind != COSIGNATURE:
        raise BadNote("这是日志的公钥，不是见证人的。请填 mingjing witness init 显示的那一行。")
    if not name:
        raise NoWitness("请填见证单位的名称。", example="云溪市人民检察院")
    if Witness.objects.filter(vkey=vkey).exists():
        raise NoWitness("这个公钥已经登记过了。")
    with act(actor, ADMIT, needs=VERIFY, subject_kind=KIND, subject_id="witness") as entry:
        found = Witness.objects.create(name=name, vkey=vkey, since=today())
        entry.payload = {"见证单位": name, "公钥": vkey}
    return found


def end(actor: Actor | Machine, pk: int, why: str) -> Witness:
    """Take no more countersignatures of a witness after today; those received stay.

    Raises
    ------
    NoWitness    there is none of this number, or it has ended
    NotAllowed   of another court than the highest
    """
    require_highest(actor, END)
    found = Witness.objects.filter(pk=pk, until=None).first()
    if found is None:
        raise NoWitness("没有这个见证单位，或者已经停用。")
    with act(actor, END, needs=VERIFY, subject_kind=KIND, subject_id="witness", why=why) as entry:
        found.until = today()
        found.save(update_fields=["until"])
        entry.payload = {"见证单位": found.name, "公钥": found.vkey}
    return found


def receive(actor: Actor | Machine | None, note: str) -> list[Countersignature]:
    """Take the countersignatures of a note that came back from witnesses; new ones only.

    Raises
    ------
    BadNote     it is no signed checkpoint
    Forked      it is not a checkpoint this court signed
    NoWitness   no witness in force signed it, or only such as are known already
    """
    point, signatures = read_note(note)
    ours = SignedCheckpoint.objects.filter(size=point.size).first()
    if ours is None or read_note(ours.note)[0] != point:
        raise Forked(
            f"这份检查点（{point.origin}，{point.size} 条）不是本院签出的那一份，请保留原件查明来处。"
        )
    known = set(ours.countersignatures.values_list("witness_id", flat=True))
    waiting = [one for one in Witness.objects.filter(until=None) if one.pk not in known]
    latest_moment = int(now().timestamp()) + _SOON
    found = []
    for witness in waiting:
        signed = signature_of(witness.vkey, point, signatures)
        if signed is not None and 0 < signed[1] <= latest_moment:
            found.append((witness, signed[0].line(), datetime.fromtimestamp(signed[1], UTC)))
    if not found:
        names = "、".join(one.name for one in waiting)
        raise NoWitness(
            "上面没有新的、有效的见证人副署。", allowed=(names or "还没有登记见证单位，或者都已签过",)
        )
    return _keep(actor, ours, found)


def _keep(
    actor: Actor | Machine | None,
    checkpoint: SignedCheckpoint,
    found: Sequence[tuple[Witness, str, datetime]],
) -> list[Countersignature]:
    with act(actor, RECEIVE, needs=VERIFY, subject_kind=KIND, subject_id=checkpoint.size) as entry:
        rows = [
            Countersignature(checkpoint=checkpoint, witness=witness, line=line, at=at, received_at=now())
            for witness, line, at in found
        ]
        entry.payload = {"条数": checkpoint.size, "见证单位": [witness.name for witness, _, _ in found]}
        return Countersignature.objects.bulk_create(rows)
