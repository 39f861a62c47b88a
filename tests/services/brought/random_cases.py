"""Random cases as somebody would bring them: gaps in every column, one seed, three ways of writing a file."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
TYPES = {
    "案号": "VARCHAR",
    "法院": "VARCHAR",
    "承办人": "VARCHAR",
    "案件类型": "VARCHAR",
    "审级": "VARCHAR",
    "审理程序": "VARCHAR",
    "有无审限": "VARCHAR",
    "结案方式": "VARCHAR",
    "立案日期": "DATE",
    "原始立案日期": "DATE",
    "结案日期": "DATE",
    "上诉日期": "DATE",
    "审限届满日": "DATE",
    "计件": "BOOLEAN",
    "调撤": "BOOLEAN",
    "非诉执行": "BOOLEAN",
    "申请执行金额": "DECIMAL(18,2)",
    "到位金额": "DECIMAL(18,2)",
}


def cases(seed: int, number: int) -> list[Row]:
    """So many cases of three courts over two years; dates may run backwards, as entered ones do."""
    dice = random.Random(seed)

    def maybe(value: object, gap: float = 0.12) -> Any:
        return None if dice.random() < gap else value

    found = []
    for at in range(number):
        filed = date(2023, 1, 1) + timedelta(days=dice.randrange(730))
        closed = filed + timedelta(days=dice.randrange(-3, 500))
        found.append(
            {
                "案号": f"（2024）云98民初{at}号",
                "法院": dice.choice(["甲法院", "乙法院", "丙法院"]),
                "承办人": maybe(dice.choice(["张三", "李四", "王 五"])),
                "案件类型": maybe(dice.choice(["民事一审", "首次执行", "刑事一审"])),
                "审级": maybe(dice.choice(["一审", "二审", "执行"])),
                "审理程序": maybe(dice.choice(["小额诉讼程序", "普通程序", "简易程序"])),
                "有无审限": maybe(dice.choice(["有", "有", "无"])),
                "结案方式": maybe(dice.choice(["终结本次执行程序", "执行完毕", "判决"])),
                "立案日期": maybe(filed, 0.04),
                "原始立案日期": maybe(filed - timedelta(days=dice.choice([0, 0, 200]))),
                "结案日期": maybe(closed, 0.2),
                "上诉日期": maybe(closed + timedelta(days=10), 0.5),
                "审限届满日": maybe(filed + timedelta(days=dice.choice([90, 180, (closed - filed).days]))),
                "计件": maybe(dice.random() < 0.9),
                "调撤": maybe(dice.random() < 0.4),
                "非诉执行": maybe(dice.random() < 0.3, 0.4),
                "申请执行金额": maybe(Decimal(dice.randrange(1, 10**9)) / 100),
                "到位金额": maybe(Decimal(dice.randrange(0, 10**8)) / 100),
            }
        )
    return found


def write_text(rows: Sequence[Row], path: Path, encoding: str = "utf-8") -> Path:
    """A text table in several handwritings at once: three forms of a day, two of a flag, two of an amount."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(TYPES)
        for at, row in enumerate(rows):
            writer.writerow([_written(row[name], at) for name in TYPES])
    return path


def _written(value: object, at: int) -> str:
    if value is None:
        return ("", "", "NULL")[at % 3]
    if isinstance(value, bool):
        return (("否", "是"), ("False", "True"))[at % 2][value]
    if isinstance(value, date):
        return (f"{value}", f"{value:%Y/%m/%d}", f"{value} 08:30:00")[at % 3]
    if isinstance(value, Decimal):
        return (f"{value}", f"{value:,.2f}元")[at % 2]
    return str(value)


def write_parquet(rows: Sequence[Row], path: Path, **types: str) -> Path:
    """Parquet with the types above; ``types`` says which column has another one."""
    wanted = {**TYPES, **types}
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        columns = ", ".join(f'"{name}" {type_}' for name, type_ in TYPES.items())
        connection.execute(f"CREATE TABLE t ({columns})")
        if rows:
            marks = ", ".join("?" for _ in TYPES)
            connection.executemany(f"INSERT INTO t VALUES ({marks})", [[*row.values()] for row in rows])
        picked = ", ".join(f'CAST("{name}" AS {type_}) AS "{name}"' for name, type_ in wanted.items())
        connection.execute(f"COPY (SELECT {picked} FROM t) TO '{path}' (FORMAT parquet)")
    return path
