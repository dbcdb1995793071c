-- Every event that has no entity of its own and stands on a record that moves: when it was, whose
-- it is (a deal's or a contact's), and its text as a note has it.
CREATE OR REPLACE MACRO event_text(moment, head, body) AS
    '— ' || coalesce(stamp(moment) || ' · ', '') || head
        || coalesce(chr(10) || nullif(trim(body), ''), '');
-- Notes are put together for some of the owners at a time; `part` says when it is an owner's turn.
CREATE OR REPLACE MACRO event_part(owner_key) AS CAST(hash(owner_key) % 4096 AS USMALLINT);

CREATE OR REPLACE TABLE route.event AS
WITH raw AS (
    SELECT 'discussion' AS object, _row, as_key(record_number) AS number, NULL AS address,
        date_time AS moment,
        'Discussion · ' || concat_ws(', ', author, author_role, visibility,
            CASE WHEN pinned THEN 'pinned' END) AS head,
        concat_ws(chr(10), plain(comment), 'Attachments: ' || attachments,
            'Edited by: ' || edited_by) AS body
    FROM src.discussion
    UNION ALL
    SELECT 'email', _row, as_key(ref), recipient, date_time,
        'E-mail to ' || coalesce(recipient, '?') || coalesce(' (' || status || ')', ''),
        concat_ws(chr(10), subject, plain(body), 'Attachments: ' || attachments,
            'From: ' || "from", 'Opened: ' || stamp(opened_at), 'Clicked: ' || stamp(clicked_at),
            CASE WHEN automated THEN 'Sent automatically' END)
    FROM src.email
    UNION ALL
    SELECT 'sms', _row, as_key(ref), NULL, date_time,
        'SMS ' || concat_ws(', ', direction, 'from ' || "from", 'to ' || "to", status),
        concat_ws(chr(10), message, 'By: ' || "user")
    FROM src.sms
    UNION ALL
    SELECT 'call', _row, as_key(ref), NULL, date_time,
        'Call ' || concat_ws(', ', direction, 'from ' || "from", 'to ' || "to", outcome),
        concat_ws(', ', 'by ' || "user", 'duration ' || duration, 'recording ' || recording_file)
    FROM src.call
    UNION ALL
    SELECT 'issue', _row, as_key(record_number), NULL, created,
        'Issue ' || concat_ws(', ', issue_number, type, status, visibility),
        concat_ws(chr(10), plain(message), 'Raised by: ' || raised_by,
            'Closed: ' || stamp(closed), 'To follow until: ' || deferred_date::VARCHAR,
            CASE WHEN to_follow AND deferred_date IS NULL THEN 'To follow' END,
            CASE WHEN payment_withheld THEN 'Payment was withheld' END)
    FROM src.issue
    UNION ALL
    SELECT 'rating', _row, as_key(booking_number), NULL, created,
        'Rating ' || coalesce(stars::INTEGER::VARCHAR || ' of 5', ''),
        concat_ws(chr(10), review, tag_scores, 'Field worker: ' || fieldworker)
    FROM src.rating
    UNION ALL
    SELECT 'booking_history', _row, as_key(booking_number), NULL, date_time,
        'History · ' || concat_ws(', ', action, "user"),
        CASE WHEN old_value IS NOT NULL THEN 'from ' || old_value || ' to '
            || coalesce(new_value, 'nothing') ELSE new_value END
    FROM src.booking_history h
    WHERE NOT (lower(action) LIKE '%status%' AND new_value IS NOT NULL AND date_time IS NOT NULL)
       OR action IS NULL
    UNION ALL
    SELECT 'job_request', _row, as_key(booking_number), NULL, sent,
        'Job request to ' || coalesce(fieldworker, '?'), concat_ws(', ', response, reject_answer)
    FROM src.job_request
    UNION ALL
    SELECT 'form_submission', _row, as_key(booking_number), NULL, submitted_at,
        'Form ' || concat_ws(', ', form, submitted_by),
        concat_ws(': ', field, answer) || coalesce(' (photo ' || photo || ')', '')
    FROM src.form_submission
    UNION ALL
    SELECT 'inquiry', _row, key, email, created,
        'Inquiry ' || concat_ws(', ', inquiry_number, 'via ' || source, status),
        concat_ws(chr(10), plain(message), 'Asked for: ' || services, 'Address: ' || address,
            'Follow up: ' || follow_up_date::VARCHAR, 'Owner: ' || owner,
            'Labels: ' || nullif(concat_ws('; ', i.labels, tagged.labels), ''),
            'From: ' || nullif(concat_ws(', ', customer_name, mobile, email), ''))
    FROM route.inquiry i LEFT JOIN (SELECT as_key(record_number) AS key,
        string_agg(label, '; ' ORDER BY _row) AS labels FROM src.label GROUP BY 1) tagged USING (key)
    UNION ALL
    SELECT 'booking_fieldworker', _row, as_key(booking_number), NULL, NULL,
        'Field worker ' || fieldworker,
        concat_ws(', ', 'share ' || short(share_percent) || ' %', share_amount::VARCHAR,
            CASE WHEN paid THEN 'paid' ELSE 'not paid' END,
            CASE WHEN payment_withheld THEN 'withheld' END)
    FROM src.booking_fieldworker
    UNION ALL
    SELECT 'fieldworker_payment', _row, as_key(booking_number), NULL, paid_date::TIMESTAMP,
        'Field worker payout ' || concat_ws(', ', fieldworker, status),
        concat_ws(', ', amount::VARCHAR, batch_reference, method)
    FROM src.fieldworker_payment
    UNION ALL
    SELECT 'invoice', i._row, i.key, NULL, coalesce(voided_at, issue_date::TIMESTAMP),
        'Invoice ' || concat_ws(', ', invoice_number, status),
        concat_ws(chr(10), concat_ws(', ', 'total ' || total::VARCHAR, 'paid ' || paid::VARCHAR,
            'refunded ' || refunded::VARCHAR, 'balance ' || balance::VARCHAR,
            'due ' || due_date::VARCHAR, 'discount ' || discount::VARCHAR, 'tax ' || tax::VARCHAR,
            'sub total ' || sub_total::VARCHAR),
            'Invoiced by: ' || nullif(concat_ws(', ', invoice_entity, trading_name), ''),
            CASE WHEN voided_at IS NOT NULL THEN 'Issued: ' || issue_date::VARCHAR END,
            'Billing address: ' || billing_address, 'Sales rep: ' || sales_rep,
            'Labels: ' || labels, CASE WHEN locked THEN 'Locked' END, l.text)
    FROM route.invoice i
    LEFT JOIN route.line_text l ON l.object = 'invoice' AND i.copy = 1 AND l.number = i.key
    UNION ALL
    SELECT 'quote', q._row, q.key, NULL, created,
        'Quote ' || concat_ws(', ', quote_number, status),
        concat_ws(chr(10), concat_ws(', ', 'total ' || total::VARCHAR,
            'discount ' || discount::VARCHAR, 'tax ' || tax::VARCHAR, 'deposit ' || deposit,
            'expires ' || expiry_date::VARCHAR, 'follow up ' || follow_up_date::VARCHAR,
            'sub total ' || sub_total::VARCHAR),
            'Decided: ' || concat_ws(', ', stamp(decided_at), decided_by, decline_reason),
            'Sales rep: ' || sales_rep, 'Address: ' || address, 'Labels: ' || labels, l.text)
    FROM route.quote q
    LEFT JOIN route.line_text l ON l.object = 'quote' AND q.copy = 1 AND l.number = q.key
    UNION ALL
    SELECT 'booking', b._row, b.key, NULL, created,
        'Booking ' || booking_number,
        concat_ws(chr(10), concat_ws(', ', 'total ' || total::VARCHAR,
            'discount ' || discount::VARCHAR, 'tax ' || tax::VARCHAR, 'deposit ' || deposit::VARCHAR,
            'paid ' || paid::VARCHAR, 'balance ' || balance::VARCHAR,
            'sub total ' || sub_total::VARCHAR,
            'cancellation fee ' || cancellation_fee::VARCHAR,
            'call out fee ' || call_out_fee::VARCHAR),
            'Services: ' || services, 'Ends: ' || stamp(last_end),
            'Second address: ' || secondary_address, 'On site: ' || onsite_contact,
            'Trading name: ' || trading_name, 'Sales rep: ' || sales_rep,
            'Field workers: ' || fieldworkers,
            CASE WHEN auto_reminders_paused THEN 'Automatic reminders were paused' END, l.text)
    FROM route.booking b
    LEFT JOIN route.line_text l ON l.object = 'booking' AND b.copy = 1 AND l.number = b.key
    UNION ALL
    -- What a file shows: the file itself carries a name only.
    SELECT object, _row, as_key(record_number), NULL, uploaded_at,
        'File ' || coalesce(file_name, parse_filename(file_path), '?'),
        concat_ws(chr(10), nullif(concat_ws(', ', what, tag), ''), caption, 'By: ' || uploaded_by)
    FROM (
        SELECT 'attachment' AS object, _row, record_number, uploaded_at, file_name, file_path,
            kind AS what, tag, caption, uploaded_by FROM src.attachment
        UNION ALL
        SELECT 'image', _row, record_number, uploaded_at, file_name, file_path,
            image_type, tag, caption, uploaded_by FROM src.image
    ) WHERE coalesce(what, tag, caption, uploaded_by) IS NOT NULL
        OR (object, _row) IN (SELECT (object, _row) FROM route.own_text)
    UNION ALL
    -- Answers are fields of the deal; their price, and those of other records, are not.
    SELECT 'custom_field_answer', a._row, as_key(record_number), NULL, NULL,
        'Answer · ' || coalesce(label, field_id, '?'),
        concat_ws(', ', value, 'price ' || price::VARCHAR)
    FROM route.answer a
    WHERE deal_key IS NULL OR price <> 0 OR a._row IN (
        SELECT _row FROM route.own_text WHERE object = 'custom_field_answer')
    UNION ALL
    -- Labels are tags, which hold a word and nothing more.
    SELECT 'label', _row, as_key(record_number), NULL, NULL, 'Label ' || label, NULL
    FROM src.label
    WHERE _row IN (SELECT _row FROM route.own_text WHERE object = 'label')
),
-- A record with a number goes to its deal; without a deal, to the customer it belongs to.
owned AS (
    SELECT key AS number, customer_key FROM route.booking
    UNION ALL SELECT key, customer_key FROM route.quote
    UNION ALL SELECT key, customer_key FROM route.invoice
    UNION ALL SELECT key, coalesce(customer_key, key) FROM route.inquiry
),
owner AS (
    SELECT number, first(customer_key ORDER BY customer_key) AS customer_key FROM owned GROUP BY 1
),
-- Some are about a customer and no job.
customer AS (
    SELECT as_key(ref) AS number, first(key ORDER BY key) AS customer_key FROM route.customer_ref
    GROUP BY 1
),
by_email AS (
    SELECT email, first(key ORDER BY key) AS contact_key FROM route.contact
    WHERE email IS NOT NULL GROUP BY 1
)
SELECT r.object, r._row, r.moment,
    coalesce(n.deal_key, lead.key, m.contact_key, e.contact_key) AS owner_key,
    n.deal_key IS NOT NULL AS on_deal,
    event_text(r.moment, r.head, CASE WHEN own.text IS NULL THEN r.body
        ELSE concat_ws(chr(10), nullif(r.body, ''), own.text) END) AS text,
    event_part(coalesce(n.deal_key, lead.key, m.contact_key, e.contact_key)) AS part
