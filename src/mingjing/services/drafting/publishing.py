"""An approved draft becomes a file: written whole or not at all, by one writer at a time."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mingjing.definitions.definition import Definition
from mingjing.definitions.files import content_hash
from mingjing.definitions.problems import Problem, Severity
from mingjing.definitions.registry import Registry
from mingjing.domain.reasons import Refusal
from mingjing.services.installation import folders_of, look_again, published_folder, registry
from mingjing.storage.people.models import Court


class NotPublishable(Refusal):
    """The file cannot be written, or would break what is in force."""

    code = "not-publishable"


def place_of(definition: Definition) -> Path:
    """``ledger/rectification/2026-03-02.yaml`` below the court's folder; no day where a kind has none."""
    name = definition.id.split(".", 1)[1].replace(".", "-")
    if definition.since is None:
        return Path(definition.kind) / f"{name}.yaml"
    return Path(definition.kind) / name / f"{definition.since.isoformat()}.yaml"


def new_problems(court: Court, text: str) -> tuple[Problem, ...]:
    """Errors anywhere among the court's definitions that are there only with this text laid over them."""
    with tempfile.TemporaryDirectory(prefix="mingjing-draft-") as folder:
        draft = Path(folder) / "draft.yaml"
        draft.write_text(text, encoding="utf-8")
        after = Registry.load_with_draft(draft, *folders_of(court))
    known = set(registry(court).problems)
    return tuple(one for one in after.problems if one.severity is Severity.ERROR and one not in known)


def publish(court: Court, definition: Definition, text: str, *, base_hash: str) -> Path:
    """Write the text among the court's own definitions; live at the next question.

    Raises
    ------
    NotPublishable   what it began from has changed meanwhile, it would break another file, the version is
                     there already, or the disk refuses
    """
    with _one_writer(court):
        look_again()
        place = published_folder(court) / place_of(definition)
        if place.is_file() and content_hash(place.read_text(encoding="utf-8")) == definition.content_hash:
            return place  # written before a power cut, and not yet said to be approved
        _require_base(court, definition, base_hash)
        if problems := new_problems(court, text):
            raise NotPublishable("这份草稿会使制度文件出错，不能施行：" + "；".join(map(str, problems[:3])))
        if place.exists():
            raise NotPublishable(
                f"“{definition.label}”已有 {definition.since or '这一份'} 版。请把 from 改成以后的日期。",
                example="from: 2026-12-01",
            )
        _write(place, text)
    look_again()
    return place


def _require_base(court: Court, definition: Definition, base_hash: str) -> None:
    """What the draft began from must still be the newest version."""
    newest = next(iter(registry(court).files(definition.id)), None)
    if (newest.content_hash if newest else "") != base_hash:
        what = f"已有 {newest.since or '新的'} 版" if newest else "已经没有了"
        raise NotPublishable(
            f"起草期间“{definition.label}”{what}，不是您起草时看到的那一份。请对照新版修改后重新提交。"
        )


@contextmanager
def _one_writer(court: Court) -> Iterator[None]:
    folder = published_folder(court)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise NotPublishable(
            f"制度文件写不进 {folder}：{error.strerror}。草稿还在，请联系系统管理员。"
        ) from error


def _write(place: Path, text: str) -> None:
    """A new file under a name that appears only when all of it is on the disk."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
