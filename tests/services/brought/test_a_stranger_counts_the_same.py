"""Random files, figures worked out by plain loops that know nothing of the product: every one is the same."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from mingjing.cli.main import main
from mingjing.services.brought.answering import ENGINES
from tests.services.brought.by_hand import INDICATORS, Row, shown
from tests.services.brought.random_cases import cases, write_parquet, write_text

QUARTERS = {
    "2024年第一季度": (date(2024, 1, 1), date(2024, 3, 31)),
    "2024年第二季度": (date(2024, 4, 1), date(2024, 6, 30)),
    "2024年第三季度": (date(2024, 7, 1), date(2024, 9, 30)),
    "2024年第四季度": (date(2024, 10, 1), date(2024, 12, 31)),
}
BY = ("法院", "承办人")


def counted(path: Path, out: Path, *also: str) -> list[dict[str, str]]:
    """What the command writes: a row for every group, quarter and indicator."""
    asked = ["indicator", "count", *INDICATORS, "--data", str(path), "--period", "2024", "--every", "季"]
    assert main([*asked, "--by", ",".join(BY), "--out", str(out), *also]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def wrong(found: Sequence[dict[str, str]], rows: Sequence[Row]) -> list[str]:
    """Where the command and the loops disagree, and where the command says nothing at all."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] or "未登记" for name in BY), []).append(row)
    seen, faults = set(), []
    for line in found:
        own = groups[line["法院"], line["承办人"]]
        work, decimals = INDICATORS[line["编号"].removeprefix("indicator.")]
        value, missing = work(own, *QUARTERS[line["期间"]])
        if (line["数值"], line["缺数据"]) != (shown(value, decimals), str(missing)):
            faults.append(f"{line} instead of {shown(value, decimals)}, {missing}")
        seen.add((line["法院"], line["承办人"], line["期间"], line["编号"]))
    for key, own in groups.items():
        for quarter, days in QUARTERS.items():
            for name, (work, _) in INDICATORS.items():
                value, missing = work(own, *days)
                if (value or missing) and (*key, quarter, f"indicator.{name}") not in seen:
                    faults.append(f"nothing for {key} {quarter} {name}: {value}, {missing}")
    return faults


@pytest.mark.parametrize("seed", range(4))
def test_fifteen_indicators_over_a_text_table(seed: int, tmp_path: Path) -> None:
    rows = cases(seed, 300)
    path = write_text(rows, tmp_path / "案件.csv", "gb18030" if seed % 2 else "utf-8")
    assert wrong(counted(path, tmp_path / "指标.csv"), rows) == []


def test_plain_python_counts_it_too(tmp_path: Path) -> None:
    rows = cases(11, 120)
    path = write_text(rows, tmp_path / "案件.csv")
    assert wrong(counted(path, tmp_path / "指标.csv", "--engine", "python"), rows) == []


@pytest.mark.parametrize(
    "types",
    (
        {},
        {"结案日期": "TIMESTAMP", "立案日期": "TIMESTAMP WITH TIME ZONE"},
        {"申请执行金额": "DOUBLE", "到位金额": "DECIMAL(38,10)", "计件": "INTEGER"},
        {"结案日期": "VARCHAR", "计件": "VARCHAR", "到位金额": "VARCHAR", "调撤": "TINYINT"},
    ),
    ids=("plain", "moments", "numbers", "texts"),
)
def test_parquet_in_whatever_types(types: dict[str, str], tmp_path: Path) -> None:
    rows = cases(7, 250)
    path = write_parquet(rows, tmp_path / "案件.parquet", **types)
    assert wrong(counted(path, tmp_path / "指标.csv"), rows) == []


def test_three_engines_agree_on_the_file_and_with_the_loops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = cases(3, 60)
    path = write_parquet(rows, tmp_path / "案件.parquet")
    try:
        found = counted(path, tmp_path / "指标.csv", "--engine", "all")
    except AssertionError:
        said = capsys.readouterr().err
        if "spark-missing" in said:
            pytest.skip(said)
        raise
    assert wrong(found, rows) == []
    assert f"{len(ENGINES)} 个引擎每一格都相同" in capsys.readouterr().err
