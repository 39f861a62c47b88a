"""`mingjing settings` shows where each value came from and never shows a secret."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mingjing.site.configuration import read_configuration


def settings(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in an environment of its own."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("MINGJING_", "DATABASE_", "DJANGO_"))
    }
    return subprocess.run(
        [str(Path(sys.executable).with_name("mingjing")), "settings"],
        env={**kept, "MINGJING_DATA": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_value_is_shown_with_its_source(tmp_path: Path) -> None:
    done = settings(tmp_path, MINGJING_HTTPS="是")
    assert done.returncode == 0, done.stderr
    assert "MINGJING_HTTPS = 是（环境变量）" in done.stdout
    assert "MINGJING_TIME_ZONE = Asia/Shanghai（默认）" in done.stdout


def test_a_secret_is_masked_wherever_it_came_from(tmp_path: Path) -> None:
    file = tmp_path / "database"
    file.write_text("postgresql://court:open-sesame@127.0.0.1/court\n", encoding="utf-8")
    done = settings(tmp_path, DATABASE_URL_FILE=str(file), MINGJING_SECRET_KEY="not-for-your-eyes")
    assert done.returncode == 0, done.stderr
    assert f"DATABASE_URL = ********（文件 {file}）" in done.stdout
    assert "MINGJING_SECRET_KEY = ********（环境变量）" in done.stdout
    assert "open-sesame" not in done.stdout
    assert "not-for-your-eyes" not in done.stdout


def test_a_misspelt_setting_stops_the_start_and_is_guessed(tmp_path: Path) -> None:
    done = settings(tmp_path, MINGJING_HTTP="是")
    assert done.returncode == 1
    assert "不认识的设置 MINGJING_HTTP。是不是 MINGJING_HTTPS？" in done.stderr
    assert "Traceback" not in done.stderr


def test_behind_https_only_a_proxy_of_this_machine_is_believed_unless_another_is_named() -> None:
    assert read_configuration({})[0].proxies == ()
    assert read_configuration({"MINGJING_HTTPS": "是"})[0].proxies == ("127.0.0.1", "::1")
    named = {"MINGJING_HTTPS": "是", "MINGJING_PROXIES": "10.0.0.2"}
    assert read_configuration(named)[0].proxies == ("10.0.0.2",)
