-- The account of every staged row: exactly one line each, saying where it went and why.
-- `bucket` is what the plan intends; what the destination does with the record is the ledger's.
CREATE OR REPLACE VIEW route.placed_event AS
SELECT object, _row, owner_key, is_in_full(moment) AS in_full FROM route.event;
CREATE OR REPLACE TABLE route.flow (
    object VARCHAR, _row BIGINT, bucket VARCHAR, entity VARCHAR, source_key VARCHAR, reason VARCHAR
);

INSERT INTO route.flow
SELECT 'customer', c._row,
    CASE WHEN a.key IS NULL THEN 'skipped' WHEN c.own_key <> c.key THEN 'merged' ELSE 'created' END,
    'contact', coalesce(m.contact_key, c.key),
    CASE WHEN a.key IS NULL THEN 'deleted in OctopusPro and without any record'
         WHEN c.own_key <> c.key THEN 'duplicate of ' || c.key END
FROM route.customer c
LEFT JOIN route.account a ON a.key = c.key
LEFT JOIN route.main_contact m ON m.customer_key = c.key;

INSERT INTO route.flow
SELECT 'customer_contact', x._row,
    CASE WHEN p._row IS NULL AND x.customer_id IN (SELECT ref FROM route.skipped_customer) THEN 'skipped'
         WHEN p._row IS NULL THEN 'rejected' WHEN q.key = q.own_key THEN 'created' ELSE 'merged' END,
    'contact', q.key,
    CASE WHEN p._row IS NULL AND x.customer_id IN (SELECT ref FROM route.skipped_customer)
            THEN 'its customer is deleted'
         WHEN p._row IS NULL THEN 'its customer is not in the export'
         WHEN q.key IS NULL OR q.key <> q.own_key THEN 'the person is already a contact' END
FROM src.customer_contact x
LEFT JOIN route.person_row p ON p.n = 4 AND p._row = x._row + 1000000000
LEFT JOIN route.person q ON q.n = 4 AND q._row = x._row + 1000000000;

INSERT INTO route.flow
SELECT 'inquiry', i._row,
    CASE WHEN lead.key IS NOT NULL THEN 'created' WHEN e._row IS NULL THEN 'rejected' ELSE 'merged' END,
    CASE WHEN lead.key IS NOT NULL THEN 'contact' ELSE 'note' END, coalesce(lead.key, e.owner_key),
    CASE WHEN lead.key IS NOT NULL THEN NULL
         WHEN e._row IS NULL THEN 'no customer, quote or booking to put it on'
         ELSE 'stands in the history note' END
FROM route.inquiry i
LEFT JOIN route.contact lead ON lead.is_lead AND lead.key = i.key
LEFT JOIN route.placed_event e ON e.object = 'inquiry' AND e._row = i._row;

INSERT INTO route.flow
SELECT 'booking', b._row, CASE WHEN j.deal_key IS NULL THEN 'skipped' ELSE 'created' END,
    'deal', j.deal_key, CASE WHEN j.deal_key IS NULL THEN 'deleted in OctopusPro' END
FROM route.booking b
LEFT JOIN route.job j ON j.kind = 'booking' AND j.document_key = b.key;

INSERT INTO route.flow
SELECT o.object, o._row, CASE WHEN j.deal_key IS NULL THEN 'merged' ELSE 'created' END, 'deal',
    coalesce(j.deal_key, m.deal_key),
    CASE WHEN j.deal_key IS NULL THEN 'part of the job''s deal' END
FROM (SELECT 'quote' AS object, _row, key FROM route.quote
    UNION ALL SELECT 'invoice', _row, key FROM route.invoice) o
LEFT JOIN route.job j ON j.kind = o.object AND j.document_key = o.key
LEFT JOIN (SELECT object, key, first(deal_key ORDER BY deal_key) AS deal_key
    FROM route.member GROUP BY 1, 2) m ON m.object = o.object AND m.key = o.key;

