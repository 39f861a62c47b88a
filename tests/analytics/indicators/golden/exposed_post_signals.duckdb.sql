WITH came AS (
SELECT t."法院", t."承办人", greatest((t."登记日期" - CAST(day(t."登记日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_conduct_finding" AS t
WHERE t."登记日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), went AS (
SELECT t."法院", t."承办人", greatest((t."了结日期" - CAST(day(t."了结日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_conduct_finding" AS t
WHERE t."了结日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), moved AS (
SELECT "法院", "承办人", "期间", c0, c1 FROM came
UNION ALL
SELECT "法院", "承办人", "期间", c0, c1 FROM went
UNION ALL
SELECT t."法院", t."承办人", greatest((t."登记日期" - CAST(day(t."登记日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_conduct_finding" AS t
WHERE t."了结日期" < t."登记日期" AND t."登记日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
UNION ALL
SELECT t."法院", t."承办人", greatest((t."了结日期" - CAST(day(t."了结日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_conduct_finding" AS t
WHERE (t."登记日期" IS NULL OR t."了结日期" < t."登记日期") AND t."了结日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), filled AS (
SELECT "法院", "承办人", "期间", sum(c0) AS c0, sum(c1) AS c1 FROM (
SELECT * FROM moved UNION ALL
SELECT g."法院", g."承办人", p."期间", 0, 0 FROM (SELECT DISTINCT "法院", "承办人" FROM moved) AS g
CROSS JOIN (VALUES (DATE '2023-12-31'), (DATE '2024-01-01'), (DATE '2024-02-01'), (DATE '2024-03-01'), (DATE '2024-04-01'), (DATE '2024-05-01'), (DATE '2024-06-01'), (DATE '2024-07-01'), (DATE '2024-08-01'), (DATE '2024-09-01'), (DATE '2024-10-01'), (DATE '2024-11-01'), (DATE '2024-12-01')) AS p("期间")
) AS every_one
GROUP BY 1, 2, 3
), summed AS (
SELECT "法院", "承办人", "期间", c0, sum(c0) OVER (PARTITION BY "法院", "承办人" ORDER BY "期间") AS s0, c1, sum(c1) OVER (PARTITION BY "法院", "承办人" ORDER BY "期间") AS s1 FROM filled
)
SELECT s."法院", s."承办人", s."期间", s.s0 AS d0, s.s1 AS d1
FROM summed AS s
WHERE s."期间" > DATE '2023-12-31'

WITH came AS (
SELECT t."法院", t."承办人", greatest((t."登记日期" - CAST(day(t."登记日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_spending_check" AS t
WHERE t."登记日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), went AS (
SELECT t."法院", t."承办人", greatest((t."了结日期" - CAST(day(t."了结日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_spending_check" AS t
WHERE t."了结日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), moved AS (
SELECT "法院", "承办人", "期间", c0, c1 FROM came
UNION ALL
SELECT "法院", "承办人", "期间", c0, c1 FROM went
UNION ALL
SELECT t."法院", t."承办人", greatest((t."登记日期" - CAST(day(t."登记日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_spending_check" AS t
WHERE t."了结日期" < t."登记日期" AND t."登记日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
UNION ALL
SELECT t."法院", t."承办人", greatest((t."了结日期" - CAST(day(t."了结日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_spending_check" AS t
WHERE (t."登记日期" IS NULL OR t."了结日期" < t."登记日期") AND t."了结日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), filled AS (
SELECT "法院", "承办人", "期间", sum(c0) AS c0, sum(c1) AS c1 FROM (
SELECT * FROM moved UNION ALL
SELECT g."法院", g."承办人", p."期间", 0, 0 FROM (SELECT DISTINCT "法院", "承办人" FROM moved) AS g
CROSS JOIN (VALUES (DATE '2023-12-31'), (DATE '2024-01-01'), (DATE '2024-02-01'), (DATE '2024-03-01'), (DATE '2024-04-01'), (DATE '2024-05-01'), (DATE '2024-06-01'), (DATE '2024-07-01'), (DATE '2024-08-01'), (DATE '2024-09-01'), (DATE '2024-10-01'), (DATE '2024-11-01'), (DATE '2024-12-01')) AS p("期间")
) AS every_one
GROUP BY 1, 2, 3
), summed AS (
SELECT "法院", "承办人", "期间", c0, sum(c0) OVER (PARTITION BY "法院", "承办人" ORDER BY "期间") AS s0, c1, sum(c1) OVER (PARTITION BY "法院", "承办人" ORDER BY "期间") AS s1 FROM filled
)
SELECT s."法院", s."承办人", s."期间", s.s0 AS d0, s.s1 AS d1
FROM summed AS s
WHERE s."期间" > DATE '2023-12-31'

WITH came AS (
SELECT t."法院", t."承办人", greatest((t."登记日期" - CAST(day(t."登记日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (CASE WHEN (t."部门" IN ('执行局', '立案庭', '综合办公室')) THEN (t."状态" = '待改正') ELSE (t."部门" IN ('执行局', '立案庭', '综合办公室')) END)) AS c0, count(*) FILTER (WHERE (CASE WHEN (t."部门" IN ('执行局', '立案庭', '综合办公室')) THEN (t."状态" = '待改正') ELSE (t."部门" IN ('执行局', '立案庭', '综合办公室')) END) IS NULL) AS c1
FROM "ledger_vehicle_check" AS t
WHERE t."登记日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), went AS (
SELECT t."法院", t."承办人", greatest((t."了结日期" - CAST(day(t."了结日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (CASE WHEN (t."部门" IN ('执行局', '立案庭', '综合办公室')) THEN (t."状态" = '待改正') ELSE (t."部门" IN ('执行局', '立案庭', '综合办公室')) END)) AS c0, -count(*) FILTER (WHERE (CASE WHEN (t."部门" IN ('执行局', '立案庭', '综合办公室')) THEN (t."状态" = '待改正') ELSE (t."部门" IN ('执行局', '立案庭', '综合办公室')) END) IS NULL) AS c1
FROM "ledger_vehicle_check" AS t
WHERE t."了结日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), moved AS (
SELECT "法院", "承办人", "期间", c0, c1 FROM came
UNION ALL
SELECT "法院", "承办人", "期间", c0, c1 FROM went
UNION ALL
SELECT t."法院", t."承办人", greatest((t."登记日期" - CAST(day(t."登记日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (CASE WHEN (t."部门" IN ('执行局', '立案庭', '综合办公室')) THEN (t."状态" = '待改正') ELSE (t."部门" IN ('执行局', '立案庭', '综合办公室')) END)) AS c0, -count(*) FILTER (WHERE (CASE WHEN (t."部门" IN ('执行局', '立案庭', '综合办公室')) THEN (t."状态" = '待改正') ELSE (t."部门" IN ('执行局', '立案庭', '综合办公室')) END) IS NULL) AS c1
FROM "ledger_vehicle_check" AS t
WHERE t."了结日期" < t."登记日期" AND t."登记日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
UNION ALL
SELECT t."法院", t."承办人", greatest((t."了结日期" - CAST(day(t."了结日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (CASE WHEN (t."部门" IN ('执行局', '立案庭', '综合办公室')) THEN (t."状态" = '待改正') ELSE (t."部门" IN ('执行局', '立案庭', '综合办公室')) END)) AS c0, count(*) FILTER (WHERE (CASE WHEN (t."部门" IN ('执行局', '立案庭', '综合办公室')) THEN (t."状态" = '待改正') ELSE (t."部门" IN ('执行局', '立案庭', '综合办公室')) END) IS NULL) AS c1
FROM "ledger_vehicle_check" AS t
WHERE (t."登记日期" IS NULL OR t."了结日期" < t."登记日期") AND t."了结日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), filled AS (
SELECT "法院", "承办人", "期间", sum(c0) AS c0, sum(c1) AS c1 FROM (
SELECT * FROM moved UNION ALL
SELECT g."法院", g."承办人", p."期间", 0, 0 FROM (SELECT DISTINCT "法院", "承办人" FROM moved) AS g
CROSS JOIN (VALUES (DATE '2023-12-31'), (DATE '2024-01-01'), (DATE '2024-02-01'), (DATE '2024-03-01'), (DATE '2024-04-01'), (DATE '2024-05-01'), (DATE '2024-06-01'), (DATE '2024-07-01'), (DATE '2024-08-01'), (DATE '2024-09-01'), (DATE '2024-10-01'), (DATE '2024-11-01'), (DATE '2024-12-01')) AS p("期间")
) AS every_one
GROUP BY 1, 2, 3
), summed AS (
SELECT "法院", "承办人", "期间", c0, sum(c0) OVER (PARTITION BY "法院", "承办人" ORDER BY "期间") AS s0, c1, sum(c1) OVER (PARTITION BY "法院", "承办人" ORDER BY "期间") AS s1 FROM filled
)
SELECT s."法院", s."承办人", s."期间", s.s0 AS d0, s.s1 AS d1
FROM summed AS s
WHERE s."期间" > DATE '2023-12-31'

WITH came AS (
SELECT t."法院", t."承办人", greatest((t."登记日期" - CAST(day(t."登记日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_reminder" AS t
WHERE t."登记日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), went AS (
SELECT t."法院", t."承办人", greatest((t."了结日期" - CAST(day(t."了结日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_reminder" AS t
WHERE t."了结日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), moved AS (
SELECT "法院", "承办人", "期间", c0, c1 FROM came
UNION ALL
SELECT "法院", "承办人", "期间", c0, c1 FROM went
UNION ALL
SELECT t."法院", t."承办人", greatest((t."登记日期" - CAST(day(t."登记日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, -count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_reminder" AS t
WHERE t."了结日期" < t."登记日期" AND t."登记日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
UNION ALL
SELECT t."法院", t."承办人", greatest((t."了结日期" - CAST(day(t."了结日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室'))) AS c0, count(*) FILTER (WHERE (t."部门" IN ('执行局', '立案庭', '综合办公室')) IS NULL) AS c1
FROM "ledger_reminder" AS t
WHERE (t."登记日期" IS NULL OR t."了结日期" < t."登记日期") AND t."了结日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), filled AS (
SELECT "法院", "承办人", "期间", sum(c0) AS c0, sum(c1) AS c1 FROM (
SELECT * FROM moved UNION ALL
SELECT g."法院", g."承办人", p."期间", 0, 0 FROM (SELECT DISTINCT "法院", "承办人" FROM moved) AS g
CROSS JOIN (VALUES (DATE '2023-12-31'), (DATE '2024-01-01'), (DATE '2024-02-01'), (DATE '2024-03-01'), (DATE '2024-04-01'), (DATE '2024-05-01'), (DATE '2024-06-01'), (DATE '2024-07-01'), (DATE '2024-08-01'), (DATE '2024-09-01'), (DATE '2024-10-01'), (DATE '2024-11-01'), (DATE '2024-12-01')) AS p("期间")
) AS every_one
GROUP BY 1, 2, 3
), summed AS (
SELECT "法院", "承办人", "期间", c0, sum(c0) OVER (PARTITION BY "法院", "承办人" ORDER BY "期间") AS s0, c1, sum(c1) OVER (PARTITION BY "法院", "承办人" ORDER BY "期间") AS s1 FROM filled
)
SELECT s."法院", s."承办人", s."期间", s.s0 AS d0, s.s1 AS d1
FROM summed AS s
WHERE s."期间" > DATE '2023-12-31'
