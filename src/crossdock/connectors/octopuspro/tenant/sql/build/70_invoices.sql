-- Which bookings go on which invoice. `parts` > 1 is a progress invoice, several rows of one `iv`
-- a merged one; 'void' is an invoice that another one replaced, or the only one and called off.
CREATE TABLE billed AS
WITH due AS (
  SELECT *, number AS booking,
    total > 0 AND status <> 'QUOTED' AND NOT deleted AND (waived OR u('billed', j) < CASE status
      WHEN 'COMPLETED' THEN 0.99 WHEN 'AWAITING UPDATE' THEN 0.9 WHEN 'TO SCHEDULE' THEN 0.2
      ELSE 0.8 END) AS bill,
    series AND past AND u('merge', k) < 0.55 AS merged,
    NOT merged AND NOT waived AND total > 15000 AND u('progress', j) < 0.06 AS progress,
    CASE WHEN progress THEN 2 + n('parts', j, 2) ELSE 1 END AS parts,
    CASE WHEN NOT merged AND NOT progress THEN u('void', j) ELSE 1 END AS v
  FROM bookings
), live AS (
  SELECT *, unnest(range(1, parts + 1)) AS part,
    CASE WHEN merged THEN k * 8 + 4 + pos // 3 ELSE j * 8 + part END AS iv,
    CASE WHEN merged THEN 'merged' WHEN progress THEN 'progress' WHEN v < 0.003 THEN 'void'
      ELSE 'single' END AS how
  FROM due WHERE bill
), replaced AS (
  SELECT *, 1 AS part, j * 8 + 7 AS iv, 'void' AS how FROM due WHERE bill AND v >= 0.003
    AND v < 0.021
), alone AS (
  SELECT j.j, NULL AS booking, j.customer, t.amount AS total, 0 AS discount, 1 AS parts, 1 AS part,
    j.j * 8 AS iv, 'single' AS how, j.booked_at AS start_at, j.booked_at, j.rep, false AS waived
  FROM jobs j JOIN job_totals t USING (j) WHERE kind = 'invoice' AND t.amount > 0
)
SELECT iv, how, j, booking, customer, waived, part, parts, start_at, booked_at, rep,
  total AS booking_total, discount AS booking_discount
FROM (SELECT iv, how, j, booking, customer, waived, part, parts, start_at, booked_at, rep, total,
  discount FROM live
  UNION ALL SELECT iv, how, j, booking, customer, waived, part, parts, start_at, booked_at, rep,
    total, discount FROM replaced
  UNION ALL SELECT iv, how, j, booking, customer, waived, part, parts, start_at, booked_at, rep,
    total, discount FROM alone)
ORDER BY iv, j;

-- What stands on them: the booking's lines, products and charges, or a part of each.
CREATE TABLE invoice_items AS
WITH worth AS (
  SELECT j, 1 AS rank, l AS i, 'Service' AS type, service AS item, qty, unit_price AS rate,
    discount,
    tax_rate, amount FROM lines
  UNION ALL SELECT j, 2, i, 'Product', product.name, qty * 100, product.price, 0, 'GST 10%', amount
  FROM booking_products
  UNION ALL SELECT j, 3, row_number() OVER (PARTITION BY j ORDER BY charge), 'Fee', charge, 100,
    amount, 0, 'GST 10%', amount FROM booking_charges
)
SELECT b.iv, b.j, b.booking, row_number() OVER (PARTITION BY b.iv ORDER BY b.j, w.rank, w.i)
  AS line,
  w.type, w.tax_rate,
  CASE WHEN parts > 1 THEN w.item || ' (part ' || part || ' of ' || parts || ')' ELSE w.item
    END AS item,
  CASE WHEN parts > 1 THEN 100 ELSE w.qty END AS qty,
  part_of(w.amount, part, parts) AS amount,
  CASE WHEN parts > 1 THEN part_of(w.amount, part, parts) ELSE w.rate END AS rate,
  CASE WHEN parts > 1 THEN 0 ELSE w.discount END AS discount
FROM billed b JOIN worth w USING (j)
WHERE NOT (b.waived AND w.type = 'Service')
ORDER BY b.iv, line;

CREATE TABLE invoice_base AS
WITH summed AS (SELECT iv, sum(amount)::BIGINT AS subtotal FROM invoice_items GROUP BY iv),
headed AS (
  SELECT iv, min(how) AS how, min(customer) AS customer, min(j) AS j,
    string_agg('BOK-' || booking, '; ' ORDER BY booking) AS booking_numbers,
    count(booking) AS bookings, min(part) AS part, min(parts) AS parts, min(rep) AS rep,
    sum(part_of(booking_discount, part, parts))::BIGINT AS discount,
    max(CASE WHEN parts > 1 AND part = 1 THEN booked_at ELSE start_at END) AS worked,
    max(booked_at) AS booked_at
  FROM billed GROUP BY iv
), dated AS (
  SELECT h.*, s.subtotal, subtotal - discount AS total,
    date_trunc('day', greatest(booked_at, CASE WHEN worked > getvariable('today') THEN booked_at
      ELSE least(worked + to_days((n('issue', iv, 3) + CASE WHEN parts > 1 THEN 7 * (part - 1)
        ELSE 0 END)
        ::INTEGER), getvariable('today')) END)) AS issued,
    parts > 1 AND part > 1 AND worked > getvariable('today') AS ahead
  FROM headed h JOIN summed s USING (iv)
)
SELECT d.*, 399 + sum(CASE WHEN u('deleted invoice', iv) < 0.01 THEN 2 ELSE 1 END)
    OVER (ORDER BY issued, iv ROWS UNBOUNDED PRECEDING)::BIGINT AS number,
  how = 'void' AS void,
  NOT void AND (ahead OR (issued > getvariable('today') - to_days(20) AND u('draft', iv) < 0.15))
    AS draft,
  date_diff('day', issued, getvariable('today')) AS age
FROM dated d ORDER BY number;
