WITH moved AS (
SELECT t.`法院`, t.`承办人`, greatest(CAST(trunc(t.`立案日期`, 'month') AS DATE), DATE '2023-12-31') AS `期间`, count(*) FILTER (WHERE (t.`计件` = TRUE)) AS c0, count(*) FILTER (WHERE (t.`计件` = TRUE) IS NULL) AS c1, count(*) FILTER (WHERE (t.`计件` = TRUE)) AS c2, count(*) FILTER (WHERE (t.`计件` = TRUE) IS NULL) AS c3, 0 AS c4, 0 AS c5
FROM `cases` AS t
WHERE t.`立案日期` <= DATE '2024-12-31'
GROUP BY 1, 2, 3
UNION ALL
SELECT t.`法院`, t.`承办人`, greatest(CAST(trunc(t.`结案日期`, 'month') AS DATE), DATE '2023-12-31') AS `期间`, -count(*) FILTER (WHERE (t.`计件` = TRUE)) AS c0, -count(*) FILTER (WHERE (t.`计件` = TRUE) IS NULL) AS c1, 0 AS c2, 0 AS c3, count(*) FILTER (WHERE (t.`计件` = TRUE)) AS c4, count(*) FILTER (WHERE (t.`计件` = TRUE) IS NULL) AS c5
FROM `cases` AS t
WHERE t.`结案日期` <= DATE '2024-12-31'
GROUP BY 1, 2, 3
UNION ALL
SELECT t.`法院`, t.`承办人`, greatest(CAST(trunc(t.`立案日期`, 'month') AS DATE), DATE '2023-12-31') AS `期间`, -count(*) FILTER (WHERE (t.`计件` = TRUE)) AS c0, -count(*) FILTER (WHERE (t.`计件` = TRUE) IS NULL) AS c1, 0 AS c2, 0 AS c3, 0 AS c4, 0 AS c5
FROM `cases` AS t
WHERE t.`结案日期` < t.`立案日期` AND t.`立案日期` <= DATE '2024-12-31'
GROUP BY 1, 2, 3
UNION ALL
SELECT t.`法院`, t.`承办人`, greatest(CAST(trunc(t.`结案日期`, 'month') AS DATE), DATE '2023-12-31') AS `期间`, count(*) FILTER (WHERE (t.`计件` = TRUE)) AS c0, count(*) FILTER (WHERE (t.`计件` = TRUE) IS NULL) AS c1, 0 AS c2, 0 AS c3, 0 AS c4, 0 AS c5
FROM `cases` AS t
WHERE (t.`立案日期` IS NULL OR t.`结案日期` < t.`立案日期`) AND t.`结案日期` <= DATE '2024-12-31'
GROUP BY 1, 2, 3
), filled AS (
SELECT `法院`, `承办人`, `期间`, sum(c0) AS c0, sum(c1) AS c1, sum(c2) AS c2, sum(c3) AS c3, sum(c4) AS c4, sum(c5) AS c5 FROM (
SELECT * FROM moved UNION ALL
SELECT g.`法院`, g.`承办人`, p.`期间`, 0, 0, 0, 0, 0, 0 FROM (SELECT DISTINCT `法院`, `承办人` FROM moved) AS g
CROSS JOIN (VALUES (DATE '2023-12-31'), (DATE '2024-01-01'), (DATE '2024-02-01'), (DATE '2024-03-01'), (DATE '2024-04-01'), (DATE '2024-05-01'), (DATE '2024-06-01'), (DATE '2024-07-01'), (DATE '2024-08-01'), (DATE '2024-09-01'), (DATE '2024-10-01'), (DATE '2024-11-01'), (DATE '2024-12-01')) AS p(`期间`)
) AS every_one
GROUP BY 1, 2, 3
), summed AS (
SELECT `法院`, `承办人`, `期间`, sum(c0) OVER (PARTITION BY `法院`, `承办人` ORDER BY `期间`) - c0 AS d0, sum(c1) OVER (PARTITION BY `法院`, `承办人` ORDER BY `期间`) - c1 AS d1, c2 AS d2, c3 AS d3, c4 AS d4, c5 AS d5 FROM filled
)
SELECT * FROM summed WHERE `期间` > DATE '2023-12-31'
