SELECT t."法院", t."承办人", (t."结案日期" - CAST(day(t."结案日期") - 1 AS INTEGER)) AS "期间", count(*) FILTER (WHERE (t."有无审限" = '有') AND t."审限届满日" IS NOT NULL) AS c0, count(*) FILTER (WHERE (t."有无审限" = '有') IS NOT FALSE AND ((t."有无审限" = '有') IS NULL OR t."审限届满日" IS NULL)) AS c1, count(*) FILTER (WHERE (t."有无审限" = '有') AND t."审限届满日" IS NOT NULL AND (t."结案日期" <= t."审限届满日")) AS c2
FROM "cases" AS t
WHERE t."结案日期" BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'
GROUP BY 1, 2, 3
