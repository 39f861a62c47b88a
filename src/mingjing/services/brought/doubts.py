"""What in a brought file may not be what its owner thinks: told, never decided."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from mingjing.analytics.indicators.dialects import DUCKDB
from mingjing.services.brought.sources import Opened

NUMBER, JUDGE, STAFF = "案号", "承办人", "承办人工号"
SHOWN = 3


def doubts(connection: duckdb.DuckDBPyConnection, opened: Opened) -> Iterator[str]:
    """Case numbers that occur twice, judges of one name with two staff numbers."""
    columns = {name: DUCKDB.named(given) for name, given in opened.columns.items()}
    if NUMBER in columns:
        number = f"CAST(r.{columns[NUMBER]} AS VARCHAR)"
        found = connection.execute(
            f"FROM {opened.relation} AS r SELECT {number} AS one, count(*) AS rows WHERE {number} <> '' "
            "GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1"
        ).fetchmany(SHOWN + 1)
        if found:
            listed = "、".join(f"“{one}”{rows} 行" for one, rows in found[:SHOWN])
            yield f"案号有重复的，一行算一件：{listed}{'等' if len(found) > SHOWN else ''}"
    if JUDGE in columns and STAFF in columns:
        judge, staff = f"CAST(r.{columns[JUDGE]} AS VARCHAR)", f"CAST(r.{columns[STAFF]} AS VARCHAR)"
        found = connection.execute(
            f"FROM {opened.relation} AS r SELECT {judge}, count(DISTINCT {staff}) WHERE {judge} <> '' "
            f"AND {staff} <> '' GROUP BY 1 HAVING count(DISTINCT {staff}) > 1 ORDER BY 2 DESC, 1"
        ).fetchmany(SHOWN + 1)
        if found:
            listed = "、".join(f"“{one}”{staffs} 个工号" for one, staffs in found[:SHOWN])
            yield f"同名的承办人：{listed}{'等' if len(found) > SHOWN else ''}。按人分请用 --by 承办人工号"
