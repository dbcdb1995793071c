-- Booking number, status and times. A cancelled or failed booking keeps its lines, waived to zero,
-- and is worth its fee or nothing.
CREATE TABLE booking_base AS
WITH numbered AS (
  SELECT *, 399 + sum(CASE WHEN u('deleted number', j) < 0.01 THEN 2 ELSE 1 END)
      OVER (ORDER BY booked_at, j ROWS UNBOUNDED PRECEDING)::BIGINT AS number,
    u('status', j) AS s, start_at < getvariable('today') AS past,
    start_at >= getvariable('today') + to_days(1) AS future
  FROM jobs WHERE kind = 'booking'
)
SELECT * EXCLUDE (s),
  CASE
    WHEN future THEN CASE WHEN s < 0.04 THEN 'CANCELLED' WHEN s < 0.62 THEN 'TO DO'
      WHEN s < 0.77 THEN 'TO VISIT' WHEN s < 0.87 THEN 'CONFIRMED'
      WHEN s < 0.95 AND NOT series THEN 'TO SCHEDULE'
      WHEN s >= 0.95 AND NOT has_quote THEN 'QUOTED' ELSE 'TO DO' END
    WHEN NOT past THEN CASE WHEN s < 0.5 THEN 'IN PROGRESS' ELSE 'COMPLETED' END
    WHEN s < 0.82 THEN 'COMPLETED' WHEN s < 0.89 THEN 'CANCELLED' WHEN s < 0.92 THEN 'FAILED'
    WHEN s < 0.97 THEN 'AWAITING UPDATE' WHEN s < 0.985 THEN 'IN PROGRESS'
    ELSE 'RETURN VISIT' END AS status,
  status IN ('CANCELLED', 'FAILED') AS waived,
  CASE WHEN status = 'TO SCHEDULE' THEN NULL WHEN u('mode', k) < 0.88 THEN 'Timed'
    WHEN u('mode', k) < 0.92 THEN 'All day' WHEN u('mode', k) < 0.96 THEN 'Part of day'
    ELSE 'No specified time' END AS mode,
  CASE WHEN u('general', k) < 0.02 THEN 1
    WHEN start_at < TIMESTAMP '2025-06-01' AND u('left', k) < 0.12 THEN 3
    ELSE [2, 4][1 + (u('second rank', k) < 0.85)::INTEGER]
      + CASE WHEN u('second rank', k) < 0.85 THEN n('worker', k, getvariable('leads') - 3)
        ELSE 0 END
  END AS worker,
  CASE WHEN u('helper', k) < 0.25 AND worker > 3
    THEN 4 + (worker - 4 + 1 + n('helper', k, greatest(1, getvariable('leads') - 4)))
      % (getvariable('leads') - 3) END AS helper_drawn,
  nullif(helper_drawn, worker) AS helper,
  CASE WHEN NOT series AND u('visits', k) < 0.08 THEN 2 + n('visit count', k, 2) ELSE 1
    END AS visits
FROM numbered ORDER BY number;

CREATE TABLE booking_charges AS
SELECT b.j, b.number, c.charge, c.qty, c.amount FROM booking_base b, unnest([
  {'charge': CASE WHEN NOT waived AND u('travel', j) < 0.08 THEN 'Travel' END,
   'qty': 100 * (5 + n('km', j, 40)), 'amount': 175 * (5 + n('km', j, 40))},
  {'charge': CASE WHEN NOT waived AND u('surcharge', j) < 0.04 THEN 'Surcharge' END,
   'qty': 100, 'amount': 2500},
  {'charge': CASE WHEN NOT waived AND u('tip', j) < 0.015 THEN 'Tip' END,
   'qty': 100, 'amount': 500 * (1 + n('tip of', j, 6))},
  {'charge': CASE WHEN NOT waived AND u('adjust', j) < 0.01 THEN 'Adjustment' END,
   'qty': 100, 'amount': 995},
  {'charge': CASE WHEN status = 'CANCELLED' AND past AND u('fee', j) < 0.4
    THEN 'Cancellation Fee' END,
   'qty': 100, 'amount': 5000},
  {'charge': CASE WHEN status = 'FAILED' AND u('fee', j) < 0.6 THEN 'Call Out Fee' END,
   'qty': 100, 'amount': 8000}
]) AS t(c)
WHERE c.charge IS NOT NULL ORDER BY b.number, c.charge;

CREATE TABLE booking_products AS
SELECT *, qty * product.price AS amount
FROM (
  SELECT j, number, i, 1 + n('pieces', j * 2 + i, 3) AS qty,
    getvariable('products')[1 + (n('product', j, 7) + i * 2) % 7] AS product
  FROM (SELECT *, unnest(range(0, CASE WHEN u('products', j) < 0.07 THEN 1 ELSE 2 END)) AS i
        FROM booking_base WHERE NOT waived AND u('products', j) < 0.1))
ORDER BY number, i;

CREATE TABLE bookings AS
WITH charged AS (SELECT j, sum(amount)::BIGINT AS amount,
    sum(CASE WHEN charge = 'Cancellation Fee' THEN amount END)::BIGINT AS cancel_fee,
    sum(CASE WHEN charge = 'Call Out Fee' THEN amount END)::BIGINT AS call_out_fee
  FROM booking_charges GROUP BY j),
sold AS (SELECT j, sum(amount)::BIGINT AS amount FROM booking_products GROUP BY j)
SELECT b.* EXCLUDE (helper_drawn), t.services, t.first_service, t.lines,
  c.cancel_fee, c.call_out_fee,
  CASE WHEN waived THEN 0 ELSE t.amount + coalesce(s.amount, 0) END + coalesce(c.amount, 0)
    AS subtotal,
  CASE WHEN waived OR u('discount', b.k) >= 0.07 THEN 0
       WHEN u('discount', b.k) < 0.035 THEN (t.amount * 10 + 50) // 100
       WHEN t.amount > 10000 THEN 2000 ELSE 0 END AS discount,
  subtotal - discount AS total,
  cu.cid, cu.name AS customer_name, cu.first AS first_name, cu.email, cu.mobile,
  CASE WHEN other_address IS NULL THEN cu.address
    ELSE full_address(unit('other', b.k), street('other', b.k), suburb('other', b.k))
      END AS address,
  cu.billing, cu.due_days,
  getvariable('worker_names')[worker] AS worker_name,
  getvariable('worker_names')[helper] AS helper_name,
  status = 'CANCELLED' AND total = 0 AND u('gone', b.j) < 0.1 AS deleted
FROM booking_base b JOIN job_totals t USING (j) JOIN customers cu ON cu.id = b.customer
LEFT JOIN charged c USING (j) LEFT JOIN sold s USING (j)
ORDER BY b.number;
DROP TABLE booking_base;
