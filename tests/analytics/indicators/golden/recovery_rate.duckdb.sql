SELECT t."法院", t."承办人", (t."结案日期" - CAST(day(t."结案日期") - 1 AS INTEGER)) AS "期间", count(*) FILTER (WHERE (t."案件类型" = '首次执行') AND t."申请执行金额" IS NOT NULL AND t."到位金额" IS NOT NULL) AS c0, count(*) FILTER (WHERE (t."案件类型" = '首次执行') IS NOT FALSE AND ((t."案件类型" = '首次执行') IS NULL OR t."申请执行金额" IS NULL OR t."到位金额" IS NULL)) AS c1, sum(t."申请执行金额") FILTER (WHERE (t."案件类型" = '首次执行') AND t."申请执行金额" IS NOT NULL AND t."到位金额" IS NOT NULL) AS c2, sum(t."到位金额") FILTER (WHERE (t."案件类型" = '首次执行') AND t."申请执行金额" IS NOT NULL AND t."到位金额" IS NOT NULL) AS c3
FROM "cases" AS t
WHERE t."结案日期" BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'
GROUP BY 1, 2, 3
