"""pandas' side of indicators_speed.py: run by the Python of its own environment, never by ours.

    benchmarks/.work/pandas/bin/python benchmarks/indicators_side.py CASES.parquet

Reading the file is outside the time. Prints seconds and the sums by which the answers are compared.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import pandas as pd  # type: ignore[import-untyped]

FIRST, LAST = pd.Timestamp("2023-01-01"), pd.Timestamp("2024-12-31")
KEYS = ["法院", "承办人", "m"]


def grouped(cases: Any, day: Any, parts: dict[str, Any]) -> Any:
    """Sums of the parts by court, judge and month of a day."""
    inside = day.between(FIRST, LAST)
    frame = pd.DataFrame({name: part[inside] for name, part in parts.items()})
    month = day[inside].dt.year * 12 + day[inside].dt.month
    keys = [cases["法院"][inside], cases["承办人"][inside], month.rename("m")]
    return frame.groupby(keys, observed=True, sort=False).sum()


def closed(cases: Any) -> Any:
    """What is counted by the day of closing."""
    day, due, limit = cases["结案日期"], cases["审限届满日"], cases["有无审限"]
    limited, counted = limit == "有", cases["计件"].fillna(False).astype(bool)
    enforced = cases["案件类型"] == "首次执行"
    both = cases["申请执行金额"].notna() & cases["到位金额"].notna()
    parts = {
        "limited": limited & due.notna(),
        "limited_missing": limit.isna() | (limited & due.isna()),
        "within": limited & (day <= due),
        "closed": counted,
        "closed_missing": cases["计件"].isna(),
        "dated": counted & cases["立案日期"].notna(),
        "days": (day - cases["立案日期"]).dt.days.where(counted, 0),
        "first": cases["审级"] == "一审",
        "first_missing": cases["审级"].isna(),
        "enforced": enforced & both,
        "enforced_missing": cases["案件类型"].isna() | (enforced & ~both),
        "claimed": cases["申请执行金额"].where(enforced & both, 0),
        "recovered": cases["到位金额"].where(enforced & both, 0),
    }
    return grouped(cases, day, parts)


def main() -> None:
    """Everything but reading is inside the time. Money is a float here: pandas has no exact decimal."""
    cases = pd.read_parquet(sys.argv[1])
    for name in ("立案日期", "结案日期", "上诉日期", "审限届满日"):
        cases[name] = pd.to_datetime(cases[name])
    for name in ("申请执行金额", "到位金额"):
        cases[name] = cases[name].astype("float64")
    for name in ("法院", "承办人", "有无审限", "审级", "案件类型"):
        cases[name] = cases[name].astype("category")
    began, cpu = time.perf_counter(), time.process_time()
    counted = {"n": cases["计件"].fillna(False).astype(bool), "k": cases["计件"].isna()}
    first = {"n": cases["审级"] == "一审", "k": cases["审级"].isna()}
    done, filed = closed(cases), grouped(cases, cases["立案日期"], counted)
    appealed = grouped(cases, cases["上诉日期"], first)
    gone = cases[["立案日期", "结案日期"]].max(axis=1).where(cases["结案日期"].notna())
    moved = filed.sub(grouped(cases, gone, counted), fill_value=0)
    wide = moved.unstack("m", fill_value=0)
    after = wide["n"].sort_index(axis=1).cumsum(axis=1)
    missing = wide["k"].sort_index(axis=1).cumsum(axis=1)
    wall, used = time.perf_counter() - began, time.process_time() - cpu
    found = {
        "version": pd.__version__,
        "wall": wall,
        "cpu": used,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "within": int(done["within"].sum()),
        "days": int(done["days"].sum()),
        "appealed": int(appealed["n"].sum()),
        "standing": int(after.to_numpy().sum()),
        "missing": int(missing.to_numpy().sum()),
    }
    print(json.dumps(found))


main()
