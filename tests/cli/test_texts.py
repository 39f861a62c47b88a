"""A file named on the command line that is no text is refused by its name, without a trace of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.cli.texts import text_of
from mingjing.domain.reasons import Refusal


def test_text_is_read_and_anything_else_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "检查点.txt"
    file.write_text("正文\n", encoding="utf-8")
    assert text_of(file) == "正文\n"
    for content in (b"ok\xd7\x00", "正文".encode("gb18030")):
        file.write_bytes(content)
        with pytest.raises(Refusal, match=r"检查点\.txt”不是 UTF-8 的文字文件"):
            text_of(file)
