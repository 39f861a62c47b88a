"""Files from outside: few, small, checked as everywhere, off the disk again where the form was refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum

from mingjing.services.installation import today
from mingjing.services.records.evidence import Incoming, receive
from mingjing.services.records.filetypes import FileRefused
from mingjing.services.records.writing import File
from mingjing.services.window.offers import FILES, Form, setting
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Evidence, Record

Uploads: TypeAlias = "Mapping[str, Sequence[UploadedFile[Any]]]"
"""Name of a question → what was chosen there."""


@dataclass(frozen=True, slots=True)
class Received:
    """The files of a form, checked, not yet in their places."""

    files: tuple[tuple[str, Incoming], ...] = ()

    def rows(self) -> tuple[File, ...]:
        """The files as the act takes them."""
        return tuple((label, one.row(), one.name) for label, one in self.files)

    def settle(self) -> None:
        """To their places: the last step of the act, when nothing refuses any more, so that a form which is
        refused leaves no file."""
        for _, one in self.files:
            one.settle()


@contextmanager
def received(court: Court, form: Form, uploads: Uploads) -> Iterator[Received]:
    """The files of a form for as long as its act is written; refused, not one of them stays on the disk, and
    no file of anybody else is touched, even where it is the same one.

    Raises
    ------
    FileRefused   too many, too large together, more than a day may bring, not what its name says
    """
    kinds = {field.value for field in FILES}
    asked = [(one.label, list(uploads.get(one.name, ()))) for one in form.questions if one.kind in kinds]
    _require_few(court, [upload for _, several in asked for upload in several])
    files: list[tuple[str, Incoming]] = []
    try:
        for label, several in asked:
            for upload in several:
                files.append((label, receive(upload)))
        yield Received(tuple(files))
    finally:
        for _, one in files:
            one.drop()


def _require_few(court: Court, files: Sequence[UploadedFile[Any]]) -> None:
    if not files:
        return
    most, megabytes = setting(court, "一次最多文件"), setting(court, "一次最大")
    size = sum(one.size or 0 for one in files)
    if len(files) > most or size > megabytes << 20:
        raise FileRefused(
            f"一次最多 {most} 个文件，合计不超过 {megabytes} MB。其余的凭回执再补，或者送到窗口。"
        )
    came = Record.objects.filter(court=court, receipt__given_by=None, receipt__given_at__date=today(court))
    rows = Evidence.objects.filter(attachments__record__in=came).distinct()
    day = rows.aggregate(all=Sum("size"))["all"] or 0
    if day + size > setting(court, "一天最多") << 20:
        raise FileRefused("今天网上收的文件已经满了。先不带附件提交，明天凭回执补，或者送到窗口。")
