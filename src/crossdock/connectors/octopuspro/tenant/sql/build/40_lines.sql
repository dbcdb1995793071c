-- What is done: one to three service lines per job, the same for every booking of a series.
-- Quantities are hundredths, money is cents, prices contain tax.
CREATE TABLE lines AS
WITH wanted AS (
  SELECT j, k, unnest(range(1, 2 + CASE WHEN u('lines', k) < 0.65 THEN 0
    WHEN u('lines', k) < 0.9 THEN 1 ELSE 2 END)) AS l
  FROM jobs WHERE kind <> 'inquiry'
), drawn AS (
  SELECT j, k, l, k * 4 + l AS kl, pick('popular', 'service', kl) AS s,
    getvariable('services')[s] AS service
  FROM wanted
), priced AS (
  SELECT *,
    CASE WHEN service.model = 'Time' THEN 200 + 50 * n('hours', kl, 8)
         WHEN service.unit = 'm²' THEN 4000 + 50 * n('area', kl, 160)
         WHEN service.unit IN ('window', 'panel') THEN 100 * (10 + n('many', kl, 20))
         WHEN service.model = 'Unit' THEN 100 * (1 + n('few', kl, 6))
         ELSE 100 END AS qty,
    (service.price * (100 + [0, 0, 0, 0, 10, 15][1 + n('zone', k, 6)]) + 50) // 100 AS unit_price,
    (qty * unit_price + 50) // 100 AS gross
  FROM drawn
)
SELECT j, k, l, j * 4 + l AS line_id, s, service.name AS service, service.unit AS unit_label,
  service.tax AS tax_rate, qty, unit_price, gross,
  CASE WHEN u('line discount', kl) < 0.06 THEN (gross * 10 + 50) // 100 ELSE 0 END AS discount,
  gross - discount AS amount
FROM priced ORDER BY j, l;

CREATE TABLE job_totals AS
SELECT j, sum(amount)::BIGINT AS amount, sum(gross)::BIGINT AS gross, count(*) AS lines,
  string_agg(service, '; ' ORDER BY l) AS services, min(service) AS first_service
FROM lines GROUP BY j ORDER BY j;
