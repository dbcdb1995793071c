-- Money, in whole cents, split so that nothing is lost: largest remainder first.

-- What each deal takes of each invoice. An invoice over several bookings is weighed by its own
-- lines for each; without lines by what was booked; without either evenly.
CREATE OR REPLACE TABLE route.invoice_share AS
WITH lines AS (
    SELECT i.key AS invoice_key, as_key(l.booking_number) AS booking_key,
        sum(cents(l.amount)) AS amount
    FROM src.invoice_item l JOIN route.invoice i
        ON i.copy = 1 AND i.key = as_key(l.invoice_number)
    WHERE l.booking_number IS NOT NULL GROUP BY 1, 2
),
weighed AS (
    SELECT m.key AS invoice_key, m.deal_key, i.is_void,
        greatest(coalesce(l.amount, 0), 0) AS by_lines,
        greatest(coalesce(cents(b.total), 0), 0) AS by_booking,
        coalesce(cents(i.total), 0) AS total
    FROM route.member m JOIN route.invoice i ON i.key = m.key
    LEFT JOIN lines l ON l.invoice_key = m.key AND l.booking_key = m.deal_key
    LEFT JOIN route.booking b ON b.key = m.deal_key
    WHERE m.object = 'invoice'
),
chosen AS (
    SELECT invoice_key, deal_key, is_void, total,
        CASE WHEN min(by_lines) OVER w > 0 THEN by_lines
             WHEN sum(by_booking) OVER w > 0 THEN by_booking
             ELSE 1 END AS weight
    FROM weighed WINDOW w AS (PARTITION BY invoice_key)
),
parts AS (
    SELECT *, abs(total) * weight AS product, sum(weight) OVER w AS weights
    FROM chosen WINDOW w AS (PARTITION BY invoice_key)
),
floored AS (
    SELECT *, product // weights AS part, product % weights AS rest FROM parts
)
SELECT invoice_key, deal_key, is_void, weight,
    CAST(sign(total) * (part + CASE WHEN row_number() OVER (PARTITION BY invoice_key
        ORDER BY rest DESC, deal_key) <= abs(total) - sum(part) OVER (PARTITION BY invoice_key)
        THEN 1 ELSE 0 END) AS HUGEINT) AS invoiced
FROM floored;

-- Payments and refunds with the invoice they belong to. Approved ones on a living invoice count;
-- those on a void or missing one go to a person.
CREATE OR REPLACE TABLE route.payment AS
SELECT
    p.*,
    'P' || as_key(coalesce(payment_id, 'row' || p._row))
        || CASE WHEN row_number() OVER (PARTITION BY coalesce(as_key(payment_id), 'row' || p._row)
            ORDER BY p._row) > 1 THEN '~' || p._row ELSE '' END AS key,
    i.key AS invoice_key,
    as_status(p.status) AS status_key,
    coalesce(as_status(p.status) = 'APPROVED', false) AS is_approved,
    coalesce(cents(p.amount), 0) AS amount_cents,
    CASE
        WHEN p.invoice_number IS NULL THEN 'no invoice number'
        WHEN i.key IS NULL THEN 'invoice ' || p.invoice_number || ' is not in the export'
        WHEN i.is_void THEN 'invoice ' || p.invoice_number || ' is void'
    END AS review
FROM src.payment p
LEFT JOIN route.invoice i ON i.copy = 1 AND i.key = as_key(p.invoice_number);

CREATE OR REPLACE TABLE route.refund AS
SELECT
    r.* REPLACE (coalesce(r.invoice_number, p.invoice_number) AS invoice_number),
    coalesce(p.key, 'R' || r._row) || '/refund'
        || CASE WHEN row_number() OVER (PARTITION BY p.key ORDER BY r._row) > 1
            THEN '~' || r._row ELSE '' END AS key,
    i.key AS invoice_key,
    as_status(r.status) AS status_key,
    coalesce(as_status(r.status) = 'APPROVED', false) AS is_approved,
    coalesce(cents(r.amount), 0) AS amount_cents,
    CASE
        WHEN i.key IS NULL THEN 'no invoice in the export'
        WHEN i.is_void THEN 'invoice ' || i.invoice_number || ' is void'
    END AS review
FROM src.refund r
LEFT JOIN (SELECT as_key(payment_id) AS id, first(key ORDER BY _row) AS key,
        first(invoice_number ORDER BY _row) AS invoice_number
    FROM route.payment WHERE payment_id IS NOT NULL GROUP BY 1) p ON p.id = as_key(r.payment_id)
LEFT JOIN route.invoice i
    ON i.copy = 1 AND i.key = as_key(coalesce(r.invoice_number, p.invoice_number));

