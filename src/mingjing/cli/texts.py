"""Text files somebody names on the command line: a password, a checkpoint, what a witness sent back."""

from __future__ import annotations

from pathlib import Path

from mingjing.domain.reasons import Refusal


def text_of(file: Path) -> str:
    """The text of a UTF-8 file.

    Raises
    ------
    Refusal   it is no text, or text in another encoding
    OSError   it cannot be read
    """
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(
            f"“{file}”不是 UTF-8 的文字文件，第 {error.start + 1} 个字节读不出。"
            "是不是选错了文件，或者要另存为 UTF-8？"
        ) from None
