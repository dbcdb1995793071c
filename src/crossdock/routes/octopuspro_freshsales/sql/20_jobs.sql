-- Quotes, bookings and invoices are stages of one job; a job becomes one deal.
-- The copies of a number are counted over numbers alone: sorting whole rows costs many times more.

CREATE OR REPLACE TABLE route.booking AS
SELECT
    b.*,
    coalesce(as_key(booking_number) || CASE WHEN copy > 1 THEN '~' || copy ELSE '' END,
        'BOOKING-ROW' || _row) AS key,
    copy,
    as_status(status) AS status_key,
    coalesce(r.key, n.key) AS customer_key,
    NOT coalesce(lower(deleted) IN ('no', 'n', 'false', '0'), true) AS is_deleted
FROM (
    SELECT d.*, coalesce(again.copy, 1) AS copy FROM src.booking d LEFT JOIN (
        SELECT _row, row_number() OVER (PARTITION BY as_key(booking_number) ORDER BY _row) AS copy
        FROM src.booking QUALIFY copy > 1) again USING (_row)
) b
LEFT JOIN route.customer_ref r ON r.ref = b.customer_id
LEFT JOIN route.customer_name_ref n ON b.customer_id IS NULL AND n.ref = lower(b.customer_name);

CREATE OR REPLACE TABLE route.invoice AS
SELECT
    i.*,
    coalesce(as_key(invoice_number) || CASE WHEN copy > 1 THEN '~' || copy ELSE '' END,
        'INVOICE-ROW' || _row) AS key,
    copy,
    as_status(status) AS status_key,
    coalesce(as_status(status) = 'VOID', false) AS is_void,
    coalesce(r.key, n.key) AS customer_key
FROM (
    SELECT d.*, coalesce(again.copy, 1) AS copy FROM src.invoice d LEFT JOIN (
        SELECT _row, row_number() OVER (PARTITION BY as_key(invoice_number) ORDER BY _row) AS copy
        FROM src.invoice QUALIFY copy > 1) again USING (_row)
) i
LEFT JOIN route.customer_ref r ON r.ref = i.customer_id
LEFT JOIN route.customer_name_ref n ON i.customer_id IS NULL AND n.ref = lower(i.customer_name);

CREATE OR REPLACE TABLE route.quote AS
SELECT
    q.*,
    coalesce(as_key(quote_number) || CASE WHEN copy > 1 THEN '~' || copy ELSE '' END,
        'QUOTE-ROW' || _row) AS key,
    copy,
    as_status(status) AS status_key,
    coalesce(r.key, n.key) AS customer_key
FROM (
    SELECT d.*, coalesce(again.copy, 1) AS copy FROM src.quote d LEFT JOIN (
        SELECT _row, row_number() OVER (PARTITION BY as_key(quote_number) ORDER BY _row) AS copy
        FROM src.quote QUALIFY copy > 1) again USING (_row)
) q
LEFT JOIN route.customer_ref r ON r.ref = q.customer_id
LEFT JOIN route.customer_name_ref n ON q.customer_id IS NULL AND n.ref = lower(q.customer_name);

-- Which invoices bill which bookings: many to many. A number that two records share leads to the
-- first of them.
CREATE OR REPLACE TABLE route.invoice_booking AS
WITH stated AS (
    SELECT key AS invoice_key, unnest(as_list(booking_numbers)) AS number FROM route.invoice
    UNION
    SELECT i.key, l.booking_number FROM src.invoice_item l
    JOIN route.invoice i ON i.copy = 1 AND i.key = as_key(l.invoice_number)
    WHERE l.booking_number IS NOT NULL
)
SELECT DISTINCT s.invoice_key, b.key AS booking_key
FROM stated s JOIN route.booking b ON b.copy = 1 AND b.key = as_key(s.number);

-- A deleted booking moves only where money was asked for it.
CREATE OR REPLACE TABLE route.skipped_booking AS
SELECT key FROM route.booking
WHERE is_deleted AND key NOT IN (
    SELECT ib.booking_key FROM route.invoice_booking ib
    JOIN route.invoice i ON i.key = ib.invoice_key AND NOT i.is_void);
DELETE FROM route.invoice_booking WHERE booking_key IN (SELECT key FROM route.skipped_booking);

CREATE OR REPLACE TABLE route.quote_booking AS
SELECT quote_key, first(booking_key ORDER BY booking_key) AS booking_key FROM (
    SELECT q.key AS quote_key, b.key AS booking_key FROM route.quote q
    JOIN route.booking b ON b.copy = 1 AND b.key = as_key(q.booking_number)
    UNION
    SELECT q.key, b.key FROM route.booking b
    JOIN route.quote q ON q.copy = 1 AND q.key = as_key(b.quote_number)
    WHERE q.booking_number IS NULL OR as_key(q.booking_number) = b.key
)
WHERE booking_key NOT IN (SELECT key FROM route.skipped_booking)
GROUP BY 1;

-- The deals, and the document each stands on. With `document`, every quote, booking and invoice
-- is one; with `job`, a quote or an invoice is one only where no booking takes it.
CREATE OR REPLACE TABLE route.job AS
WITH chosen AS (
    SELECT 'booking' AS kind, 1 AS rank, key, customer_key, _row FROM route.booking
    WHERE key NOT IN (SELECT key FROM route.skipped_booking)
    UNION ALL
    SELECT 'quote', 2, key, customer_key, _row FROM route.quote
    WHERE getvariable('deals') = 'document'
       OR key NOT IN (SELECT quote_key FROM route.quote_booking)
    UNION ALL
    SELECT 'invoice', 3, key, customer_key, _row FROM route.invoice
    WHERE getvariable('deals') = 'document'
       OR key NOT IN (SELECT invoice_key FROM route.invoice_booking)
)
SELECT
    -- Numbers edited by hand may be the same on a quote and an invoice; deals must differ.
    key || CASE WHEN row_number() OVER (PARTITION BY key ORDER BY rank) > 1
        THEN '~' || kind ELSE '' END AS deal_key,
    kind, key AS document_key, customer_key, _row
FROM chosen;

-- Which documents each deal holds.
CREATE OR REPLACE TABLE route.member AS
SELECT deal_key, kind AS object, document_key AS key FROM route.job
UNION ALL
SELECT booking_key, 'quote', quote_key FROM route.quote_booking WHERE getvariable('deals') = 'job'
UNION ALL
SELECT booking_key, 'invoice', invoice_key FROM route.invoice_booking
WHERE getvariable('deals') = 'job';

-- Where a number written anywhere leads: a booking's own deal, a quote's, an invoice's first.
CREATE OR REPLACE TABLE route.number_ref AS
WITH leads AS (
    SELECT m.key AS number, m.deal_key, m.object FROM route.member m
    UNION ALL
    SELECT i.key, m.deal_key, 'inquiry' FROM route.inquiry i
    JOIN route.member m ON m.key = as_key(i.converted_to)
)
SELECT number, first(deal_key ORDER BY deal_key) AS deal_key, first(object ORDER BY deal_key) AS object
FROM leads GROUP BY 1;
