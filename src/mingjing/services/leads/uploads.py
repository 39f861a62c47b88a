"""Files for leads on their way in: kept in memory, checked, never written in the open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from mingjing.services.leads.receiving import SealedFile
from mingjing.services.records.filetypes import FileRefused, clean_name, kind_of

MOST_BYTES = 20 << 20
MOST_FILES = 5


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
