"""Synthetic cases for indicators_speed.py, and its questions as a person would write them in SQL.

Every column has its gaps, so that what is missing has to be told apart: the hand-written SQL counts it too.
"""

from __future__ import annotations

NAMES = (
    "within_limit",
    "closing_rate",
    "clearance_rate",
    "disposition_time",
    "average_days",
    "appeal_rate",
    "recovery_rate",
)
COLUMNS = (
    "法院",
    "承办人",
    "立案日期",
    "结案日期",
    "上诉日期",
    "审限届满日",
    "有无审限",
    "计件",
    "审级",
    "案件类型",
    "申请执行金额",
    "到位金额",
)


def made(first: int, count: int) -> str:
    """SELECT of ``count`` cases from number ``first`` on: 100 courts, 10,000 judges, two years of filings."""
    return f"""
    SELECT '法院' || (i % 100) AS "法院", '法官' || (i % 100) || '-' || ((h // 100) % 100) AS "承办人",
      filed AS "立案日期",
      CASE WHEN g % 100 < 90 THEN filed + (1 + (g // 100) % 400)::INT END AS "结案日期",
      CASE WHEN g % 100 < 30 THEN filed + (100 + (h // 7) % 300)::INT END AS "上诉日期",
      CASE WHEN h % 97 <> 0 THEN filed + 180 END AS "审限届满日",
      CASE WHEN k % 200 <> 1 THEN CASE WHEN k % 10 = 9 THEN '无' ELSE '有' END END AS "有无审限",
      CASE WHEN k % 200 <> 2 THEN k % 10 <> 8 END AS "计件",
      CASE WHEN k % 200 <> 3 THEN CASE WHEN k % 10 < 6 THEN '一审' ELSE '二审' END END AS "审级",
      CASE WHEN k % 200 <> 4 THEN CASE WHEN k % 10 >= 7 THEN '首次执行' ELSE '民事一审' END END AS "案件类型",
      CASE WHEN h % 50 <> 0 THEN ((h % 100000000) / 100)::DECIMAL(18,2) END AS "申请执行金额",
      CASE WHEN h % 40 <> 0 THEN ((g % 50000000) / 100)::DECIMAL(18,2) END AS "到位金额"
    FROM (SELECT i, (hash(i) >> 1)::BIGINT AS h, (hash(i * 31 + 7) >> 1)::BIGINT AS g,
        (hash(i * 17 + 3) >> 1)::BIGINT AS k, DATE '2023-01-01' + ((hash(i * 13) >> 1) % 730)::INT AS filed
      FROM range({first}, {first + count}) AS r(i))"""


_CLOSED = """
SELECT 法院, 承办人, date_trunc('month', 结案日期)::DATE AS m,
  count(*) FILTER (有无审限 = '有' AND 审限届满日 IS NOT NULL) AS limited,
  count(*) FILTER (有无审限 IS NULL OR (有无审限 = '有' AND 审限届满日 IS NULL)) AS limited_missing,
  count(*) FILTER (有无审限 = '有' AND 结案日期 <= 审限届满日) AS within,
  count(*) FILTER (计件) AS closed, count(*) FILTER (计件 IS NULL) AS closed_missing,
  count(*) FILTER (计件 AND 立案日期 IS NOT NULL) AS dated, sum(结案日期 - 立案日期) FILTER (计件) AS days,
  count(*) FILTER (审级 = '一审') AS first, count(*) FILTER (审级 IS NULL) AS first_missing,
  count(*) FILTER (案件类型 = '首次执行' AND 申请执行金额 IS NOT NULL AND 到位金额 IS NOT NULL) AS enforced,
  count(*) FILTER (案件类型 IS NULL
    OR (案件类型 = '首次执行' AND (申请执行金额 IS NULL OR 到位金额 IS NULL))) AS enforced_missing,
  sum(申请执行金额) FILTER (案件类型 = '首次执行' AND 到位金额 IS NOT NULL) AS claimed,
  sum(到位金额) FILTER (案件类型 = '首次执行' AND 申请执行金额 IS NOT NULL) AS recovered
FROM cases WHERE 结案日期 BETWEEN DATE '2023-01-01' AND DATE '2024-12-31' GROUP BY ALL"""
_FLOW = """
SELECT 法院, 承办人, date_trunc('month', {day})::DATE AS m, {counts}
FROM cases WHERE {day} BETWEEN DATE '2023-01-01' AND DATE '2024-12-31' GROUP BY ALL"""
_STANDING = """
WITH f AS (SELECT 法院, 承办人, date_trunc('month', 立案日期)::DATE AS m,
    count(*) FILTER (计件) AS n, count(*) FILTER (计件 IS NULL) AS k
  FROM cases WHERE 立案日期 <= DATE '2024-12-31' GROUP BY ALL),
d AS (SELECT 法院, 承办人, date_trunc('month', greatest(立案日期, 结案日期))::DATE AS m,
    count(*) FILTER (计件) AS n, count(*) FILTER (计件 IS NULL) AS k
  FROM cases WHERE 立案日期 <= DATE '2024-12-31' AND 结案日期 <= DATE '2024-12-31' GROUP BY ALL),
g AS (SELECT DISTINCT 法院, 承办人 FROM f),
p AS (SELECT (DATE '2023-01-01' + to_months(i::INT))::DATE AS m FROM range(24) AS r(i)),
w AS (SELECT g.法院, g.承办人, p.m, coalesce(f.n, 0) - coalesce(d.n, 0) AS n,
    coalesce(f.k, 0) - coalesce(d.k, 0) AS k
  FROM g CROSS JOIN p LEFT JOIN f USING (法院, 承办人, m) LEFT JOIN d USING (法院, 承办人, m))
SELECT 法院, 承办人, m, n_after, k_after, n_after - n AS n_before, k_after - k AS k_before FROM (
  SELECT *, sum(n) OVER (PARTITION BY 法院, 承办人 ORDER BY m) AS n_after,
    sum(k) OVER (PARTITION BY 法院, 承办人 ORDER BY m) AS k_after FROM w)"""
HAND = {
    "结案": _CLOSED,
    "收案": _FLOW.format(
        day="立案日期", counts="count(*) FILTER (计件) AS n, count(*) FILTER (计件 IS NULL) AS k"
    ),
    "上诉": _FLOW.format(
        day="上诉日期",
        counts="count(*) FILTER (审级 = '一审') AS n, count(*) FILTER (审级 IS NULL) AS k",
    ),
    "存量": _STANDING,
}
"""The same answers, one query for each date, running sums for what stands."""

CHECKED = {
    "结案": "limited, limited_missing, within, closed, closed_missing, dated, "
    "days, first, first_missing, enforced, enforced_missing, claimed, "
    "recovered",
    "收案": "n, k",
    "上诉": "n, k",
    "存量": "n_after, k_after, n_before, k_before",
}


def for_sqlite(text: str) -> str:
    """The same question in SQLite's SQL: days as integers, months by a table."""
    month = "CAST(strftime('%Y%m', {0} * 86400, 'unixepoch') AS INTEGER)"
    for day in ("结案日期", "立案日期", "上诉日期", "greatest(立案日期, 结案日期)"):
        shown = day.replace("greatest(", "max(")
        text = text.replace(f"date_trunc('month', {day})::DATE", month.format(shown))
    text = text.replace("FILTER (", "FILTER (WHERE ").replace("DATE '2023-01-01'", "19358")
    return text.replace("DATE '2024-12-31'", "20088").replace("GROUP BY ALL", "GROUP BY 1, 2, 3")