FROM raw r
LEFT JOIN route.own_text own ON own.object = r.object AND own._row = r._row
    AND own.object <> 'booking'
LEFT JOIN route.number_ref n ON n.number = r.number
LEFT JOIN owner o ON o.number = r.number
LEFT JOIN customer c ON o.number IS NULL AND c.number = r.number
LEFT JOIN route.main_contact m ON m.customer_key = coalesce(o.customer_key, c.customer_key)
LEFT JOIN route.contact lead ON lead.is_lead AND lead.key = o.customer_key
LEFT JOIN by_email e ON e.email = lower(r.address)
WHERE coalesce(n.deal_key, lead.key, m.contact_key, e.contact_key) IS NOT NULL;

-- What stands on a customer and is no field of a contact: free notes, sites, dependants.
INSERT INTO route.event
SELECT object, _row, moment, contact_key, false, event_text(moment, head, body),
    event_part(contact_key)
FROM (
    SELECT 'customer' AS object, c._row, c.date_joined::TIMESTAMP AS moment,
        CASE WHEN c.own_key = c.key THEN 'Customer notes'
            ELSE 'Merged duplicate customer ' || coalesce(c.customer_id, c.own_key) END AS head,
        CASE WHEN c.own_key = c.key THEN concat_ws(chr(10), c.notes,
                'Billing address: ' || c.billing_address, 'Bill payer: ' || c.bill_payer,
                'Billing cycle: ' || c.billing_cycle, 'Fax: ' || c.fax,
                CASE WHEN lower(c.status) <> 'active' THEN 'Status: ' || c.status END,
                'Deleted: ' || stamp(c.deleted_at))
            ELSE concat_ws(chr(10), c.name, concat_ws(', ', c.email, c.email2, c.email3),
                concat_ws(', ', c.mobile, c.phone, c.mobile2, c.phone2, c.mobile3, c.phone3, c.fax),
                concat_ws(', ', c.unit, c.street, c.suburb, c.state, c.postcode, c.country),
                'Billing address: ' || c.billing_address,
                'Joined: ' || c.date_joined::VARCHAR, 'Labels: ' || c.labels,
                'Customer type: ' || c.customer_type, 'Title: ' || c.customer_title,
                'Trading name: ' || c.trading_name, 'Bill payer: ' || c.bill_payer,
                'Billing cycle: ' || c.billing_cycle, 'Rating: ' || short(c.rating),
                'Invoice due days: ' || short(c.invoice_due_days), 'Status: ' || c.status,
                'Deleted: ' || stamp(c.deleted_at), c.notes) END AS body,
        m.contact_key
    FROM route.customer c JOIN route.main_contact m ON m.customer_key = c.key
    UNION ALL
    SELECT 'customer_address', a._row, NULL, 'Address ' || coalesce(a.label, ''),
        concat_ws(chr(10), nullif(concat_ws(', ', a.unit, a.street, a.suburb, a.state, a.postcode,
            a.country, 'at ' || a.latitude::VARCHAR || ' ' || a.longitude::VARCHAR), ''), own.text),
        m.contact_key
    FROM src.customer_address a
    LEFT JOIN route.own_text own ON own.object = 'customer_address' AND own._row = a._row
    JOIN route.customer_ref r ON r.ref = a.customer_id
    JOIN route.main_contact m ON m.customer_key = r.key
    UNION ALL
    SELECT 'customer_property', p._row, p.created::TIMESTAMP,
        'Property ' || concat_ws(', ', p.property_type, p.name), p.details, m.contact_key
    FROM route.property p
    JOIN route.customer_ref r ON r.ref = p.customer_id
    JOIN route.main_contact m ON m.customer_key = r.key
    WHERE p._row NOT IN (SELECT _row FROM route.property_record)
) WHERE contact_key IS NOT NULL
    AND (length(coalesce(body, '')) > 0 OR object IN ('customer_address', 'customer_property'));

-- Which events have a note of their own.
CREATE OR REPLACE MACRO is_in_full(moment) AS getvariable('history') = 'full'
    OR (getvariable('history') = 'recent' AND moment IS NOT NULL
        AND moment >= getvariable('exported_at')::TIMESTAMP - INTERVAL 365 DAY);

-- Filled part by part in the next file.
CREATE OR REPLACE TABLE route.note
    (source_key VARCHAR, target VARCHAR[], source_rows BIGINT, description VARCHAR);

-- Payments and refunds have a note beside their task, on the other of deal and contact.
INSERT INTO route.note
SELECT
    key || '/note',
    CASE WHEN getvariable('payments_on') = 'deal' AND contact_key IS NOT NULL
        THEN ['contact', contact_key] ELSE ['deal', deal_key] END,
    1, title || coalesce(' · ' || stamp(moment), '') || chr(10) || description
FROM route.payment_fact;