-- Paid and refunded money over an invoice's deals, in the proportion in which it was invoiced.
CREATE OR REPLACE TABLE route.paid_share AS
WITH moved AS (
    SELECT key, 'paid' AS measure, invoice_key, amount_cents AS total FROM route.payment
    WHERE is_approved AND review IS NULL
    UNION ALL
    SELECT key, 'refunded', invoice_key, amount_cents FROM route.refund
    WHERE is_approved AND review IS NULL
    UNION ALL
    -- What the invoice says is still open beyond total minus paid: zero in sound books.
    SELECT i.key, 'residual', i.key,
        coalesce(cents(i.balance), cents(i.total) - coalesce(p.paid, 0))
            - (coalesce(cents(i.total), 0) - coalesce(p.paid, 0))
    FROM route.invoice i
    LEFT JOIN (SELECT invoice_key, sum(amount_cents) AS paid FROM route.payment
        WHERE is_approved AND review IS NULL GROUP BY 1) p ON p.invoice_key = i.key
    WHERE NOT i.is_void
),
parts AS (
    SELECT m.*, s.deal_key,
        CASE WHEN sum(abs(s.invoiced)) OVER w > 0 THEN abs(s.invoiced) ELSE 1 END AS weight
    FROM moved m JOIN route.invoice_share s USING (invoice_key)
    WINDOW w AS (PARTITION BY m.measure, m.key)
),
floored AS (
    SELECT *, sum(weight) OVER w AS weights,
        (abs(total) * weight) // sum(weight) OVER w AS part,
        (abs(total) * weight) % sum(weight) OVER w AS rest
    FROM parts WINDOW w AS (PARTITION BY measure, key)
)
SELECT key, measure, invoice_key, deal_key,
    CAST(sign(total) * (part + CASE WHEN row_number() OVER (PARTITION BY measure, key
        ORDER BY rest DESC, deal_key)
        <= abs(total) - sum(part) OVER (PARTITION BY measure, key) THEN 1 ELSE 0 END) AS HUGEINT)
        AS amount
FROM floored;

-- The money of each deal. `amount` is its value: what was invoiced once the job is over or fully
-- invoiced, else what was booked, else what was quoted.
CREATE OR REPLACE TABLE route.deal_money AS
WITH invoiced AS (
    SELECT deal_key, sum(CASE WHEN is_void THEN 0 ELSE invoiced END) AS invoiced,
        count(*) FILTER (WHERE NOT is_void) AS invoices
    FROM route.invoice_share GROUP BY 1
),
paid AS (
    SELECT deal_key,
        coalesce(sum(amount) FILTER (WHERE measure = 'paid'), 0) AS paid,
        coalesce(sum(amount) FILTER (WHERE measure = 'refunded'), 0) AS refunded,
        coalesce(sum(amount) FILTER (WHERE measure = 'residual'), 0) AS residual
    FROM route.paid_share GROUP BY 1
),
joined AS (
    SELECT
        j.deal_key, j.kind, j.document_key,
        coalesce(i.invoiced, 0) AS invoiced,
        coalesce(i.invoices, 0) AS invoices,
        coalesce(p.paid, 0) AS paid,
        coalesce(p.refunded, 0) AS refunded,
        coalesce(i.invoiced, 0) - coalesce(p.paid, 0) + coalesce(p.residual, 0) AS outstanding,
        cents(b.total) AS booked,
        b.status_key IN ('COMPLETED', 'CANCELLED', 'FAILED') AS is_over,
        cents(q.total) AS quoted_total
    FROM route.job j
    LEFT JOIN invoiced i USING (deal_key)
    LEFT JOIN paid p USING (deal_key)
    LEFT JOIN route.booking b ON j.kind = 'booking' AND b.key = j.document_key
    LEFT JOIN route.quote q ON j.kind = 'quote' AND q.key = j.document_key
)
SELECT
    deal_key, document_key, invoiced, paid, refunded, outstanding,
    CASE WHEN kind = 'quote' AND (getvariable('deals') = 'job'
        OR document_key NOT IN (SELECT quote_key FROM route.quote_booking))
        THEN coalesce(quoted_total, 0) ELSE 0 END AS quoted,
    CASE
        WHEN invoices > 0 AND (is_over OR booked IS NULL OR invoiced >= booked) THEN 'invoice'
        WHEN kind = 'booking' THEN 'booking'
        ELSE kind
    END AS basis,
    CASE
        WHEN invoices > 0 AND (is_over OR booked IS NULL OR invoiced >= booked) THEN invoiced
        ELSE coalesce(booked, quoted_total, 0)
    END AS amount
FROM joined;
