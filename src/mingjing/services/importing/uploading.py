"""A file comes in: kept on the disk, looked at, entered as a batch. Nothing of it is read into cases yet."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path, PurePath

from django.conf import settings
from django.utils import timezone

from mingjing.domain.reasons import Refusal
from mingjing.imports.refusals import FileTooLarge
from mingjing.services.actors import Actor
from mingjing.services.acts import Machine, act
from mingjing.services.importing.sources import Look, look
from mingjing.services.installation import now
from mingjing.services.on_disk import settle_folder
from mingjing.services.permissions import NotVisible, require
from mingjing.storage.batches.models import Batch
from mingjing.storage.people.models import Court


class NotKept(Refusal):
    """The file could not be stored: the disk is full, or the files folder cannot be written."""

    code = "import-not-kept"


def upload(
    actor: Actor | Machine,
    *,
    court: Court,
    filename: str,
    chunks: Iterable[bytes],
    encoding: str = "",
) -> Batch:
    """Keep the file and look at it. A file that cannot be opened is refused and not kept.

    The console of the machine may import into any court.

    Raises
    ------
    ImportRefused           torn, empty, protected, too large, not a table or log
    NotKept                 the disk is full or cannot be written
    NotAllowed, NotVisible  no right to import, or not into this court
    """
    if isinstance(actor, Actor):
        require(actor, "导入数据")
        if court not in actor.courts:
            raise NotVisible
    ending = "".join(PurePath(filename).suffixes[-2:])[:12]
    with_name = f"{secrets.token_hex(12)}{ending if ending.isascii() else ''}"
    try:
        digest, size = keep(chunks, with_name)
    except BaseException:
        discard(with_name)
        raise
    batch = Batch(
        court=court,
        uploaded_by=actor.person if isinstance(actor, Actor) else None,
        uploaded_at=now(),
        filename=PurePath(filename.replace("\\", "/")).name[:200],
        sha256=digest,
        stored=f"imports/{with_name}",
        encoding=encoding,
        origin="页面" if isinstance(actor, Actor) else actor.name,
        moved_at=timezone.now(),
    )
    try:
        look(batch)
        with act(
            actor, "上传文件", needs="导入数据", subject_kind="导入", subject_id="", court=court
        ) as record:
            batch.save()
            record.subject_id = str(batch.pk)
            record.payload = {"文件": batch.filename, "摘要": batch.sha256, "字节": size}
    except BaseException:
        discard(with_name)
        raise
    return batch


def keep(chunks: Iterable[bytes], name: str) -> tuple[str, int]:
    """Write the bytes under the files folder; their SHA-256 and how many.

    Raises
    ------
    FileTooLarge   above the limit of the installation
    NotKept        the disk is full or cannot be written
    """
    digest, size = hashlib.sha256(), 0
    megabytes = settings.CONFIGURATION.upload_limit_mb
    try:
        folder = Path(settings.MEDIA_ROOT) / "imports"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > megabytes * 1024 * 1024:
                    raise FileTooLarge(
                        f"文件超过 {megabytes} MB 的上限。请按年度或庭室拆成几个文件；"
                        "上限由系统管理员在 MINGJING_UPLOAD_LIMIT_MB 里改。"
                    )
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        settle_folder(folder)
    except OSError as error:
        raise NotKept(disk_words(error)) from error
    return digest.hexdigest(), size


def discard(name: str) -> None:
    """Take a file away that became no batch; a disk that refuses even that is left alone."""
    try:
        (Path(settings.MEDIA_ROOT) / "imports" / name).unlink(missing_ok=True)
    except OSError:
        return


def disk_words(error: OSError) -> str:
    """What went wrong with the disk, in words for the page and for the batch."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "服务器磁盘已满，没有写入任何内容。请系统管理员腾出空间后再办一次。"
    return f"服务器磁盘读写失败（{error.strerror or error}），没有写入任何内容。请告诉系统管理员后再办一次。"


def look_again(batch: Batch, encoding: str) -> Look:
    """The file under another encoding, chosen by the user.

    Raises
    ------
    EncodingUnknown   the bytes are not text of that encoding
    """
    batch.encoding = encoding
    found = look(batch)
    batch.save(update_fields=["encoding"])
    return found


def same_before(batch: Batch) -> Batch | None:
    """The last batch of this court that brought in the very same bytes."""
    rows = Batch.objects.filter(court=batch.court, sha256=batch.sha256, state=Batch.State.DONE)
    return rows.exclude(pk=batch.pk).order_by("-pk").first()
