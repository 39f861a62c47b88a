"""An approved draft becomes a file: whole, after its entry in the log, by one writer at a time."""

from __future__ import annotations

import fcntl
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mingjing.definitions.definition import Definition
from mingjing.definitions.files import content_hash
from mingjing.definitions.problems import Problem, Severity
from mingjing.definitions.registry import Registry
from mingjing.domain.reasons import Refusal
from mingjing.services.installation import folders_of, look_again, published_folder, registry
from mingjing.services.on_disk import settle_folder
from mingjing.storage.drafts.models import Draft
from mingjing.storage.people.models import Court

logger = logging.getLogger(__name__)
WAITING = ".waiting"
"""How the name of a text ends that is complete and not yet in force; it also begins with a dot."""


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """An approved text that lies complete beside its place, under a name no definition is read from;
    ``written`` is None where the version was there already."""

    place: Path
    written: Path | None


@contextmanager
def publishing(court: Court, definition: Definition, text: str, *, base_hash: str) -> Iterator[Waiting]:
    """Make the text one of the court's own definitions if, and only if, what is done inside succeeds.

    The file takes its name after the transaction inside was committed: nothing is in force that no entry of
    the log says. Killed in between, or where a disk says it failed to commit and has, ``settle_published``
    gives it its name or removes it.

    Raises
    ------
    NotPublishable   what it began from has changed meanwhile, it would break another file, the version is
                     there already, or the disk refuses
    """
    with _one_writer(court):
        waiting = _prepared(court, definition, text, base_hash)
        try:
            yield waiting
        except Refusal:  # nothing was committed; of any other end only the database can tell
            if waiting.written is not None:
                waiting.written.unlink(missing_ok=True)
            raise
        if waiting.written is not None:
            _name(waiting.written, waiting.place)
    look_again()


def _prepared(court: Court, definition: Definition, text: str, base_hash: str) -> Waiting:
    look_again()
    place = published_folder(court) / place_of(definition)
    if place.is_file() and content_hash(place.read_text(encoding="utf-8")) == definition.content_hash:
        return Waiting(place, None)  # what earlier versions wrote before a power cut
    require_base(court, definition, base_hash)
    if problems := new_problems(court, text):
        raise _breaking(court, problems)
    if place.exists():
        raise NotPublishable(
            f"“{definition.label}”已有 {definition.since or '这一份'} 版。请把 from 改成以后的日期。",
            example="from: 2026-12-01",
        )
    try:
        return Waiting(place, _written(place, text))
    except OSError as error:
        raise _refused(court, error) from error


def _breaking(court: Court, problems: tuple[Problem, ...]) -> NotPublishable:
    """What the draft breaks; or, where it breaks nothing, which file somebody spoilt since the last look."""
    without = set(Registry.load(*folders_of(court)).problems)
    own = [one for one in problems if one not in without]
    if own:
        return NotPublishable("这份草稿会使制度文件出错，不能施行：" + "；".join(map(str, own[:3])))
    return NotPublishable(
        "这份草稿没有错，是另一份制度文件改坏了；它改好以前，批准的制度施行不了。"
        f"草稿还在，请系统管理员先改好这一处，再来批准：{problems[0]}"
    )


def settle_published() -> int:
    """Finish what a power cut interrupted: a text whose approval stands in the database takes its name, one
    whose approval never came about is removed; how many took theirs."""
    settled = 0
    for court in Court.objects.order_by("pk"):
        folder = published_folder(court)
        if not any(folder.rglob(f"*{WAITING}")):
            continue
        with _one_writer(court):
            approved = Draft.objects.filter(court=court, state=Draft.State.APPROVED)
            hashes = frozenset(approved.values_list("content_hash", flat=True))
            for written in sorted(folder.rglob(f"*{WAITING}")):
                if content_hash(written.read_text(encoding="utf-8")) in hashes:
                    settled += _name(written, _place_beside(written))
                else:
                    written.unlink()
    if settled:
        look_again()
    return settled


def require_base(court: Court, definition: Definition, base_hash: str) -> None:
    """What the draft began from must still be the newest version. Raises NotPublishable."""
    newest = next(iter(registry(court).files(definition.id)), None)
    if newest and not base_hash:
        raise NotPublishable(
            f"“{definition.id}”已经是现行的“{newest.label}”的编号，这份草稿不是照着它起草的。要改它，请重新起草，"
            "选“改现行的一份，作为新版”；本来是另一件事的，请换一个 id。",
            example=f"id: {definition.id}_2",
        )
    if (newest.content_hash if newest else "") != base_hash:
        since = newest.since if newest else None
        what = f"已有{f' {since} 版' if since else '新的一版'}" if newest else "已经没有了"
        raise NotPublishable(
            f"起草期间“{definition.label}”{what}，不是您起草时看到的那一份。请对照新版修改后重新提交。"
        )


@contextmanager
def _one_writer(court: Court) -> Iterator[None]:
    folder = published_folder(court)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise _refused(court, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _refused(court: Court, error: OSError) -> NotPublishable:
    folder = published_folder(court)
    return NotPublishable(f"制度文件写不进 {folder}：{error.strerror}。草稿还在，请联系系统管理员。")


def _place_beside(written: Path) -> Path:
    return written.with_name(written.name.removeprefix(".").removesuffix(WAITING))


def _written(place: Path, text: str) -> Path:
    """All of the text on the disk, beside its place."""
    place.parent.mkdir(parents=True, exist_ok=True)
    written = place.with_name(f".{place.name}{WAITING}")
    try:
        with written.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        settle_folder(place.parent)
    except OSError:
        written.unlink(missing_ok=True)
        raise
    return written


def _name(written: Path, place: Path) -> bool:
    """Give the text its name; whether it has it. What the disk refuses is tried again by the clock."""
    try:
        written.replace(place)
        settle_folder(place.parent)
    except OSError as error:
        logger.warning("已批准的制度暂时写不进 %s，稍后再试：%s", place, error)
        return False
    return True
