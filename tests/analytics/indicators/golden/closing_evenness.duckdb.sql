SELECT t."法院", t."承办人", (t."结案日期" - CAST(day(t."结案日期") - 1 AS INTEGER)) AS "期间", count(*) FILTER (WHERE (t."计件" = TRUE)) AS c0, count(*) FILTER (WHERE (t."计件" = TRUE) IS NULL) AS c1
FROM "cases" AS t
WHERE t."结案日期" BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'
GROUP BY 1, 2, 3

SELECT t."法院", t."承办人", (t."结案日期" - CAST(day(t."结案日期") - 1 AS INTEGER)) AS "期间", (year(t."结案日期") * 12 + month(t."结案日期") - 1) AS c0, count(*) AS c1
FROM "cases" AS t
WHERE t."结案日期" BETWEEN DATE '2024-01-01' AND DATE '2024-12-31' AND (t."计件" = TRUE)
GROUP BY 1, 2, 3, 4
