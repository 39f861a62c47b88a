"""`mingjing import`, `late` and `token` as a person at the console runs them, each a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.services.importing.files import csv, row

MINGJING = str(Path(sys.executable).with_name("mingjing"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def run(data: Path, *command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MINGJING_")}
    environment = {**kept, "MINGJING_DATA": str(data), "DATABASE_URL": ""}
    return subprocess.run([MINGJING, *command], capture_output=True, text=True, env=environment, check=False)


def test_a_file_is_checked_and_with_confirm_written(data: Path, tmp_path: Path) -> None:
    file, errors = tmp_path / "三月.csv", tmp_path / "退回.xlsx"
    rows = [row(1, 案号="（2024）云0102民初1号"), row(2, 案号="（2024）云0102民初2号", 立案日期="2024-02-30")]
    file.write_bytes(csv(rows, encoding="gb18030"))
    where = ("import", str(file), "--court", "云0102")
    absent = run(data, *where)
    assert absent.returncode == 1
    assert "没有代字为“云0102”的法院" in absent.stderr
    first = run(data, *where, "--new-court", "五华区人民法院", "--errors", str(errors))
    assert first.returncode == 0, first.stderr
    assert "只预检，未写入" in first.stdout
    assert "读到 2 行 = 新增 1 + 更新 0 + 未变 0 + 退回 1" in first.stdout
    assert openpyxl.load_workbook(errors).worksheets[0].max_row == 2
    written = run(data, *where, "--confirm", "--late")
    assert "新增 1" in written.stdout
    assert "本系统的期限" in written.stdout
    assert "读到 2 行 = 新增 0 + 更新 0 + 未变 1 + 退回 1" in run(data, *where, "--confirm").stdout


def test_a_new_court_whose_cases_nobody_could_number_is_not_made(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(csv([row(1)]))
    odd = run(data, "import", str(file), "--court", "五华", "--new-court", "五华区人民法院")
    assert odd.returncode == 1
    assert "“五华”不是法院代字" in odd.stderr
    assert "云0102 " in odd.stderr and "--free-numbers" in odd.stderr
    blank = run(data, "import", str(file), "--court", "云0177", "--new-court", " ")
    assert "“法院名称”没有填写" in blank.stderr


def test_a_court_younger_than_the_table_of_codes_brings_in_its_own_cases(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    own = [row(n, 案号=f"（2024）云0188民初{n}号") for n in (1, 2)]
    file.write_bytes(csv([*own, row(3, 案号="（2024）云0189民初3号")]))
    done = run(data, "import", str(file), "--court", "云0188", "--new-court", "远山县人民法院", "--confirm")
    assert "读到 3 行 = 新增 2 + 更新 0 + 未变 0 + 退回 1" in done.stdout
    assert "没有代字为“云0189”的法院" in done.stdout


def test_an_unknown_mapping_names_those_there_are(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(csv([row(1)]))
    done = run(
        data, "import", str(file), "--court", "云0102", "--new-court", "五华区人民法院", "--mapping", "没有"
    )
    assert done.returncode == 1
    assert "xes-receipt" in done.stderr


@pytest.mark.parametrize(
    ("file", "mapping", "lines"),
    [
        (
            "receipt.xes.gz",
            "xes-receipt",
            [("办结期限", "1329", "309"), ("计划办结日期", "1329", "322")],
        ),
        ("BPIC15_1.xes.gz", "xes-permit", [("环节应完成日期", "3340", "619")]),
        ("BPIC15_2.xes.gz", "xes-permit", [("环节应完成日期", "398", "97")]),
    ],
)
def test_the_known_lateness_of_a_log_comes_out_of_what_is_stored(
    testdata: Path, data: Path, file: str, mapping: str, lines: list[tuple[str, str, str]]
) -> None:
    code = file.partition(".")[0]
    new = ("--new-court", code, "--free-numbers", "--zone", "Europe/Amsterdam")
    path = str(testdata / "flow" / file)
    done = run(data, "import", path, "--court", code, *new, "--mapping", mapping, "--confirm")
    assert done.returncode == 0, done.stderr
    late = run(data, "late", "--court", code).stdout
    carried = [line.split() for line in late.splitlines() if line.strip().startswith("文件自带的期限")]
    found = {(label, counted, behind) for _, label, counted, behind, *_ in carried}
    assert set(lines) <= found
    stated = [line.split() for line in done.stdout.splitlines() if line.startswith("  ")]
    assert set(lines) <= {tuple(words[:3]) for words in stated if len(words) >= 3}


def test_a_key_is_made_listed_and_revoked(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(csv([row(1, 案号="（2024）云0102民初1号")]))
    run(data, "import", str(file), "--court", "云0102", "--new-court", "五华区人民法院")
    made = run(data, "token", "create", "--court", "云0102", "--label", "审判系统")
    secret = made.stdout.split()[-1]
    assert secret.startswith("mj_")
    listed = run(data, "token", "list").stdout
    assert "审判系统" in listed
    assert secret not in listed
    number = listed.splitlines()[1].split()[0]
    assert "已停用" in run(data, "token", "revoke", number).stdout
    assert run(data, "token", "revoke", number).returncode == 1
