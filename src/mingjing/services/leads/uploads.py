"""Files for leads on their way in: kept in memory, checked, never written in the open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from mingjing.services.installation import today
from mingjing.services.leads.parts import FILE
from mingjing.services.leads.receiving import SealedFile
from mingjing.services.numbers_set import number_set
from mingjing.services.records.filetypes import FileRefused, clean_name, kind_of
from mingjing.storage.leads.models import LeadPart
from mingjing.storage.people.models import Court

MOST_BYTES = 20 << 20
MOST_FILES = 5
SETTINGS, DAY = "dictionary.security_settings", "举报附件每天"


class _InMemory(MemoryFileUploadHandler):
    """Keeps uploads in memory, however large the request may be up to the limit."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803
        self.activated = content_length <= MOST_BYTES + (1 << 20)


def uploads_in_memory(request: HttpRequest) -> None:
    """Keep the files of a request off the disk; before anything reads it."""
    request.upload_handlers = [_InMemory(request)]


def sealed_uploads(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose files stay in memory: said before anything reads the request, forgery checked after."""

    @csrf_exempt
    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        uploads_in_memory(request)
        return csrf_protect(view)(request, *args, **kwargs)

    return serve


def check_files(uploads: Iterable[UploadedFile[Any]]) -> tuple[SealedFile, ...]:
    """What was uploaded, checked to be what its name says.

    Raises
    ------
    FileRefused   too many, too large together, empty, not what its name says, damaged, a bomb
    """
    found = list(uploads)
    if len(found) > MOST_FILES or sum(one.size or 0 for one in found) > MOST_BYTES:
        raise FileRefused(f"最多 {MOST_FILES} 个文件，合计不超过 {MOST_BYTES >> 20} MB。其余的可以下次补充。")
    return tuple(_checked(one) for one in found)


def _checked(upload: UploadedFile[Any]) -> SealedFile:
    name, content = clean_name(upload.name or ""), upload.read()
    if not content:
        raise FileRefused(f"“{name}”是空的。")
    return SealedFile(name, kind_of(BytesIO(content), name, len(content)).media_type, content)


def require_room(files: Sequence[SealedFile], court: Court | None = None) -> None:
    """Refuse files, never words, once what came sealed on this day is as much as a day may bring.

    Raises
    ------
    FileRefused   the day is full
    """
    if not files:
        return
    most = number_set(SETTINGS, DAY, court) << 20
    names = LeadPart.objects.filter(kind=FILE, on=today(court)).values_list("stored", flat=True)
    places = (Path(settings.MEDIA_ROOT) / name for name in names.iterator())
    held = sum(place.stat().st_size for place in places if place.is_file())
    if held + sum(len(one.content) for one in files) > most:
        raise FileRefused(
            "今天收的附件已经满了。请不带附件再提交一次，内容照收；附件明天凭回执补交，或者邮寄、当面交。"
        )
