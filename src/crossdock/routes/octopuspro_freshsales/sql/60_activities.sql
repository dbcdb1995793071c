-- Visits become appointments; status changes, payments and refunds become completed tasks.
-- Each stands on the deal or on the contact, as the policies say; the other is one click away.

CREATE OR REPLACE TABLE route.target AS
SELECT d.source_key AS deal_key, d.contact_key, d.number, d.deal_name FROM route.deal d;

CREATE OR REPLACE MACRO target_of(policy, deal_key, contact_key) AS
    CASE WHEN policy = 'contact' AND contact_key IS NOT NULL
        THEN ['contact', contact_key] ELSE ['deal', deal_key] END;

CREATE OR REPLACE TABLE route.visit AS
WITH placed AS (
    SELECT
        a.*, own.text AS own_text, t.deal_key, t.contact_key, t.number, t.deal_name,
        row_number() OVER (PARTITION BY t.deal_key ORDER BY a.date, a.start, a._row) AS n,
        s.service
    FROM src.appointment a
    JOIN route.target t ON t.deal_key = as_key(a.booking_number)
    LEFT JOIN route.own_text own ON own.object = 'appointment' AND own._row = a._row
    LEFT JOIN (SELECT booking_number, line_id, first(service ORDER BY _row) AS service FROM src.booking_service
        GROUP BY 1, 2) s ON s.booking_number = a.booking_number AND s.line_id = a.line_id
)
SELECT
    deal_key || '/visit/' || n AS source_key,
    _row AS source_row,
    target_of(getvariable('visits_on'), deal_key, contact_key) AS target,
    concat_ws(' · ', 'Visit ' || n, service, number) AS title,
    start IS NULL OR lower(time_mode) IN ('all day', 'no specified time') AS is_allday,
    CASE WHEN start IS NULL THEN date::TIMESTAMP ELSE date + start END AS starts_at,
    CASE WHEN start IS NULL THEN date::TIMESTAMP + INTERVAL 1439 MINUTE
         WHEN "end" IS NULL THEN date + start + INTERVAL 1 HOUR
         WHEN "end" < start THEN date + "end" + INTERVAL 1 DAY
         ELSE date + "end" END AS ends_at,
    concat_ws(chr(10),
        CASE WHEN visit_no <> n THEN 'Visit number: ' || short(visit_no) END,
        'Field workers: ' || fieldworkers,
        'Sub-workers: ' || subworkers,
        'Time: ' || time_mode,
        'State: ' || visit_status,
        'Started: ' || stamp(actual_start),
        'Finished: ' || stamp(actual_finish), own_text) AS description
FROM placed WHERE date IS NOT NULL;

CREATE OR REPLACE TABLE route.status_task AS
SELECT
    t.deal_key || '/status/' || c.n AS source_key,
    c._row AS source_row,
    target_of(getvariable('status_changes_on'), t.deal_key, t.contact_key) AS target,
    left(t.number || ' status: ' || coalesce(c.old_value || ' to ', '') || c.new_value, 250)
        AS title,
    c.moment AS due_at,
    e.email AS owner_email,
    'Status changed' || coalesce(' from ' || c.old_value, '') || ' to ' || c.new_value
        || coalesce(' by ' || c.by_name, '') || ' on ' || stamp(c.moment)
        || coalesce(chr(10) || own.text, '') AS description
FROM route.status_change c
LEFT JOIN route.own_text own ON own.object = 'booking_history' AND own._row = c._row
JOIN route.target t ON t.deal_key = c.booking_key
LEFT JOIN route.person_email e ON e.ref = lower(c.by_name)
WHERE c.moment IS NOT NULL;

-- The deal that a payment stands on: the one that takes the largest part of its invoice.
CREATE OR REPLACE TABLE route.invoice_deal AS
SELECT invoice_key, first(deal_key ORDER BY invoiced DESC, deal_key) AS deal_key,
    count(*) AS deals, string_agg(deal_key || ' ' || coin(invoiced, getvariable('currency')), ', '
        ORDER BY deal_key) AS split
FROM route.invoice_share GROUP BY 1;

CREATE OR REPLACE TABLE route.payment_fact AS
SELECT
    p.key, p._row AS source_row, 'payment' AS object, t.deal_key, t.contact_key,
    CASE WHEN p.is_approved THEN 'Payment received: '
        ELSE 'Payment ' || lower(coalesce(p.status, 'without status')) || ': ' END
        || coin(p.amount_cents, getvariable('currency'))
        || coalesce(' by ' || p.payment_type, '') || ' · ' || p.invoice_number AS title,
    p.received_date AS moment,
    concat_ws(chr(10),
        'Amount: ' || coin(p.amount_cents, getvariable('currency')),
        'Received: ' || stamp(p.received_date),
        'Method: ' || concat_ws(', ', p.payment_type, p.gateway),
        'Status: ' || p.status,
        'Invoice: ' || p.invoice_number,
        CASE WHEN d.deals > 1 THEN 'The invoice covers several jobs: ' || d.split END,
        'Reference: ' || p.reference,
        CASE WHEN p.is_deposit THEN 'This was a deposit' END,
        'Tip: ' || CAST(p.tip AS VARCHAR),
        'Recorded by: ' || concat_ws(', ', p.added_by, p.insert_type),
        'Field worker: ' || p.fieldworker,
        'Booking: ' || p.booking_number,
        'Customer: ' || p.customer_name,
        'Note: ' || p.note, own.text) AS description
FROM route.payment p
LEFT JOIN route.own_text own ON own.object = 'payment' AND own._row = p._row
JOIN route.invoice_deal d ON d.invoice_key = p.invoice_key
JOIN route.target t ON t.deal_key = d.deal_key
WHERE p.review IS NULL
UNION ALL
SELECT
    r.key, r._row, 'refund', t.deal_key, t.contact_key,
    CASE WHEN r.is_approved THEN 'Refund paid: '
        ELSE 'Refund ' || lower(coalesce(r.status, 'without status')) || ': ' END
        || coin(r.amount_cents, getvariable('currency'))
        || coalesce(' by ' || r.payment_type, '') || ' · ' || r.invoice_number,
    r.received_refund_date,
    concat_ws(chr(10),
        'Amount: ' || coin(r.amount_cents, getvariable('currency')),
        'Refunded: ' || stamp(r.received_refund_date),
        'Method: ' || r.payment_type,
        'Status: ' || r.status,
        'Invoice: ' || r.invoice_number,
        CASE WHEN d.deals > 1 THEN 'The invoice covers several jobs: ' || d.split END,
        'Reference: ' || r.reference,
        'Reason: ' || r.reason,
        'Description: ' || r.description,
        'Kind: ' || r.kind,
        'Field worker: ' || r.fieldworker,
        'Booking: ' || r.booking_number, own.text)
FROM route.refund r
LEFT JOIN route.own_text own ON own.object = 'refund' AND own._row = r._row
JOIN route.invoice_deal d ON d.invoice_key = r.invoice_key
JOIN route.target t ON t.deal_key = d.deal_key
WHERE r.review IS NULL;

CREATE OR REPLACE TABLE route.task AS
SELECT source_key, 'booking_history' AS object, source_row, target, title, due_at, owner_email,
    description FROM route.status_task
UNION ALL
SELECT key, object, source_row, target_of(getvariable('payments_on'), deal_key, contact_key),
    left(title, 250), moment, NULL, description
FROM route.payment_fact;
