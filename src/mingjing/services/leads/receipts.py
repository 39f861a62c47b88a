"""The receipt as a file: it proves that this content came in by this day, and says not a word of it.

``verify.py receipt`` checks it alone. What was handed in goes into the log as one salted commitment; the salt
is made from the code words, so that nobody who has only the database can try what a report may have said.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from mingjing.domain.auditlog.entries import canonical_payload
from mingjing.domain.auditlog.hashing import SHA256
from mingjing.domain.reasons import Refusal
from mingjing.services.leads import sealing
from mingjing.services.leads.entries import SALT, commitment, committed
from mingjing.services.proving.checkpoints import signed_note
from mingjing.services.proving.exporting import published
from mingjing.storage.auditlog import tree
from mingjing.storage.auditlog.models import Act, SignedCheckpoint
from mingjing.storage.leads.models import Lead

NAME, CONTENT_NAME = "receipt.json", "content.txt"


class NotProvable(Refusal):
    """No checkpoint covers the entry of the report yet."""

    code = "not-provable"


@dataclass(frozen=True, slots=True)
class _Proof:
    """The entry of a report and the first checkpoint that covers it."""

    entry: Act
    checkpoint: SignedCheckpoint


def salt_of(receipt: sealing.Receipt) -> bytes:
    """The salt of the content, for whoever has the code words."""
    return hashlib.blake2b(receipt.private, digest_size=SALT, person=b"content salt").digest()


def content_of(said: Mapping[str, object]) -> bytes:
    """What was handed in, as the text the commitment is about: without the name of whoever reports."""
    lines = [f"反映的法院：{said['法院']}", f"反映谁：{_listed(said['被反映人'])}", f"部门：{said['部门']}"]
    files = said["材料"]
    for name, digest in files if isinstance(files, list) else ():
        lines.append(f"材料：{name} SHA-256 {digest}")
    return "\n".join((*lines, "", str(said["内容"]), "")).encode()


def _listed(names: object) -> str:
    return "、".join(map(str, names)) if isinstance(names, list) else ""


def content_commitment(said: Mapping[str, object]) -> str:
    """The commitment to what was handed in, from the opened report."""
    return commitment(content_of(said), bytes.fromhex(str(said["回执盐"])))


def provable(lead: Lead) -> bool:
    """Whether a receipt file can be given already: the next checkpoint of the log was signed."""
    return _proof(lead) is not None


def receipt_file(lead: Lead, receipt: sealing.Receipt) -> bytes:
    """The receipt of a report, for ``verify.py``. Raises NotProvable.

    It stands under the first checkpoint that covers the entry. None is signed because somebody asks: a
    checkpoint out of turn would tell everybody who sees the list of them that a report has come in.
    """
    proof = _proof(lead)
    if proof is None:
        raise NotProvable("回执文件要等日志签了下一个检查点才有，每天签一次。请明天再凭这八个词来取。")
    path = tree.inclusion([proof.entry.seq], proof.checkpoint.size)[proof.entry.seq]
    item = {
        **published(proof.entry, contents=True),
        "proof": [base64.b64encode(step).decode() for step in path],
    }
    return canonical_payload(
        {
            "format": "mingjing-receipt-1",
            "hash": SHA256.name,
            "checkpoint": signed_note(proof.checkpoint),
            "entries": [item],
            "content_salt": salt_of(receipt).hex(),
        }
    )


def fits(lead: Lead, said: Mapping[str, object]) -> bool:
    """Whether an opened report is what the log and the reporter's receipt commit to."""
    entry = Act.objects.filter(seq=lead.entry).first() if lead.entry is not None else None
    if entry is None or not entry.payload:
        return False
    expected = committed(content_commitment(said), bytes.fromhex(str(said["回执盐"])))
    return bool(json.loads(entry.payload) == expected)


def _proof(lead: Lead) -> _Proof | None:
    entry = Act.objects.filter(seq=lead.entry).first() if lead.entry is not None else None
    if entry is None or lead.commitment not in entry.payload:
        return None
    covering = SignedCheckpoint.objects.filter(size__gt=entry.seq).order_by("size").first()
    return _Proof(entry, covering) if covering is not None else None