INSERT INTO route.flow
SELECT 'service', s._row, CASE WHEN i._row IS NULL THEN 'merged' ELSE 'created' END, 'product',
    coalesce(i.key, r.key), CASE WHEN i._row IS NULL THEN 'the same service again, or without a name' END
FROM src.service s
LEFT JOIN route.item i ON i.kind = 'service' AND i._row = s._row
LEFT JOIN route.item_ref r ON r.ref = lower(s.service_name)
UNION ALL
SELECT 'product', s._row, CASE WHEN i._row IS NULL THEN 'merged' ELSE 'created' END, 'product',
    coalesce(i.key, r.key), CASE WHEN i._row IS NULL THEN 'the same product again, or without a name' END
FROM src.product s
LEFT JOIN route.item i ON i.kind = 'product' AND i._row = s._row
LEFT JOIN route.item_ref r ON r.ref = lower(s.product_name);

-- Lines belong to their document's deal whether or not its amount stands on them.
INSERT INTO route.flow
SELECT l.object, l._row, CASE WHEN n.deal_key IS NULL THEN
        CASE WHEN l.number IN (SELECT key FROM route.skipped_booking) THEN 'skipped' ELSE 'rejected' END
        ELSE 'merged' END, 'deal', n.deal_key,
    CASE WHEN n.deal_key IS NOT NULL THEN 'part of the deal'
         WHEN l.number IN (SELECT key FROM route.skipped_booking) THEN 'its booking is deleted'
         ELSE 'its ' || l.parent || ' is not in the export' END
FROM (
    SELECT 'quote_item' AS object, _row, as_key(quote_number) AS number, 'quote' AS parent FROM src.quote_item
    UNION ALL SELECT 'invoice_item', _row, as_key(invoice_number), 'invoice' FROM src.invoice_item
    UNION ALL SELECT 'booking_service', _row, as_key(booking_number), 'booking' FROM src.booking_service
    UNION ALL SELECT 'booking_product', _row, as_key(booking_number), 'booking' FROM src.booking_product
    UNION ALL SELECT 'booking_charge', _row, as_key(booking_number), 'booking' FROM src.booking_charge
) l LEFT JOIN route.number_ref n ON n.number = l.number;

INSERT INTO route.flow
SELECT 'appointment', a._row,
    CASE WHEN v.source_key IS NOT NULL THEN 'created'
         WHEN as_key(a.booking_number) IN (SELECT key FROM route.skipped_booking) THEN 'skipped'
         ELSE 'rejected' END, 'appointment', v.source_key,
    CASE WHEN v.source_key IS NOT NULL THEN NULL
         WHEN as_key(a.booking_number) IN (SELECT key FROM route.skipped_booking) THEN 'its booking is deleted'
         WHEN a.date IS NULL THEN 'it has no date' ELSE 'its booking is not in the export' END
FROM src.appointment a LEFT JOIN route.visit v ON v.source_row = a._row;

INSERT INTO route.flow
SELECT 'payment', p._row, CASE WHEN f.key IS NULL THEN 'skipped' ELSE 'created' END, 'task', f.key,
    'manual review: ' || p.review
FROM route.payment p LEFT JOIN route.payment_fact f ON f.object = 'payment' AND f.source_row = p._row
UNION ALL
SELECT 'refund', r._row, CASE WHEN f.key IS NULL THEN 'skipped' ELSE 'created' END, 'task', f.key,
    'manual review: ' || r.review
FROM route.refund r LEFT JOIN route.payment_fact f ON f.object = 'refund' AND f.source_row = r._row;

-- History and communication: a task, a note of its own, or a line of the digest.
INSERT INTO route.flow
SELECT 'booking_history', h._row, CASE WHEN t.source_key IS NOT NULL THEN 'created'
        WHEN e._row IS NOT NULL THEN 'merged'
        WHEN as_key(h.booking_number) IN (SELECT key FROM route.skipped_booking) THEN 'skipped'
        ELSE 'rejected' END,
    CASE WHEN t.source_key IS NOT NULL THEN 'task' ELSE 'note' END,
    coalesce(t.source_key, e.owner_key),
    CASE WHEN t.source_key IS NOT NULL THEN NULL WHEN e._row IS NOT NULL THEN 'stands in the history note'
         WHEN as_key(h.booking_number) IN (SELECT key FROM route.skipped_booking) THEN 'its booking is deleted'
         ELSE 'its booking is not in the export' END
