"""PDF from the very .docx that was issued, by LibreOffice without a window."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess  # runs one fixed program without a shell
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mingjing.domain.reasons import Refusal

_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_LOCK_PAUSE = 0.05  # seconds between two looks at a lock that another process holds


class ConverterMissing(Refusal):
    """LibreOffice is not installed on this computer."""

    code = "pdf-converter-missing"


class ConversionFailed(Refusal):
    """LibreOffice ran, but gave no PDF, or not in time."""

    code = "pdf-conversion-failed"


def _program() -> str | None:
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def is_available() -> bool:
    """Whether this computer can turn Word files into PDF."""
    return _program() is not None


def to_pdf(documents: Sequence[bytes], *, profile: Path, timeout: float = 120.0) -> tuple[bytes, ...]:
    """One PDF for each .docx, in the same order; the whole batch is one run of LibreOffice.

    ``profile`` is a folder of our own for LibreOffice's settings. LibreOffice allows one process per
    profile, so concurrent calls, from this or other processes, wait for each other. ``timeout`` is in
    seconds and bounds the waiting and the conversion together.

    Raises
    ------
    ConverterMissing   LibreOffice is not installed
    ConversionFailed   a file gave no PDF, or the time ran out; nothing is returned for the batch
    """
    program = _program()
    if program is None:
        raise ConverterMissing(
            "本机没有安装 LibreOffice，不能生成 PDF；Word 文件（.docx）不受影响，可以照常下载。",
            example="安装 LibreOffice 7 以上版本，使 soffice 命令可用，再重试。",
        )
    if not documents:
        return ()
    deadline = time.monotonic() + timeout
    profile.mkdir(parents=True, exist_ok=True)
    with _exclusive(profile, deadline), tempfile.TemporaryDirectory(prefix="mingjing-pdf-") as folder:
        sources = [Path(folder) / f"{number}.docx" for number in range(1, len(documents) + 1)]
        for source, content in zip(sources, documents, strict=True):
            source.write_bytes(content)
        _convert(program, profile, Path(folder), sources, deadline)
        return tuple(_collect(source) for source in sources)


def _collect(source: Path) -> bytes:
    result = source.with_suffix(".pdf")
    if not result.exists():
        raise ConversionFailed(f"第 {source.stem} 个文件没有转成 PDF；Word 文件不受影响，可以照常下载。")
    return result.read_bytes()


@contextmanager
def _exclusive(profile: Path, deadline: float) -> Iterator[None]:
    """Hold the profile's lock; the system releases it even when this process dies."""
    with (profile / "mingjing.lock").open("w") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise ConversionFailed("前面的 PDF 还没有转完，等候超时；请稍后再试。") from None
                time.sleep(_LOCK_PAUSE)
        yield


def _environment(profile: Path) -> dict[str, str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    from mingjing.documents.typefaces import SYSTEM_FONTS, font_rules  # loads the writer of .docx

    if SYSTEM_FONTS.exists():
        rules = profile / "fonts.conf"
        rules.write_text(font_rules(), encoding="utf-8")
        environment["FONTCONFIG_FILE"] = str(rules)
    return environment


def _convert(program: str, profile: Path, folder: Path, sources: Sequence[Path], deadline: float) -> None:
    (profile / ".lock").unlink(missing_ok=True)  # left by a run that was killed; ours is the only run
    command = [
        program,
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir", str(folder)),
        *map(str, sources),
    ]
    process = subprocess.Popen(  # noqa: S603  a fixed program and paths of our own making
        command,
        env=_environment(profile),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise ConversionFailed(
            f"{len(sources)} 个文件转 PDF 超时，已停止；Word 文件不受影响，可以分批再试。"
        ) from None
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children: ``soffice`` is a script around the real program."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
