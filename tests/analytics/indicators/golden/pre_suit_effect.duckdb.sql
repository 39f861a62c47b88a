SELECT t."法院", t."承办人", (t."终结日期" - CAST(day(t."终结日期") - 1 AS INTEGER)) AS "期间", count(*) FILTER (WHERE (t."状态" IN ('已调成', '已履行', '已申请司法确认'))) AS c0, count(*) FILTER (WHERE (t."状态" IN ('已调成', '已履行', '已申请司法确认')) IS NULL) AS c1
FROM "ledger_pre_suit_mediation" AS t
WHERE t."终结日期" BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'
GROUP BY 1, 2, 3

SELECT t."法院", t."承办人", (t."立案日期" - CAST(day(t."立案日期") - 1 AS INTEGER)) AS "期间", count(*) FILTER (WHERE (t."案件类型" = '民事一审')) AS c0, count(*) FILTER (WHERE (t."案件类型" = '民事一审') IS NULL) AS c1
FROM "cases" AS t
WHERE t."立案日期" BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'
GROUP BY 1, 2, 3