FROM src.booking_history h
LEFT JOIN route.status_task t ON t.source_row = h._row
LEFT JOIN route.placed_event e ON e.object = 'booking_history' AND e._row = h._row;

INSERT INTO route.flow
SELECT o.object, o._row,
    CASE WHEN e._row IS NULL THEN
            CASE WHEN o.number IN (SELECT key FROM route.skipped_booking) THEN 'skipped'
                 WHEN o.number IN (SELECT ref FROM route.skipped_customer) THEN 'skipped'
                 ELSE 'rejected' END
         WHEN e.in_full THEN 'created' ELSE 'merged' END,
    'note', e.owner_key,
    CASE WHEN e._row IS NULL THEN
            CASE WHEN o.number IN (SELECT key FROM route.skipped_booking) THEN 'its booking is deleted'
                 WHEN o.number IN (SELECT ref FROM route.skipped_customer) THEN 'its customer is deleted'
                 ELSE 'the record it belongs to is not in the export' END
         WHEN NOT e.in_full THEN 'stands in the history note' END
FROM (
    SELECT 'discussion' AS object, _row, as_key(record_number) AS number FROM src.discussion
    UNION ALL SELECT 'email', _row, as_key(ref) FROM src.email
    UNION ALL SELECT 'sms', _row, as_key(ref) FROM src.sms
    UNION ALL SELECT 'call', _row, as_key(ref) FROM src.call
    UNION ALL SELECT 'issue', _row, as_key(record_number) FROM src.issue
    UNION ALL SELECT 'rating', _row, as_key(booking_number) FROM src.rating
    UNION ALL SELECT 'job_request', _row, as_key(booking_number) FROM src.job_request
    UNION ALL SELECT 'form_submission', _row, as_key(booking_number) FROM src.form_submission
    UNION ALL SELECT 'booking_fieldworker', _row, as_key(booking_number) FROM src.booking_fieldworker
    UNION ALL SELECT 'fieldworker_payment', _row, as_key(booking_number) FROM src.fieldworker_payment
    UNION ALL SELECT 'customer_address', _row, customer_id FROM src.customer_address
    UNION ALL SELECT 'customer_property', _row, customer_id FROM src.customer_property
        WHERE _row NOT IN (SELECT _row FROM route.property_record)
) o LEFT JOIN route.placed_event e ON e.object = o.object AND e._row = o._row;

INSERT INTO route.flow
SELECT 'customer_property', _row,
    CASE WHEN row_number() OVER (PARTITION BY source_key ORDER BY _row) = 1 THEN 'created'
        ELSE 'merged' END, 'cm_property', source_key, NULL
FROM route.property_record;

INSERT INTO route.flow
SELECT f.object, f._row, CASE WHEN f.problem IS NULL THEN 'created' ELSE 'rejected' END, 'document',
    f.source_key, f.problem
FROM route.file f;

-- Custom field answers are fields of their record where the mapping takes them.
INSERT INTO route.flow
SELECT 'custom_field_answer', a._row,
    CASE WHEN a.deal_key IS NOT NULL OR e._row IS NOT NULL THEN 'merged'
         WHEN as_key(a.record_number) IN (SELECT key FROM route.skipped_booking) THEN 'skipped'
         ELSE 'rejected' END,
    CASE WHEN e._row IS NOT NULL AND a.deal_key IS NULL THEN 'note' ELSE 'deal' END,
    coalesce(a.deal_key, e.owner_key),
    CASE WHEN a.deal_key IS NOT NULL THEN 'a field of the deal'
         WHEN e._row IS NOT NULL THEN 'stands in the history note'
         WHEN as_key(a.record_number) IN (SELECT key FROM route.skipped_booking) THEN 'its booking is deleted'
         ELSE 'its record is not in the export' END
