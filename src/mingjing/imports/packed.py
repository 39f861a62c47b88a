"""Bytes out of a plain or packed file, with the same limits as for workbooks."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from mingjing.imports.kinds import only_entry
from mingjing.imports.limits import Limits, in_megabytes
from mingjing.imports.refusals import FileTooLarge, FileTorn

CHUNK = 1 << 18


def chunks_of(file: BinaryIO, name: str, packed: bool, limits: Limits) -> Iterator[bytes]:
    """The content in chunks, from the beginning.

    Raises
    ------
    FileTorn       the packed stream breaks off or fails its checksum
    FileTooLarge   it unpacks to more than the limit, or to a suspicious multiple of its size
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    done = 0
    try:
        source = _opened(file) if packed else file
        while chunk := source.read(CHUNK):
            done += len(chunk)
            if done > limits.inflated or (packed and done > limits.ratio_from and done > limits.ratio * size):
                raise FileTooLarge(
                    f"“{name}”解开后超过上限（{in_megabytes(limits.inflated)}，或原来的 {limits.ratio} 倍），"
                    "未读取。"
                )
            yield chunk
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        raise FileTorn(f"压缩文件“{name}”不完整或已损坏。请重新导出或重新上传。") from error


def _opened(file: BinaryIO) -> IO[bytes] | gzip.GzipFile:
    """What a gzip stream, or the one file of a zip archive, unpacks to."""
    if file.read(2) == b"PK":
        archive = zipfile.ZipFile(file)
        return archive.open(only_entry(archive))
    file.seek(0)
    return gzip.GzipFile(fileobj=file)


def unpacked(file: BinaryIO, name: str, limits: Limits) -> BinaryIO:
    """The content of a packed file as a file of its own, which is gone once nobody holds it.

    Raises
    ------
    FileTorn, FileTooLarge   as ``chunks_of``
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the table that reads it
    for chunk in chunks_of(file, name, True, limits):
        target.write(chunk)
    target.seek(0)
    return target
