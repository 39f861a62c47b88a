"""The conversation with the reporter, who has nothing but the receipt: asked progress, messages, answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mingjing.services.actors import Actor
from mingjing.services.installation import today
from mingjing.services.leads import parts, receipts, sealing
from mingjing.services.leads.entries import sealed_act
from mingjing.services.leads.keys import installation_salt
from mingjing.services.leads.receiving import EmptyReport, SealedFile, keep_file
from mingjing.services.leads.sight import SEE_LEADS, find_lead
from mingjing.storage.auditlog.models import Act
from mingjing.storage.leads.models import Lead, LeadPart

MOST_MESSAGE = 5_000
STAGES = {
    "待受理": "已收到，等待受理",
    "待会商": "已受理，正在研判",
    "待批方案": "已受理，正在研判",
    "核查中": "正在核查",
    "待审查": "正在核查",
    "待归档": "已办结",
    "已归档": "已办结",
    "已移送": "已移送其他机关办理",
}
"""What the reporter is told: nothing that would tell the reported how far it has come."""


@dataclass(frozen=True, slots=True)
class Word:
    """One line of the conversation."""

    mine: bool
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What the holder of a receipt sees. ``leaf`` is the hash of the entry of the log that carries the
    commitment, ``seq`` its number; once ``provable``, a file proves that this content was here on that day.
    ``own``: what was handed in is sealed to the receipt, and can be had as a file."""

    received_on: date
    stage: str
    words: tuple[Word, ...]
    commitment: str
    seq: int | None
    leaf: str
    provable: bool
    own: bool


def _found(text: str) -> tuple[Lead, sealing.Receipt]:
    receipt = sealing.read_receipt(text, installation_salt())
    lead = Lead.objects.filter(receipt=receipt.mark).first()
    if lead is None:
        raise sealing.WrongReceipt("没有这张回执。请逐字核对，词的次序也要一样。")
    return lead, receipt


def progress(text: str) -> Progress:
    """How a report stands, for whoever holds its receipt. Raises WrongReceipt."""
    lead, receipt = _found(text)
    said = parts.open_for_reporter(lead, receipt)
    words = tuple(
        Word(one.part.kind in parts.FROM_REPORTER, one.part.on, str(one.says.get("内容", ""))) for one in said
    )
    entry = Act.objects.filter(seq=lead.entry).first() if lead.entry is not None else None
    stage = STAGES.get(lead.state, "正在办理")
    leaf, own = entry.leaf if entry else "", any(one.part.kind == parts.REPORT for one in said)
    whole = receipts.provable(lead)
    return Progress(lead.opened_on, stage, words, lead.commitment, lead.entry, leaf, whole, own)


def receipt_file(text: str) -> bytes:
    """The receipt that ``verify.py`` checks. Raises WrongReceipt, NotProvable."""
    return receipts.receipt_file(*_found(text))


def content_file(text: str) -> bytes:
    """What was handed in, as the receipt commits to it. Raises WrongReceipt.

    What somebody of the court wrote down for a caller is not sealed to the caller's receipt.
    """
    lead, receipt = _found(text)
    for piece in parts.open_for_reporter(lead, receipt):
        if piece.part.kind == parts.REPORT:
            return receipts.content_of(piece.says)
    raise sealing.WrongReceipt("这件是工作人员代为登记的，登记的内容不在您的回执里；回执文件可以照常下载。")


@transaction.atomic
def write_message(text: str, message: str, files: Sequence[SealedFile] = ()) -> None:
    """A message of the reporter to the team. Raises WrongReceipt, EmptyReport."""
    lead, _ = _found(text)
    with sealed_act(None, "举报人来信", subject=lead.mark):
        _say(lead, parts.MESSAGE, message, files)


@transaction.atomic
def answer(actor: Actor, pk: int, message: str) -> LeadPart:
    """An answer or a question of the team to the reporter. Raises NotVisible, EmptyReport."""
    with sealed_act(actor, "答复举报人", needs=SEE_LEADS):
        lead = find_lead(actor, pk, lock=True)
        return _say(lead, parts.ANSWER, message, ())


def _say(lead: Lead, kind: str, message: str, files: Sequence[SealedFile]) -> LeadPart:
    plain = message.strip()
    if not plain or len(plain) > MOST_MESSAGE:
        raise EmptyReport(f"请写内容，最多 {MOST_MESSAGE:,} 字。")
    readers = parts.readers_of(lead)
    for one in files:
        keep_file(lead, one, readers)
    said = {"内容": plain}
    return parts.write_part(lead, kind, said, today(lead.court), readers=readers, reporter=True)