FROM route.answer a
LEFT JOIN route.placed_event e ON e.object = 'custom_field_answer' AND e._row = a._row;

INSERT INTO route.flow
SELECT 'label', l._row,
    CASE WHEN n.deal_key IS NOT NULL OR c.key IS NOT NULL OR i.key IS NOT NULL THEN 'merged'
         WHEN as_key(l.record_number) IN (SELECT key FROM route.skipped_booking) THEN 'skipped'
         WHEN w.key IS NOT NULL THEN 'skipped' ELSE 'rejected' END, 'deal',
    coalesce(n.deal_key, c.key, i.key),
    CASE WHEN n.deal_key IS NOT NULL OR c.key IS NOT NULL THEN 'a tag of the record'
         WHEN i.key IS NOT NULL THEN 'stands with the inquiry in the history note'
         WHEN as_key(l.record_number) IN (SELECT key FROM route.skipped_booking) THEN 'its booking is deleted'
         WHEN w.key IS NOT NULL THEN 'a label of a field worker; users have none'
         ELSE 'its record is not in the export' END
FROM src.label l
LEFT JOIN route.number_ref n ON n.number = as_key(l.record_number)
LEFT JOIN route.customer_ref c ON n.deal_key IS NULL AND c.ref = l.record_number
LEFT JOIN (SELECT DISTINCT key FROM route.inquiry) i
    ON n.deal_key IS NULL AND i.key = as_key(l.record_number)
LEFT JOIN (SELECT fieldworker_id AS ref, min(key) AS key FROM route.worker GROUP BY 1) w
    ON n.deal_key IS NULL AND w.ref = l.record_number;

INSERT INTO route.flow
SELECT 'fieldworker', w._row,
    CASE WHEN u.email IS NOT NULL THEN 'matched' ELSE 'skipped' END, 'user', w.email,
    CASE WHEN u.email IS NOT NULL THEN NULL
         WHEN w.is_general THEN 'no person: the business calendar'
         WHEN NOT w.is_active THEN 'no longer active; the default owner takes the records'
         WHEN w.email IS NULL THEN 'no e-mail address to match by'
         ELSE 'no user yet; invite, or let the default owner take the records' END
FROM route.worker w LEFT JOIN dest.user u ON u.email = w.email
UNION ALL
SELECT 'user', w._row, CASE WHEN u.email IS NOT NULL THEN 'matched' ELSE 'skipped' END, 'user',
    w.email, CASE WHEN u.email IS NULL THEN 'no user at the destination; nothing was taken away' END
FROM src.user w LEFT JOIN dest.user u ON u.email = w.email;

-- The same account by entity: source rows that did not become a record of their own in a phase.
CREATE OR REPLACE VIEW route.not_created AS
SELECT
    CASE object
        WHEN 'customer' THEN 'sales_account' WHEN 'customer_contact' THEN 'contact'
        WHEN 'service' THEN 'product' WHEN 'product' THEN 'product'
        WHEN 'quote' THEN 'deal' WHEN 'booking' THEN 'deal' WHEN 'invoice' THEN 'deal'
        WHEN 'payment' THEN 'task' WHEN 'refund' THEN 'task'
        WHEN 'fieldworker' THEN 'user' WHEN 'user' THEN 'user'
        ELSE entity
    END AS entity,
    bucket, reason, count(*) AS rows
FROM route.flow
WHERE bucket <> 'created' AND (bucket <> 'merged' OR object IN
    ('customer', 'customer_contact', 'service', 'product', 'quote', 'booking', 'invoice'))
GROUP BY ALL;

-- What a person must look at: money without a living invoice.
CREATE OR REPLACE VIEW route.review AS
SELECT 'payment' AS object, key, payment_id AS number, invoice_number, customer_name,
    received_date AS moment, amount, status, reference, review AS reason
FROM route.payment WHERE review IS NOT NULL
UNION ALL
SELECT 'refund', key, payment_id, invoice_number, NULL, received_refund_date, amount, status,
    reference, review
FROM route.refund WHERE review IS NOT NULL;
