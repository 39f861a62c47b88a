"""The witness's own side: another office keeps a key and what it saw last, and signs only what continues it.

It needs no database and no account at the court; all it knows stands in one folder: ``witness-key``, ``seen``
(the last note of each log), ``signed`` (what it countersigned, a folder for each log), ``evidence`` (what it
refused, kept whole).
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import requests

from mingjing.domain.auditlog.checkpoints import COSIGNATURE, Checkpoint, read_note
from mingjing.domain.auditlog.witnessing import Forked, continues, read_handed
from mingjing.domain.reasons import Refusal
from mingjing.services.on_disk import settle_folder
from mingjing.services.proving.signing import Signer, make_key, read_key, signed_at

KEY = "witness-key"
LONGEST = 1_000_000
"""Bytes of a checkpoint that a witness reads: a real one has a few thousand."""
SECONDS = 20


class NotWitnessed(Refusal):
    """The witness did not sign: the checkpoint is not reachable, or not signed by the court's key."""

    code = "not-witnessed"


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What the witness signed: the checkpoint, the one before, the note to send back, its file."""

    checkpoint: Checkpoint
    before: Checkpoint | None
    note: str
    file: Path


def begin(folder: Path, name: str) -> Signer:
    """Make the witness's key in a new folder; a key that is there already is used again.

    Raises
    ------
    BadKey   the name cannot be a key's name
    """
    path = folder / KEY
    return read_key(path) if path.exists() else make_key(path, name, COSIGNATURE)


def fetch(source: str, old: int) -> str:
    """A checkpoint with its proof, from a file or from the court's address.

    Raises
    ------
    NotWitnessed   nothing can be read there
    """
    if not source.startswith(("http://", "https://")):
        with Path(source).open("rb") as file:
            return _text(file.read(LONGEST + 1), source)
    try:
        address = source.rstrip("/") + "/log/checkpoint"
        with requests.get(address, params={"old": old}, timeout=SECONDS, stream=True) as answer:
            answer.raise_for_status()
            return _text(answer.raw.read(LONGEST + 1, decode_content=True), source)
    except requests.RequestException as error:
        raise NotWitnessed(f"取不到 {source} 的检查点：{error}") from None


def _text(raw: bytes, source: str) -> str:
    try:
        if len(raw) <= LONGEST:
            return raw.decode()
    except UnicodeDecodeError:
        pass
    raise NotWitnessed(f"{source} 给的不是检查点。")


def seen(folder: Path, vkey: str) -> Checkpoint | None:
    """The checkpoint of this log that the witness signed last."""
    path = _seen_file(folder, vkey)
    return read_note(path.read_text(encoding="utf-8"))[0] if path.exists() else None


def witness(folder: Path, vkey: str, source: str, moment: datetime) -> Witnessed:
    """Fetch, check against what was seen last, countersign. What is refused is kept as evidence.

    Raises
    ------
    Forked         the log has another past, or has shrunk; the message names the folder of the evidence
    OutOfStep      another proof is needed
    NotWitnessed   the court's key did not sign it
    BadNote        it is no checkpoint
    """
    signer, before = read_key(folder / KEY), seen(folder, vkey)
    text = fetch(source, before.size if before else 0)
    handed = read_handed(text)
    point, signatures = read_note(handed.note)
    if signed_at(vkey, point, signatures) is None:
        kept = _keep_evidence(folder, vkey, text, moment)
        raise NotWitnessed(f"这份检查点没有“{vkey.split('+')[0]}”的有效签名，没有副署。原件存在 {kept}。")
    try:
        continues(before, handed)
    except Forked as forked:
        kept = _keep_evidence(folder, vkey, text, moment)
        raise Forked(f"{forked.message}两份检查点都有法院的签名，存在 {kept}，没有副署。") from None
    note = handed.note + signer.countersign(point, int(moment.timestamp())).line()
    file = folder / "signed" / _name_of(vkey) / f"{point.size}.txt"
    _write(file, note)
    _write(_seen_file(folder, vkey), note)
    return Witnessed(point, before, note, file)


def _seen_file(folder: Path, vkey: str) -> Path:
    return folder / "seen" / f"{_name_of(vkey)}.txt"


def _name_of(vkey: str) -> str:
    """What the files of one log are called: two logs may come to the same size on the same day."""
    return hashlib.sha256(vkey.encode()).hexdigest()[:16]


def _keep_evidence(folder: Path, vkey: str, text: str, moment: datetime) -> Path:
    """A folder of its own for each refusal: two in one second, of one log or of two, do not write over
    each other."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    place = folder / "evidence" / f"{moment:%Y%m%dT%H%M%S}-{_name_of(vkey)}-{digest}"
    _write(place / "handed.txt", text)
    last = _seen_file(folder, vkey)
    if last.exists():
        _write(place / "seen.txt", last.read_text(encoding="utf-8"))
    return place


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk before it counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    settle_folder(path.parent)
