-- One row per job. A job is an inquiry, a quote, a booking or any run of these.
-- Six bookings in a row may be one recurring series: they share what hangs on `k`, the first of
-- them, and stay independent bookings otherwise. `pos` is the place within the series.
CREATE TABLE jobs AS
WITH counted AS (
  SELECT j,
    CASE WHEN j <= getvariable('bookings') THEN 'booking'
         WHEN j <= getvariable('bookings') + getvariable('quote_jobs') THEN 'quote'
         WHEN j <= getvariable('bookings') + getvariable('quote_jobs') + getvariable('inquiry_jobs')
         THEN 'inquiry' ELSE 'invoice' END AS kind,
    (j - 1) // 6 AS block, (j - 1) % 6 AS place
  FROM range(1, getvariable('jobs') + 1) t(j)
), keyed AS (
  SELECT j, kind,
    kind = 'booking' AND (block + 1) * 6 <= getvariable('bookings')
      AND (block = 1 OR u('series', block) < 0.12) AS series,
    CASE WHEN series THEN block * 6 + 1 ELSE j END AS k,
    CASE WHEN series THEN place ELSE 0 END AS pos
  FROM counted
), placed AS (
  SELECT *,
    least(getvariable('customers'), 1 + floor(getvariable('customers') * u('customer', k)
      * (0.55 + 0.45 * u('customer', k))))::BIGINT AS customer,
    kind = 'quote' OR (kind = 'booking' AND u('quoted', k) < 0.6) AS quoted,
    CASE kind WHEN 'inquiry' THEN true WHEN 'invoice' THEN false
      ELSE u('inquired', k) < CASE WHEN quoted THEN 0.5 ELSE 0.15 END END AS inquired,
    CASE WHEN u('every', k) < 0.5 THEN 7 ELSE 14 END AS every
  FROM keyed
), dated AS (
  SELECT *,
    joined_day(customer) AS lo,
    CASE kind WHEN 'booking' THEN CASE WHEN quoted OR inquired OR series THEN 1078 ELSE 1094 END
      WHEN 'quote' THEN 1091 WHEN 'inquiry' THEN 1094
      ELSE 1080 END AS hi,
    -- Some work has only just been asked for, so that there are bookings to come.
    day(CASE WHEN kind = 'booking' AND hi = 1094 AND u('recent', k) < 0.15
      THEN 1080 + n('recent', k, 15)
      ELSE lo + floor(u('day', k) * (hi - lo + 1)) END) + to_minutes(480 + n('minute', k, 600))
        AS t0
  FROM placed
)
SELECT
  j, kind, k, pos, series, customer, pos = 0 AND quoted AS has_quote,
  pos = 0 AND inquired AS has_inquiry,
  t0 AS inquired_at,
  t0 + CASE WHEN inquired THEN to_minutes(1440 * n('answer', k, 3) + 20 + n('answered', k, 200))
       ELSE to_minutes(0) END AS quoted_at,
  quoted_at + CASE WHEN quoted THEN to_minutes(1440 * (1 + n('decide', k, 9)) + n('decided', k, 60))
       ELSE to_minutes(0) END AS booked_at,
  date_trunc('day', booked_at) + to_days((1 + n('lead', k, 18) + pos * every)::INTEGER)
    AS start_day,
  start_day + to_days(CASE WHEN dayofweek(start_day) = 0 THEN 1 ELSE 0 END)
    + to_minutes(420 + 15 * n('start', k, 33)) AS start_at,
  CASE WHEN t0 < TIMESTAMP '2025-01-01' AND u('rep', k) < 0.15 THEN 'Casey W'
       ELSE ['Alex P', 'Jordan M', 'Jordan M', 'Priya S'][1 + n('rep of', k, 4)] END AS rep,
  pick('sources', 'source', k) AS source,
  CASE WHEN u('elsewhere', k) < 0.06 THEN k END AS other_address
FROM dated ORDER BY j;
