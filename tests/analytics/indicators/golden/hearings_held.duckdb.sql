SELECT t."法院", t."承办人", (t."发生日期" - CAST(day(t."发生日期") - 1 AS INTEGER)) AS "期间", count(*) FILTER (WHERE (t."事项" IN ('开庭', '再次开庭'))) AS c0, count(*) FILTER (WHERE (t."事项" IN ('开庭', '再次开庭')) IS NULL) AS c1
FROM "events" AS t
WHERE t."发生日期" BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'
GROUP BY 1, 2, 3
