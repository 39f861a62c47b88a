WITH came AS (
SELECT t."法院", t."承办人", greatest((t."立案日期" - CAST(day(t."立案日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (t."计件" = TRUE)) AS c0, count(*) FILTER (WHERE (t."计件" = TRUE) IS NULL) AS c1
FROM "cases" AS t
WHERE t."立案日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), went AS (
SELECT t."法院", t."承办人", greatest((t."结案日期" - CAST(day(t."结案日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (t."计件" = TRUE)) AS c0, -count(*) FILTER (WHERE (t."计件" = TRUE) IS NULL) AS c1, count(*) FILTER (WHERE (t."计件" = TRUE)) AS f0, count(*) FILTER (WHERE (t."计件" = TRUE) IS NULL) AS f1
FROM "cases" AS t
WHERE t."结案日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), moved AS (
SELECT "法院", "承办人", "期间", c0, c1 FROM came
UNION ALL
SELECT "法院", "承办人", "期间", c0, c1 FROM went
UNION ALL
SELECT t."法院", t."承办人", greatest((t."立案日期" - CAST(day(t."立案日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", -count(*) FILTER (WHERE (t."计件" = TRUE)) AS c0, -count(*) FILTER (WHERE (t."计件" = TRUE) IS NULL) AS c1
FROM "cases" AS t
WHERE t."结案日期" < t."立案日期" AND t."立案日期" <= DATE '2024-12-31'
GROUP BY 1, 2, 3
UNION ALL
SELECT t."法院", t."承办人", greatest((t."结案日期" - CAST(day(t."结案日期") - 1 AS INTEGER)), DATE '2023-12-31') AS "期间", count(*) FILTER (WHERE (t."计件" = TRUE)) AS c0, count(*) FILTER (WHERE (t."计件" = TRUE) IS NULL) AS c1
FROM "cases" AS t
WHERE (t."立案日期" IS NULL OR t."结案日期" < t."立案日期") AND t."结案日期" <= DATE '2024-12-31'
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
SELECT s."法院", s."承办人", s."期间", s.s0 AS d0, s.s1 AS d1, coalesce(went.f0, 0) AS d2, coalesce(went.f1, 0) AS d3
FROM summed AS s
LEFT JOIN went ON went."法院" IS NOT DISTINCT FROM s."法院" AND went."承办人" IS NOT DISTINCT FROM s."承办人" AND went."期间" = s."期间"
WHERE s."期间" > DATE '2023-12-31'
