"""档案封存: the files of an archived case, compared with their digests, listed, never added to (S-323)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from mingjing.domain.ledgers.register import FieldType
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken
from mingjing.services.installation import registry
from mingjing.services.locking import lock_case
from mingjing.services.permissions import NotVisible, cases_seen
from mingjing.storage.cases.models import Case
from mingjing.storage.papers.models import Paper, Seal, SealedFile
from mingjing.storage.records.models import Attachment, Evidence, Record

SEAL, ARCHIVED = "封存档案", "归档"
_CHUNK = 1 << 20


class FileDamaged(Refusal):
    """A kept file is gone, or is not the bytes it was."""

    code = "file-damaged"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a case: where it comes from, its name, its bytes as they were received."""

    source: str
    name: str
    evidence: Evidence

    @property
    def sound(self) -> bool:
        """Whether the bytes still are what was received."""
        return digest_of(self.evidence) == self.evidence.digest


def digest_of(evidence: Evidence) -> str:
    """The SHA-256 of the bytes as they lie there now; empty where they are gone."""
    path = Path(settings.MEDIA_ROOT) / evidence.stored
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except OSError:
        return ""
    return found.hexdigest()


def files_of(case: Case) -> list[Kept]:
    """Every file of a case in a fixed order: its documents, then the attachments of records about it."""
    papers = Paper.objects.filter(case=case).select_related("evidence").order_by("kind", "version")
    found = [Kept(f"{one.kind}第 {one.version} 稿（{one.state}）", one.name, one.evidence) for one in papers]
    rows = Attachment.objects.filter(record__in=_records(case)).select_related("evidence", "record")
    shelf = registry(case.court)
    for one in rows.order_by("record", "pk"):
        register = shelf.newest_register(one.record.register)
        found.append(
            Kept(f"{register.label if register else '台账'} {one.record.number}", one.name, one.evidence)
        )
    return found


def _records(case: Case) -> list[int]:
    """Records with a field that names the case."""
    shelf = registry(case.court)
    found: list[int] = []
    for register_id in shelf.register_ids():
        register = shelf.newest_register(register_id)
        keys = [one.key for one in register.fields if one.type is FieldType.CASE] if register else []
        for key in keys:
            rows = Record.objects.filter(court=case.court, register=register_id, **{f"data__{key}": case.pk})
            found += rows.values_list("pk", flat=True)
    return found


def root_of_catalogue(lines: Iterable[tuple[str, str, str]]) -> str:
    """The digest of a catalogue: source, name and digest of every file, a line each."""
    text = "".join(f"{source}\t{name}\t{digest}\n" for source, name, digest in lines)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_case(actor: Actor, *, case_id: int) -> Seal:
    """Seal the files of a case that was archived; from then on none is added.

    Raises
    ------
    Taken         sealed already, or 归档 is not recorded
    FileDamaged   a file is not what was received: it is named
    """
    with act(actor, SEAL, needs=SEAL, subject_kind="案件", subject_id=case_id) as record:
        case = lock_case(actor, case_id)
        if Seal.objects.filter(case=case).exists():
            raise Taken(f"{case.number}的档案已经封存。")
        if ARCHIVED not in case.milestones:
            raise Taken(f"{case.number}还没有归档，归档以后再封存。请先录入“{ARCHIVED}”。")
        files = files_of(case)
        broken = [one.name for one in files if not one.sound]
        if broken:
            raise FileDamaged(
                f"有 {len(broken)} 个文件与收到时不一样，不能封存：{'、'.join(broken[:5])}。",
                example="从备份恢复后再封存",
            )
        lines = [(one.source, one.name, one.evidence.digest) for one in files]
        seal = Seal.objects.create(
            case=case,
            court=case.court,
            root=root_of_catalogue(lines),
            files=len(files),
            sealed_on=actor.on,
            sealed_by=actor.person,
            checked_on=actor.on,
        )
        SealedFile.objects.bulk_create(_rows(seal, files))
        record.payload = {"案号": case.number, "件数": len(files), "目录摘要": seal.root}
    return seal


def _rows(seal: Seal, files: list[Kept]) -> Iterator[SealedFile]:
    for place, one in enumerate(files, start=1):
        yield SealedFile(
            seal=seal, place=place, source=one.source[:120], name=one.name[:200], evidence=one.evidence,
            digest=one.evidence.digest,
        )  # fmt: skip


def verify_seal(actor: Actor, *, seal_id: int) -> Seal:
    """Compare every sealed file with its line, and the catalogue with its root; what no longer agrees is kept
    on the seal.

    Raises
    ------
    NotVisible   no such seal, or its case is not seen
    """
    known = Seal.objects.filter(pk=seal_id, case__in=cases_seen(actor)).select_related("case").first()
    if known is None:
        raise NotVisible
    with act(actor, "核验档案", needs=SEAL, subject_kind="案件", subject_id=known.case_id) as record:
        lock_case(actor, known.case_id)
        seal = Seal.objects.get(pk=seal_id)
        lines = list(seal.lines.select_related("evidence"))
        broken = [one.name for one in lines if digest_of(one.evidence) != one.digest]
        whole = root_of_catalogue((one.source, one.name, one.digest) for one in lines)
        if whole != seal.root or len(lines) != seal.files:
            broken.append("目录本身")
        seal.checked_on, seal.broken = actor.on, broken
        seal.save(update_fields=["checked_on", "broken"])
        record.payload = {"案号": known.case.number, "件数": len(lines), "不符": len(broken)}
    return seal
