"""How fast 100,000 rows of a court's register are read and pre-checked, from .xlsx and from GBK CSV.

    .venv/bin/python benchmarks/import_speed.py [--rows 100000] [--write benchmarks/results/import_speed.md]

Each run is a process of its own, so that its peak memory is its own. The files are generated from a seed
and left in benchmarks/.work/.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from mingjing.domain.casenumbers.vocabulary import CourtLevel, TypeCode, Vocabulary
from mingjing.imports.precheck import Precheck
from mingjing.imports.suggesting import suggest
from mingjing.imports.tables import read_table
from mingjing.imports.words import FieldSpec, Words

WORK = Path(__file__).parent / ".work"
SEED = 20240305
HEADER = (
    "案号", "案由", "适用程序", "立案时间", "承办人", "承办庭室",
    "原告", "被告", "标的额（万元）", "开庭时间", "结案日期", "是否在押",
)  # fmt: skip
CAUSES = (
    "离婚纠纷",
    "民间借贷纠纷",
    "买卖合同纠纷",
    "机动车交通事故责任纠纷",
    "劳动争议",
    "物业服务合同纠纷",
)
PROCEDURES = ("普通程序", "简易程序", "小额诉讼程序")
LIMITS = {"xlsx": 10.0, "csv": 5.0}


def words() -> Words:
    fields = (
        FieldSpec("案由", "选项", CAUSES, open_list=True),
        FieldSpec("审理程序", "选项", PROCEDURES),
        FieldSpec("立案日期", "日期", required=True),
        FieldSpec("结案日期", "日期"),
        FieldSpec("承办人"),
        FieldSpec("承办部门"),
        FieldSpec("标的额", "金额"),
        FieldSpec("在押", "是否"),
    )
    courts = {f"云{code:04d}": f"第 {code} 法院" for code in range(100, 130)}
    types = {"民初": TypeCode("民初", "民事一审", "民事", CourtLevel.BASIC)}
    return Words(
        {field.name: field for field in fields},
        frozenset(("立案", "开庭", "结案")),
        frozenset(),
        Vocabulary(courts, types, frozenset("云")),
    )


def rows(count: int) -> list[tuple[object, ...]]:
    """A register as it is found: two date styles, a few full-width digits, empty closings."""
    chance = random.Random(SEED)
    first = date(2021, 1, 4)
    found: list[tuple[object, ...]] = []
    for number in range(1, count + 1):
        filed = first + timedelta(days=chance.randrange(1400))
        hearing = filed + timedelta(days=chance.randrange(15, 90))
        closed = hearing + timedelta(days=chance.randrange(5, 120))
        case = f"（{filed.year}）云0102民初{number}号"
        found.append(
            (
                case if number % 50 else case.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
                chance.choice(CAUSES),
                chance.choice(PROCEDURES),
                filed.isoformat() if number % 3 else f"{filed.year}.{filed.month}.{filed.day}",
                f"法官{chance.randrange(40):02d}",
                f"民事审判第{chance.choice('一二三')}庭",
                f"原告{number}",
                f"被告{number}、被告乙{number}",
                round(chance.uniform(0.5, 900.0), 4),
                f"{hearing.year}年{hearing.month}月{hearing.day}日 9:30",
                closed.isoformat() if number % 4 else "",
                "否",
            )
        )
    return found


def generate(count: int) -> dict[str, Path]:
    WORK.mkdir(exist_ok=True)
    files = {"xlsx": WORK / f"register-{count}.xlsx", "csv": WORK / f"register-{count}.csv"}
    if all(path.exists() for path in files.values()):
        return files
    data = rows(count)
    with files["csv"].open("w", encoding="gb18030", newline="") as target:
        csv.writer(target).writerows([HEADER, *data])
    book = xlsxwriter.Workbook(str(files["xlsx"]), {"constant_memory": True})
    sheet = book.add_worksheet("收结案台账")
    for index, row in enumerate([HEADER, *data]):
        sheet.write_row(index, 0, row)
    book.close()
    return files


def measure(path: Path) -> dict[str, object]:
    """One read with pre-check; every row is looked at."""
    started, spent = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        table = read_table(file, path.name)
        known = words()
        check = Precheck(table, suggest(table.header, known), known)
        for _ in check:
            pass
    seconds, processor = time.perf_counter() - started, time.process_time() - spent
    assert check.counts.balanced
    return {
        "kind": table.kind,
        "rows": check.counts.rows,
        "accepted": check.counts.accepted,
        "refused": check.counts.refused,
        "seconds": round(seconds, 2),
        "processor": round(processor, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def report(results: list[dict[str, object]], count: int) -> str:
    lines = [
        "# Import: read and pre-check",
        "",
        f"`.venv/bin/python benchmarks/import_speed.py --rows {count}`, CPython {platform.python_version()}, "
        f"{platform.machine()}, best of 3, each in its own process; reading, header detection, suggested "
        f"mapping and the check of all {len(HEADER)} columns are inside the time. Load of the machine: "
        f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; the limit is one of seconds at rest.",
        "",
        "| file | rows | accepted | refused | wall, s | processor, s | limit | peak RSS |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in results:
        name = {"xlsx": ".xlsx", "csv": "CSV, GBK"}[str(one["kind"])]
        lines.append(
            f"| {name} | {one['rows']:,} | {one['accepted']:,} | {one['refused']:,} | {one['seconds']} "
            f"| {one['processor']} | {LIMITS[str(one['kind'])]:.0f} | {one['peak_mb']} MB |"
        )
    return "\n".join([*lines, ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.measure)))
        return 0
    results = []
    for path in generate(chosen.rows).values():
        command = [sys.executable, __file__, "--measure", str(path)]
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            for _ in range(3)
        ]
        results.append(min(runs, key=lambda run: float(run["processor"])))
    text = report(results, chosen.rows)
    print(text)
    if chosen.write:
        chosen.write.parent.mkdir(exist_ok=True)
        chosen.write.write_text(text, encoding="utf-8")
    slow = [one for one in results if float(str(one["processor"])) > LIMITS[str(one["kind"])]]
    return 1 if slow and chosen.rows == 100_000 else 0


if __name__ == "__main__":
    sys.exit(main())
