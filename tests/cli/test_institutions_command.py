"""`mingjing institutions` checks, tests and shows what is installed, and tries a draft over the cases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

SUMMARY = ROOT / "institutions" / "cn" / "deadlines" / "civil" / "summary.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """An installation's own definitions: a dictionary, a calendar, a deadline, and one court's folder."""
    root = tmp_path / "institutions"
    for name in ("dictionary/posts.yaml", "dictionary/acts.yaml"):
        path = root / "cn" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((ROOT / "institutions" / "cn" / name).read_text(encoding="utf-8"), encoding="utf-8")
    (root / "river").mkdir()
    return root


def mingjing(*words: str, institutions: Path, data: Path) -> subprocess.CompletedProcess[str]:
    """The program, in an environment of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MINGJING_", "DATABASE_", "DJANGO_"))}
    return subprocess.run(
        [str(Path(sys.executable).with_name("mingjing")), *words],
        env={**kept, "MINGJING_DATA": str(data), "MINGJING_INSTITUTIONS": str(institutions)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_reads_the_nationwide_folder_and_each_court_over_it(copy: Path, tmp_path: Path) -> None:
    done = mingjing("institutions", "check", institutions=copy, data=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "全国制度：2 份制度，0 处错误" in done.stdout
    assert "river 叠在全国制度之上：2 份制度，0 处错误" in done.stdout


def test_check_fails_naming_the_place_of_a_mistake_once(copy: Path, tmp_path: Path) -> None:
    path = copy / "cn" / "dictionary" / "posts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("owner:", "ownr:", 1), encoding="utf-8")
    done = mingjing("institutions", "check", institutions=copy, data=tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("ownr") == 2, "the line itself and the cause, once for both stacks"
    assert "posts.yaml:" in done.stdout
    assert "Traceback" not in done.stderr


def test_test_runs_the_examples_and_fails_where_one_does_not_hold(copy: Path, tmp_path: Path) -> None:
    good = mingjing("institutions", "test", institutions=copy, data=tmp_path)
    assert good.returncode == 0, good.stdout + good.stderr
    path = copy / "cn" / "dictionary" / "acts.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "expect: {留痕: 是, 代码: issue_notice}", "expect: {留痕: 否}"
    )
    path.write_text(text, encoding="utf-8")
    bad = mingjing("institutions", "test", "dictionary.acts", institutions=copy, data=tmp_path)
    assert bad.returncode == 1
    assert "例子“签发督办要留痕”" in bad.stdout
    unknown = mingjing("institutions", "test", "dictionary.nowhere", institutions=copy, data=tmp_path)
    assert unknown.returncode == 1
    assert "没有制度“dictionary.nowhere”。" in unknown.stdout


def test_show_lays_a_definition_out_as_of_a_day(tmp_path: Path) -> None:
    institutions = ROOT / "institutions"
    words = ("institutions", "show", "deadline.civil.summary", "--on", "2021年5月1日")
    done = mingjing(*words, institutions=institutions, data=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "deadline.civil.summary @ 2018-04-26" in done.stdout
    assert (
        mingjing("institutions", "show", "nothing", institutions=institutions, data=tmp_path).returncode == 1
    )


def test_a_draft_with_a_mistake_is_not_tried(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert mingjing("migrate", institutions=ROOT / "institutions", data=data).returncode == 0
    draft = tmp_path / "draft.yaml"
    text = SUMMARY.read_text(encoding="utf-8")
    draft.write_text(text.replace("limit: 3 个月", "limit: 3月", 1), encoding="utf-8")
    bad = mingjing("institutions", "try", str(draft), institutions=ROOT / "institutions", data=data)
    assert bad.returncode == 1
    assert "draft.yaml:" in bad.stdout
    assert "没有试算" in bad.stdout
    draft.write_text(text.replace("limit: 3 个月", "limit: 2 个月", 1), encoding="utf-8")
    good = mingjing("institutions", "try", str(draft), institutions=ROOT / "institutions", data=data)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "代替 deadline.civil.summary @" in good.stdout
    assert "看了 0 件" in good.stdout
