"""What a file is by its bytes, whether its name says the same, and whether it can be opened safely."""

from __future__ import annotations

import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from mingjing.domain.reasons import Refusal

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04",)
_MEDIA = (b"ftyp",)
_RUNS = frozenset(
    [
        "exe",
        "bat",
        "cmd",
        "com",
        "scr",
        "pif",
        "msi",
        "dll",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "ps1",
        "jar",
        "sh",
        "php",
        "jsp",
        "asp",
        "aspx",
        "html",
        "htm",
        "xhtml",
        "svg",
        "hta",
        "lnk",
        "apk",
        "docm",
        "xlsm",
        "pptm",
        "dotm",
        "reg",
        "chm",
    ]
)
MOST_ENTRIES = 5_000
MOST_INFLATED = 512 << 20
MOST_RATIO, RATIO_FROM = 200, 16 << 20
HEAD = 64
_CHUNK = 1 << 20


class FileRefused(Refusal):
    """A file is not accepted as evidence."""

    code = "file-refused"


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file that is accepted: its media type and how it begins.

    ``starts`` are possible first bytes, looked for at ``at``; ``inside`` is the beginning of a name that a
    packed document must contain; ``text`` marks plain text.
    """

    media_type: str
    starts: tuple[bytes, ...] = ()
    at: int = 0
    inside: str = ""
    text: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, FileKind] = {
    "pdf": FileKind("application/pdf", (b"%PDF-",)),
    "ofd": FileKind("application/ofd", _ZIP, inside="OFD.xml"),
    "docx": FileKind(f"{_OFFICE}wordprocessingml.document", _ZIP, inside="word/"),
    "xlsx": FileKind(f"{_OFFICE}spreadsheetml.sheet", _ZIP, inside="xl/"),
    "pptx": FileKind(f"{_OFFICE}presentationml.presentation", _ZIP, inside="ppt/"),
    "doc": FileKind("application/msword", (_CFB,)),
    "xls": FileKind("application/vnd.ms-excel", (_CFB,)),
    "ppt": FileKind("application/vnd.ms-powerpoint", (_CFB,)),
    "wps": FileKind("application/vnd.ms-works", (_CFB, *_ZIP)),
    "et": FileKind("application/vnd.ms-excel", (_CFB, *_ZIP)),
    "jpg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    "png": FileKind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "gif": FileKind("image/gif", (b"GIF87a", b"GIF89a")),
    "bmp": FileKind("image/bmp", (b"BM",)),
    "tif": FileKind("image/tiff", (b"II*\0", b"MM\0*")),
    "tiff": FileKind("image/tiff", (b"II*\0", b"MM\0*")),
    "webp": FileKind("image/webp", (b"WEBP",), at=8),
    "heic": FileKind("image/heic", _MEDIA, at=4),
    "mp4": FileKind("video/mp4", _MEDIA, at=4),
    "mov": FileKind("video/quicktime", _MEDIA, at=4),
    "m4a": FileKind("audio/mp4", _MEDIA, at=4),
    "mp3": FileKind("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "wav": FileKind("audio/wav", (b"WAVE",), at=8),
    "zip": FileKind("application/zip", _ZIP),
    "txt": FileKind("text/plain", text=True),
    "csv": FileKind("text/csv", text=True),
}
"""Ending of the name → kind."""
ACCEPTED = "、".join(KINDS)


def clean_name(name: str) -> str:
    """The last part of a file's name, without what could hide its ending.

    Raises
    ------
    FileRefused   no ending that is accepted, a second ending that runs, letters that turn the name round
    """
    shown = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cf") for letter in shown):
        raise FileRefused("文件名里有看不见的控制字符，可能掩盖真实类型。请改名后重新上传。")
    *inner, ending = shown.lower().split(".")
    if not inner or ending not in KINDS:
        raise FileRefused(f"“{shown}”这种文件不收。", allowed=tuple(KINDS), example="整改报告.pdf")
    hidden = [part for part in inner[1:] if part.strip() in _RUNS]
    if hidden:
        raise FileRefused(f"“{shown}”有两个后缀（.{hidden[0]}.{ending}）。请改名，只留真实的后缀。")
    return shown


def kind_of(file: BinaryIO, name: str, size: int) -> FileKind:
    """The kind of a file, its bytes agreeing with its name and its inside within limits.

    Raises
    ------
    FileRefused   empty, of another kind than its name says, damaged, locked, a bomb, with macros
    """
    kind = KINDS[name.lower().rpartition(".")[2]]
    if size == 0:
        raise FileRefused(f"“{name}”是空文件（0 字节）。请检查后重新上传。")
    file.seek(0)
    head = file.read(HEAD)
    if kind.text:
        _check_text(file, name)
    elif not any(head[kind.at :].startswith(start) for start in kind.starts):
        raise FileRefused(f"“{name}”的内容与后缀不符，不是真正的 {name.rpartition('.')[2]} 文件。")
    if head.startswith(_ZIP[0]):
        _check_packed(file, name, kind, size)
    return kind


def _check_text(file: BinaryIO, name: str) -> None:
    file.seek(0)
    sample = file.read(_CHUNK)
    if b"\0" in sample:
        raise FileRefused(f"“{name}”不是文本文件。请改成真实的后缀后重新上传。")
    for encoding in ("utf-8", "gb18030"):
        try:
            sample[:-4].decode(encoding) if len(sample) == _CHUNK else sample.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start >= len(sample) - 8 and len(sample) == _CHUNK:
                return  # a letter cut in two at the end of the sample
            continue
        return
    raise FileRefused(f"“{name}”不是文本文件。请改成真实的后缀后重新上传。")


def _check_packed(file: BinaryIO, name: str, kind: FileKind, size: int) -> None:
    """Walk a packed file to its end without keeping anything of it."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise FileRefused(f"压缩包“{name}”里有 {len(entries):,} 个文件，最多 {MOST_ENTRIES:,} 个。")
            if any(entry.flag_bits & 1 for entry in entries):
                raise FileRefused(f"“{name}”设有密码，打不开的文件不能作为佐证。请去掉密码后重新上传。")
            names = [entry.filename for entry in entries]
            if kind.inside and not any(one.startswith(kind.inside) for one in names):
                raise FileRefused(f"“{name}”的内容与后缀不符，不是真正的 {name.rpartition('.')[2]} 文件。")
            if kind.inside and any(one.endswith("vbaProject.bin") for one in names):
                raise FileRefused(f"“{name}”带有宏。请另存为不带宏的文件，或者导出为 PDF。")
            if any(one.rpartition(".")[2].lower() in _RUNS for one in names):
                raise FileRefused(f"压缩包“{name}”里有可以运行的程序，不收。")
            _inflate(archive, entries, name, size)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise FileRefused(f"“{name}”不完整或者已经损坏，打不开。请重新上传。") from error


def _inflate(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, size: int) -> None:
    inflated = 0
    for entry in entries:
        with archive.open(entry) as inside:
            while chunk := inside.read(_CHUNK):
                inflated += len(chunk)
                bomb = inflated > RATIO_FROM and inflated > MOST_RATIO * size
                if inflated > MOST_INFLATED or bomb:
                    raise FileRefused(f"“{name}”解开后大得不正常，没有收下。请拆开后逐个上传。")
