"""A proof for people outside: entries, their paths, the signed checkpoint, a page to read, in one .zip.

The .zip is written the one way that ``verify.py`` can write again: stored, not compressed, without a date. So
a flipped bit anywhere in it is refused.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Sequence

from mingjing.documents.proof_page import ProofPage, ProvedLine, write_proof_page
from mingjing.domain.auditlog.checkpoints import read_note
from mingjing.domain.auditlog.entries import canonical_payload
from mingjing.domain.auditlog.hashing import SHA256
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import CLOCK, Machine, act
from mingjing.services.installation import now
from mingjing.services.permissions import NotVisible, seen_case
from mingjing.services.proving.checkpoints import KIND, NoCheckpoint, latest, sign_checkpoint, signed_note
from mingjing.services.proving.exporting import published
from mingjing.services.reading.acts import CASE, words_of
from mingjing.services.records.sight import seen_record
from mingjing.services.records.verbs import KIND as RECORD
from mingjing.services.records.versions import register_at
from mingjing.storage.assignment.models import FilingDay
from mingjing.storage.auditlog import tree
from mingjing.storage.auditlog.models import Act, SignedCheckpoint

GIVE, DAY = "出具证明", "立案日"
OPEN = "公开"
MOST = 2_000


class NothingToProve(Refusal):
    """The log holds no entry about it, or none of these numbers."""

    code = "nothing-to-prove"


def bundle_of_case(actor: Actor, case_id: int) -> tuple[str, bytes]:
    """The case number, and the bundle of everything the log says about the case.

    Raises
    ------
    NotVisible       the case does not exist, or not for this actor
    NothingToProve   the log says nothing about it
    """
    case = seen_case(actor, case_id)
    rows = _about(CASE, case_id)
    return case.number, _give(actor, "查看案件", CASE, case_id, case.number, rows, contents=True)


def bundle_of_record(actor: Actor, record_id: int) -> tuple[str, bytes]:
    """The number of a record, and its bundle. Contents are left out unless everybody may read all of it.

    Raises
    ------
    NotVisible       the record does not exist, or not for this actor
    NothingToProve   the log says nothing about it
    """
    record = seen_record(actor, record_id)
    register = register_at(record)
    plain = register.secrecy == OPEN and not any(field.seen_by for field in register.fields)
    title = f"{register.label} {record.number}"
    rows = _about(RECORD, record_id)
    return title, _give(actor, "查看台账", RECORD, record_id, title, rows, contents=plain)


def bundle_of_day(actor: Actor, day_id: int) -> tuple[str, bytes]:
    """The name of a filing day, and the bundle of all that was done on it, contents included: lists before
    promises, promises before reveals. They name departments and digests; who was drawn is told by code.

    Raises
    ------
    NotVisible   another court's day, or unknown
    """
    day = FilingDay.objects.filter(court=actor.court, pk=day_id).first()
    if day is None:
        raise NotVisible
    title = f"{day.on}立案日"
    return title, _give(actor, "查看分案", DAY, day_id, title, _about(DAY, day_id), contents=True)


def bundle_of_entries(machine: Machine, seqs: Sequence[int]) -> bytes:
    """The bundle of these entries, without their contents; asked for at the console.

    Raises
    ------
    NothingToProve   one of the numbers is not in the log
    """
    rows = list(Act.objects.filter(seq__in=seqs).order_by("seq"))
    if missing := sorted(set(seqs) - {row.seq for row in rows}):
        raise NothingToProve(f"日志里没有第 {missing[0]} 条。", allowed=(f"0 到 {tree.size() - 1}",))
    return _give(machine, None, KIND, seqs[0], "日志", rows, contents=False)


def _about(kind: str, pk: int) -> list[Act]:
    return list(Act.objects.filter(subject_kind=kind, subject_id=str(pk)).order_by("seq")[:MOST])


def _give(
    actor: Actor | Machine,
    needs: str | None,
    kind: str,
    pk: int,
    title: str,
    rows: Sequence[Act],
    *,
    contents: bool,
) -> bytes:
    checkpoint, proved = _covered(title, rows)
    with act(actor, GIVE, needs=needs, subject_kind=kind, subject_id=pk) as entry:
        entry.payload = {"条目": [row.seq for row in proved], "检查点": checkpoint.size}
        remarks = [] if contents else ["按规定，内容不随本证明附出；每条的承诺都在，日后可以凭内容和盐对证。"]
        if later := len(rows) - len(proved):
            remarks.append(f"另有 {later} 条写在这个检查点之后，下一个检查点签出后可以再取。")
        court = actor.court.name if isinstance(actor, Actor) else ""
        return _packed(title, court, checkpoint, proved, remarks, contents=contents)


def _covered(title: str, rows: Sequence[Act]) -> tuple[SignedCheckpoint, list[Act]]:
    """The newest checkpoint and what it covers; a new one where the newest covers nothing of it."""
    if not rows:
        raise NothingToProve(f"日志里没有关于“{title}”的条目。")
    try:
        checkpoint = latest()
    except NoCheckpoint:
        checkpoint = sign_checkpoint(CLOCK)
    if rows[0].seq >= checkpoint.size:
        checkpoint = sign_checkpoint(CLOCK)
    return checkpoint, [row for row in rows if row.seq < checkpoint.size]


def _packed(
    title: str,
    court: str,
    checkpoint: SignedCheckpoint,
    rows: Sequence[Act],
    remarks: Sequence[str],
    *,
    contents: bool,
) -> bytes:
    note = signed_note(checkpoint)
    paths = tree.inclusion([row.seq for row in rows], checkpoint.size)
    items = [
        {
            **published(row, contents=contents),
            "proof": [base64.b64encode(step).decode() for step in paths[row.seq]],
        }
        for row in rows
    ]
    proof = {"format": "mingjing-proof-1", "hash": SHA256.name, "checkpoint": note, "entries": items}
    point, signatures = read_note(note)
    page = ProofPage(
        title=title,
        court=court or point.origin,
        made=f"{now():%Y-%m-%d %H:%M} UTC",
        lines=[_line(row, contents=contents) for row in rows],
        origin=point.origin,
        size=point.size,
        root=point.root.hex(),
        note=note,
        signers=[one.name for one in signatures],
        remarks=remarks,
    )
    return pack(
        (
            ("proof.json", canonical_payload(proof)),
            ("checkpoint.txt", note.encode()),
            ("说明.html", write_proof_page(page).encode()),
        )
    )


def _line(row: Act, *, contents: bool) -> ProvedLine:
    said = words_of(row) if contents and row.payload else None
    return ProvedLine(row.seq, row.at, row.actor_name, row.verb, row.why, said)


def pack(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """A .zip of these files that is the same on every machine and at every time."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, data in parts:
            plain = zipfile.ZipInfo(name)
            plain.create_system = 3
            archive.writestr(plain, data)
    return box.getvalue()
